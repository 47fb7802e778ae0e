"""The nouns everybody in the house knows: frozen records that hold no behaviour beyond reading themselves.

Times are ISO 8601 texts, a day (`2018-12-21`) or a minute (`2020-01-07T23:09`): the text says how exactly the time is known.
A time that nobody stated is None, never invented; an estimate stands beside it as an `Estimate`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

Span = tuple[int, int]
"""Start and end of a piece of text, in characters, end exclusive."""


@dataclass(frozen=True, slots=True)
class Fact:
    """One field read off a page: its value (None: the page does not say), how sure from 0 to 1, and why."""

    value: str | None = None
    sure: float = 0.0
    why: str = "not stated"


NOT_STATED = Fact()


@dataclass(frozen=True, slots=True)
class Removed:
    """A line that is no part of the story: its text, what it was taken for, why, and the body paragraph it stood before."""

    text: str
    label: str
    why: str
    before: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """One telling of the news by one outlet, cleaned.

    `id` is empty until the shelf gives one. `source` is the file's name or the address, as shown; `address` is the absolute path or
    address by which the same thing is known again. `title` always has a value: where the page gives none it is made from the first
    words, and `title_made` says so. `body` and `captions` are one string a paragraph.
    """

    id: str = ""
    source: str
    address: str
    url: str | None = None
    title: Fact
    title_made: bool = False
    outlet: Fact = NOT_STATED
    agency: Fact = NOT_STATED
    byline: Fact = NOT_STATED
    place: Fact = NOT_STATED
    published: Fact = NOT_STATED
    body: tuple[str, ...] = ()
    captions: tuple[str, ...] = ()
    removed: tuple[Removed, ...] = ()


@dataclass(frozen=True, slots=True)
class Estimate:
    """A time worked out for a story that states none: ISO 8601, how sure from 0 to 1, and why."""

    time: str
    sure: float
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """A story without its text: what a list, a column's head or a row of JSON tells."""

    id: str
    source: str
    url: str | None
    title: str
    title_made: bool
    outlet: str | None
    agency: str | None
    byline: str | None
    place: str | None
    published: str | None
    estimate: Estimate | None
    thread: str | None
    read: bool = False
    starred: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Thread:
    """Stories that belong together: a name, and what a list tells of them.

    `first` and `last` are stated times only. `earliest` and `latest` count estimates too, and `about` says that one of the two is
    an estimate. `automatic` is the name found in the stories; `name` is that or the reader's own. `stories` are ids, the oldest
    first; `terms` are the words that hold the thread together, the heaviest first.
    """

    id: str
    name: str
    automatic: str
    stories: tuple[str, ...]
    unread: int
    outlets: tuple[str, ...]
    unnamed: int
    first: str | None
    last: str | None
    earliest: str | None
    latest: str | None
    about: bool
    terms: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Related:
    """A near story: its head, the likeness from 0 to 1, and the words both use, the weightiest first."""

    head: Head
    score: float
    why: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Match:
    """A story found by a query: its head, the score, and a snippet with the spans of its hits."""

    head: Head
    score: float
    snippet: str
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Advice:
    """What to try when nothing was found: what is wrong in words, a better query and how many stories it finds."""

    said: str
    query: str | None = None
    count: int = 0


@dataclass(frozen=True, slots=True)
class Results:
    """The answer to a query: matches by score, and how many there are in all; advice where there is none."""

    query: str
    matches: tuple[Match, ...]
    total: int
    advice: Advice | None = None


Outcome = Literal["added", "updated", "unchanged"]


@dataclass(frozen=True, slots=True)
class Refusal:
    """A source that could not be taken: its name, why, and what to do."""

    source: str
    why: str
    remedy: str = ""


@dataclass(frozen=True, slots=True)
class Report:
    """What adding did: the ids of the stories added, updated and unchanged, in the order given, and the refusals."""

    added: tuple[str, ...] = ()
    updated: tuple[str, ...] = ()
    unchanged: tuple[str, ...] = ()
    refused: tuple[Refusal, ...] = field(default=())


class ShelfError(Exception):
    """The library's files cannot be used: says which file, why, and what to do."""


class FollowError(ValueError):
    """A list of followed threads cannot be read: says which file and line, why, and what to do."""


class QueryError(Exception):
    """A query cannot be understood: why, in words, and at which character of it (from 0)."""

    def __init__(self, message: str, column: int) -> None:
        super().__init__(message)
        self.message, self.column = message, column
