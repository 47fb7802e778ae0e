"""The stories of a thread side by side, or one of them full: each scrolls alone, or all together.

Every column is: four cells of gutter (pointer, sign, number, air), the text, two cells of air, and a rule that is its scroll track.
Heads start and end level. The gutter keeps its width whatever stands in it, so the text never moves sideways.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from textual import events
from textual.geometry import Region
from textual.message import Message
from textual.strip import Strip

from reader.models import StoryHeader
from reader.presentation.text_layout import Piece
from reader.tui.strips import strip_of
from reader.tui.widgets.column_layout import ColumnLayout
from reader.tui.widgets.painted import PaintedWidget, plain, rule_above
from reader.tui.widgets.story_column import ScrollAnchor, StoryColumn
from reader.tui.widgets.story_layout import Highlight, LayoutOptions

WHEEL = 3
"""Lines the wheel scrolls."""


class StoryColumns(PaintedWidget):
    """The columns, with what is lit in them and the mouse."""

    @dataclass
    class Touched(Message):
        """A column was clicked, by its number among those in sight, at a passage if it is marked."""

        index: int
        passage: int | None = None

    @dataclass
    class Scrolled(Message):
        """Another part of the stories is in sight: the wheel turned, or the size changed."""

    def __init__(self) -> None:
        super().__init__()
        self.columns: list[StoryColumn] = []
        self.at = 0
        self.active = False
        self.locked = False
        self.full = False
        self.leveled = False
        """Whether passages of one number stand at one height; the columns then scroll together."""
        self.setting = LayoutOptions()
        self._places: dict[str, ScrollAnchor | None] = {}
        self._sheet: ColumnLayout | None = None

    # what stands in the columns

    @property
    def current(self) -> StoryColumn | None:
        """The column the keys are for, set for the size the widget has."""
        self._ready()
        return self.columns[self.at] if self.columns else None

    def show(self, columns: Sequence[StoryColumn], at: int) -> None:
        """Show these stories, each where it was last scrolled to."""
        self._keep_places()
        stood = {column.head.id: column for column in self.columns}
        for column in columns:
            if column.head.id in stood:
                column.take_over(stood[column.head.id])
        self.columns = list(columns)
        self.at = at
        self._anew()

    def hold(self, places: Mapping[str, ScrollAnchor | None]) -> None:
        """Set the stories anew, each at its place."""
        self._keep_places()
        self._places.update(places)
        self._anew()

    def renew(self, heads: Sequence[StoryHeader]) -> None:
        """Show changed marks of the stories in sight."""
        known = {head.id: head for head in heads}
        changed = [column for column in self.columns if known.get(column.head.id, column.head) != column.head]
        for column in changed:
            column.head = known[column.head.id]
        if changed:
            self._keep_places()
            self._anew()

    def focus_here(self, on: bool) -> None:
        """Note whether the columns have the keys."""
        if on != self.active:
            self.active = on
            self.redraw()

    def set_full(self, on: bool) -> None:
        """One story, or columns; the place in the text is kept."""
        self._keep_places()
        self.full = on
        self._anew()

    def set_as(self, setting: LayoutOptions) -> None:
        """Set the stories in another way; the place in the text is kept."""
        self._keep_places()
        self.setting = setting
        self._anew()

    def show_hit(self, hit: Highlight | None) -> None:
        """Mark the hit the reader is at in the current column, and bring it into sight."""
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

    # scrolling

    @property
    def together(self) -> bool:
        """Whether all columns scroll as one."""
        return (self.locked or self.leveled) and not self.full

    def scroll_lines(self, by: int) -> bool:
        """Scroll the current column, or all where they are locked together; says whether anything moved."""
        column = self.current
        if column is None:
            return False
        moved = [number for number in (range(len(self.columns)) if self.together else [self.at]) if self.columns[number].scroll(by)]
        self.repaint(moved)
        return bool(moved)

    def scroll_pages(self, pages: float) -> bool:
        """Scroll by pages or parts of one; a whole page leaves one line of the last one in sight."""
        column = self.current
        if column is None:
            return False
        step = column.room - 1 if abs(pages) == 1 else int(column.room * abs(pages))
        return self.scroll_lines(max(1, step) * (1 if pages > 0 else -1))

    def scroll_to_end(self, *, top: bool) -> bool:
        """To the first or the last line."""
        column = self.current
        return column is not None and self.scroll_lines(-column.top if top else column.limit - column.top)

    def _follow(self, by: int) -> None:
        """The other columns scroll as far as the current one did, where they scroll together."""
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
        """Set all columns for the size there is."""
        size = (self.size.width, self.size.height)
        if (self._sheet is not None and self._sheet.size == size) or not all(size):
            return
        self._keep_places()
        self._sheet = ColumnLayout(self.columns, self.at, size, self.app.size.height, self.full)
        self._sheet.set(self.setting, self._places, leveled=self.leveled)

    # painting

    def redraw(self) -> None:
        """Paint all columns again."""
        self.refresh()

    def repaint(self, numbers: Iterable[int], rows: Iterable[int] | None = None) -> None:
        """Paint the text of some columns again: some rows of it, or all and how far it is scrolled."""
        sheet = self._sheet
        if sheet is None:
            return
        for slot in (sheet.slots[number] for number in numbers):
            whole = Region(slot.left, sheet.body, slot.edge - slot.left + 1, self.size.height - sheet.body)
            again = [whole] if rows is None else [Region(whole.x, row, whole.width, 1) for row in rows]
            if again:
                self.refresh(*again)

    def render_line(self, y: int) -> Strip:
        """What the terminal gets for a line, each piece on its ground."""
        self._ready()
        look, sheet = self.dress.look, self._sheet
        if sheet is None or not self.columns:
            row: list[Piece] = [([rule_above(self.size.width, self.active)] if y == 0 else [], self.size.width, "ground")]
        else:
            row = sheet.row(y, active=self.active)
        return strip_of([(plain(list(line)), size, ground) for line, size, ground in row] if self.dress.ascii else row, look)

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
