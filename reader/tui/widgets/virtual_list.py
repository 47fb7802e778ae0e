"""A list with rows of any height that lays out only the visible ones: 100,000 rows cost as little as forty.

A screen gives the list its `Rows`: their number, and the lines of each. The list keeps the cursor, scrolls by whole rows, paints
the bar and background of the selected row, and shows at its foot how many rows are out of view ("↑ 2  ↓ 3 more").

The list binds no keys: its screen calls `move`, `page`, `first` and `last` from its own commands and handles the messages.
"""

from __future__ import annotations

from dataclasses import dataclass

from textual import events
from textual.message import Message

from reader.presentation.text_layout import Line, cells, cut
from reader.tui.widgets.painted import PaintedWidget, Row, rule_above

WIDEST = 118
"""Maximum width of list rows in cells; longer lines are hard to follow."""


class Rows:
    """The content of a list; subclasses implement `__len__` and `lines`.

    A heading is a row that is not `selectable`: the cursor skips it, and it scrolls into view with the row below it. An empty line
    (`[]`) in a row is spacing: it gets no bar and no background, and is not needed below the last visible row.
    """

    margin = 2
    """Cells before each line: the bar, then blanks."""

    def __len__(self) -> int:
        raise NotImplementedError

    @property
    def note(self) -> str:
        """What is shown in place of rows where there are none."""
        return ""

    def lines(self, index: int, width: int, chosen: bool, focused: bool) -> list[Line]:
        """Return the lines of a row, at most `width` cells each; bar and blank before it are added by the list."""
        raise NotImplementedError

    def selectable(self, index: int) -> bool:
        """Return whether the cursor can stand on a row."""
        return True

    def remaining(self, index: int) -> int:
        """Return the number of counted rows from this one on, for "↓ 3 more"."""
        return len(self) - index


class NoRows(Rows):
    """An empty list."""

    def __len__(self) -> int:
        return 0


def inked(lines: list[Row]) -> int:
    """Return the number of lines of a row without the spacing below it."""
    return len(lines) - (1 if lines and not lines[-1][0] else 0)


class VirtualList(PaintedWidget):
    """The list; `active` if it has the focus, `ruled` if its first line is the rule above a pane.

    A `dense` list uses its whole height: its last row may be cut, and the rule shows how many rows are out of view.
    """

    @dataclass
    class Chosen(Message):
        """The cursor moved to another row."""

        sender: VirtualList
        index: int

    @dataclass
    class Opened(Message):
        """A row was double-clicked."""

        sender: VirtualList
        index: int

    @dataclass
    class Touched(Message):
        """The list was clicked: on a row, or beside all of them."""

        sender: VirtualList
        index: int | None

    def __init__(self, *, id: str | None = None, ruled: bool = True, active: bool = False, dense: bool = False) -> None:
        super().__init__(id=id)
        self.cursor = 0
        self.top = 0
        self.active = active
        self._rows: Rows = NoRows()
        self.ruled = ruled
        self._dense = dense
        self._loose = False
        self._page: list[Row] | None = None
        self._page_size = (0, 0)
        self._shown = range(0)

    # what stands in the list

    def show(self, rows: Rows, cursor: int | None = 0, *, still: bool = False, top: int | None = None) -> None:
        """Show these rows with the cursor at the given one or the nearest selectable; `still` keeps its place on the screen.

        Without a cursor the list starts at its first row, which may be a heading. `top` is the first row in sight.
        """
        self._rows = rows
        if top is not None:
            self.top = min(max(0, top), max(0, len(rows) - 1))
        elif still:
            self.top = max(0, self.top + (cursor or 0) - self.cursor)
        self.cursor = 0 if cursor is None else self._nearest(min(max(0, cursor), max(0, len(rows) - 1)), 1)
        self._loose = False
        self.redraw()

    @property
    def rows(self) -> Rows:
        """The rows being shown."""
        return self._rows

    def redraw(self) -> None:
        """Lay out the visible rows again and paint the changes."""
        self._page = None
        super().redraw()

    def focus_here(self, on: bool) -> None:
        """Set whether the list has the focus."""
        if on != self.active:
            self.active = on
            self.redraw()

    # moving

    @property
    def at_end(self) -> bool:
        """Whether the cursor is on the last selectable row."""
        return self.cursor == self._nearest(len(self._rows) - 1, -1)

    def move(self, by: int) -> bool:
        """Move the cursor by selectable rows; return whether it moved."""
        at = self.cursor
        for _ in range(abs(by)):
            at = self._nearest(at + (1 if by > 0 else -1), 1 if by > 0 else -1, at)
        return self.go(at)

    def go(self, index: int) -> bool:
        """Move the cursor to a row; return whether it moved."""
        if not 0 <= index < len(self._rows) or index == self.cursor:
            return False
        self.put(index)
        self.post_message(self.Chosen(self, index))
        return True

    def put(self, index: int) -> None:
        """Move the cursor to a row without a message."""
        if index != self.cursor:
            self.cursor = index
            self._loose = False
            self.redraw()

    def first(self) -> bool:
        """Move to the first row."""
        return self.go(self._nearest(0, 1, self.cursor))

    def last(self) -> bool:
        """Move to the last row."""
        return self.go(self._nearest(len(self._rows) - 1, -1, self.cursor))

    def page(self, pages: float) -> bool:
        """Move by a page or a part of one, measured in visible rows."""
        step = max(1, int(abs(pages) * max(1, len(self._shown) - 1)))
        target = min(max(0, self.cursor + (step if pages > 0 else -step)), len(self._rows) - 1)
        way = 1 if pages > 0 else -1
        return self.go(self._nearest(target, way, self._nearest(target, -way, self.cursor)))

    def _nearest(self, index: int, step: int, otherwise: int = 0) -> int:
        """Return the first selectable row from an index on in steps, `otherwise` if there is none."""
        while 0 <= index < len(self._rows):
            if self._rows.selectable(index):
                return index
            index += step
        return otherwise

    # painting

    def row(self, y: int) -> Row:
        """Return the line at a height."""
        size = (self.size.width, self.size.height)
        if self._page is None or self._page_size != size:
            self._page, self._page_size = self._set(), size
        return self._page[y] if y < len(self._page) else ([], "ground")

    def _set(self) -> list[Row]:
        """Return all lines of the widget: the rule, the visible rows, and the count of the others."""
        if not self.ruled:
            return self._fill(self.size.width, self.size.height)
        rows = self._fill(self.size.width, self.size.height - 1)
        rule, role = rule_above(self.size.width, self.active)
        said = self._beyond() if self._dense else ""
        if not said or cells(said) + 6 > len(rule):
            return [([(rule, role)], "ground"), *rows]
        line: Line = [(rule[: -cells(said) - 4], role), (f" {said} ", "muted"), (rule[:2], role)]
        return [(line, "ground"), *rows]

    def _beyond(self) -> str:
        """Return the counts of rows above and below the visible ones."""
        if not len(self._rows):
            return ""
        above = self._rows.remaining(0) - self._rows.remaining(self.top)
        below = self._rows.remaining(self._shown.stop) if self._shown.stop < len(self._rows) else 0
        return "  ".join([f"↑ {above:,}"] * bool(above) + [f"↓ {below:,} more"] * bool(below))

    def _fill(self, width: int, height: int) -> list[Row]:
        """Return the visible rows as lines, scrolled to the cursor, with the count of the others below."""
        if not len(self._rows) or height < 1:
            self._shown = range(0)
            note: Line = [("  " + cut(self._rows.note, width - 4), "muted")]
            return [(note, "ground")] if self._rows.note and height > 0 else []
        if not self._loose:
            self.top = min(self.top, self.cursor)
            if self.top == self.cursor > 0 and not self._rows.selectable(self.top - 1):
                self.top -= 1
        if self.top and self._down(0, width, height)[1].stop == len(self._rows):
            self.top = 0
        lines, shown = self._down(self.top, width, height)
        if self.cursor not in shown and not self._loose:
            self.top = self._up(self.cursor, width, height)
            lines, shown = self._down(self.top, width, height)
        self._shown = shown
        said = "" if self._dense else self._beyond()
        if said and (shown.stop < len(self._rows) or len(lines) < height):
            lines = lines[: height - 1] + [([], "ground")] * (height - 1 - len(lines)) + [([("  " + said, "muted")], "ground")]
        return lines

    def _down(self, top: int, width: int, height: int) -> tuple[list[Row], range]:
        """Return the lines and range of the rows that fit from `top` on.

        If rows remain, the last line stays free, or in a dense list shows the beginning of the next one.
        """
        lines: list[Row] = []
        index = top
        while index < len(self._rows):
            more = self._lines(index, width)
            room = height - (1 if index + 1 < len(self._rows) and not self._dense else 0)
            if len(lines) + inked(more) > room and index > top:
                lines += more if self._dense else []
                break
            lines += more
            index += 1
        return lines[:height], range(top, index)

    def _up(self, last: int, width: int, height: int) -> int:
        """Return the first of the rows that fit above and including `last`; the last line stays free if rows remain."""
        room = height - (last + 1 < len(self._rows) and not self._dense) - inked(self._lines(last, width))
        index = last
        while index and (room := room - len(self._lines(index - 1, width))) >= 0:
            index -= 1
        return index

    def _lines(self, index: int, width: int) -> list[Row]:
        """Return the lines of a row with its bar."""
        chosen = index == self.cursor and self._rows.selectable(index)
        margin = self._rows.margin
        lines = self._rows.lines(index, width - margin, chosen, self.active)
        if not chosen:
            return [([(" " * margin, "ink"), *line] if line else [], "ground") for line in lines]
        bar: Line = [("▌", "focus" if self.active else "thumb"), *[(" " * (margin - 1), "ink")] * (margin > 1)]
        return [([*bar, *line], "chosen" if self.active else "ground") if line else ([], "ground") for line in lines]

    # the mouse

    def on_click(self, event: events.Click) -> None:
        """Select the row that was clicked; a double click opens it."""
        event.stop()
        index = self._row_at(event.y)
        self.post_message(self.Touched(self, index))
        if index is None:
            return
        self.go(index)
        if event.chain == 2:
            self.post_message(self.Opened(self, index))

    def _row_at(self, y: int) -> int | None:
        """Return the selectable row at a height."""
        at = int(self.ruled)
        for index in range(self._shown.start, min(self._shown.stop + self._dense, len(self._rows))):
            at += len(self._lines(index, self.size.width))
            if y < at:
                return index if y >= self.ruled and self._rows.selectable(index) else None
        return None

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """Scroll the list and leave the cursor."""
        event.stop()
        self._scroll(1)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """Scroll the list and leave the cursor."""
        event.stop()
        self._scroll(-1)

    def _scroll(self, by: int) -> None:
        """Scroll by rows and leave the cursor."""
        top = self.top + by
        if top >= 0 and (by < 0 or self._shown.stop < len(self._rows)):
            self.top, self._loose = top, True
            self.redraw()
