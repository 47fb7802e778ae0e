"""Weights of the terms of a passage within the set of stories compared."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import chain

from msgspec import Struct

from reader.comparison.features import PassageFeatures
from reader.comparison.parameters import ComparisonParameters
from reader.comparison.preprocess import PreprocessedStory
from reader.comparison.terms import weight


class WeightedPassage(Struct, frozen=True):
    """A passage with the weights of its terms, in units of 1/1024.

    `plain` leaves out names and terms that only name the speaker; `mass` and `plain_mass` are the sums. `places` maps each word to
    its positions in the passage, one bit per position.
    """

    features: PassageFeatures
    terms: dict[str, int]
    plain: dict[str, int]
    names: frozenset[str]
    mass: int
    plain_mass: int
    places: dict[str, int]


def weigh(stories: Sequence[PreprocessedStory], parameters: ComparisonParameters) -> list[list[WeightedPassage]]:
    """Weight the passages of stories against each other: a term in many of them counts less."""
    features = list(chain.from_iterable(story.features for story in stories))
    known = {term for passage in features for term in passage.terms}
    sequences = {id(passage): _shortened(passage, known) for passage in features}
    document_frequency = Counter(term for passage in features for term in set(sequences[id(passage)]))
    count = max(len(features), parameters.few)
    weights = {term: round(weight(term) / (1 + parameters.common * held / count)) for term, held in document_frequency.items()}
    lowered = {term for passage in features for term in passage.terms if term not in passage.names}
    return [[_weighed(r, sequences[id(r)], weights, lowered, parameters) for r in story.features] for story in stories]


def _weighed(
    passage: PassageFeatures,
    terms: Sequence[str],
    weights: dict[str, int],
    lowered: Iterable[str],
    parameters: ComparisonParameters,
) -> WeightedPassage:
    speaker, names = passage.speaker_terms, passage.names
    if terms and terms[0] in names and terms[0] in lowered:
        names -= {terms[0]}  # the first word of a sentence is capitalized anyway
    counted = {term: round(weights[term] * parameters.speaker) if term in speaker else weights[term] for term in terms}
    plain = {term: counts for term, counts in counted.items() if term not in names and term not in speaker}
    return WeightedPassage(passage, counted, plain, names, sum(counted.values()), sum(plain.values()), _places(passage.words))


def _places(words: Sequence[str]) -> dict[str, int]:
    places: dict[str, int] = {}
    bit = 1
    for word in words:
        places[word] = places.get(word, 0) | bit
        bit <<= 1
    return places


def _shortened(passage: PassageFeatures, known: set[str]) -> tuple[str, ...]:
    """The terms of a passage, with a long name replaced by its initials if any of the stories uses them."""
    terms = passage.terms
    for initials, name in passage.initials:
        if initials in known:
            for start in range(len(terms) - len(name) + 1):
                if terms[start : start + len(name)] == name:
                    terms = (*terms[:start], initials, *terms[start + len(name) :])
                    break
    return terms
