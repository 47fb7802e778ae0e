"""Marks the reader sets, and the way back."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

Kind = Literal["read", "starred"]
KEPT = 200


@dataclass(frozen=True, slots=True)
class Mark:
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
    def back(self) -> Mark:
        """The mark that takes this one back."""
        return Mark(self.story, self.kind, not self.on)


@dataclass
class Marks:
    """The marks of this session, the newest last."""

    done: list[Mark] = field(default_factory=list)

    def note(self, mark: Mark) -> None:
        """Remember a mark."""
        self.done.append(mark)
        del self.done[:-KEPT]

    def undo(self) -> Mark | None:
        """The mark that takes the last one back."""
        return self.done.pop().back if self.done else None
