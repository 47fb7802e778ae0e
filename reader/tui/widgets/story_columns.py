"""The stories of a thread side by side, or one of them full: each scrolls alone, or all together.

Every column is: four cells of gutter (pointer, sign, number, air), the text, two cells of air, and a rule that is its scroll track.
Heads start and end level. The gutter keeps its width whatever stands in it, so the text never moves sideways.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from textual import events
from textual.message import Message

from reader.tui.widgets.standing import Standing

WHEEL = 3
"""Lines the wheel scrolls."""


class StoryColumns(Standing):
    """The columns, with what is lit in them and the mouse."""

    @dataclass
    class Touched(Message):
        """A column was clicked, by its number among those in sight, at a passage if it is marked."""

        index: int
        passage: int | None = None

    @dataclass
    class Scrolled(Message):
        """Another part of the stories is in sight: the wheel turned, or the size changed."""

    # passages

    def light(self, lit: Mapping[str, Sequence[int]], cursor: int | None, *, follow: bool) -> bool:
        """Light passages, by their stories; `cursor` is the current column's that the keys are at. Says whether that one moved.

        To `follow`, the columns scroll where it is out of sight: the current one as far as it must, the others so that the first
        of those to be lit in it stands beside.
        """
        current = self.current
        if current is None:
            return False
        before = self._lit_rows()
        for column in self.columns:
            column.lit = frozenset(lit.get(column.head.id, ()))
            column.cursor = cursor if column is current else None
        step = current.step_to(cursor) if follow and cursor is not None else 0
        moved = step != 0 and self.scroll_lines(step)
        if follow and cursor is not None and not self.leveled and not self.full:
            row = current.rows_of(cursor).start - current.top
            for column in self.columns:
                wanted = next((each for each in lit.get(column.head.id, ()) if column.rows_of(each)), None)
                if column is not current and wanted is not None and not column.in_sight(wanted):
                    column.scroll(column.rows_of(wanted).start - max(0, row) - column.top)
        after = self._lit_rows()
        for number, ((top_before, lit_before), (top, lit_now)) in enumerate(zip(before, after, strict=True)):
            if top != top_before:
                self.repaint([number])
            else:
                self.repaint([number], lit_before ^ lit_now)
        return moved

    def _lit_rows(self) -> list[tuple[int, set[int]]]:
        """How far each column is scrolled, and the widget's rows in which something is lit."""
        body = self._sheet.body if self._sheet else 0
        return [(column.top, {body + row - column.top for row in column.lit_rows()}) for column in self.columns]

    def on_resize(self) -> None:
        """Another size: the stories are set again, the place in each kept."""
        self._ready()
        self.post_message(self.Scrolled())

    # the mouse

    def _index_at(self, x: int) -> int:
        """The column at a cell."""
        if self.full or self._sheet is None:
            return self.at
        return next((number for number, slot in enumerate(self._sheet.slots) if x <= slot.edge), len(self.columns) - 1)

    def on_click(self, event: events.Click) -> None:
        """A click takes the keys to a column, and to the passage under it."""
        event.stop()
        if self.columns and self._sheet is not None:
            index = self._index_at(event.x)
            self.post_message(self.Touched(index, self.columns[index].passage_at(event.y - self._sheet.body)))

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """The wheel scrolls what is under it."""
        self._wheel(event, WHEEL)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """The wheel scrolls what is under it."""
        self._wheel(event, -WHEEL)

    def _wheel(self, event: events.MouseEvent, by: int) -> None:
        event.stop()
        if self.columns:
            index = self._index_at(event.x)
            together = range(len(self.columns)) if self.leveled and not self.full else [index]
            if moved := [number for number in together if self.columns[number].scroll(by)]:
                self.repaint(moved)
                self.post_message(self.Scrolled())
