"""What ties stories together: the words, the names and the quotations they share, as a reader would write them."""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from reader.threads.mentions import shared_names
from reader.threads.quoted import shared_quotes
from reader.threads.usage import Telling, Usages
from reader.threads.vectors import Vector, vector


class Ties(NamedTuple):
    """What a story shares with others: words and names, the weightiest first, and quotations, the longest first."""

    terms: tuple[str, ...]
    names: tuple[str, ...]
    quotes: tuple[str, ...]


def ties(story: Telling, others: Sequence[Telling], limit: int) -> Ties:
    """Find what a story shares with any of some others; of words, names and quotations the first `limit` each."""
    usages = Usages([story, *others])
    own = vector(story.title, story.body)
    shared: defaultdict[str, float] = defaultdict(float)
    for other in others:
        theirs = vector(other.title, other.body)
        for term in own.keys() & theirs.keys():
            shared[term] += own[term] * theirs[term]
    terms = tuple(usages.spelling(term) for term in _heaviest(shared, limit))
    return Ties(terms, shared_names(story, others)[:limit], shared_quotes(story, others)[:limit])


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
    return tuple(usages.spelling(term) for term in _heaviest(weights, limit))


def _heaviest(weights: Mapping[str, float], limit: int) -> list[str]:
    """The terms of the greatest weight, the greatest first."""
    return [term for _, term in heapq.nsmallest(limit, ((-weight, term) for term, weight in weights.items() if weight > 0))]
