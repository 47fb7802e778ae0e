"""Progress and reports of long-running work."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from reader.models.feed import FeedCandidate


@dataclass(frozen=True, slots=True)
class FeedProgress:
    """How far one feed is in a refresh: asked, being read, done with so many new and changed stories, or failed and why."""

    feed: str
    state: Literal["asked", "reading", "new", "same", "failed", "ended"]
    new: int = 0
    updated: int = 0
    why: str = ""
    remedy: str = ""


@dataclass(frozen=True, slots=True)
class JobProgress:
    """How far a job is: its stage ("feeds", "pages", "stories", "threads", "index"), and how many of how many are done."""

    what: str
    done: int
    of: int


@dataclass(frozen=True, slots=True)
class RefreshReport:
    """What a refresh did: feeds asked, stories added and updated, the feeds that failed and why; `cancelled`: before its end."""

    feeds: int = 0
    added: int = 0
    updated: int = 0
    failed: tuple[SourceFailure, ...] = ()
    cancelled: bool = False


Outcome = Literal["added", "updated", "unchanged"]


@dataclass(frozen=True, slots=True)
class SourceFailure:
    """A source that could not be taken: its name, why, and what to do."""

    source: str
    why: str
    remedy: str = ""


@dataclass(frozen=True, slots=True)
class FullTextReport:
    """What fetching full texts did: the stories that have more text now, how many have not, and the pages that failed and why.

    `cancelled`: before its end.
    """

    updated: tuple[str, ...] = ()
    unchanged: int = 0
    failed: tuple[SourceFailure, ...] = ()
    cancelled: bool = False


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What adding did: the ids of the stories added, updated and unchanged, in the order given, and the refusals.

    `followed` are the addresses of feeds that are asked from now on; `offered` are feeds that a page names and nobody follows yet.
    `saved` are the names of the searches that a list brought.
    """

    added: tuple[str, ...] = ()
    updated: tuple[str, ...] = ()
    unchanged: tuple[str, ...] = ()
    refused: tuple[SourceFailure, ...] = field(default=())
    followed: tuple[str, ...] = ()
    offered: tuple[FeedCandidate, ...] = ()
    saved: tuple[str, ...] = ()
