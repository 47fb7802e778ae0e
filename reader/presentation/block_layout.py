"""The layout of one paragraph by its structure: indents, bars of quotations, markers of items, and tables."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct

from reader.models import PLAIN, Block, Span
from reader.presentation.styled_text import styled
from reader.presentation.text_layout import Line, breaks, cells, cutting, pad, width

INDENT = 2
"""Cells by which a level of a list and code are indented."""
DEEPEST = 6
"""Levels of lists, and of quotations, that are indented."""
GAP = 2
"""Cells between the columns of a table."""
NARROWEST = 8
"""Cells that a column of a table has at least when it is made narrower to fit."""
MOST_ROWS = 400
"""Rows of a table whose cells are aligned; the cells of longer ones stand one below the other."""
LONGEST_NUMBER = 24
BULLETS = {"*": "•", "+": "◦", "o": "▪", "-": "–"}
_NUMBER = re.compile(r"[+\-−–~<>≈$€£]?\s?[\d.,:/\s%]*\d[\d.,:/\s%]*\s?[\w%€$£]{0,3}|[-–—]?")


class LineSpan(Struct, frozen=True):
    """A line of a paragraph: what stands before its text, and the characters of its text, or a finished line instead."""

    before: Line
    start: int
    end: int
    line: Line | None = None


def block_role(block: Block) -> str:
    """The role of the text of a paragraph."""
    return {"heading": "heading", "caption": "muted", "term": styled("ink", ["bold"]), "code": "code"}.get(block.kind, "ink")


def line_spans(text: str, block: Block, span: Span, room: int) -> Iterator[LineSpan]:
    """Yield the lines of a part of a paragraph in `room` cells."""
    start, end = span
    bars: Line = [("│ " * min(block.quotes, DEEPEST), "rule")] if block.quotes else []
    levels = 0 if block.kind in ("heading", "row") else min(block.level, DEEPEST) - (block.marker > 0)
    indent = INDENT * levels + (INDENT if block.kind == "code" else 0)
    while indent + width(bars) > room // 2 and indent:
        indent -= 1
    before: Line = [*bars, *[(" " * indent, "ink")] * (indent > 0)]
    marker = text[: block.marker] if start < block.marker <= end else ""
    if not marker:
        for a, b in breaks(text[start:end], room - width(before)):
            yield LineSpan(before, start + a, start + b)
        return
    hang: Line = [(" " * cells(marker), "ink")]
    first: Line = [(BULLETS.get(marker.strip(), marker.strip()) + " ", "muted")]
    place = block.marker
    lines = breaks(text[place:end], room - width(before) - cells(marker))
    for number, (a, b) in enumerate(lines):
        yield LineSpan([*before, *(hang if number else first)], place + a, place + b)


class TableLayout(Struct, frozen=True):
    """The widths of a table's columns, empty if they do not fit; which are right-aligned; and the text of its head."""

    widths: tuple[int, ...]
    numeric: tuple[bool, ...]
    head: tuple[str, ...] = ()


def table_layouts(texts: Sequence[str], structure: Sequence[Block], room: int) -> Mapping[int, TableLayout]:
    """The layouts of a story's tables by the number of each of their rows."""
    found: dict[int, TableLayout] = {}
    rows: list[int] = []
    for number, block in enumerate([*structure, PLAIN]):
        if rows and (block.kind != "row" or block.parting != "tight"):
            found.update(dict.fromkeys(rows, _table([texts[row] for row in rows], [structure[row] for row in rows], room)))
            rows = []
        if block.kind == "row":
            rows.append(number)
    return found


def _table(texts: Sequence[str], rows: Sequence[Block], room: int) -> TableLayout:
    columns = max(len(row.cells) for row in rows)
    head = next((cell_texts(text, row) for text, row in zip(texts, rows, strict=True) if row.level), ())
    if len(rows) > MOST_ROWS:
        return TableLayout((), (), head)
    table = [(row, cell_texts(text, row)) for text, row in zip(texts, rows, strict=True)]
    wide = [max((cells(line[at]) for row, line in table if _counts(row, at)), default=0) for at in range(columns)]
    body = [line for row, line in table if not row.level]
    numeric = tuple(bool(body) and all(_is_number(line[at]) for line in body if at < len(line)) for at in range(columns))
    return TableLayout(_fitted(wide, room - GAP * (columns - 1) - min(rows[0].quotes, DEEPEST) * INDENT), numeric, head)


def _is_number(text: str) -> bool:
    return len(text) <= LONGEST_NUMBER and _NUMBER.fullmatch(text) is not None


def _counts(row: Block, column: int) -> bool:
    """Whether a cell has a width of its own: one alone in its row may reach into the columns after it."""
    return column < len(row.cells) and sum(end > start for start, end in row.cells) > 1


def _fitted(wide: Sequence[int], room: int) -> tuple[int, ...]:
    """Widths of columns that fit into `room` cells together, the widest made narrower; () if they cannot."""
    if sum(wide) <= room:
        return tuple(wide)
    if sum(min(each, NARROWEST) for each in wide) > room:
        return ()
    low, high = NARROWEST, max(wide)
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if sum(min(each, middle) for each in wide) <= room else (low, middle - 1)
    return tuple(min(each, low) for each in wide)


def cell_texts(text: str, row: Block) -> tuple[str, ...]:
    """The texts of the cells of a row."""
    return tuple(text[start:end] for start, end in row.cells)


def row_lines(text: str, row: Block, table: TableLayout, painted: Line, room: int) -> Iterator[LineSpan]:
    """Yield the lines of a table's row: its cells side by side, or one below the other after the names of their columns."""
    bars: Line = [("│ " * min(row.quotes, DEEPEST), "rule")] if row.quotes else []
    filled = [(number, span) for number, span in enumerate(row.cells) if span[1] > span[0]]
    if len(filled) == 1 or not table.widths:
        for number, (start, end) in filled:
            name = table.head[number] if number < len(table.head) and not row.level and len(filled) > 1 else ""
            label: Line = [(f"{name}: ", "muted")] if name and cells(name) < room // 2 else []
            for a, b in breaks(text[start:end], max(1, room - width(bars) - width(label))):
                line = cutting(painted, start + a, start + b)
                yield LineSpan([], start + a, start + b, [*bars, *label, *line])
                label = [(" " * width(label), "ink")] if label else []
        return
    set_cells = {number: breaks(text[start:end], table.widths[number]) for number, (start, end) in filled}
    for height in range(max(map(len, set_cells.values()))):
        line = list(bars)
        for number, size in enumerate(table.widths):
            part: Line = []
            if number in set_cells and height < len(set_cells[number]):
                start = row.cells[number][0]
                a, b = set_cells[number][height]
                part = cutting(painted, start + a, start + b)
            if number < len(table.numeric) and table.numeric[number]:
                part = [(" " * max(0, size - width(part)), "ink"), *part]
            last = number == len(table.widths) - 1
            line += part if last else [*pad(part, size), (" " * GAP, "ink")]
        yield LineSpan([], len(text) if height else 0, len(text), line)
