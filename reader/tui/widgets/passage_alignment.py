"""Alignment of matching passages: equal numbers start at the same height as far as the order of the stories allows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import chain, pairwise

from reader.presentation.comparison_view import DIFFERING
from reader.tui.widgets.story_layout import LaidOutLine


def level(columns: Sequence[Sequence[LaidOutLine]]) -> list[list[LaidOutLine]]:
    """Insert blank lines so that equal numbers start at the same height and all columns get the same length.

    A passage that crosses one already aligned stays where it is.
    """
    starts = [numbered(lines) for lines in columns]
    heights = _heights(_in_order(starts), starts) or {}
    out = [_stretched(lines, start, heights) for lines, start in zip(columns, starts, strict=True)]
    longest = max(map(len, out), default=0)
    return [[*lines, *[LaidOutLine([], [])] * (longest - len(lines))] for lines in out]


def numbered(lines: Sequence[LaidOutLine]) -> dict[int, int]:
    """Return the line of each number: of its first passage that differs, otherwise of its first passage."""
    starts: dict[int, int] = {}
    differing: set[int] = set()
    for at, line in enumerate(lines):
        if line.edge is None or line.edge.row or not line.edge.noted.number or line.edge.noted.sign == "faint":
            continue
        number, differs = line.edge.noted.number, line.edge.noted.sign in DIFFERING
        if number not in starts or (differs and number not in differing):
            starts[number] = at
        if differs:
            differing.add(number)
    return starts


def _in_order(starts: Sequence[Mapping[int, int]]) -> set[int]:
    """Return the numbers that can be aligned together, preferring those that cross the fewest others."""
    shared = [number for number in sorted(set(chain(*starts))) if sum(number in start for start in starts) > 1]

    def crosses(one: int, other: int) -> bool:
        return len({start[one] < start[other] for start in starts if one in start and other in start}) > 1

    crossings = {number: sum(crosses(number, other) for other in shared if other != number) for number in shared}
    taken: set[int] = set()
    for number in sorted(shared, key=lambda number: (crossings[number], number)):
        if _heights(taken | {number}, starts) is not None:
            taken.add(number)
    return taken


def _heights(numbers: set[int], starts: Sequence[Mapping[int, int]]) -> dict[int, int] | None:
    """Return the line at which each number can stand in all columns, None if they cross."""
    steps: dict[int, list[tuple[int, int]]] = {number: [] for number in numbers}
    least = dict.fromkeys(numbers, 0)
    before = dict.fromkeys(numbers, 0)
    for start in starts:
        order = sorted((at, number) for number, at in start.items() if number in numbers)
        for at, number in order[:1]:
            least[number] = max(least[number], at)
        for (at, number), (following, other) in pairwise(order):
            steps[number].append((other, following - at))
            before[other] += 1
    ready = [number for number in numbers if not before[number]]
    done = 0
    while ready:
        number = ready.pop()
        done += 1
        for other, step in steps[number]:
            least[other] = max(least[other], least[number] + step)
            before[other] -= 1
            if not before[other]:
                ready.append(other)
    return least if done == len(numbers) else None


def _stretched(lines: Sequence[LaidOutLine], start: Mapping[int, int], heights: Mapping[int, int]) -> list[LaidOutLine]:
    """Return a column's lines with blank ones before each number that has to move down."""
    out: list[LaidOutLine] = []
    at = 0
    for place, number in sorted((place, number) for number, place in start.items() if number in heights):
        out += lines[at:place]
        out += [LaidOutLine([], [])] * (heights[number] - len(out))
        at = place
    return [*out, *lines[at:]]
