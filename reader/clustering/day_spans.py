"""Spans of time in days since 1970-01-01, and the gap between two of them."""

from __future__ import annotations

Days = tuple[float, float] | None
"""The first and the last day of something, None where nothing in it is dated."""


def on(day: float | None) -> Days:
    """Make the span of one moment."""
    return None if day is None else (day, day)


def join(a: Days, b: Days) -> Days:
    """Make the span that covers both."""
    if a is None or b is None:
        return a or b
    return min(a[0], b[0]), max(a[1], b[1])


def gap(a: Days, b: Days) -> float | None:
    """Count the days between two spans: 0 where they overlap, None where one is undated."""
    if a is None or b is None:
        return None
    return max(0.0, a[0] - b[1], b[0] - a[1])
