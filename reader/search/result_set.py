"""Documents that match a part of a query, with scores, and the combination of such parts."""

from __future__ import annotations

from bisect import insort
from collections.abc import Callable, Sequence

import numpy as np
from msgspec import Struct

from reader.search.array_file import Array

_LOOKUP_RATIO = 8
"""Ratio of lengths above which looking up the shorter list is faster than a table of all documents."""

_CHUNKS_PER_RESULT = 8
"""Chunks of the scores per requested result: few of the best then share a chunk."""


class ResultSet(Struct, frozen=True):
    """Sorted document numbers, and the score of each, or one score for all."""

    ids: Array
    scores: Array | float

    def __len__(self) -> int:
        return len(self.ids)

    def take(self, which: Array | slice) -> ResultSet:
        """Select by positions, slice or mask."""
        if isinstance(which, np.ndarray) and which.dtype == bool:
            which = np.flatnonzero(which)  # faster than applying the mask twice
        return ResultSet(self.ids[which], self.scores[which] if isinstance(self.scores, np.ndarray) else self.scores)

    def within(self, ids: Array, count: int) -> ResultSet:
        """Intersect with these documents; `count` is the number of documents in the index."""
        if not len(self) or not len(ids):
            return NONE
        if len(ids) * _LOOKUP_RATIO < len(self):
            places = self.ids.searchsorted(ids)
            return self.take(places[self.ids.take(places, mode="clip") == ids])
        return self.take(membership_mask(self.ids, ids, count))

    def span(self, first: int, last: int) -> slice:
        """Slice of the documents from `first` to before `last`."""
        begin, end = self.ids.searchsorted(np.array((first, last), self.ids.dtype)).tolist()
        return slice(begin, end)

    def shifted(self, by: int) -> ResultSet:
        """Shift the document numbers."""
        return ResultSet(self.ids + self.ids.dtype.type(by), self.scores)

    def boosted(self, boost: float) -> ResultSet:
        """Multiply the scores."""
        return self if boost == 1.0 else ResultSet(self.ids, self.scores * boost)

    def dense(self) -> Array:
        """One score per document."""
        return self.scores if isinstance(self.scores, np.ndarray) else np.full(len(self.ids), self.scores)


NONE = ResultSet(np.empty(0, np.int32), 0.0)


def membership_mask(ids: Array, wanted: Array, count: int) -> Array:
    """Mask of the ids that are in `wanted`; both are sorted, `count` is the number of documents in the index."""
    if not len(wanted) or not len(ids):
        return np.zeros(len(ids), bool)
    if len(ids) * _LOOKUP_RATIO < len(wanted):
        found: Array = wanted.take(wanted.searchsorted(ids), mode="clip") == ids
        return found
    table = np.zeros(count, bool)
    table[wanted] = True
    return table[ids]


def scores_for(hits: ResultSet, ids: Array, count: int) -> Array | float:
    """Scores of these documents, all of which must be among the hits."""
    if len(ids) == len(hits) or not isinstance(hits.scores, np.ndarray):
        return hits.scores
    return hits.within(ids, count).scores


def top(hits: ResultSet, limit: int) -> ResultSet:
    """The `limit` best documents by score, ties in document order."""
    if not isinstance(hits.scores, np.ndarray):
        return hits.take(slice(limit))
    if len(hits) > limit:
        hits = hits.take(np.flatnonzero(hits.scores >= _threshold(hits.scores, limit)))
    return hits.take((-hits.dense()).argsort(kind="stable")[:limit])


def _threshold(scores: Array, limit: int) -> float:
    """A score that at least `limit` documents reach, and few more apart from ties.

    For many scores the maxima of chunks suffice: `limit` of them reach the threshold.
    """
    size = _CHUNKS_PER_RESULT * limit
    if len(scores) > 2 * size:
        scores = scores[: len(scores) // size * size].reshape(-1, size).max(axis=0)
    return float(np.partition(scores, -limit)[-limit])


def add_scores(left: ResultSet, right: ResultSet, count: int) -> ResultSet:
    """Add the scores of two results with the same documents."""
    return ResultSet(left.ids, left.scores + right.scores)


def union(left: ResultSet, right: ResultSet, count: int) -> ResultSet:
    """Documents of either result, with the scores added; `count` is the number of documents in the index."""
    few, many = (left, right) if len(left) < len(right) else (right, left)
    if not len(few):
        return many
    return _merge_few(few, many) if len(few) * _LOOKUP_RATIO < len(many) else union_all((few, many), count)


def _merge_few(few: ResultSet, many: ResultSet) -> ResultSet:
    """Union of few documents and many."""
    places = many.ids.searchsorted(few.ids)
    common = many.ids.take(places, mode="clip") == few.ids
    ids, scores = many.ids, many.dense().copy()
    scores[places[common]] += few.scores[common] if isinstance(few.scores, np.ndarray) else few.scores
    if common.all():
        return ResultSet(ids, scores)
    return ResultSet(np.insert(ids, places[~common], few.ids[~common]), np.insert(scores, places[~common], few.dense()[~common]))


def union_all(parts: Sequence[ResultSet], count: int) -> ResultSet:
    """Documents of any of many results, with the scores added; `count` is the number of documents in the index."""
    parts = [part for part in parts if len(part)]
    if len(parts) < 2:
        return parts[0] if parts else NONE
    table, scores = np.zeros(count, bool), np.zeros(count)
    for part in parts:
        table[part.ids] = True
        scores[part.ids] += part.scores
    ids = np.flatnonzero(table).astype(np.int32)
    return ResultSet(ids, scores[ids])


def concatenate(parts: Sequence[ResultSet]) -> ResultSet:
    """Concatenate results with disjoint, increasing documents."""
    return (
        ResultSet(np.concatenate([part.ids for part in parts]), np.concatenate([part.dense() for part in parts])) if parts else NONE
    )


def combine_in_tree(
    join: Callable[[ResultSet, ResultSet], ResultSet], parts: Sequence[ResultSet], weights: Sequence[int]
) -> ResultSet:
    """Combine results pairwise, smallest weights first, in the same order as `whoosh.util.make_weighted_tree`.

    Sums are therefore equal to the last bit.
    """
    waiting = sorted(zip(weights, parts, strict=True), key=_weight)
    while len(waiting) > 1:
        first, second = waiting.pop(0), waiting.pop(0)
        insort(waiting, (first[0] + second[0], join(first[1], second[1])), key=_weight)
    return waiting[0][1] if waiting else NONE


def _weight(one: tuple[int, ResultSet]) -> int:
    return one[0]
