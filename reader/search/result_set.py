"""The documents that answer a part of a query, with their scores; and how such parts are put together."""

from __future__ import annotations

from bisect import insort
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from reader.search.array_file import Array

_STEEP = 8
"""By so much must one list be shorter than another, for looking its documents up one by one to be quicker than a table of all."""

_SHARES = 8
"""Shares of the scores for each one that is wanted: few of the best then fall into a share with another."""


@dataclass(frozen=True, slots=True)
class ResultSet:
    """Documents in order, and the score of each; one number where all have the same."""

    ids: Array
    scores: Array | float

    def __len__(self) -> int:
        return len(self.ids)

    def chosen(self, which: Array | slice) -> ResultSet:
        """Those that are chosen, by place or by mask."""
        if isinstance(which, np.ndarray) and which.dtype == bool:
            which = np.flatnonzero(which)  # quicker than choosing twice by mask
        return ResultSet(self.ids[which], self.scores[which] if isinstance(self.scores, np.ndarray) else self.scores)

    def within(self, ids: Array, count: int) -> ResultSet:
        """Those that are among these documents, of `count` that there are."""
        if not len(self) or not len(ids):
            return NONE
        if len(ids) * _STEEP < len(self):
            places = self.ids.searchsorted(ids)
            return self.chosen(places[self.ids.take(places, mode="clip") == ids])
        return self.chosen(among(self.ids, ids, count))

    def span(self, first: int, last: int) -> slice:
        """Where the documents from `first` to before `last` are."""
        begin, end = self.ids.searchsorted(np.array((first, last), self.ids.dtype)).tolist()
        return slice(begin, end)

    def moved(self, by: int) -> ResultSet:
        """The same with other numbers for their documents."""
        return ResultSet(self.ids + self.ids.dtype.type(by), self.scores)

    def boosted(self, boost: float) -> ResultSet:
        """The same with their scores multiplied."""
        return self if boost == 1.0 else ResultSet(self.ids, self.scores * boost)

    def dense(self) -> Array:
        """A score for each of the documents."""
        return self.scores if isinstance(self.scores, np.ndarray) else np.full(len(self.ids), self.scores)


NONE = ResultSet(np.empty(0, np.int32), 0.0)


def among(ids: Array, wanted: Array, count: int) -> Array:
    """Which of these documents are wanted, as a mask; both are in order, of `count` that there are."""
    if not len(wanted) or not len(ids):
        return np.zeros(len(ids), bool)
    if len(ids) * _STEEP < len(wanted):
        found: Array = wanted.take(wanted.searchsorted(ids), mode="clip") == ids
        return found
    table = np.zeros(count, bool)
    table[wanted] = True
    return table[ids]


def aligned(hits: ResultSet, ids: Array, count: int) -> Array | float:
    """The scores of these documents, every one of which is among the hits."""
    if len(ids) == len(hits) or not isinstance(hits.scores, np.ndarray):
        return hits.scores
    return hits.within(ids, count).scores


def best(hits: ResultSet, limit: int) -> ResultSet:
    """The best, in the order of their scores; of equals the first."""
    if not isinstance(hits.scores, np.ndarray):
        return hits.chosen(slice(limit))
    top = hits
    if len(hits) > limit:
        top = hits.chosen(np.flatnonzero(hits.scores >= _bar(hits.scores, limit)))
    return top.chosen((-top.dense()).argsort(kind="stable")[:limit])


def _bar(scores: Array, limit: int) -> float:
    """A score that `limit` of these reach, and hardly more, but for equals.

    Of many scores, those at the head of some shares of them are enough: `limit` of them reach the one that is returned.
    """
    shares = _SHARES * limit
    if len(scores) > 2 * shares:
        scores = scores[: len(scores) // shares * shares].reshape(-1, shares).max(axis=0)
    return float(np.partition(scores, -limit)[-limit])


def both(left: ResultSet, right: ResultSet, count: int) -> ResultSet:
    """The same documents with the sums of their scores."""
    return ResultSet(left.ids, left.scores + right.scores)


def union(left: ResultSet, right: ResultSet, count: int) -> ResultSet:
    """The documents of either part, of `count` that there are, with the sums of their scores."""
    few, many = (left, right) if len(left) < len(right) else (right, left)
    if not len(few):
        return many
    return _laid_in(few, many) if len(few) * _STEEP < len(many) else sums((few, many), count)


def _laid_in(few: ResultSet, many: ResultSet) -> ResultSet:
    """The union of few documents and many."""
    places = many.ids.searchsorted(few.ids)
    both = many.ids.take(places, mode="clip") == few.ids
    ids, scores = many.ids, many.dense().copy()
    scores[places[both]] += few.scores[both] if isinstance(few.scores, np.ndarray) else few.scores
    if both.all():
        return ResultSet(ids, scores)
    return ResultSet(np.insert(ids, places[~both], few.ids[~both]), np.insert(scores, places[~both], few.dense()[~both]))


def sums(parts: Sequence[ResultSet], count: int) -> ResultSet:
    """The documents of any of many parts, of `count` that there are, with the sums of their scores."""
    parts = [part for part in parts if len(part)]
    if len(parts) < 2:
        return parts[0] if parts else NONE
    table, scores = np.zeros(count, bool), np.zeros(count)
    for part in parts:
        table[part.ids] = True
        scores[part.ids] += part.scores
    ids = np.flatnonzero(table).astype(np.int32)
    return ResultSet(ids, scores[ids])


def joined(parts: Sequence[ResultSet]) -> ResultSet:
    """Parts with other documents each, in the order of these."""
    return (
        ResultSet(np.concatenate([part.ids for part in parts]), np.concatenate([part.dense() for part in parts])) if parts else NONE
    )


def in_tree(join: Callable[[ResultSet, ResultSet], ResultSet], parts: Sequence[ResultSet], weights: Sequence[int]) -> ResultSet:
    """Join parts by two, those of least weight first, as Whoosh does (`whoosh.util.make_weighted_tree`): equal to the last bit."""
    waiting = sorted(zip(weights, parts, strict=True), key=_weight)
    while len(waiting) > 1:
        first, second = waiting.pop(0), waiting.pop(0)
        insort(waiting, (first[0] + second[0], join(first[1], second[1])), key=_weight)
    return waiting[0][1] if waiting else NONE


def _weight(one: tuple[int, ResultSet]) -> int:
    return one[0]
