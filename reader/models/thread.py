"""Threads and their events."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct


class Thread(Struct, frozen=True, kw_only=True):
    """Stories that belong together, with the name, times, outlets and flags that lists show.

    `headline` is that of the representative story: the one most similar to the others. `name` is the short name of a thread of
    several stories and, unless the user renamed it, the headline of a single one; `automatic` is the name without the user's.

    `first` and `last` are stated times only. `earliest` and `latest` include estimates, and `about` is set if one of the two is an
    estimate. None of the four is later than the story was found. `outlets` are names, and `outlet_ids` their identities; they and
    `unnamed` exclude outlets that only copy another story of the thread word for word. `stories` are ids, oldest first; `terms` are
    the words that hold the thread together, heaviest first.

    `waiting` marks a story that is not clustered yet, a thread of its own for now. `renamed`, `pinned`, `muted` and `followed` are
    set by the user. `new` counts the unread stories of a followed thread that arrived since the user last opened it. A saved search
    counted as a thread has its `query`: `stories` are the newest of `total` matches (-1: not counted yet), and `unread` counts all.
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
    new: int = 0
    query: str = ""
    total: int = 0
    outlet_ids: tuple[str, ...] = ()
    headline: str = ""

    @property
    def independent(self) -> int:
        """Number of independent outlets, named or not: copies of a text and feeds of one outlet count once."""
        return len(self.outlet_ids) + self.unnamed


class ThreadEvent(Struct, frozen=True, kw_only=True):
    """One event of a thread, for a timeline.

    `label` describes the event in a few words; it is empty if the thread has no other event, or if no words distinguish them.
    `first` and `last` are the times of its first and last story, stated or estimated, None if unknown, and `about` is set if one of
    the two is an estimate. `stories` are ids, oldest first; of identical texts only the oldest is listed, and `copies` has the
    others by its id.
    """

    label: str
    first: str | None
    last: str | None
    about: bool
    stories: tuple[str, ...]
    copies: Mapping[str, tuple[str, ...]]
