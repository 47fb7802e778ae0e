"""Names of threads: who or where, and what happened, as a desk editor would say it: `Harbour strike`."""

from __future__ import annotations

import itertools
import math
from collections import defaultdict
from collections.abc import Sequence
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
    for terms, weight in usages.together:
        for entity in terms & entities.keys():
            for noun in terms & nouns.keys():
                together[entity, noun] += weight
    names = []
    for (entity, noun), weight in together.items():
        full, (form, value) = _full(usages, entity), nouns[noun]
        if noun in map(term, full.split()):
            continue
        score = math.sqrt(entities[entity] * value) * (1 + 0.25 * math.log1p(weight))
        score *= 1 + 0.2 * math.log1p(usages.beside[entity, noun])
        names.append(Name(f"{full} {form}", form, score))
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
            value = _presence(usages, usage) * (1 + 3 * usage.titles / usages.stories)
            if usage.place > 0.35 * usage.capital:
                value *= 1.15
            if usage.after and max(usage.after.values()) >= 0.6 * usage.capital:
                value *= 0.6  # the first half of a longer name
            if entity in _COMMON:
                value *= 0.35
            found[entity] = value
    return _best(found, _NAMES)


def _nouns(usages: Usages) -> dict[str, tuple[str, float]]:
    """Find the terms that tell what happened: the form to use, and how well it does."""
    light = tables.words("light_nouns")
    found: dict[str, float] = {}
    forms: dict[str, str] = {}
    for noun, usage in _supported(usages).items():
        form = _noun_form(usage)
        if usage.is_name or len(form) < 4 or not light.isdisjoint((form, _singular(form))) or is_verbal(form):
            continue
        value = _presence(usages, usage) * max(idf(noun), 0.3) ** 0.3 * (1 + 6 * usage.titles / usages.stories)
        found[noun] = value * _eventfulness(usage, form)
        forms[noun] = form
    return {noun: (forms[noun], value) for noun, value in _best(found, _NOUNS).items()}


def _eventfulness(usage: Usage, form: str) -> float:
    """Tell by its use how far a word names something that happened, as a factor."""
    event = _is_event(form)
    value = 1.35 if event else 1.0
    if form in tables.words("actors"):
        value *= 0.1
    nouns, verbs = usage.nouns[form], usage.verbs[form]
    value *= 0.45 + 0.9 * (nouns + 0.5) / (nouns + verbs + 1)
    if not nouns and not event:
        value *= 0.55
    if any(other.endswith("ly") for other in usage.forms):
        value *= 0.6
    if any(other != form and (is_verbal(other) or other.endswith("ing") or usage.verbs[other]) for other in usage.forms):
        value *= 1.2
    heads, modifiers = usage.heads[form], usage.modifiers[form]
    return value * (0.6 + 0.8 * (heads + 0.5) / (heads + modifiers + 1))


def _noun_form(usage: Usage) -> str:
    """Find the form of a term that is most of a noun."""

    def fitness(form: str) -> float:
        value = usage.forms[form] * (1 + usage.nouns[form]) / (1 + usage.verbs[form])
        if _is_event(form):
            value *= 6
        if is_verbal(form):
            value *= 0.15
        return value * (0.5 if form.endswith("ing") else 1)

    return max(usage.forms, key=lambda form: (fitness(form), form))


def _is_event(form: str) -> bool:
    """Whether a word is the noun of a verb, as the table has them."""
    return not tables.words("event_nouns").isdisjoint((form, _singular(form)))


def _singular(form: str) -> str:
    """Take the s of the plural off."""
    return form[:-1] if form.endswith("s") and not form.endswith("ss") else form


def _presence(usages: Usages, usage: Usage) -> float:
    """Tell how much of a thread a term is: how often and early it stands, and in how many of the stories."""
    return math.log1p(usage.weight / usages.stories) * usage.stories / usages.stories


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
    present = {key: _presence(usages, usage) * max(idf(key), 0.3) for key, usage in usages.terms.items()}
    words = [_spelling(usages.terms[key]) for key in _best(present, 2)] or ["untitled"]
    text = " ".join(words)
    return Name(text[:1].upper() + text[1:], words[-1], 0.0)
