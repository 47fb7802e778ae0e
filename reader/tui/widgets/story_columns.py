"""The stories of a thread side by side, short ones below each other, or one at full width: they scroll one by one or together.

A column is four cells of gutter (pointer, sign, number, blank), the text, two blank cells, and a rule that serves as scroll track.
Heads start and end at the same height. The gutter keeps its width, so the text never moves sideways.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from textual import events
from textual.geometry import Region
from textual.message import Message
from textual.strip import Strip

from reader.models import StoryHeader
from reader.presentation.text_layout import Line, Piece
from reader.tui.strips import strip_of
from reader.tui.widgets.column_layout import ColumnLayout
from reader.tui.widgets.link_hints import Hints
from reader.tui.widgets.painted import PaintedWidget, plain, rule_above
from reader.tui.widgets.story_column import ScrollAnchor, StoryColumn
from reader.tui.widgets.story_layout import Highlight, LayoutOptions

WHEEL = 3
"""Lines per step of the mouse wheel."""


class StoryColumns(PaintedWidget):
    """The columns; `at` is the current one, `active` if they have the focus."""

    @dataclass
    class Touched(Message):
        """A column was clicked: its number among the visible ones, and the passage if the stories are compared."""

        index: int
        passage: int | None = None

    @dataclass
    class Scrolled(Message):
        """Another part of the stories is visible after a turn of the wheel or a resize."""

    def __init__(self) -> None:
        super().__init__()
        self.columns: list[StoryColumn] = []
        self.at = 0
        self.count = 0
        self.heading: Line = []
        self.active = False
        self.locked = False
        self.full = False
        self.leveled = False
        """Whether matching passages are aligned; the columns then scroll together."""
        self.setting = LayoutOptions()
        self._places: dict[str, ScrollAnchor | None] = {}
        self._sheet: ColumnLayout | None = None

    # what stands in the columns

    @property
    def current(self) -> StoryColumn | None:
        """The current column, laid out for the present size."""
        self._ready()
        return self.columns[self.at] if self.columns else None

    def show(self, columns: Sequence[StoryColumn], at: int, *, count: int = 0, heading: Line | None = None) -> None:
        """Show these stories, each at its last scroll position; `count` columns hold them, by default one each.

        `heading` is a line above columns of several stories.
        """
        self._keep_places()
        stood = {column.head.id: column for column in self.columns}
        for column in columns:
            if column.head.id in stood:
                column.take_over(stood[column.head.id])
        self.columns = list(columns)
        self.at = at
        self.count = count or len(self.columns)
        self.heading = heading or []
        self._anew()

    def hold(self, places: Mapping[str, ScrollAnchor | None]) -> None:
        """Lay out the stories again, each at the given anchor."""
        self._keep_places()
        self._places.update(places)
        self._anew()

    def renew(self, heads: Sequence[StoryHeader]) -> None:
        """Show changed flags of the visible stories."""
        known = {head.id: head for head in heads}
        changed = [column for column in self.columns if known.get(column.head.id, column.head) != column.head]
        for column in changed:
            column.head = known[column.head.id]
        if changed:
            self._keep_places()
            self._anew()

    def focus_here(self, on: bool) -> None:
        """Set whether the columns have the focus."""
        if on != self.active:
            self.active = on
            self.redraw()

    def set_full(self, on: bool) -> None:
        """Show one story at full width, or columns; the place in the text is kept."""
        self._keep_places()
        self.full = on
        self._anew()

    def set_locked(self, on: bool) -> None:
        """Scroll all columns together, or each by itself."""
        self.locked = on

    def set_aligned(self, on: bool) -> None:
        """Align matching passages when the stories are shown next, or lay out each story by itself."""
        self.leveled = on

    def set_as(self, setting: LayoutOptions) -> None:
        """Lay out the stories with other options; the place in the text is kept."""
        self._keep_places()
        self.setting = setting
        self._anew()

    def show_hit(self, hit: Highlight | None) -> None:
        """Highlight the current match in the current column, and scroll to it."""
        self._ready()
        self._keep_places()
        for column in self.columns:
            column.here = None
        if self.columns:
            self.columns[self.at].here = hit
        self._anew()
        current = self.current
        if current is not None and hit is not None:
            top = current.top
            current.show(hit)
            self._follow(current.top - top)

    def show_hints(self, hints: Hints) -> None:
        """Show letters at links of the current column, by line; none take them away."""
        column = self.current
        if column is not None:
            column.mark_hints(hints)
            self.redraw()

    # scrolling

    @property
    def together(self) -> bool:
        """Whether all columns scroll as one."""
        return (self.locked or self.leveled) and not self.full

    def scroll_lines(self, by: int) -> bool:
        """Scroll the current column, or all if they are locked together; return whether anything moved."""
        column = self.current
        if column is None:
            return False
        moved = [number for number in (range(len(self.columns)) if self.together else [self.at]) if self.columns[number].scroll(by)]
        self.repaint(moved)
        return bool(moved)

    def scroll_pages(self, pages: float) -> bool:
        """Scroll by pages or parts of one; a whole page keeps one line of the previous one."""
        column = self.current
        if column is None:
            return False
        step = column.room - 1 if abs(pages) == 1 else int(column.room * abs(pages))
        return self.scroll_lines(max(1, step) * (1 if pages > 0 else -1))

    def scroll_to_end(self, *, top: bool) -> bool:
        """Scroll to the first or the last line."""
        column = self.current
        return column is not None and self.scroll_lines(-column.top if top else column.limit - column.top)

    def _follow(self, by: int) -> None:
        """Scroll the other columns as far as the current one moved, if they are aligned."""
        if by and self.leveled:
            for column in self.columns:
                if column is not self.columns[self.at]:
                    column.scroll(by)

    # setting

    def _anew(self) -> None:
        self._sheet = None
        self.redraw()

    def _keep_places(self) -> None:
        if self._sheet is not None:
            self._places.update({column.head.id: column.place for column in self.columns})

    def _ready(self) -> None:
        """Lay out all columns for the present size."""
        size = self.size
        if (self._sheet is not None and self._sheet.size == size) or not all(size):
            return
        self._keep_places()
        self._sheet = ColumnLayout(self.columns, self.at, size, self.app.size.height, self.full, self.count, self.heading)
        self._sheet.set(self.setting, self._places, leveled=self.leveled)

    # painting

    def redraw(self) -> None:
        """Paint all columns again."""
        self.refresh()

    def repaint(self, numbers: Iterable[int], rows: Iterable[int] | None = None) -> None:
        """Paint the text of some columns again: the given rows, or the whole column with its scroll track."""
        sheet = self._sheet
        if sheet is None:
            return
        for number in numbers:
            slot, body = sheet.slots[number], sheet.bodies[number]
            whole = Region(slot.left, body, slot.edge - slot.left + 1, self.size.height - body)
            again = [whole] if rows is None else [Region(whole.x, row, whole.width, 1) for row in rows]
            if again:
                self.refresh(*again)

    def render_line(self, y: int) -> Strip:
        """Return the strip for a line, each piece on its background."""
        self._ready()
        look, sheet = self.themed.look, self._sheet
        if sheet is None or not self.columns:
            row: list[Piece] = [([rule_above(self.size.width, self.active)] if y == 0 else [], self.size.width, "ground")]
        else:
            row = sheet.row(y, active=self.active)
        return strip_of([(plain(list(line)), size, ground) for line, size, ground in row] if self.themed.ascii else row, look)

    # passages

    def light(self, lit: Mapping[str, Sequence[int]], cursor: int | None, *, follow: bool) -> bool:
        """Highlight passages by story; `cursor` is the selected one in the current column. Return whether that column moved.

        With `follow`, columns scroll to their passage: the current one as little as needed, the others so that the first
        highlighted passage stands beside it.
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
        """Return the scroll position of each column and the widget rows that are highlighted."""
        bodies = self._sheet.bodies if self._sheet else [0] * len(self.columns)
        return [
            (column.top, {body + row - column.top for row in column.lit_rows()})
            for column, body in zip(self.columns, bodies, strict=True)
        ]

    def on_resize(self) -> None:
        """Lay out the stories again and keep the place in each."""
        self._ready()
        self.post_message(self.Scrolled())

    # the mouse

    def _index_at(self, x: int, y: int) -> int:
        """Return the number of the story at a cell."""
        return self.at if self._sheet is None else self._sheet.story_at(x, y)

    def on_click(self, event: events.Click) -> None:
        """Report the column and the passage that were clicked."""
        event.stop()
        if self.columns and self._sheet is not None:
            index = self._index_at(event.x, event.y)
            self.post_message(self.Touched(index, self.columns[index].passage_at(event.y - self._sheet.bodies[index])))

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """Scroll the column under the pointer."""
        self._wheel(event, WHEEL)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """Scroll the column under the pointer."""
        self._wheel(event, -WHEEL)

    def _wheel(self, event: events.MouseEvent, by: int) -> None:
        event.stop()
        if self.columns:
            index = self._index_at(event.x, event.y)
            together = range(len(self.columns)) if self.leveled and not self.full else [index]
            if moved := [number for number in together if self.columns[number].scroll(by)]:
                self.repaint(moved)
                self.post_message(self.Scrolled())
