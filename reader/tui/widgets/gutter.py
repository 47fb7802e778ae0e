"""The four cells before a line of text: pointer, sign, number, air."""

from __future__ import annotations

from dataclasses import dataclass

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
"""For each kind of passage its sign, the bar of its following lines, and the role of both."""

LIT, READ = "▶", "·"
ROOM = 3
"""Cells a sign and its number have."""


@dataclass(frozen=True, slots=True)
class GutterMark:
    """What a line's gutter says: the passage it is of, the line's number in it from 0, and whether the passage is known already."""

    noted: MarkedPassage
    row: int
    known: bool = False


def gutter(edge: GutterMark, lit: bool) -> Line:
    """The gutter of a line. A number of two digits pushes the sign to the edge, where a lit passage has its pointer instead."""
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
