"""The documents of a segment that answer a part of a query, with their scores; and how such parts are put together."""

from __future__ import annotations

from bisect import insort
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

import numpy as np

from reader.shelf.search.arrays import Array

T = TypeVar("T")

_STEEP = 8
"""By so much must one list be shorter than another, for looking its documents up one by one to be quicker than a table of all."""


@dataclass(frozen=True, slots=True)
class Hits:
    """Documents in order, and the score of each; one number where all have the same."""

    ids: Array
    scores: Array | float

    def __len__(self) -> int:
        return len(self.ids)

    def chosen(self, which: Array) -> Hits:
        """Those that are chosen, by place or by mask."""
        return Hits(self.ids[which], self.scores[which] if isinstance(self.scores, np.ndarray) else self.scores)

    def boosted(self, boost: float) -> Hits:
        """The same with their scores multiplied."""
        return self if boost == 1.0 else Hits(self.ids, self.scores * boost)

    def dense(self) -> Array:
        """A score for each of the documents."""
        return self.scores if isinstance(self.scores, np.ndarray) else np.full(len(self.ids), self.scores)


NONE = Hits(np.empty(0, np.int32), 0.0)


def among(ids: Array, wanted: Array, count: int) -> Array:
    """Which of these documents are wanted, as a mask; both are in order, of `count` that there are."""
    if not len(wanted) or not len(ids):
        return np.zeros(len(ids), bool)
    if len(ids) * _STEEP < len(wanted):
        places = np.searchsorted(wanted, ids)
        found: Array = wanted[np.minimum(places, len(wanted) - 1)] == ids
        return found
    table = np.zeros(count, bool)
    table[wanted] = True
    return table[ids]


def aligned(hits: Hits, ids: Array, count: int) -> Array | float:
    """The scores of these documents, every one of which is among the hits."""
    if len(ids) == len(hits) or not isinstance(hits.scores, np.ndarray):
        return hits.scores
    return hits.scores[chosen(hits.ids, ids, count)]


def chosen(ids: Array, some: Array, count: int) -> Array:
    """How to choose some of these documents out of all of them: by place or by mask, whichever is quicker."""
    return np.searchsorted(ids, some.astype(ids.dtype, copy=False)) if len(some) * _STEEP < len(ids) else among(ids, some, count)


def union(parts: Sequence[Hits], weights: Sequence[int], count: int) -> Hits:
    """The documents of any part, their scores summed in the order in which Whoosh sums those of parts of these weights."""
    given = [(weight, part) for weight, part in zip(weights, parts, strict=True) if len(part)]
    return in_tree(lambda left, right: _both(left, right, count), given) if given else NONE


def _both(left: Hits, right: Hits, count: int) -> Hits:
    few, many = (left, right) if len(left) < len(right) else (right, left)
    if len(few) * _STEEP < len(many):
        return _laid_in(few, many)
    table, scores = np.zeros(count, bool), np.zeros(count)
    table[few.ids] = True
    table[many.ids] = True
    scores[few.ids] = few.scores
    scores[many.ids] += many.scores
    ids = np.flatnonzero(table).astype(np.int32)
    return Hits(ids, scores[ids])


def _laid_in(few: Hits, many: Hits) -> Hits:
    """The union of few documents and many."""
    places = np.searchsorted(many.ids, few.ids)
    both = many.ids[np.minimum(places, len(many) - 1)] == few.ids
    ids, scores = many.ids, many.dense().copy()
    scores[places[both]] += few.scores[both] if isinstance(few.scores, np.ndarray) else few.scores
    if both.all():
        return Hits(ids, scores)
    return Hits(np.insert(ids, places[~both], few.ids[~both]), np.insert(scores, places[~both], few.dense()[~both]))


def summed(scores: Sequence[Array | float], weights: Sequence[int]) -> Array | float:
    """The sum of scores, in Whoosh's order for parts of these weights."""
    return in_tree(lambda left, right: left + right, list(zip(weights, scores, strict=True)))


def in_tree(join: Callable[[T, T], T], given: Sequence[tuple[int, T]]) -> T:
    """Join things by two, those of least weight first, as Whoosh does (`whoosh.util.make_weighted_tree`): equal to the last bit."""
    waiting = sorted(given, key=_weight)
    while len(waiting) > 1:
        first, second = waiting.pop(0), waiting.pop(0)
        insort(waiting, (first[0] + second[0], join(first[1], second[1])), key=_weight)
    return waiting[0][1]


def _weight(one: tuple[int, T]) -> int:
    return one[0]
