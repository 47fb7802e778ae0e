"""Whether a story belongs to a second thread besides its own; that moves neither the story nor what threads are made of."""

from __future__ import annotations

from collections.abc import Collection

from reader.clustering.tfidf import Vector, dot

_LEAST = 0.2
"""The mean likeness to a second thread's stories from which one may belong to it too,"""
_SHARE = 0.6
"""and the share that must be of the mean likeness to the other stories of its own thread."""


def belongs_too(story: Vector, own: Collection[Vector], second: Collection[Vector]) -> bool:
    """Say whether a story belongs to a second thread; `own` are the other stories of its own thread."""
    return likeness(story, second) >= max(_LEAST, _SHARE * likeness(story, own))


def likeness(story: Vector, others: Collection[Vector]) -> float:
    """Give the mean likeness of a story to some others, 0 where there are none."""
    return sum(dot(story, other) for other in others) / len(others) if others else 0.0
