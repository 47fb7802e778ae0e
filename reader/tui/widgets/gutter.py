"""The four cells before a line of text: pointer, sign, number, blank."""

from __future__ import annotations

from msgspec import Struct

from reader.presentation.comparison_view import MarkedPassage, Sign
from reader.presentation.text_layout import Line

SIGNS: dict[Sign, tuple[str, str, str]] = {
    "": (" ", " ", "ink"),
    "same": ("=", "│", "told_all"),
    "only": ("+", "┃", "only_here"),
    "quote": ("”", "║", "quote_differs"),
    "figure": ("#", "╎", "figure_differs"),
    "faint": ("?", "│", "muted"),
}
"""For each kind of passage its sign, the bar on its following lines, and the role of both."""

LIT, READ = "▶", "·"
ROOM = 3
"""Cells for a sign and its number."""


class GutterMark(Struct, frozen=True):
    """The gutter of a line: its passage, the line's number within it from 0, and whether the passage was read elsewhere."""

    noted: MarkedPassage
    row: int
    known: bool = False


def gutter(edge: GutterMark, lit: bool) -> Line:
    """Return the gutter of a line. A two-digit number moves the sign to the edge; a highlighted passage has its pointer there."""
    sign, bar, role = SIGNS[edge.noted.sign]
    wide = edge.noted.number >= 10
    if edge.row:
        dot = READ if wide and edge.known and edge.row == 1 and not lit else " "
        return [(dot, "read"), (bar, role), ("  ", "ink")]
    pointer = (LIT, "focus") if lit else (READ, "read") if edge.known else (" ", "ink")
    number = str(edge.noted.number or "")
    if not wide:
        return [pointer, (f"{sign}{number}".ljust(ROOM), role)]
    first = pointer if lit else (sign, role)
    return [first, (number[:2], role), (" ", "ink")] if len(number) == 2 else [pointer, (sign.ljust(ROOM), role)]
