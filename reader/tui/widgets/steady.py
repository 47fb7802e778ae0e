"""A part of which only what changed goes to the terminal: most of a screen stays as it is when a letter is typed."""

from __future__ import annotations

from collections.abc import Sequence

from textual.geometry import Region, Size

from reader.presentation.text_layout import width
from reader.tui.widgets.painted import PaintedWidget, Row


class DiffPaintedWidget(PaintedWidget):
    """A part that knows what stands on the screen since it was last redrawn, and paints no other line than those that changed."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._stands: tuple[Size, list[Row]] | None = None

    def redraw(self) -> None:
        """Paint the lines that changed; all where nothing is known of what stands there."""
        size = self.size
        rows = [self.row(y) for y in range(size.height)]
        before, self._stands = self._stands, (size, rows)
        if before is None or before[0] != size:
            self.refresh()
        elif regions := changed(before[1], rows, size.width):
            self.refresh(*regions)

    def on_resize(self) -> None:
        """Another size: everything is painted anew."""
        self._stands = None


def changed(before: Sequence[Row], after: Sequence[Row], size: int) -> list[Region]:
    """Where lines differ, up to the last cell that is not blank in both of them; `size` is how many cells they have room for."""
    regions = []
    for y, (old, new) in enumerate(zip(before, after, strict=True)):
        if old != new:
            end = min(size, max(width(old[0]), width(new[0]))) if old[1] == new[1] else size
            regions.append(Region(0, y, end, 1))
    return regions
