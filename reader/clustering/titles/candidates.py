"""Names of events: who or where, and what happened, as a desk editor would word it: `Harbour strike`."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from reader.clustering.terms import term
from reader.clustering.tfidf import idf
from reader.clustering.titles.entities import entities
from reader.clustering.titles.event_phrases import EventPhrase, eventful, happenings, tells
from reader.clustering.titles.salience import SUPPORT, most_present, presence, supported
from reader.clustering.titles.term_usage import TermUsageTable

_COMMON = frozenset({"us"})  # who is in so much of the news that it tells no thread from another
_CANDIDATES = 6  # names offered

# Weights of the same logit as those of presence.
_COMMON_NAME = -1.5
_TOGETHER = 1.4  # how often the halves of a name stand in one sentence
_BESIDE = 0.6  # how often they stand side by side
_NO_NAME = 2.2  # a name of two words that belong together and are no names
_SECOND = 0.3  # the presence of a second who or where

_SHARED = 2  # headlines that must agree on a second who or where,
_SHARE = 0.5  # the share of all that they must be,
_LONGEST = 4  # and the words of a name that has one


class TitleCandidate(NamedTuple):
    """A name that an event or a thread may have, its event noun, and how well it fits."""

    text: str
    noun: str
    score: float


def candidates(usages: TermUsageTable) -> list[TitleCandidate]:
    """Find names for an event by how its stories use their words, the best first; at least one."""
    found = next(filter(None, (list(_pairs(usages, _values(usages, share))) for share in SUPPORT)), [])
    found.sort(key=lambda name: (-name.score, name.text))
    distinct = list({name.text.lower(): name for name in reversed(found)}.values())[::-1]
    return distinct[:_CANDIDATES] or [_fallback(usages, _values(usages, SUPPORT[0]))]


def belonging(usages: TermUsageTable, happened: str, entities: Iterable[str]) -> dict[str, float]:
    """Tell of each entity how far it belongs to what happened, a term; without those that no sentence tells of with it."""
    together = dict.fromkeys(entities, 0.0)
    for terms, weight in usages.together:
        if happened in terms:
            for entity in terms & together.keys():
                together[entity] += weight
    return {entity: _belonging(usages, entity, happened, weight) for entity, weight in together.items() if weight}


def _belonging(usages: TermUsageTable, one: str, other: str, together: float) -> float:
    """Tell how far two terms belong together by the weight of the sentences that have both."""
    beside = usages.beside[one, other] / usages.stories
    return _TOGETHER * math.log1p(together / usages.stories) + _BESIDE * math.log1p(beside)


def _values(usages: TermUsageTable, share: float) -> dict[str, float]:
    """Tell the presence of the terms that stand in a share of the stories."""
    return {key: presence(usages, usage) for key, usage in supported(usages, share).items()}


def _pairs(usages: TermUsageTable, values: Mapping[str, float]) -> Iterator[TitleCandidate]:
    """Put who or where and what happened together where a sentence does."""
    spelled, told = entities(usages, values), happenings(usages, values)
    words = {entity: {entity, *map(term, full.split())} for entity, full in spelled.items()}
    agreed = _agreed(usages, spelled)
    keys = {happening.key for happening in told}
    together: defaultdict[tuple[str, str], float] = defaultdict(float)
    for terms, weight in usages.together:
        for key in terms & keys:
            for entity in terms & spelled.keys():
                together[entity, key] += weight
    for happening in told:
        own = {happening.key, happening.other, *map(term, happening.text.split())}
        near = [entity for entity in spelled if together[entity, happening.key] and own.isdisjoint(words[entity])]
        for entity in near:
            score = values[entity] + happening.value + _COMMON_NAME * (entity in _COMMON)
            score += _belonging(usages, entity, happening.key, together[entity, happening.key])
            second = next((other for other in near if other in agreed and words[other].isdisjoint(words[entity])), entity)
            first, second = sorted((entity, second), key=lambda each: (-values[each], each))
            text = f"{spelled[second]} {happening.text}"
            if first == second or len(spelled[first].split()) + len(text.split()) > _LONGEST:
                yield TitleCandidate(f"{spelled[entity]} {happening.text}", happening.text, score)
            else:
                yield TitleCandidate(f"{spelled[first]} {text}", text, score + _SECOND * values[second])
        if happening.other and not usages.terms[happening.other].is_name and tells(happening.text.split()[-1]):
            yield _nameless(usages, happening, values)


def _agreed(usages: TermUsageTable, spelled: Mapping[str, str]) -> set[str]:
    """Find the entities that enough headlines tell of for a name to have one of them as its second."""
    least = max(_SHARED, _SHARE * usages.stories)
    return {entity for entity in spelled if usages.terms[entity].titles >= least}


def _nameless(usages: TermUsageTable, happening: EventPhrase, values: Mapping[str, float]) -> TitleCandidate:
    """Name a thread by two words that belong together, as `Travel ban`."""
    first, second = happening.text.split()
    weight = sum(weight for terms, weight in usages.together if {happening.key, happening.other} <= terms)
    score = values[happening.key] + values[happening.other] + eventful(second) + _NO_NAME
    score += _belonging(usages, happening.key, happening.other, weight)
    return TitleCandidate(f"{first.capitalize()} {second}", second, score)


def _fallback(usages: TermUsageTable, values: Mapping[str, float]) -> TitleCandidate:
    """Name a thread that has no entity and event in one sentence by its two most present terms."""
    present = {key: value * max(idf(key), 0.3) for key, value in values.items()}
    words = [usages.spellings.of(key) for key in most_present(present, present, 2)] or ["untitled"]
    text = " ".join(words)
    return TitleCandidate(text[:1].upper() + text[1:], words[-1], 0.0)
