"""Where columns stand on a screen: the grid."""

from __future__ import annotations

from dataclasses import dataclass

GUTTER = 4
AIR = 2
MEASURE, NARROW_MEASURE = 72, 66
"""The longest lines in cells: in columns and on wide screens; of a story that stands alone on a narrower one."""
WIDE_FROM = 120


@dataclass(frozen=True, slots=True)
class ColumnSlot:
    """Where a column stands: its left edge, its width up to its rule, the cell of its rule, the width and the start of its text."""

    left: int
    size: int
    edge: int
    measure: int
    text: int


def slots(width: int, count: int) -> list[ColumnSlot]:
    """The places of `count` columns in `width` cells."""
    each = (width - (count - 1)) // max(1, count)
    measure = max(1, min(MEASURE, each - GUTTER - AIR))
    lefts = [number * (each + 1) for number in range(count)]
    edges = [left + each for left in lefts[:-1]] + [width - 1]
    return [ColumnSlot(left, edge - left, edge, measure, left + GUTTER) for left, edge in zip(lefts, edges, strict=True)]


def full_slot(width: int) -> ColumnSlot:
    """The place of a story that stands alone, in the middle."""
    measure = max(1, min(MEASURE if width >= WIDE_FROM else NARROW_MEASURE, width - 2 * GUTTER))
    return ColumnSlot(0, width - 1, width - 1, measure, max(GUTTER, (width - measure) // 2))
