"""A story as a vector: tf-idf of its terms against a packaged background, the heaviest terms only, of unit length."""

from __future__ import annotations

import math
import sys
from array import array
from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import islice

from reader.clustering.terms import ClusteringWord, bare, beginning, read
from reader.text.document_frequencies import document_frequency, documents
from reader.text.tokens import sentences

Vector = dict[str, float]
"""Terms and their weights, the heaviest first."""

_TITLE_WEIGHT = 4.0  # what a word in the title counts
_BODY_WEIGHT = 0.4  # what a word counts however deep it stands in the body,
_LEAD_WEIGHT = 0.6  # what it counts on top at the very beginning,
_LEAD_TERMS = 120  # and the terms after which that has fallen to 1/e
_CAPITAL = 1.25  # the factor for an English word with a capital in the middle of a sentence
_BEGINNING_WEIGHT = 0.5  # what the beginning of a long word counts besides the word, where compounds are written as one
_BODY_TERMS = 500  # terms read of a body
TERMS = 80  # terms kept
IDF_POWER = 0.5
LEAST_IDF = 0.05
_RARE = 1.5  # documents taken for granted that hold a term the background does not know
_SHORT = 25  # terms under which a body counts as a headline

# Weights are whole multiples of 2^-15. Sums of vectors are then exact, so they do not depend on the order in which stories came or
# left, and a weight fits two bytes.
_GRID = 1 << 15

# One object for each weight there can be: millions of equal ones scattered over the memory are slow to reach.
_WEIGHTS = [step / _GRID for step in range(_GRID + 1)]


def vector(title: str, body: Sequence[str], language: str = "") -> Vector:
    """Make the vector of a story; the title is empty where none was stated, the body is one string a paragraph.

    `language` is an ISO 639-1 code, empty for English.
    """
    counts: defaultdict[str, float] = defaultdict(float)
    words = leading_words(body, language)
    for position, word in enumerate(words):
        weight = _BODY_WEIGHT + _LEAD_WEIGHT * math.exp(-position / _LEAD_TERMS)
        counts[word.term] += weight * (_CAPITAL if word.capital and not language else 1)
    capitals = {word.term for word in words if word.capital and not language}
    for word in read(title, language):
        if word.term:
            counts[word.term] += _TITLE_WEIGHT * (_CAPITAL if word.term in capitals else 1)
    for term in list(counts) if language else ():
        if begins := beginning(term, language):
            counts[begins] += _BEGINNING_WEIGHT * counts[term]
    return unit({term: math.log1p(count) * idf(term) ** IDF_POWER for term, count in counts.items()}, TERMS)


def leading_words(body: Sequence[str], language: str = "") -> list[ClusteringWord]:
    """Return the words of a body that have a term, as far as a vector reads it."""
    return list(islice(_terms(body, language), _BODY_TERMS))


def is_short(body: Sequence[str], language: str = "") -> bool:
    """Say whether a body is little more than a headline."""
    return len(list(islice(_terms(body, language), _SHORT))) < _SHORT


def unit(weights: Vector, limit: int) -> Vector:
    """Scale the `limit` heaviest terms to unit length, the heaviest first."""
    # Two sorts that call no function of ours take half the time of one by weight and term.
    heaviest = sorted(sorted(weights), key=weights.__getitem__, reverse=True)[:limit]
    length = math.sqrt(sum([weights[term] * weights[term] for term in heaviest])) or 1.0
    steps = [round(weights[term] / length * _GRID) for term in heaviest]
    return {term: _WEIGHTS[step] for term, step in zip(heaviest, steps, strict=True) if step > 0}


def heaviest(weights: Vector, limit: int) -> list[str]:
    """List the heaviest terms of a vector, the heaviest first."""
    return list(islice(weights, limit))


@lru_cache(maxsize=1 << 16)
def idf(term: str) -> float:
    """Give the inverse document frequency of a term in the background: how rare it is, at least .05."""
    return max(math.log((documents() + 1) / ((document_frequency(bare(term)) or _RARE) + 0.5)), LEAST_IDF)


def dot(a: Vector, b: Vector) -> float:
    """Give the inner product: the cosine, for vectors of unit length."""
    return sum([a[term] * b[term] for term in a.keys() & b.keys()], 0.0)


def add(a: Vector, b: Vector) -> Vector:
    """Give the sum of two vectors."""
    if len(a) < len(b):
        a, b = b, a
    total = dict(a)
    for term, weight in b.items():
        total[term] = total.get(term, 0.0) + weight
    return total


def pack(weights: Vector) -> bytes:
    """Write a vector as bytes: its terms in UTF-8, one a line, a zero byte, and two bytes a weight, low byte first."""
    numbers = array("H", [round(weight * _GRID) for weight in weights.values()])
    if sys.byteorder == "big":
        numbers.byteswap()
    return "\n".join(weights).encode() + b"\0" + numbers.tobytes()


def unpack(data: bytes) -> Vector:
    """Read a vector back from `pack`; the weights are the very same."""
    terms, _, weights = data.partition(b"\0")
    numbers = array("H", weights)
    if sys.byteorder == "big":
        numbers.byteswap()
    # Interned, because thousands of stories hold the same terms.
    return {sys.intern(term): _WEIGHTS[number] for term, number in zip(terms.decode().split("\n"), numbers, strict=bool(numbers))}


def _terms(body: Sequence[str], language: str = "") -> Iterator[ClusteringWord]:
    for paragraph in body:
        for sentence in sentences(paragraph):
            for word in read(sentence, language):
                if word.term:
                    yield word
