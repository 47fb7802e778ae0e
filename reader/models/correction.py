"""The user's corrections of threads."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

CorrectionKind = Literal["rename", "pin", "mute", "follow", "merge", "split", "move", "apart"]
"""The kinds of corrections."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """A correction of threads. A thread is identified by the stories it held then, never by its id.

    `stories` and `others` by `kind`: rename, pin, mute, follow: the thread's stories; merge: those of the first thread, and of each
    other one; split: those that leave, and the rest; move: those that leave, the thread they go to, and the rest of their own;
    apart: those that leave (none, where the two stood apart already), the two that are not the same, of which the second leaves,
    and the rest. `text` is the name of a rename (empty: the automatic one), and "on" or "off" of a flag. `message` is what it did,
    a code and its arguments, which `presentation.messages` renders; `at` is ISO 8601 in UTC with a `Z`.
    """

    number: int
    kind: CorrectionKind
    stories: tuple[str, ...]
    others: tuple[tuple[str, ...], ...] = ()
    text: str = ""
    message: tuple[str, ...] = ()
    at: str = ""
    undone: bool = False


@dataclass(frozen=True, slots=True)
class CorrectionImport:
    """The outcome of importing a list of corrections.

    How many were taken, how many were here already, and the addresses of stories that are not here yet: corrections of them apply
    as soon as they arrive.
    """

    taken: int
    known: int
    missing: tuple[str, ...]
