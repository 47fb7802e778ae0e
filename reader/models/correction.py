"""The user's corrections of threads."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

CorrectionKind = Literal["rename", "pin", "mute", "follow", "merge", "split", "move", "apart"]
"""The kinds of corrections."""


class Correction(Struct, frozen=True, kw_only=True):
    """A correction of threads. A thread is identified by the stories it contained at the time, never by its id.

    The meaning of `stories` and `others` depends on `kind`: rename, pin, mute, follow: the thread's stories; merge: those of the
    first thread, and of each other one; split: those removed, and the rest; move: those moved, the target thread, and the rest of
    their own; apart: those removed (none if the two were apart already), the two that differ, of which the second is removed, and
    the rest. `text` is the name of a rename (empty: the automatic one), and "on" or "off" for a flag. `message` is the effect, a
    code with arguments that `presentation.messages` renders; `at` is ISO 8601 in UTC with a `Z`.
    """

    number: int
    kind: CorrectionKind
    stories: tuple[str, ...]
    others: tuple[tuple[str, ...], ...] = ()
    text: str = ""
    message: tuple[str, ...] = ()
    at: str = ""
    undone: bool = False


class CorrectionImport(Struct, frozen=True):
    """Result of importing a list of corrections.

    Numbers of corrections imported and already present, and the addresses of stories that are not in the library yet: their
    corrections apply as soon as they arrive.
    """

    taken: int
    known: int
    missing: tuple[str, ...]
