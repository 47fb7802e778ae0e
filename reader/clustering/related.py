"""What ties stories together: the words, the names and the quotations they share, as a reader would write them."""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from reader.clustering.name_mentions import mentions, shared_names
from reader.clustering.shared_quotes import shared_quotes
from reader.clustering.spellings import Spellings
from reader.clustering.terms import is_word, read
from reader.clustering.tfidf import Vector, leading_words, vector
from reader.models import StoryText
from reader.text.tokens import sentences

_BODY_CHARACTERS = 8000
"""Characters read of a body for its names."""


class SharedEvidence(NamedTuple):
    """What a story shares with others: words and names, the weightiest first, and quotations, the longest first."""

    terms: tuple[str, ...]
    names: tuple[str, ...]
    quotes: tuple[str, ...]


class StoryFeatures:
    """A story read once, to be held against others: as it is told, its vector, its names, and how it spells its words."""

    def __init__(self, telling: StoryText) -> None:
        self.telling = telling
        self.vector = vector(telling.title, telling.body, telling.language)
        told = (telling.title, *sentences("\n".join(telling.body)[:_BODY_CHARACTERS]))
        read_in = [(sentence, read(sentence, telling.language)) for sentence in told]
        self.names = mentions(read_in)
        self.spellings = Spellings(telling.language)
        for _, words in read_in:
            self.spellings.add(words)


def ties(story: StoryFeatures, others: Sequence[StoryFeatures], limit: int) -> SharedEvidence:
    """Find what a story shares with any of some others; of words, names and quotations the first `limit` each."""
    shared: defaultdict[str, float] = defaultdict(float)
    for other in others:
        for term in filter(is_word, story.vector.keys() & other.vector.keys()):
            shared[term] += story.vector[term] * other.vector[term]
    spellings = Spellings(story.telling.language)
    for each in (story, *others):
        spellings.merge(each.spellings)
    return SharedEvidence(
        tuple(spellings.of(term) for term in _heaviest(shared, limit)),
        shared_names(story.names, [name for other in others for name in other.names])[:limit],
        shared_quotes(story.telling, [other.telling for other in others])[:limit],
    )


def story_terms(story: StoryText, weights: Vector, limit: int) -> tuple[str, ...]:
    """Return the heaviest words of a story, the heaviest first, as the story spells them; `weights` is its vector."""
    spellings = Spellings(story.language)
    spellings.add(read(story.title, story.language))
    spellings.add(leading_words(story.body, story.language))
    return thread_terms([weights], spellings, limit)


def thread_terms(vectors: Sequence[Vector], spellings: Spellings, limit: int) -> tuple[str, ...]:
    """Return the words that hold some stories together, the heaviest first; of a single story, its heaviest words.

    `vectors` are those of the stories, `spellings` those of their words.
    """
    sums: defaultdict[str, float] = defaultdict(float)
    squares: defaultdict[str, float] = defaultdict(float)
    for each in vectors:
        for term, weight in each.items():
            sums[term] += weight
            squares[term] += weight * weight
    # What a term adds to the likeness of every pair: the square of a sum is the sum of the squares and twice that of the pairs.
    alone = len(vectors) == 1
    weights = {term: squares[term] if alone else sums[term] ** 2 - squares[term] for term in sums if is_word(term)}
    return tuple(spellings.of(term) for term in _heaviest(weights, limit))


def _heaviest(weights: Mapping[str, float], limit: int) -> list[str]:
    """The terms of the greatest weight, the greatest first."""
    return [term for _, term in heapq.nsmallest(limit, ((-weight, term) for term, weight in weights.items() if weight > 0))]
