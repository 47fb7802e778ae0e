"""Names of threads: who or where, and what happened, as a desk editor would say it: `Harbour strike`."""

from __future__ import annotations

import heapq
import itertools
import math
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import NamedTuple

from reader.text.words import stem
from reader.threads import tables
from reader.threads.terms import term
from reader.threads.usage import Usage, Usages, is_verbal
from reader.threads.vectors import idf

_COMMON = frozenset({"us"})  # who is in so much of the news that it tells no thread from another
_NAMES = 8  # entities taken into account
_NOUNS = 12  # event nouns taken into account
_CANDIDATES = 6  # names offered
_SUPPORT = 0.3  # share of a thread's stories that must hold a word of its name
_TOGETHER = 0.6  # share of its uses in which a name stands beside its other half
_WEIGHT, _STORIES, _LEADS, _TITLES = 2.0, 1.5, 1.0, 1.0
_PLACE, _FIRST_HALF, _COMMON_NAME, _EVENT, _ACTOR = 0.0, -1.0, -1.0, 0.5, -3.0
_MODIFIED = 0.25
_TWO, _BOUND, _LOOKED_AT = 0.2, 0.5, 30
_TOGETHER_WEIGHT, _BESIDE_WEIGHT = 0.5, 0.4
_COMPASS = frozenset("New North South East West".split())


class Name(NamedTuple):
    """A name a thread may have, its event noun, and how well it fits."""

    text: str
    noun: str
    score: float


def candidates(usages: Usages) -> list[Name]:
    """Find names for a thread by how its stories use their words, the best first; at least one."""
    entities = _entities(usages)
    nouns = _nouns(usages)
    together: defaultdict[tuple[str, str], float] = defaultdict(float)
    keys = {event.key for event in nouns}
    for terms, weight in usages.together:
        for entity in terms & entities.keys():
            for noun in terms & keys:
                together[entity, noun] += weight
    names = []
    for entity, presence in entities.items():
        full = _full(usages, entity)
        for event in nouns:
            if not (weight := together[entity, event.key]) or not {event.key, event.other}.isdisjoint(map(term, full.split())):
                continue
            score = presence + event.value + _TOGETHER_WEIGHT * math.log1p(weight)
            score += _BESIDE_WEIGHT * math.log1p(usages.beside[entity, event.key])
            names.append(Name(f"{full} {event.text}", event.text, score))
    names.sort(key=lambda name: (-name.score, name.text))
    distinct = list({name.text.lower(): name for name in reversed(names)}.values())[::-1]
    return distinct[:_CANDIDATES] or [_fallback(usages)]


def distinct(lists: Sequence[Sequence[Name]]) -> list[str]:
    """Choose one name for each thread, so that no two are alike and, where it can be had, no two tell of the same kind of event.

    The thread whose best name fits best chooses first, whatever the order of `lists`.
    """
    chosen: dict[int, str] = {}
    taken: set[str] = set()
    nouns: set[str] = set()
    for place in sorted(range(len(lists)), key=lambda place: (-lists[place][0].score, lists[place][0].text, place)):
        name = _choose(lists[place], taken, nouns)
        chosen[place] = name.text
        taken.add(name.text.lower())
        nouns.add(stem(name.noun))
    return [chosen[place] for place in range(len(lists))]


def _choose(names: Sequence[Name], taken: set[str], nouns: set[str]) -> Name:
    """Choose the best name not taken, or the next one of the same entity if its event noun is not taken and the best one's is."""
    free = [name for name in names if name.text.lower() not in taken]
    if not free:
        best = names[0]
        numbered = (f"{best.text} {number}" for number in itertools.count(2))
        return best._replace(text=next(text for text in numbered if text.lower() not in taken))
    if stem(free[0].noun) in nouns and len(free) > 1:
        (best, other), entity = free[:2], free[0].text.removesuffix(free[0].noun)
        if other.text == entity + other.noun and stem(other.noun) not in nouns:
            return other
    return free[0]


def _entities(usages: Usages) -> dict[str, float]:
    """Find the terms that tell who or where, with how well they do."""
    found = {}
    for entity, usage in _supported(usages).items():
        if usage.is_name:
            value = _presence(usages, usage, entity)
            if usage.place > 0.35 * usage.capital:
                value += _PLACE
            if usage.after and max(usage.after.values()) >= 0.6 * usage.capital:
                value += _FIRST_HALF
            if entity in _COMMON:
                value += _COMMON_NAME
            found[entity] = value
    return _best(found, _NAMES)


class Event(NamedTuple):
    """What happened, as a name may tell it: the word or two, the term it is known by, and how well it does."""

    text: str
    key: str
    other: str
    value: float


def _nouns(usages: Usages) -> list[Event]:
    """Find what happened by the terms that tell it."""
    supported = _supported(usages)
    before: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for usage in supported.values():
        for (first, second), count in usage.groups.items():
            before[second][first] += count
    values = {key: _presence(usages, usage, key) for key, usage in supported.items() if not usage.is_name}
    found: list[Event] = []
    for key in heapq.nlargest(_LOOKED_AT, values, key=lambda key: (values[key], key)):
        for phrase in _phrases(usages, usages.terms[key], key, before, values):
            first, _, second = phrase.partition(" ")
            value = values[key]
            other = ""
            if second:
                other = term(first) if term(first) != key else term(second)
                value += _TWO * (1 + values.get(other, 0.0))
            if _is_event(phrase.split()[-1]):
                value += _EVENT
            if phrase in tables.words("actors"):
                value += _ACTOR
            found.append(Event(phrase, key, other, value))
    return sorted(found, key=lambda event: (-event.value, event.text))[:_NOUNS]


def _phrases(usages: Usages, usage: Usage, key: str, before: Mapping[str, Counter[str]], values: Mapping[str, float]) -> Iterator[str]:
    """Tell what a term says happened: a noun, or two, as `travel ban` of `travel` and of `ban`."""
    form = _noun_form(usage, key)
    if not _is_event(form):
        groups: Counter[str] = Counter()
        for (first, second), count in usage.groups.items():
            if not form or first == form:
                groups[f"{first} {second}"] += count
        if groups and sum(groups.values()) > sum(usage.heads.values()):
            phrase, count = max(groups.items(), key=lambda item: (item[1], item[0]))
            second = phrase.split()[1]
            if count >= _BOUND * sum(groups.values()) and term(second) in values and _noun_form(usages.terms[term(second)], term(second)) == second:
                yield phrase
            return
    if not form:
        return
    if form in before:
        uses = usage.heads[form] + sum(count for (first, _), count in usage.groups.items() if first == form)
        firsts = [first for first, count in before[form].items() if count >= max(2, _MODIFIED * uses) and _modifies(first) and term(first) in values]
        if firsts:
            yield f"{max(firsts, key=lambda first: (values[term(first)], first))} {form}"
    if tables.words("light_nouns").isdisjoint((form, _singular(form))):
        yield form


def _modifies(word: str) -> bool:
    """Whether a word may stand before the noun of a name: not another event."""
    return not _is_event(word) and not is_verbal(word) and word not in tables.words("actors")


def _noun_form(usage: Usage, key: str) -> str:
    """Find the form of a term that is most of a noun, empty if it has none."""
    fitness = {form: _fitness(usage, form) for form in usage.forms}
    best = max(fitness, key=lambda form: (fitness[form], form))
    if fitness[best] > 0:
        return best
    is_verb = any(usage.verbs.values()) or any(form.endswith(("ed", "ing")) for form in usage.forms)
    return _events().get(key, "") if is_verb else ""


def _fitness(usage: Usage, form: str) -> float:
    """Tell how far a form is a noun, by its looks and its use."""
    if form in tables.words("no_nouns") or is_verbal(form) or form.endswith("ly") or len(form) < 3:
        return 0.0
    if _is_event(form):
        return usage.forms[form] * (3.0 if form.endswith("ing") else 6.0)
    nouns, verbs = usage.nouns[form], usage.verbs[form]
    if sum(usage.verbs.values()) and nouns <= sum(usage.verbs.values()) or (form.endswith("ing") and nouns < 2) or not usage.heads[form]:
        return 0.0
    return usage.forms[form] * (nouns + 1) / (nouns + verbs + 1)


def _is_event(form: str) -> bool:
    """Whether a word is the noun of a verb, as the table has them."""
    return not tables.words("event_nouns").isdisjoint((form, _singular(form)))


@cache
def _events() -> dict[str, str]:
    """The nouns for what happens by their term, of those of one term the longest, which is most of a noun."""
    return {term(noun): noun for noun in sorted(tables.words("event_nouns"), key=lambda noun: (len(noun), noun))}


def _singular(form: str) -> str:
    """Take the s of the plural off."""
    return form[:-1] if form.endswith("s") and not form.endswith("ss") else form


def _presence(usages: Usages, usage: Usage, key: str) -> float:
    """Tell how likely a term is to stand in a person's headline for a thread, as log odds."""
    stories = usages.stories
    return _WEIGHT * math.log1p(usage.weight / stories) + (
        _STORIES * usage.stories + _LEADS * usage.leads + _TITLES * usage.titles * (1 + math.log(stories))
    ) / stories


def _supported(usages: Usages) -> dict[str, Usage]:
    """Find the terms that stand in enough of the stories."""
    least = max(1, math.ceil(_SUPPORT * usages.stories))
    return {term: usage for term, usage in usages.terms.items() if usage.stories >= least}


def _best(values: dict[str, float], limit: int) -> dict[str, float]:
    """Keep the terms of the highest values, the best first."""
    return dict(sorted(values.items(), key=lambda item: (-item[1], item[0]))[:limit])


def _full(usages: Usages, entity: str) -> str:
    """Spell an entity, with the other half of its name where the two stand together nearly always."""
    usage = usages.terms[entity]
    word = _spelling(usage)
    for neighbours, first in ((usage.before, True), (usage.after, False)):
        if not neighbours:
            continue
        other, count = neighbours.most_common(1)[0]
        if count < _TOGETHER * usage.capital:
            continue
        partner = usages.terms.get(term(other))
        back = partner and (partner.after if first else partner.before)[word] >= _TOGETHER * partner.capital
        if back or (first and other in _COMPASS):
            return f"{other} {word}" if first else f"{word} {other}"
    return word


def _spelling(usage: Usage) -> str:
    """Spell a name as it mostly is; a long one in capitals is shouted, not an acronym."""
    word = usage.written.most_common(1)[0][0]
    return word if not word.isupper() or len(word) <= 4 else word.title()


def _fallback(usages: Usages) -> Name:
    """Name a thread that has no entity and event in one sentence by its two most present terms."""
    present = {key: _presence(usages, usage, key) for key, usage in usages.terms.items()}
    words = [_spelling(usages.terms[key]) for key in _best(present, 2)] or ["untitled"]
    text = " ".join(words)
    return Name(text[:1].upper() + text[1:], words[-1], 0.0)
