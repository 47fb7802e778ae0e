"""Threads and their events."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Thread:
    """Stories that belong together: a name, and what a list tells of them.

    `headline` is that of the representative story: the one nearest to the others. `name` is the short name of a thread of several
    stories and, unless the reader renamed it, the headline of a single one.

    `first` and `last` are stated times only. `earliest` and `latest` count estimates too, and `about` says that one of the two is
    an estimate. None of the four is after the story was found. `outlets` are names and `outlet_ids` the identities they stand for;
    they and `unnamed` leave out who only repeats another of its stories word for word. `automatic` is the name
    found in the stories; `name` is that or the reader's own. `stories` are ids, the oldest first; `terms` are the words that hold
    the thread together, the heaviest first. `waiting` is a story that has come and is not yet tied to others: a thread of its own
    for now. `renamed`: the reader gave this very thread its name; `pinned`, `muted` and `followed` are the reader's flags.
    `new` counts a followed thread's unread stories that came since the reader left it last.
    A saved search counted as a thread has its `query`: `stories` are the newest of the `total` that answer it (-1: not counted
    yet), `unread` counts among them all.
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
        """The number of independent outlets, named or not: copies of a text and feeds of one outlet count once."""
        return len(self.outlet_ids) + self.unnamed


@dataclass(frozen=True, slots=True, kw_only=True)
class ThreadEvent:
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
