"""Related stories, and the words that tie stories together, as a reader would write them."""

from __future__ import annotations

import heapq
from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence

from reader.text.words import sentences
from reader.threads.fabric import Member
from reader.threads.terms import read
from reader.threads.usage import Telling
from reader.threads.vectors import Vector, dot, vector


def nearest(of: Vector, members: Mapping[str, Member], limit: int, *, without: Collection[str] = ()) -> list[tuple[str, float]]:
    """Find the stories nearest to a vector, the nearest first, with their likeness, which is above 0 and at most 1."""
    found = ((dot(of, member.vector), story) for story, member in members.items() if story not in without)
    likest = heapq.nsmallest(limit, ((-likeness, story) for likeness, story in found if likeness > 0))
    return [(story, -likeness) for likeness, story in likest]


def shared_terms(a: Telling, b: Telling, limit: int) -> tuple[str, ...]:
    """List the words by which two stories are near each other, the heaviest first, spelled as the stories mostly do."""
    return thread_terms((a, b), limit)


def thread_terms(tellings: Sequence[Telling], limit: int) -> tuple[str, ...]:
    """List the words that hold some stories together, the heaviest first; of a single story, its heaviest words."""
    vectors = [vector(telling.title, telling.body) for telling in tellings]
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
    spelled = _spellings(tellings)
    return tuple(spelled[term] for _, term in heaviest)


def _spellings(tellings: Sequence[Telling]) -> dict[str, str]:
    """Find how each term is mostly spelled, by words whose capital or small letter is no accident where there are any."""
    sure: defaultdict[str, Counter[str]] = defaultdict(Counter)
    doubtful: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for telling in tellings:
        for paragraph in (telling.title, *telling.body):
            for sentence in sentences(paragraph):
                for word in read(sentence):
                    (sure if word.sure else doubtful)[word.term][word.text] += 1
    return {term: spelled.most_common(1)[0][0] for term, spelled in {**doubtful, **sure}.items()}
