"""The documents of a segment that answer a part of a query, with their scores; and how such parts are put together."""

from __future__ import annotations

from bisect import insort
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from reader.shelf.search.arrays import Array

_STEEP = 8
"""By so much must one list be shorter than another, for looking its documents up one by one to be quicker than a table of all."""

_FEW = 2000
"""Documents up to which lists are joined by sorting them."""


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


def aligned(hits: Hits, ids: Array) -> Array | float:
    """The scores of these documents, every one of which is among the hits."""
    if len(ids) == len(hits) or not isinstance(hits.scores, np.ndarray):
        return hits.scores
    return hits.scores[np.searchsorted(hits.ids, ids)]


def union(parts: Sequence[Hits], weights: Sequence[int], count: int) -> Hits:
    """The documents of any part, their scores summed in the order in which Whoosh sums those of parts of these weights."""
    parts, order = [part for part in parts if len(part)], [weight for part, weight in zip(parts, weights, strict=True) if len(part)]
    if len(parts) < 2:
        return parts[0] if parts else NONE
    if sum(map(len, parts)) <= _FEW:
        ids = np.unique(np.concatenate([part.ids for part in parts]))
        spread = [_spread(part, np.searchsorted(ids, part.ids), len(ids)) for part in parts]
        return Hits(ids, summed(spread, order))
    table = np.zeros(count, bool)
    for part in parts:
        table[part.ids] = True
    ids = np.flatnonzero(table).astype(np.int32)
    scores = summed([_spread(part, part.ids, count) for part in parts], order)
    return Hits(ids, scores[ids])


def _spread(part: Hits, places: Array, count: int) -> Array:
    scores = np.zeros(count)
    scores[places] = part.scores
    return scores


def summed(scores: Sequence[Array | float], weights: Sequence[int]) -> Array:
    """The sum, the two of least weight first (`whoosh.util.make_weighted_tree`): so that it is Whoosh's to the last bit."""
    waiting = sorted(zip(weights, range(len(scores)), scores, strict=True), key=lambda one: one[0])
    while len(waiting) > 1:
        first, second = waiting.pop(0), waiting.pop(0)
        insort(waiting, (first[0] + second[0], first[1], first[2] + second[2]), key=lambda one: one[0])
    total: Array = np.asarray(waiting[0][2])
    return total
