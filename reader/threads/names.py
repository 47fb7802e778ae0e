"""Names of threads: who or where, and what happened, as a desk editor would say it: `Harbour strike`."""

from __future__ import annotations

import itertools
import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from reader.text.words import stem
from reader.threads.entities import entities
from reader.threads.happenings import Happening, eventful, happenings, tells
from reader.threads.presence import most_present, presence, supported
from reader.threads.terms import term
from reader.threads.usage import Usages
from reader.threads.vectors import idf

_COMMON = frozenset({"us"})  # who is in so much of the news that it tells no thread from another
_CANDIDATES = 6  # names offered
_NEARLY = 1.0  # how much worse a name may fit that tells of an event no other thread is named by

# Weights of the same logit as those of presence.
_COMMON_NAME = -1.5
_TOGETHER = 1.4  # how often the halves of a name stand in one sentence
_BESIDE = 0.6  # how often they stand side by side
_NO_NAME = 2.2  # a name of two words that belong together and are no names


class Name(NamedTuple):
    """A name a thread may have, its event noun, and how well it fits."""

    text: str
    noun: str
    score: float


def candidates(usages: Usages) -> list[Name]:
    """Find names for a thread by how its stories use their words, the best first; at least one."""
    values = {key: presence(usages, usage) for key, usage in supported(usages).items()}
    found = list(_pairs(usages, values))
    found.sort(key=lambda name: (-name.score, name.text))
    distinct = list({name.text.lower(): name for name in reversed(found)}.values())[::-1]
    return distinct[:_CANDIDATES] or [_fallback(usages, values)]


def distinct(lists: Sequence[Sequence[Name]], others: Iterable[str] = ()) -> list[str]:
    """Choose one name for each thread, so that no two are alike and, where it can be had, no two tell of the same kind of event.

    The thread whose best name fits best chooses first, whatever the order of `lists`. `others` are names that are taken already.
    """
    chosen: dict[int, str] = {}
    taken = {name.lower() for name in others}
    nouns: set[str] = set()
    for place in sorted(range(len(lists)), key=lambda place: (-lists[place][0].score, lists[place][0].text, place)):
        name = _choose(lists[place], taken, nouns)
        chosen[place] = name.text
        taken.add(name.text.lower())
        nouns.add(stem(name.noun))
    return [chosen[place] for place in range(len(lists))]


def _choose(names: Sequence[Name], taken: set[str], nouns: set[str]) -> Name:
    """Choose the best name not taken, or the next of its entity that fits nearly as well, if the best one's event is taken."""
    free = [name for name in names if name.text.lower() not in taken]
    if not free:
        best = names[0]
        numbered = (f"{best.text} {number}" for number in itertools.count(2))
        return best._replace(text=next(text for text in numbered if text.lower() not in taken))
    if stem(free[0].noun) in nouns and len(free) > 1:
        (best, other), entity = free[:2], free[0].text.removesuffix(free[0].noun)
        if other.text == entity + other.noun and stem(other.noun) not in nouns and other.score >= best.score - _NEARLY:
            return other
    return free[0]


def _pairs(usages: Usages, values: Mapping[str, float]) -> Iterator[Name]:
    """Put who or where and what happened together where a sentence does."""
    spelled, told = entities(usages, values), happenings(usages, values)
    keys = {happening.key for happening in told}
    together: defaultdict[tuple[str, str], float] = defaultdict(float)
    for terms, weight in usages.together:
        for key in terms & keys:
            for entity in terms & spelled.keys():
                together[entity, key] += weight
    for happening in told:
        own = {happening.key, happening.other, *map(term, happening.text.split())}
        for entity, full in spelled.items():
            weight = together.get((entity, happening.key), 0.0)
            if weight and own.isdisjoint(map(term, full.split())):
                score = values[entity] + happening.value + _TOGETHER * math.log1p(weight / usages.stories)
                score += _BESIDE * math.log1p(usages.beside[entity, happening.key] / usages.stories)
                score += _COMMON_NAME * (entity in _COMMON)
                yield Name(f"{full} {happening.text}", happening.text, score)
        if happening.other and not usages.terms[happening.other].is_name and tells(happening.text.split()[-1]):
            yield _nameless(usages, happening, values)


def _nameless(usages: Usages, happening: Happening, values: Mapping[str, float]) -> Name:
    """Name a thread by two words that belong together, as `Travel ban`."""
    first, second = happening.text.split()
    weight = sum(weight for terms, weight in usages.together if {happening.key, happening.other} <= terms)
    beside = usages.beside[happening.key, happening.other]
    score = values[happening.key] + values[happening.other] + eventful(second) + _NO_NAME
    score += _TOGETHER * math.log1p(weight / usages.stories) + _BESIDE * math.log1p(beside / usages.stories)
    return Name(f"{first.capitalize()} {second}", second, score)


def _fallback(usages: Usages, values: Mapping[str, float]) -> Name:
    """Name a thread that has no entity and event in one sentence by its two most present terms."""
    present = {key: value * max(idf(key), 0.3) for key, value in values.items()}
    words = [usages.spelling(key) for key in most_present(present, present, 2)] or ["untitled"]
    text = " ".join(words)
    return Name(text[:1].upper() + text[1:], words[-1], 0.0)
