"""What can be undone: the changes of this session in order; marks are kept by the library, also those of earlier sessions."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

from msgspec import Struct

from reader.models import Correction

Flag = Literal["read", "starred"]
LIMIT = 200
"""Changes that can be undone."""


class FlagAction(Struct, frozen=True):
    """A flag of some stories, set or removed."""

    stories: tuple[str, ...]
    flag: Flag
    on: bool

    @property
    def text(self) -> str:
        """The change in words."""
        if self.flag == "read":
            several = f"{len(self.stories):,} stories marked" if len(self.stories) > 1 else "Marked"
            return f"{several} {'read' if self.on else 'unread'}"
        return "Starred" if self.on else "Star removed"


class MarkChange(Struct, frozen=True, eq=False):
    """A change of marks. The library has it, and undoes its latest one: this only notes its place among the other changes."""


class CorrectionAction:
    """A correction of this session, with the call that undoes it; `correction` is None until the library has written it."""

    def __init__(self, undo: Callable[[], None]) -> None:
        self.undo = undo
        self.correction: Correction | None = None

    def written(self, correction: Correction) -> Correction:
        """Note the written correction, and return it."""
        self.correction = correction
        return correction


class UndoableAction(Struct, frozen=True, eq=False):
    """Any other change, with the call that undoes it."""

    undo: Callable[[], None]


Undoable = MarkChange | CorrectionAction | UndoableAction


class UndoHistory:
    """The changes of this session, the newest last."""

    def __init__(self) -> None:
        self.changes: list[Undoable] = []

    def push(self, change: Undoable) -> None:
        """Remember a change."""
        self.changes.append(change)
        del self.changes[:-LIMIT]

    def pop(self) -> Undoable | None:
        """Remove the newest change and return it; None if there is none."""
        return self.changes.pop() if self.changes else None

    def remove(self, change: Undoable) -> None:
        """Forget a change: it was not written."""
        self.changes = [other for other in self.changes if other is not change]

    def remove_correction(self, number: int) -> None:
        """Forget a correction by its number: it was undone elsewhere."""
        self.changes = [
            change
            for change in self.changes
            if not (isinstance(change, CorrectionAction) and change.correction and change.correction.number == number)
        ]
