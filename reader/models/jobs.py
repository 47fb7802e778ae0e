"""Progress and reports of long-running work."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct, field

from reader.models.feed import FeedCandidate


class FeedProgress(Struct, frozen=True):
    """Progress of one feed in a refresh: requested, being parsed, done with counts of stories, or failed with a reason."""

    feed: str
    state: Literal["asked", "reading", "new", "same", "failed", "ended"]
    new: int = 0
    updated: int = 0
    why: str = ""
    remedy: str = ""


class JobProgress(Struct, frozen=True):
    """Progress of a job: its stage ("feeds", "pages", "stories", "threads", "index"), and how many of how many are done."""

    what: str
    done: int
    of: int


class CheckReport(Struct, frozen=True):
    """Result of a check: one line for each part of the library; not `sound` if damage remains that cannot be repaired."""

    lines: tuple[str, ...]
    sound: bool


class RefreshReport(Struct, frozen=True):
    """Result of a refresh: feeds fetched, stories added and updated, and failures; `cancelled` if it was stopped early."""

    feeds: int = 0
    added: int = 0
    updated: int = 0
    failed: tuple[SourceFailure, ...] = ()
    cancelled: bool = False


Outcome = Literal["added", "updated", "unchanged"]


class SourceFailure(Struct, frozen=True):
    """A source that could not be used: its name, the reason, and the remedy."""

    source: str
    why: str
    remedy: str = ""


class FullTextReport(Struct, frozen=True):
    """What fetching full texts did: the stories that have more text now, how many have not, and the pages that failed and why.

    `cancelled`: before its end.
    """

    updated: tuple[str, ...] = ()
    unchanged: int = 0
    failed: tuple[SourceFailure, ...] = ()
    cancelled: bool = False


class ImportReport(Struct, frozen=True):
    """Result of adding sources: ids of the stories added, updated and unchanged, in the order given, and failures.

    `followed` are the addresses of new subscriptions; `offered` are feeds of a web page that are not subscribed yet. `saved` are
    the names of searches imported from a list.
    """

    added: tuple[str, ...] = ()
    updated: tuple[str, ...] = ()
    unchanged: tuple[str, ...] = ()
    refused: tuple[SourceFailure, ...] = field(default=())
    followed: tuple[str, ...] = ()
    offered: tuple[FeedCandidate, ...] = ()
    saved: tuple[str, ...] = ()
