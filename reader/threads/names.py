"""Names of threads: who or where, and what happened, as a desk editor would say it: `Nice attack`."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from reader.text.words import stem
from reader.threads import tables
from reader.threads.terms import term
from reader.threads.usage import Telling, Usage, Usages, is_verbal
from reader.threads.vectors import idf

__all__ = ["Name", "Telling", "candidates", "distinct"]

_NAMES = 8  # entities taken into account
_NOUNS = 12  # event nouns taken into account
_CANDIDATES = 6  # names offered
_SUPPORT = 0.3  # share of a thread's stories that must hold a word of its name


class Name(NamedTuple):
    """A name a thread may have, its event noun, and how well it fits."""

    text: str
    noun: str
    score: float


def candidates(tellings: Sequence[Telling]) -> list[Name]:
    """Find names for a thread, the best first; at least one."""
    usages = Usages(tellings)
    entities = _entities(usages)
    nouns = _nouns(usages)
    together: Counter[tuple[str, str]] = Counter()
    for terms, weight in usages.together:
        for entity in terms & entities.keys():
            for noun in terms & nouns.keys():
                together[entity, noun] += weight
    names = []
    for (entity, noun), weight in together.items():
        form, value = nouns[noun]
        score = math.sqrt(entities[entity] * value) * (1 + 0.25 * math.log1p(weight))
        score *= 1 + 0.2 * math.log1p(usages.beside[entity, noun])
        names.append(Name(f"{_full(usages, entity)} {form}", form, score))
    names.sort(key=lambda name: (-name.score, name.text))
    distinct = list({name.text.lower(): name for name in reversed(names)}.values())[::-1]
    return distinct[:_CANDIDATES] or [_fallback(usages, tellings)]


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
    """Choose the best name not taken."""
    free = [name for name in names if name.text.lower() not in taken]
    if not free:
        second = names[1] if len(names) > 1 else names[0]
        number = 2
        while f"{names[0].text} {second.noun} {number}".lower() in taken: number += 1
        return Name(f"{names[0].text} {number}", names[0].noun, names[0].score)
    best = free[0]
    if stem(best.noun) in nouns and len(free) > 1:
        other = free[1]
        if other.text.rsplit(" ", 1)[0] == best.text.rsplit(" ", 1)[0] and stem(other.noun) not in nouns:
            return other
    return best


def _entities(usages: Usages) -> dict[str, float]:
    """Find the terms that name who or where, and how well."""
    found = {}
    for entity, usage in _supported(usages).items():
        if not usage.is_name:
            continue
        value = _presence(usages, usage) * (1 + 3 * usage.titles / usages.stories)
        if usage.place > 0.35 * usage.capital:
            value *= 1.15
        if usage.after and max(usage.after.values()) >= 0.6 * usage.capital:
            value *= 0.35
        found[entity] = value
    return _best(found, _NAMES)


def _nouns(usages: Usages) -> dict[str, tuple[str, float]]:
    """Find the terms that name what happened, the form to use, and how well."""
    found = {}
    forms = {}
    light = tables.words("light_nouns")
    for noun, usage in _supported(usages).items():
        if usage.is_name: continue
        form = _noun_form(usage)
        if len(form) < 4 or form in light or _singular(form) in light or is_verbal(form):
            continue
        value = _presence(usages, usage) * (max(idf(noun), 0.3) ** 0.3) * (1 + 6 * usage.titles / usages.stories)
        found[noun] = value * _eventfulness(usage, form)
        forms[noun] = form
    return {noun: (forms[noun], value) for noun, value in _best(found, _NOUNS).items()}


def _eventfulness(usage: Usage, form: str) -> float:
    event = is_event(form)
    value = 1.35 if event else 1.0
    if form in tables.words("actors"):
        value *= 0.1
    nouns, verbs = usage.nouns[form], usage.verbs[form]
    value *= 0.45 + 0.9 * (nouns + 0.5) / (nouns + verbs + 1)
    if not nouns and not event: value *= 0.55
    if any(other.endswith("ly") for other in usage.forms): value *= 0.6
    if any(other != form and (is_verbal(other) or other.endswith("ing") or usage.verbs[other]) for other in usage.forms):
        value *= 2.0 if event else 1.2
    heads, modifiers = usage.heads[form], usage.modifiers[form]
    return value * (0.6 + 0.8 * (heads + 0.5) / (heads + modifiers + 1))

def _noun_form(usage: Usage) -> str:
    def fitness(form: str) -> float:
        value = usage.forms[form] * (1 + usage.nouns[form]) / (1 + usage.verbs[form])
        if is_event(form): value *= 6
        if is_verbal(form): value *= 0.15
        if form.endswith("ing"): value *= 0.5
        return value
    return max(usage.forms, key=lambda form: (fitness(form), form))

def is_event(form): return _singular(form) in tables.words("event_nouns") or form in tables.words("event_nouns")
def _singular(form): return form[:-1] if form.endswith("s") and not form.endswith("ss") else form

def _presence(usages, usage): return math.log1p(usage.weight / usages.stories) * usage.stories / usages.stories
def _supported(usages):
    least = max(1, math.ceil(_SUPPORT * usages.stories))
    return {term: usage for term, usage in usages.terms.items() if usage.stories >= least}
def _best(values, limit):
    return dict(sorted(values.items(), key=lambda item: (-item[1], item[0]))[:limit])
_PLACE_FIRST = frozenset("New North South East West".split())
def _full(usages, entity):
    usage = usages.terms[entity]
    word = _spelling(usage)
    if usage.before:
        before, count = usage.before.most_common(1)[0]
        partner = usages.terms.get(term(before))
        if count >= .6 * usage.capital and (before in _PLACE_FIRST or partner and partner.after[word] >= .6 * partner.capital):
            return f"{before} {word}"
    if usage.after:
        after, count = usage.after.most_common(1)[0]
        partner = usages.terms.get(term(after))
        if count >= .6 * usage.capital and partner and partner.before[word] >= .6 * partner.capital:
            return f"{word} {after}"
    return word
def _spelling(usage):
    word = usage.written.most_common(1)[0][0]
    return word if not word.isupper() or len(word) <= 4 else word.title()
def _fallback(usages, tellings):
    return Name("Untitled","",0)
