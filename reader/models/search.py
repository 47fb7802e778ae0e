"""What the library answers: to a query, and of what it was asked to do."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from reader.models.story import Head, Span


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
    """The answer to a query: matches in order, how many there are in all, and advice where none was found and it was asked for."""

    query: str
    matches: tuple[Match, ...]
    total: int
    advice: Advice | None = None


@dataclass(frozen=True, slots=True)
class Heading:
    """A thread over those of its stories that were found: its name (`renamed`: the reader's own), and how many stories it has."""

    id: str
    name: str
    size: int
    renamed: bool = False


@dataclass(frozen=True, slots=True)
class Tally:
    """How many stories answer a query, by outlet (None: not stated) and by month, the latest first.

    A month is (`2018-12`, whether it is stated or estimated); stories of which neither is known are in no month.
    """

    total: int
    outlets: tuple[tuple[str | None, int], ...] = ()
    months: tuple[tuple[tuple[str, bool], int], ...] = ()


@dataclass(frozen=True, slots=True)
class Value:
    """What a field of a query can be asked for, and how many stories that finds; None where nobody counted."""

    text: str
    number: int | None = None


@dataclass(frozen=True, slots=True)
class Saved:
    """A search that is kept under a name; `notify`: new stories that answer it are told of after a refresh."""

    name: str
    query: str
    notify: bool = False


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
    `saved` are the names of the searches that a list brought.
    """

    added: tuple[str, ...] = ()
    updated: tuple[str, ...] = ()
    unchanged: tuple[str, ...] = ()
    refused: tuple[Refusal, ...] = field(default=())
    followed: tuple[str, ...] = ()
    offered: tuple[Wanted, ...] = ()
    saved: tuple[str, ...] = ()
