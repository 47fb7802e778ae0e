"""The stories of a thread side by side, or one of them full: each scrolls alone, or all together.

Every column is: four cells of gutter (sign, number, air), the text, two cells of air, and a rule that is its scroll track. Heads
start and end level. The gutter keeps its width whatever stands in it, so the text never moves.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from textual import events
from textual.message import Message
from textual.strip import Strip

from reader.model import Head
from reader.ui.paint import Line, pad, spread, strip
from reader.ui.widgets.column import Column, Place
from reader.ui.widgets.painted import Painted, plain, rule_above
from reader.ui.widgets.story import Hit, SetLine, Setting, full_head_lines, head_lines, short_head_lines, status

GUTTER = 4
AIR = 2
MEASURE, NARROW_MEASURE = 72, 66
"""The longest lines in cells: in columns and on wide screens; of a story that stands alone on a narrower one."""
WIDE_FROM = 120
AIRY_FROM = 30
"""Screen height in rows from which a story that stands alone has air in its head."""
SHORT_BELOW = 17
"""Screen height in rows below which a head is two lines."""
WORDY_FROM = 30
"""Width of the text in cells above which unread is said in words."""
WHEEL = 3
"""Lines the wheel scrolls."""


@dataclass(frozen=True, slots=True)
class Slot:
    """Where a column stands: its left edge, its width up to its rule, the cell of its rule, the width and the start of its text."""

    left: int
    size: int
    edge: int
    measure: int
    text: int


def slots(width: int, count: int) -> list[Slot]:
    """The places of `count` columns in `width` cells."""
    each = (width - (count - 1)) // max(1, count)
    measure = max(1, min(MEASURE, each - GUTTER - AIR))
    lefts = [number * (each + 1) for number in range(count)]
    edges = [left + each for left in lefts[:-1]] + [width - 1]
    return [Slot(left, edge - left, edge, measure, left + GUTTER) for left, edge in zip(lefts, edges, strict=True)]


def full_slot(width: int) -> Slot:
    """The place of a story that stands alone, in the middle."""
    measure = max(1, min(MEASURE if width >= WIDE_FROM else NARROW_MEASURE, width - 2 * GUTTER))
    return Slot(0, width - 1, width - 1, measure, max(GUTTER, (width - measure) // 2))


class Columns(Painted):
    """The columns; `at` is the one the keys are for, `active` says that the columns have them."""

    @dataclass
    class Touched(Message):
        """A column was clicked, by its number among those in sight."""

        index: int

    @dataclass
    class Scrolled(Message):
        """Another part of the stories is in sight: the wheel turned, or the size changed."""

    def __init__(self) -> None:
        super().__init__()
        self.columns: list[Column] = []
        self.at = 0
        self.active = False
        self.locked = False
        self.full = False
        self.setting = Setting()
        self._places: dict[str, Place | None] = {}
        self._slots: list[Slot] = []
        self._heads: list[list[Line]] = []
        self._body = 1
        self._set_for: tuple[int, int] | None = None

    # what stands in the columns

    @property
    def current(self) -> Column | None:
        """The column the keys are for, set for the size the widget has."""
        self._ready()
        return self.columns[self.at] if self.columns else None

    def show(self, columns: Sequence[Column], at: int) -> None:
        """Show these stories, each where it was last scrolled to."""
        self._keep_places()
        self.columns = list(columns)
        self.at = at
        self._anew()

    def renew(self, heads: Sequence[Head]) -> None:
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

    def set_as(self, setting: Setting) -> None:
        """Set the stories in another way; the place in the text is kept."""
        self._keep_places()
        self.setting = setting
        self._anew()

    def show_hit(self, hit: Hit | None) -> None:
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
            current.show(hit)

    # scrolling

    def scroll_lines(self, by: int) -> bool:
        """Scroll the current column, or all where they are locked together; says whether anything moved."""
        column = self.current
        if column is None:
            return False
        moved = [each.scroll(by) for each in (self.columns if self.locked and not self.full else [column])]
        self.redraw()
        return any(moved)

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

    # setting

    def _anew(self) -> None:
        self._set_for = None
        self.redraw()

    def _keep_places(self) -> None:
        if self._set_for is not None:
            self._places.update({column.head.id: column.place for column in self.columns})

    def on_resize(self) -> None:
        """Another size: the stories are set again, the place in each kept."""
        self._ready()
        self.post_message(self.Scrolled())

    def _ready(self) -> None:
        """Set all columns for the size there is."""
        size = (self.size.width, self.size.height)
        if size == self._set_for or not all(size):
            return
        self._keep_places()
        self._set_for = size
        if self.full:
            self._set_full(*size)
        else:
            self._set_columns(*size)

    def _set_columns(self, width: int, height: int) -> None:
        self._slots = slots(width, max(1, len(self.columns)))
        short = self.app.size.height < SHORT_BELOW
        self._heads = [
            short_head_lines(column.head, slot.measure)
            if short
            else head_lines(column.head, slot.measure, [*column.notes, *[column.related] * bool(column.related)])
            for column, slot in zip(self.columns, self._slots, strict=False)
        ]
        self._body = 2 + max((len(head) for head in self._heads), default=0)
        for column, slot in zip(self.columns, self._slots, strict=False):
            column.set(slot.measure, height - self._body, self.setting, place=self._places.get(column.head.id))

    def _set_full(self, width: int, height: int) -> None:
        slot = full_slot(width)
        self._slots, self._heads, self._body = [slot] * len(self.columns), [[]] * len(self.columns), 1
        for column in self.columns:
            head = full_head_lines(column.head, column.story, slot.measure, self.app.size.height >= AIRY_FROM, column.notes)
            speaker = next(number for number, line in enumerate(head) if line)
            head[speaker] = spread(head[speaker], status(column.head, True), slot.measure)
            before = [SetLine(line, []) for line in head]
            column.set(slot.measure, height - self._body, self.setting, before, self._places.get(column.head.id))

    # painting

    def render_line(self, y: int) -> Strip:
        """What the terminal gets for a line, each column on its own ground."""
        self._ready()
        look = self.dress.look
        if not self.columns:
            return strip([rule_above(self.size.width, self.active)] if y == 0 else [], self.size.width, look)
        if self.full:
            parts = [self._full_line(self.columns[self.at], self._slots[self.at], y)]
        else:
            parts = [self._column_line(number, y) for number in range(len(self.columns))]
        if self.dress.ascii:
            parts = [plain(part) for part in parts]
        return Strip.join([strip(part, slot.edge - slot.left + 1, look) for part, slot in zip(parts, self._slots, strict=False)])

    def _column_line(self, number: int, y: int) -> Line:
        """A column's part of a line, its edge with it."""
        column, slot = self.columns[number], self._slots[number]
        last = number == len(self.columns) - 1
        if y == 0:
            active = self.active and number == self.at
            return [rule_above(slot.size + last, active), *([] if last else [("─", "rule")])]
        head = self._heads[number]
        line = self._head_line(column, slot, head, y - 1) if y < self._body else self._text_line(column, slot, y - self._body)
        return [*pad(line, slot.size), self._edge(number, y)]

    def _head_line(self, column: Column, slot: Slot, head: list[Line], row: int) -> Line:
        if row >= len(head):
            return []
        gutter = f"{column.number:>{GUTTER - 1}} " if row == 0 else " " * GUTTER
        signs = status(column.head, self._wordy(slot)) if row == 0 else []
        return [(gutter, "muted"), *spread(head[row], signs, slot.measure)]

    def _wordy(self, slot: Slot) -> bool:
        """Whether "unread" is said in words beside its sign."""
        return slot.measure > WORDY_FROM and self.app.size.height >= SHORT_BELOW

    def _text_line(self, column: Column, slot: Slot, row: int) -> Line:
        if not 0 <= column.top + row < len(column.lines):
            return []
        line = column.lines[column.top + row]
        gutter = slot.text - slot.left
        return [*pad([(" " * (gutter - 2), "ink"), *line.sign], gutter), *line.text]

    def _edge(self, number: int, y: int) -> tuple[str, str]:
        """The rule right of a column, heavy where the column is scrolled to."""
        if y - self._body in self.columns[number].thumb:
            return "┃", "thumb"
        if number == len(self.columns) - 1:
            return " ", "ink"
        return ("╎" if self.columns[number + 1].related else "│"), "rule"

    def _full_line(self, column: Column, slot: Slot, y: int) -> Line:
        line = self._text_line(column, slot, y - 1) if y else []
        edge = ("┃", "thumb") if y - 1 in column.thumb else (" ", "ink")
        return [*pad(line, slot.size), edge]

    # the mouse

    def _index_at(self, x: int) -> int:
        """The column at a cell."""
        if self.full:
            return self.at
        return next((number for number, slot in enumerate(self._slots) if x <= slot.edge), len(self._slots) - 1)

    def on_click(self, event: events.Click) -> None:
        """A click takes the keys to a column."""
        event.stop()
        if self.columns:
            self.post_message(self.Touched(self._index_at(event.x)))

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
            if self.columns[index].scroll(by):
                self.redraw()
                self.post_message(self.Scrolled())
