"""What happened: a noun, or two that belong together, as `strike` and `travel ban`."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import NamedTuple

from reader.clustering.terms import term
from reader.clustering.titles.entities import full_name
from reader.clustering.titles.salience import most_present
from reader.clustering.titles.term_usage import TermUsage, TermUsageTable, is_verbal
from reader.text import wordlists

_LOOKED_AT = 30  # terms taken into account
_BOUND = 0.5  # share of the nouns a word stands before that must be one and the same, for the two to belong together
_RANKS = frozenset("former senior top deputy chief prime leading".split())
_MODIFIED = 0.2  # share of a noun's uses in which another word must stand before it

# Weights of the same logit as those of presence.
_EVENT = 0.5  # the noun of a verb, by the table
_ACTOR = -2.5  # those who act
_HEAD = 1.15  # the share of its uses in which a word stands before no other noun
_TWO = -2.3  # two words
_OTHER = 2.2  # how often and early the other of two words stands, as a logarithm


class EventPhrase(NamedTuple):
    """What a name may tell as the event: its words, the term it is found by, that of its other word, and how well it does."""

    text: str
    key: str
    other: str
    value: float


def happenings(usages: TermUsageTable, values: Mapping[str, float]) -> list[EventPhrase]:
    """Find what happened by the terms that tell it; `values` are the presences of the terms to choose among."""
    before: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for key in values:
        for (_, second), count in usages.terms[key].groups.items():
            before[second][key] += count
    found = []
    for key in most_present(values, (key for key in values if not usages.terms[key].is_name), _LOOKED_AT):
        usage = usages.terms[key]
        heads, groups = usage.heads.total(), usage.groups.total()
        own = values[key] + _HEAD * (heads + 0.5) / (heads + groups + 1)
        for text, other in _phrases(usages, key, before, values):
            value = own + (_TWO + _OTHER * math.log1p(usages.terms[other].weight / usages.stories) if other else 0.0)
            found.append(EventPhrase(text, key, other, value + eventful(text.split()[-1])))
    return found


def eventful(noun: str) -> float:
    """Tell how far a noun is one for what happens, by the tables."""
    return _EVENT * is_event(noun) + _ACTOR * (noun in wordlists.words("actors"))


def tells(noun: str) -> bool:
    """Say whether a noun tells anything of what happened."""
    return wordlists.words("light_nouns").isdisjoint((noun, _singular(noun)))


def is_event(form: str) -> bool:
    """Say whether a word is one for what happens, by the table."""
    return not wordlists.words("event_nouns").isdisjoint((form, _singular(form)))


def _phrases(
    usages: TermUsageTable, key: str, before: Mapping[str, Counter[str]], values: Mapping[str, float]
) -> Iterator[tuple[str, str]]:
    """Tell what a term says happened, each with the term of its other word; `before` are the terms that stand before a noun."""
    usage = usages.terms[key]
    form = _noun(usage, key)
    if not is_event(form) and usage.groups.total() > usage.heads.total():
        # `travel` alone tells nothing where it mostly stands in `travel ban`.
        (first, second), count = max(usage.groups.items(), key=lambda item: (item[1], item[0]))
        other = term(second)
        together = count >= _BOUND * usage.groups.total() and other != key and other in values
        if together and _modifies(usage, (first,)) and _noun(usages.terms[other], other) == second:
            yield f"{first} {second}", other
        return
    if not form:
        return
    uses = usage.heads[form] + sum(count for (first, _), count in usage.groups.items() if first == form)
    firsts = [first for first, count in before.get(form, {}).items() if first != key and count >= max(2, _MODIFIED * uses)]
    spelled = {first: _before(usages, first, form) for first in firsts}
    if any(spelled.values()):
        other = max((first for first in firsts if spelled[first]), key=lambda first: (values[first], first))
        yield f"{spelled[other]} {form}", other
    if tells(form):
        yield form, ""


def _before(usages: TermUsageTable, key: str, form: str) -> str:
    """Spell a term as it stands before a noun; empty if the two tell nothing together."""
    usage = usages.terms[key]
    if usage.is_name:
        full = full_name(usages, key)
        twice = term(form) in map(term, full.split())
        return full if tells(form) and tells(full.lower()) and not twice and _modifies(usage, usage.forms) else ""
    word = max((count, first) for (first, second), count in usage.groups.items() if second == form)[1]
    return word if _modifies(usage, usage.forms) and _modifies(usage, (word,)) else ""


def _modifies(usage: TermUsage, forms: Iterable[str]) -> bool:
    """Whether a word may stand before the noun of a name: no verb, no rank, and none for people or another event."""
    actors = wordlists.words("actors")
    if 2 * usage.verbs.total() > usage.groups.total():
        return False
    return not any(
        is_event(form) or is_verbal(form) or form in _RANKS or not actors.isdisjoint((form, f"{form}s")) for form in forms
    )


def _noun(usage: TermUsage, key: str) -> str:
    """Find the form of a term that is most of a noun, or of a verb the noun that the table has of it; empty if there is none."""
    fitness = {form: _fitness(usage, form) for form in usage.forms}
    best = max(fitness, key=lambda form: (fitness[form], form))
    if fitness[best] > 0:
        return best
    is_verb = any(form.endswith(("ed", "ing")) for form in usage.forms) or usage.verbs.total()
    return _events().get(key, "") if is_verb else ""


def _fitness(usage: TermUsage, form: str) -> float:
    """Tell how far a form is a noun, by its looks and its use."""
    if len(form) < 3 or form in wordlists.words("not_nouns") or is_verbal(form) or form.endswith("ly"):
        return 0.0
    if is_event(form):
        return usage.forms[form] * (3.0 if form.endswith("ing") else 6.0)
    nouns, verbs = usage.nouns[form], usage.verbs.total()
    if not usage.heads[form] or (verbs and nouns <= verbs) or (form.endswith("ing") and nouns < 2):
        return 0.0
    return usage.forms[form] * (nouns + 1) / (nouns + usage.verbs[form] + 1)


def _singular(form: str) -> str:
    """Take the s of the plural off."""
    return form[:-1] if form.endswith("s") and not form.endswith("ss") else form


@cache
def _events() -> dict[str, str]:
    """The nouns for what happens by their term; of those of one term the longest, which is most of a noun."""
    return {term(noun): noun for noun in sorted(wordlists.words("event_nouns"), key=lambda noun: (len(noun), noun))}
