"""What the reader sets and says, and the way back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Literal

from reader.models import Correction

Kind = Literal["read", "starred"]
KEPT = 200


@dataclass(frozen=True, slots=True)
class FlagChange:
    """One mark: the story, what it says, and whether it was set or taken away."""

    story: str
    kind: Kind
    on: bool

    @property
    def said(self) -> str:
        """What was done, in words."""
        if self.kind == "read":
            return "Read" if self.on else "Unread"
        return "Starred" if self.on else "No star"

    @property
    def back(self) -> FlagChange:
        """The mark that takes this one back."""
        return FlagChange(self.story, self.kind, not self.on)


@dataclass(eq=False)
class CorrectionAction:
    """A word on threads; `word` is what the library wrote of it, None until it has."""

    word: Correction | None = None


@dataclass(eq=False)
class UndoableAction:
    """Something else that was done, and what takes it back."""

    back: Callable[[], None]


@dataclass
class UndoHistory:
    """The marks, words and other deeds of this session, the newest last."""

    done: list[FlagChange | CorrectionAction | UndoableAction] = field(default_factory=list)

    def note(self, act: FlagChange | CorrectionAction | UndoableAction) -> None:
        """Remember what was done."""
        self.done.append(act)
        del self.done[:-KEPT]

    def take(self) -> FlagChange | CorrectionAction | UndoableAction | None:
        """The last of them, remembered no more."""
        return self.done.pop() if self.done else None

    def drop(self, said: CorrectionAction) -> None:
        """Remember a word no more: it was refused."""
        self.done = [act for act in self.done if act is not said]

    def drop_number(self, number: int) -> None:
        """Remember the word of a number no more: it was taken back elsewhere."""
        self.done = [act for act in self.done if not (isinstance(act, CorrectionAction) and act.word and act.word.number == number)]
