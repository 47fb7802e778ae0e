"""The words that tie stories together, as a reader would write them."""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Sequence

from reader.threads.usage import Telling, Usages
from reader.threads.vectors import Vector, vector


def shared_terms(a: Telling, b: Telling, limit: int) -> tuple[str, ...]:
    """List the words by which two stories are near each other, the heaviest first, spelled as the stories mostly do."""
    return thread_terms([vector(telling.title, telling.body) for telling in (a, b)], Usages([a, b]), limit)


def thread_terms(vectors: Sequence[Vector], usages: Usages, limit: int) -> tuple[str, ...]:
    """List the words that hold some stories together, the heaviest first; of a single story, its heaviest words.

    `vectors` are the stories', `usages` tells how they spell their words.
    """
    sums: defaultdict[str, float] = defaultdict(float)
    squares: defaultdict[str, float] = defaultdict(float)
    for each in vectors:
        for term, weight in each.items():
            sums[term] += weight
            squares[term] += weight * weight
    # What a term adds to the likeness of every pair: the square of a sum is the sum of the squares and twice that of the pairs.
    alone = len(vectors) == 1
    weights = {term: squares[term] if alone else sums[term] ** 2 - squares[term] for term in sums}
    heaviest = heapq.nsmallest(limit, ((-weight, term) for term, weight in weights.items() if weight > 0))
    return tuple(usages.spelling(term) for _, term in heaviest)
