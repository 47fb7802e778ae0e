"""A list of rows of any height, of which only those in sight are ever set: 100,000 rows cost what forty do.

A screen gives the list its `Rows`: how many there are, and the lines of each. The list keeps the cursor, scrolls by whole rows,
paints the bar and the ground of the chosen row, and says at its foot how many rows are out of sight ("↑ 2  ↓ 3 more").

The list binds no keys: the screen calls `move`, `page`, `first`, `last` from its own commands, and hears `Chosen` and `Opened`.
"""

from __future__ import annotations

from dataclasses import dataclass

from textual import events
from textual.message import Message

from reader.presentation.text_layout import Line
from reader.tui.widgets.painted import PaintedWidget, Row, rule_above

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


class VirtualList(PaintedWidget):
    """The list; `active` says that it has the keys, `ruled` that its first line is the rule above a pane."""

    @dataclass
    class Chosen(Message):
        """The cursor came to stand on a row."""

        sender: VirtualList
        index: int

    @dataclass
    class Opened(Message):
        """A row was opened with the mouse."""

        sender: VirtualList
        index: int

    @dataclass
    class Touched(Message):
        """The list was clicked: on a row, or beside them all."""

        sender: VirtualList
        index: int | None

    def __init__(self, *, id: str | None = None, ruled: bool = True) -> None:
        super().__init__(id=id)
        self.cursor = 0
        self.top = 0
        self.active = False
        self._rows: Rows = NoRows()
        self.ruled = ruled
        self._loose = False
        self._page: list[Row] | None = None
        self._shown = range(0)

    # what stands in the list

    def show(self, rows: Rows, cursor: int | None = 0, *, still: bool = False) -> None:
        """Show these rows, the cursor on the one given or the nearest that can be reached; `still`, it stays where it is seen.

        Without a cursor the list begins at its first row, and where that is a heading, none is chosen.
        """
        self._rows = rows
        if still:
            self.top = max(0, self.top + (cursor or 0) - self.cursor)
        self.cursor = 0 if cursor is None else self._nearest(min(max(0, cursor), max(0, len(rows) - 1)), 1)
        self._loose = False
        self.redraw()

    @property
    def rows(self) -> Rows:
        """What stands in the list."""
        return self._rows

    def redraw(self) -> None:
        """Set the rows in sight again and paint what changed."""
        self._page = None
        super().redraw()

    def focus_here(self, on: bool) -> None:
        """Note whether the list has the keys."""
        if on != self.active:
            self.active = on
            self.redraw()

    # moving

    @property
    def at_end(self) -> bool:
        """Whether the cursor is on the last row it can stand on."""
        return self.cursor == self._nearest(len(self._rows) - 1, -1)

    def move(self, by: int) -> bool:
        """The cursor by so many rows that can be reached; says whether it moved."""
        at = self.cursor
        for _ in range(abs(by)):
            at = self._nearest(at + (1 if by > 0 else -1), 1 if by > 0 else -1, at)
        return self.go(at)

    def go(self, index: int) -> bool:
        """The cursor to a row; says whether it moved."""
        if not 0 <= index < len(self._rows) or index == self.cursor:
            return False
        self.put(index)
        self.post_message(self.Chosen(self, index))
        return True

    def put(self, index: int) -> None:
        """The cursor to a row in silence: nothing hears of it."""
        if index != self.cursor:
            self.cursor = index
            self._loose = False
            self.redraw()

    def first(self) -> bool:
        """To the first row."""
        return self.go(self._nearest(0, 1, self.cursor))

    def last(self) -> bool:
        """To the last row."""
        return self.go(self._nearest(len(self._rows) - 1, -1, self.cursor))

    def page(self, pages: float) -> bool:
        """On or back by a page or a part of one, as many rows as are in sight."""
        step = max(1, int(abs(pages) * max(1, len(self._shown) - 1)))
        target = min(max(0, self.cursor + (step if pages > 0 else -step)), len(self._rows) - 1)
        way = 1 if pages > 0 else -1
        return self.go(self._nearest(target, way, self._nearest(target, -way, self.cursor)))

    def _nearest(self, index: int, step: int, otherwise: int = 0) -> int:
        """The first row from an index on that the cursor can stand on; another where there is none that way."""
        while 0 <= index < len(self._rows):
            if self._rows.reachable(index):
                return index
            index += step
        return otherwise

    # painting

    def row(self, y: int) -> Row:
        """The line at a height."""
        if self._page is None:
            self._page = self._set()
        return self._page[y] if y < len(self._page) else ([], "ground")

    def on_resize(self) -> None:
        """Another size: other rows are in sight."""
        self._page = None

    def _set(self) -> list[Row]:
        """All lines of the widget: the rule above, the rows in sight, and what is out of sight."""
        rule: list[Row] = [([rule_above(self.size.width, self.active)], "ground")] if self.ruled else []
        return rule + self._fill(self.size.width, self.size.height - len(rule))

    def _fill(self, width: int, height: int) -> list[Row]:
        """The rows in sight as lines, scrolled so that the chosen one is among them, and the count of the others below."""
        if not len(self._rows) or height < 1:
            self._shown = range(0)
            return []
        if not self._loose:
            self.top = min(self.top, self.cursor)
            if self.top == self.cursor > 0 and not self._rows.reachable(self.top - 1):
                self.top -= 1
        if self.top and self._down(0, width, height)[1].stop == len(self._rows):
            self.top = 0
        lines, shown = self._down(self.top, width, height)
        if self.cursor not in shown and not self._loose:
            self.top = self._up(self.cursor, width, height)
            lines, shown = self._down(self.top, width, height)
        self._shown = shown
        above = self._rows.rest(0) - self._rows.rest(self.top)
        below = self._rows.rest(shown.stop) if shown.stop < len(self._rows) else 0
        if below or (above and len(lines) < height):
            said = "  ".join([f"↑ {above:,}"] * bool(above) + [f"↓ {below:,} more"] * bool(below))
            lines = lines[: height - 1] + [([], "ground")] * (height - 1 - len(lines)) + [([("  " + said, "muted")], "ground")]
        return lines

    def _down(self, top: int, width: int, height: int) -> tuple[list[Row], range]:
        """The rows from one on that go in whole, as lines; a last line stays free where rows are left."""
        lines: list[Row] = []
        index = top
        while index < len(self._rows):
            more = self._lines(index, width)
            room = height - (1 if index + 1 < len(self._rows) else 0)
            if len(lines) + inked(more) > room and index > top:
                break
            lines += more
            index += 1
        return lines[:height], range(top, index)

    def _up(self, last: int, width: int, height: int) -> int:
        """The first of the rows that go in above and with a last one; a last line stays free where rows are left below."""
        room = height - (last + 1 < len(self._rows)) - inked(self._lines(last, width))
        index = last
        while index and (room := room - len(self._lines(index - 1, width))) >= 0:
            index -= 1
        return index

    def _lines(self, index: int, width: int) -> list[Row]:
        """A row as lines with its bar."""
        chosen = index == self.cursor and self._rows.reachable(index)
        lines = self._rows.lines(index, width - 2, chosen, self.active)
        if not chosen:
            return [([("  ", "ink"), *line] if line else [], "ground") for line in lines]
        bar: Line = [("▌", "focus" if self.active else "thumb"), (" ", "ink")]
        return [([*bar, *line], "chosen" if self.active else "ground") if line else ([], "ground") for line in lines]

    # the mouse

    def on_click(self, event: events.Click) -> None:
        """A click takes the keys here and chooses the row; the second of a double click opens it."""
        event.stop()
        index = self._row_at(event.y)
        self.post_message(self.Touched(self, index))
        if index is None:
            return
        self.go(index)
        if event.chain == 2:
            self.post_message(self.Opened(self, index))

    def _row_at(self, y: int) -> int | None:
        """The row at a height that the cursor can stand on."""
        at = int(self.ruled)
        for index in self._shown:
            at += len(self._lines(index, self.size.width))
            if y < at:
                return index if y >= self.ruled and self._rows.reachable(index) else None
        return None

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """The wheel scrolls the list and leaves the cursor."""
        event.stop()
        self._scroll(1)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """The wheel scrolls the list and leaves the cursor."""
        event.stop()
        self._scroll(-1)

    def _scroll(self, by: int) -> None:
        """Scroll by rows, the cursor left where it is."""
        top = self.top + by
        if top >= 0 and (by < 0 or self._shown.stop < len(self._rows)):
            self.top, self._loose = top, True
            self.redraw()
