"""What threads are, what ties their stories, and what the reader says of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from reader.models.story import Head


@dataclass(frozen=True, slots=True, kw_only=True)
class Thread:
    """Stories that belong together: a name, and what a list tells of them.

    `first` and `last` are stated times only. `earliest` and `latest` count estimates too, and `about` says that one of the two is
    an estimate. `outlets` and `unnamed` leave out who only repeats another of its stories word for word. `automatic` is the name
    found in the stories; `name` is that or the reader's own. `stories` are ids, the oldest first; `terms` are the words that hold
    the thread together, the heaviest first. `waiting` is a story that has come and is not yet tied to others: a thread of its own
    for now. `renamed`: the reader gave this very thread its name; `pinned`, `muted` and `followed` are the reader's flags.
    `new` counts a followed thread's unread stories that came since the reader left it last.
    A saved search that is read as a thread has its `query`: `stories` are the newest of the `total` that answer it (-1: not counted
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
