"""What a list shows: how many rows there are, the lines of each, and which of them the cursor can stand on.

Groups: make a heading a row of its own that is not `reachable`; the cursor passes over it, and it comes into sight with the row
below it. An empty line (`[]`) in a row is air: it takes no bar and no ground, and no air is needed below the last row in sight.
"""

from __future__ import annotations

from reader.presentation.text_layout import Line
from reader.tui.widgets.painted import Row

WIDEST = 118
"""Cells the rows of a list outside reading take at most."""


class Rows:
    """What a list shows; subclasses give `__len__` and `lines`."""

    def __len__(self) -> int:
        raise NotImplementedError

    def lines(self, index: int, width: int, chosen: bool, focused: bool) -> list[Line]:
        """The lines of a row, at most `width` cells each; the first two cells are the list's (bar and air): leave them out."""
        raise NotImplementedError

    def reachable(self, index: int) -> bool:
        """Whether the cursor can stand on a row."""
        return True

    def rest(self, index: int) -> int:
        """How many rows that count there are from this one on, for "↓ 3 more"."""
        return len(self) - index


class NoRows(Rows):
    """An empty list."""

    def __len__(self) -> int:
        return 0


def inked(lines: list[Row]) -> int:
    """How many lines a row takes without the air below it."""
    return len(lines) - (1 if lines and not lines[-1][0] else 0)
