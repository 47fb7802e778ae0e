"""The nouns everybody in the house knows: frozen records that hold no behaviour beyond reading themselves.

Times are ISO 8601 texts, a day (`2018-12-21`) or a minute (`2020-01-07T23:09`): the text says how exactly the time is known.
A time that nobody stated is None, never invented; an estimate stands beside it as an `Estimate`.
"""

from __future__ import annotations

from collections.abc import Mapping
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


@dataclass(frozen=True, slots=True)
class Link:
    """A further address that belongs to a story: what it is to it ("enclosure", "related", "via"…), its media type and title."""

    url: str
    rel: str = "related"
    type: str | None = None
    title: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """One telling of the news by one outlet, cleaned.

    `id` is empty until the shelf gives one. `source` is the file's name or the address, as shown; `address` is the absolute path or
    address by which the same thing is known again. `title` always has a value: where the page gives none it is made from the first
    words, and `title_made` says so. `body`, `captions` and `summary` are one string a paragraph; a summary that the body only
    repeats is left out. `updated` is when the outlet says that it changed the story.
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
    updated: str | None = None
    summary: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    links: tuple[Link, ...] = ()


@dataclass(frozen=True, slots=True)
class Entry:
    """A story as one feed lists it: its id in that feed, and the story."""

    guid: str
    story: Story


@dataclass(frozen=True, slots=True)
class Version:
    """An older wording of a story: until when it was kept (ISO 8601, UTC), and the story as it read then."""

    until: str
    story: Story


@dataclass(frozen=True, slots=True)
class Origin:
    """One place where a story is found: its address there, and the feed that lists it, None for a file or a page."""

    address: str
    feed: str | None = None


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
    an estimate. `outlets` and `unnamed` leave out who only repeats another of its stories word for word. `automatic` is the name
    found in the stories; `name` is that or the reader's own. `stories` are ids, the oldest first; `terms` are the words that hold
    the thread together, the heaviest first. `waiting` is a story that has come and is not yet tied to others: a thread of its own
    for now. `renamed`: the reader gave this very thread its name; `pinned`, `muted` and `followed` are the reader's flags.
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
    waiting: bool = False
    renamed: bool = False
    pinned: bool = False
    muted: bool = False
    followed: bool = False


Word = Literal["rename", "pin", "mute", "follow", "merge", "split", "move", "apart"]
"""What the reader may say of threads."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """A word of the reader on threads. A thread is meant by the stories it held then, never by its id.

    `stories` and `others` by `kind`: rename, pin, mute, follow: the thread's stories; merge: those of the first thread, and of each
    other one; split: those that leave, and the rest; move: those that leave, the thread they go to, and the rest of their own;
    apart: those that leave (none, where the two stood apart already), the two that are not the same, of which the second leaves,
    and the rest. `text` is the name of a rename (empty: the one found in the stories), and "on" or "off" of a flag. `said` tells it
    in words, as the reader saw it; `at` is ISO 8601 in UTC with a `Z`.
    """

    number: int
    kind: Word
    stories: tuple[str, ...]
    others: tuple[tuple[str, ...], ...] = ()
    text: str = ""
    said: str = ""
    at: str = ""
    undone: bool = False


@dataclass(frozen=True, slots=True)
class Imported:
    """What taking in a list of corrections did.

    How many were taken in, how many were here already, and the places of stories that are not here yet: what is said of them holds
    as soon as they come.
    """

    taken: int
    known: int
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Happening:
    """One event of a thread, as a timeline tells it.

    `label` says in a few words what happened; it is empty where the thread has no other event, or no words tell this one from the
    others. `first` and `last` are the times of its first and last story, stated or estimated, and `about` says that one of the two
    is an estimate; None where none of its stories has any. `stories` are ids, the oldest first; of those with the very same text
    only the oldest stands, and `copies` has the others by its id.
    """

    label: str
    first: str | None
    last: str | None
    about: bool
    stories: tuple[str, ...]
    copies: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Why:
    """What ties a story to another, or to the rest of its thread.

    The words and names that both use, the weightiest first; the runs of four words or more that both have in quotation marks, the
    longest first; and the days between the two, None where one has neither a time nor an estimate. `about` says that the days are
    counted from an estimate.
    """

    terms: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    quotes: tuple[str, ...] = ()
    days: int | None = None
    about: bool = False


@dataclass(frozen=True, slots=True)
class Related:
    """A near story: its head, the likeness from 0 to 1, the words both use (`why`), and what else ties the two, as in `Why`."""

    head: Head
    score: float
    why: tuple[str, ...]
    names: tuple[str, ...] = ()
    quotes: tuple[str, ...] = ()
    days: int | None = None


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """A source that is asked again and again: a feed by its address, or a watched folder by its absolute path.

    `name` is the reader's own, else the feed's title, else its address. `interval` is in minutes, None: as the feed asks. Times are
    ISO 8601 in UTC with a `Z`: when it was last asked (`tried`), last answered well (`good`), before when it is not to be asked
    again by itself (`due`), and until when the server asked to be left alone (`quiet`). `error` and `remedy` tell of the last
    failure since `good`, None where there is none. `ended` is a feed that said it is gone for good. `digest` is the SHA-256 of
    what it last answered; `per_day` are its stories a day over the last four weeks.
    """

    address: str
    name: str
    title: str | None = None
    home: str | None = None
    tags: tuple[str, ...] = ()
    interval: int | None = None
    full_text: bool = False
    etag: str | None = None
    modified: str | None = None
    digest: str | None = None
    tried: str | None = None
    good: str | None = None
    due: str | None = None
    quiet: str | None = None
    error: str | None = None
    remedy: str | None = None
    failures: int = 0
    ended: bool = False
    stories: int = 0
    unread: int = 0
    per_day: float = 0.0


@dataclass(frozen=True, slots=True)
class Wanted:
    """A feed that a list or a page names: its address, and what is said of it."""

    address: str
    name: str | None = None
    tags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Step:
    """How far one feed is in a refresh: asked, being read, done with so many new and changed stories, or failed and why."""

    feed: str
    state: Literal["asked", "reading", "new", "same", "failed", "ended"]
    new: int = 0
    updated: int = 0
    why: str = ""
    remedy: str = ""


@dataclass(frozen=True, slots=True)
class Stage:
    """How far a long work is in all: what is being done ("feeds", "stories", "threads", "index"), and how many of how many."""

    what: str
    done: int
    of: int


@dataclass(frozen=True, slots=True)
class Refreshed:
    """What a refresh did: feeds asked, stories added and updated, the feeds that failed and why; `cancelled`: before its end."""

    feeds: int = 0
    added: int = 0
    updated: int = 0
    failed: tuple[Refusal, ...] = ()
    cancelled: bool = False


Outcome = Literal["added", "updated", "unchanged"]


@dataclass(frozen=True, slots=True)
class Refusal:
    """A source that could not be taken: its name, why, and what to do."""

    source: str
    why: str
    remedy: str = ""


@dataclass(frozen=True, slots=True)
class Report:
    """What adding did: the ids of the stories added, updated and unchanged, in the order given, and the refusals.

    `followed` are the addresses of feeds that are asked from now on; `offered` are feeds that a page names and nobody follows yet.
    """

    added: tuple[str, ...] = ()
    updated: tuple[str, ...] = ()
    unchanged: tuple[str, ...] = ()
    refused: tuple[Refusal, ...] = field(default=())
    followed: tuple[str, ...] = ()
    offered: tuple[Wanted, ...] = ()


class ShelfError(Exception):
    """The library's files cannot be used: says which file, why, and what to do."""


class SourceError(Exception):
    """A source cannot be had: which, why in words, and what to do."""

    def __init__(self, source: str, why: str, remedy: str = "") -> None:
        super().__init__(source, why, remedy)
        self.source, self.why, self.remedy = source, why, remedy

    def __str__(self) -> str:
        return f"{self.source}: {self.why}" + (f"; {self.remedy}" if self.remedy else "")


class CorrectionError(ValueError):
    """A word on threads that cannot be taken: says why, and what to do."""


class CompareError(ValueError):
    """Stories cannot be set side by side: says why, and what to do."""


class FollowError(ValueError):
    """A list of followed threads cannot be read: says which file and line, why, and what to do."""


class QueryError(Exception):
    """A query cannot be understood: why, in words, and at which character of it (from 0)."""

    def __init__(self, message: str, column: int) -> None:
        super().__init__(message)
        self.message, self.column = message, column
