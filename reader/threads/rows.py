"""Vectors as arrays, so that one of them is multiplied with many at once. Sums of weights are exact, in whatever order (see vectors)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate, count

import numpy as np
from numpy.typing import NDArray

from reader.threads.vectors import Vector


@dataclass(frozen=True, slots=True, eq=False)
class Row:
    """A vector: the numbers of its terms, and their weights. Where a term stands more than once, its weights add up."""

    terms: NDArray[np.intp]
    weights: NDArray[np.float64]

    def __len__(self) -> int:
        return len(self.terms)

    def plus(self, other: Row, sign: int = 1) -> Row:
        """Give the sum with another vector, or the difference; the terms that both hold stand twice in it."""
        weights = other.weights if sign > 0 else -other.weights
        return Row(np.concatenate((self.terms, other.terms)), np.concatenate((self.weights, weights)))


class Rows:
    """Numbers the terms of vectors, and multiplies the rows made here with each other."""

    def __init__(self) -> None:
        self._numbers: defaultdict[str, int] = defaultdict(count().__next__)
        self._spread = np.zeros(1 << 12)

    @property
    def terms(self) -> int:
        """How many terms have a number."""
        return len(self._numbers)

    def row(self, vector: Vector) -> Row:
        """Make a vector a row."""
        terms = np.fromiter(map(self._numbers.__getitem__, vector), np.intp, len(vector))
        if len(self._numbers) > len(self._spread):
            self._spread = np.zeros(2 * len(self._numbers))
        return Row(terms, np.fromiter(vector.values(), np.float64, len(vector)))

    def joined(self, a: Row, b: Row) -> Row:
        """Give the sum of two vectors, each term once."""
        both = a.plus(b)
        terms, places = np.unique(both.terms, return_inverse=True)
        return Row(terms, np.bincount(places, both.weights))

    def products(self, one: Row, others: Sequence[Row]) -> list[float]:
        """Give the inner products of a row, in which each term stands once, with others."""
        if not others:
            return []
        spread = self._spread
        spread[one.terms] = one.weights
        terms = np.concatenate([other.terms for other in others])
        weights = np.concatenate([other.weights for other in others])
        weights *= spread.take(terms)
        spread[one.terms] = 0.0
        sums = np.concatenate(([0.0], weights.cumsum()))
        ends = [0, *accumulate(map(len, others))]
        return np.diff(sums[ends]).tolist()  # type: ignore[no-any-return]
