"""The layout of story columns for a screen size, and the content of each screen row. Independent of Textual."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from reader.presentation.text_layout import Line, Piece, cut_line, cutting, pad, spread
from reader.tui.widgets.gutter import gutter
from reader.tui.widgets.link_hints import hinted
from reader.tui.widgets.painted import rule_above
from reader.tui.widgets.passage_alignment import level
from reader.tui.widgets.story_column import ScrollAnchor, StoryColumn
from reader.tui.widgets.story_layout import (
    LaidOutLine,
    LayoutOptions,
    full_head_lines,
    head_lines,
    short_head_lines,
    stacked_head_lines,
    status,
)

GUTTER = 4
AIR = 2
MEASURE, NARROW_MEASURE = 72, 66
"""Maximum line length in cells: in columns and on wide screens; for a full-width story on a narrower one."""
WIDE_FROM = 120
AIRY_FROM = 30
"""Screen height in rows from which the head of a full-width story has blank lines."""
SHORT_BELOW = 17
"""Screen height in rows below which a head takes two lines."""
WORDY_FROM = 30
"""Text width in cells above which the unread state is spelled out."""
BAR = "▌"
"""The sign beside the head of the current one of several stories in a column."""
FIRST_ROW = 3
"""The row of the first head in a column of several stories, below the rule, the heading and a blank row."""
LEAST_ROWS = 6
"""Rows that a story takes at least in a column that it shares, with the blank ones after it."""
GAP = 2
"""Blank rows between two stories of a column."""


class ColumnSlot(Struct, frozen=True):
    """The place of a column: left edge, width up to its rule, cell of the rule, width and start of the text."""

    left: int
    size: int
    edge: int
    measure: int
    text: int


def slots(width: int, count: int) -> list[ColumnSlot]:
    """Return the places of `count` columns in `width` cells."""
    each = (width - (count - 1)) // max(1, count)
    measure = max(1, min(MEASURE, each - GUTTER - AIR))
    lefts = [number * (each + 1) for number in range(count)]
    edges = [left + each for left in lefts[:-1]] + [width - 1]
    return [ColumnSlot(left, edge - left, edge, measure, left + GUTTER) for left, edge in zip(lefts, edges, strict=True)]


def full_slot(width: int) -> ColumnSlot:
    """Return the place of a single story, centered."""
    measure = max(1, min(MEASURE if width >= WIDE_FROM else NARROW_MEASURE, width - 2 * GUTTER))
    return ColumnSlot(0, width - 1, width - 1, measure, max(GUTTER, (width - measure) // 2))


def stack(heights: Sequence[int], count: int, room: int) -> list[tuple[int, int]] | None:
    """Place stories of these heights in `count` columns of `room` rows, each below the column that ends highest.

    Returns column and row of each story, None if they do not fit.
    """
    ends = [0] * count
    placed: list[tuple[int, int]] = []
    for height in heights:
        column = min(range(count), key=lambda number: ends[number])
        placed.append((column, ends[column]))
        ends[column] += height + GAP
    return placed if max(ends) - GAP <= room else None


def stacked_height(column: StoryColumn, width: int, setting: LayoutOptions, room: int) -> int:
    """Return the rows of a story, with its head, in a column of `room` rows that it shares; a long one scrolls in half of it."""
    column.set(width, 1, setting)
    return min(len(stacked_head_lines(column.head, width, column.notes)) + len(column.lines), max(LEAST_ROWS, (room - GAP) // 2))


def stack_room(size: tuple[int, int]) -> int:
    """Return the rows of a column for the stories in it."""
    return size[1] - FIRST_ROW


class ColumnLayout(Struct):
    """Columns on a screen: `at` is the current one, shown alone if `full`; `screen` is the terminal's height in rows.

    With a `heading`, stories share `count` columns below it. `tops` is the row of the head of each story, `bodies`
    that of its text.
    """

    columns: Sequence[StoryColumn]
    at: int
    size: tuple[int, int]
    screen: int
    full: bool = False
    count: int = 0
    heading: Line = []
    slots: list[ColumnSlot] = []
    heads: list[list[Line]] = []
    tops: list[int] = []
    bodies: list[int] = []

    @property
    def stacked(self) -> bool:
        """Whether stories may share columns."""
        return not self.full and bool(self.heading)

    def set(self, setting: LayoutOptions, places: Mapping[str, ScrollAnchor | None], *, leveled: bool = False) -> None:
        """Lay out all columns, keeping their scroll anchors; `leveled` aligns matching passages and scrolls all equally."""
        wide, high = self.size
        if self.stacked:
            self._set_stacked(setting, places)
            return
        if self.full:
            slot = full_slot(wide)
            self.slots, body = [slot] * len(self.columns), 1
            self.heads = [[]] * len(self.columns)
        else:
            self.slots = slots(wide, max(1, len(self.columns)))
            self.heads = [self._head(column, slot) for column, slot in zip(self.columns, self.slots, strict=False)]
            body = 2 + max((len(head) for head in self.heads), default=0)
        self.tops, self.bodies = [1] * len(self.columns), [body] * len(self.columns)
        for column, slot in zip(self.columns, self.slots, strict=False):
            before = self._full_head(column, slot) if self.full else []
            column.set(slot.measure, high - body, setting, before, places.get(column.head.id))
        if leveled and len(self.columns) > 1 and not self.full:
            for column, lines in zip(self.columns, level([column.lines for column in self.columns]), strict=True):
                column.lines = lines
                column.go_to(places.get(column.head.id))
            for column in self.columns:
                column.scroll(self.columns[self.at].top - column.top)

    def _set_stacked(self, setting: LayoutOptions, places: Mapping[str, ScrollAnchor | None]) -> None:
        """Lay out short stories, several in a column; what does not fit at the end of one scrolls."""
        across = slots(self.size[0], self.count)
        measure = min(slot.measure for slot in across)
        self.heads = [stacked_head_lines(column.head, measure, column.notes) for column in self.columns]
        room = stack_room(self.size)
        heights = [stacked_height(column, measure, setting, room) for column in self.columns]
        placed = stack(heights, self.count, sum(heights) + GAP * len(heights)) or []
        self.slots = [across[number] for number, _ in placed]
        self.tops = [FIRST_ROW + row for _, row in placed]
        self.bodies = [top + len(head) for top, head in zip(self.tops, self.heads, strict=True)]
        for column, top, body, height in zip(self.columns, self.tops, self.bodies, heights, strict=True):
            column.set(measure, min(top + height, self.size[1]) - body, setting, place=places.get(column.head.id))

    def story_at(self, x: int, y: int) -> int:
        """Return the number of the story at a cell, or of the nearest one above it."""
        if self.full:
            return self.at
        inside = [number for number, slot in enumerate(self.slots) if slot.left <= x <= slot.edge]
        above = [number for number in inside if self.tops[number] <= y or not self.stacked]
        return max(above, key=lambda number: self.tops[number]) if above else next(iter(inside), len(self.columns) - 1)

    def _head(self, column: StoryColumn, slot: ColumnSlot) -> list[Line]:
        if self.screen < SHORT_BELOW:
            return short_head_lines(column.head, slot.measure)
        return head_lines(column.head, slot.measure, [*column.notes, *[column.related] * bool(column.related)])

    def _full_head(self, column: StoryColumn, slot: ColumnSlot) -> list[LaidOutLine]:
        head = full_head_lines(column.head, column.story, slot.measure, self.screen >= AIRY_FROM, column.notes)
        speaker = next(number for number, line in enumerate(head) if line)
        head[speaker] = spread(head[speaker], status(column.head, True, column.news), slot.measure)
        return [LaidOutLine(line, []) for line in head]

    # rows

    def row(self, y: int, *, active: bool) -> list[Piece]:
        """Return the pieces of a screen row; `active` if the columns have the focus."""
        if self.full:
            return self._full_row(self.columns[self.at], self.slots[self.at], y)
        if self.stacked and y == 1:
            return [([(" " * GUTTER, "ink"), *cut_line(self.heading, self.size[0] - GUTTER - AIR)], self.size[0], "ground")]
        if self.stacked:
            return [piece for slot in dict.fromkeys(self.slots) for piece in self._stacked_row(slot, y, active)]
        return [piece for number in range(len(self.columns)) for piece in self._column_row(number, y, active)]

    def _rule(self, slot: ColumnSlot, *, last: bool, here: bool) -> Piece:
        """Return the rule above a column, heavy above the current story of focused columns."""
        rest: Line = [] if last else [("─", "rule")]
        return [rule_above(slot.size + last, here), *rest], slot.edge - slot.left + 1, "ground"

    def _column_row(self, number: int, y: int, active: bool) -> list[Piece]:
        """Return one column's part of a row, including its right edge."""
        column, slot = self.columns[number], self.slots[number]
        if y == 0:
            return [self._rule(slot, last=number == len(self.columns) - 1, here=active and number == self.at)]
        edge: Piece = ([self._edge(number, y)], slot.edge - slot.left + 1 - slot.size, "ground")
        if y < self.bodies[number]:
            return [(self._head_row(column, slot, self.heads[number], y - 1), slot.size, "ground"), edge]
        return [*_text(column, slot, y - self.bodies[number]), edge]

    def _stacked_row(self, slot: ColumnSlot, y: int, active: bool) -> list[Piece]:
        """Return the part of a row in a column of several stories; the current one has a bar beside its head."""
        inside = [number for number, each in enumerate(self.slots) if each == slot]
        last = slot.edge == self.size[0] - 1
        if y == 0:
            return [self._rule(slot, last=last, here=active and self.at in inside)]
        number = next((number for number in reversed(inside) if self.tops[number] <= y), None)
        blank: list[Piece] = [([], slot.size, "ground")]
        side = " " if last else "│"
        edge: Piece = ([(side, "ink" if last else "rule")], slot.edge - slot.left + 1 - slot.size, "ground")
        if number is None or y >= self.bodies[number] + self.columns[number].room:
            return [*blank, edge]
        column, row = self.columns[number], y - self.bodies[number]
        if row in column.thumb:
            edge = ([("┃", "thumb")], edge[1], "ground")
        if row >= 0:
            return [*_text(column, slot, row), edge]
        line = self._head_row(column, slot, self.heads[number], y - self.tops[number])
        if number == self.at and row < -1:
            line = [(BAR, "focus"), *cutting(pad(line, slot.size), 1, slot.size)]
        return [(line, slot.size, "ground"), edge]

    def _head_row(self, column: StoryColumn, slot: ColumnSlot, head: list[Line], row: int) -> Line:
        if row >= len(head):
            return []
        before = f"{column.number:>{GUTTER - 1}} " if row == 0 else " " * GUTTER
        wordy = slot.measure > WORDY_FROM and self.screen >= SHORT_BELOW
        signs = status(column.head, wordy, column.news) if row == 0 else []
        return [(before, "muted"), *spread(head[row], signs, slot.measure)]

    def _edge(self, number: int, y: int) -> tuple[str, str]:
        """Return the rule right of a column, heavy at the scroll position."""
        if y - self.bodies[number] in self.columns[number].thumb:
            return "┃", "thumb"
        if number == len(self.columns) - 1:
            return " ", "ink"
        return ("╎" if self.columns[number + 1].related else "│"), "rule"

    def _full_row(self, column: StoryColumn, slot: ColumnSlot, y: int) -> list[Piece]:
        edge = ("┃", "thumb") if y - 1 in column.thumb else (" ", "ink")
        text: list[Piece] = _text(column, slot, y - 1) if y else [([], slot.size, "ground")]
        return [*text, ([edge], 1, "ground")]


def _text(column: StoryColumn, slot: ColumnSlot, row: int) -> list[Piece]:
    """Return a line of text with its gutter; a highlighted passage has its background from the sign to the end of the text."""
    at = column.top + row
    if not 0 <= at < len(column.lines):
        return [([], slot.size, "ground")]
    line = column.lines[at]
    if at in column.hints:
        line = replace(line, text=hinted(line.text, column.hints[at]))
    margin = slot.text - slot.left - GUTTER
    air: Line = [(" " * margin, "ink")] if margin else []
    if line.edge is None:
        return [([*air, *pad(line.sign, GUTTER), *line.text], slot.size, "ground")]
    lit = line.edge.noted.passage.index in column.lit
    signs = gutter(line.edge, lit)
    if not lit:
        return [([*air, *signs, *line.text], slot.size, "ground")]
    ends = min(slot.size, margin + GUTTER + slot.measure + 1)
    return [
        ([*air, *cutting(signs, 0, 1)], margin + 1, "ground"),
        ([*cutting(signs, 1, GUTTER), *line.text], ends - margin - 1, "lit"),
        ([], slot.size - ends, "ground"),
    ]
