"""Stories that stand side by side, or one of them full: set for the size there is, scrolled alone or together, and painted."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from textual.geometry import Region
from textual.strip import Strip

from reader.models import StoryHeader
from reader.presentation.text_layout import Piece
from reader.tui.strips import strip_of
from reader.tui.widgets.column_layout import ColumnLayout
from reader.tui.widgets.painted import PaintedWidget, plain, rule_above
from reader.tui.widgets.story_column import ScrollAnchor, StoryColumn
from reader.tui.widgets.story_layout import Highlight, LayoutOptions


class Standing(PaintedWidget):
    """Columns of text; `at` is the one the keys are for, `active` says that the columns have them."""

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
