"""The user's corrections of threads."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

CorrectionKind = Literal["rename", "pin", "mute", "follow", "merge", "split", "move", "apart"]
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
    kind: CorrectionKind
    stories: tuple[str, ...]
    others: tuple[tuple[str, ...], ...] = ()
    text: str = ""
    said: str = ""
    at: str = ""
    undone: bool = False


@dataclass(frozen=True, slots=True)
class CorrectionImport:
    """What taking in a list of corrections did.

    How many were taken in, how many were here already, and the places of stories that are not here yet: what is said of them holds
    as soon as they come.
    """

    taken: int
    known: int
    missing: tuple[str, ...]
