"""Who or where: the names that stories use, spelled as a headline would."""

from __future__ import annotations

from collections.abc import Mapping

from reader.clustering.terms import term
from reader.clustering.titles.salience import most_present
from reader.clustering.titles.term_usage import TermUsage, TermUsageTable
from reader.text import wordlists

_ENTITIES = 8  # entities taken into account
_LOOKED_AT = 16  # names of which they are chosen
_ALWAYS = 0.6  # share of its uses in which a name stands beside another part of it
_GIVEN = 0.5  # share of its uses in which a given name stands before a name
_LONGEST = 3  # words of an entity
_COMPASS = frozenset("New North South East West".split())


def entities(usages: TermUsageTable, values: Mapping[str, float], *, titled: bool = False) -> dict[str, str]:
    """Find the terms that tell who or where, and spell them; `values` are the presences of the terms to choose among.

    With `titled` they are spelled by words that stand in titles.
    """
    names = most_present(values, (key for key in values if usages.terms[key].is_name), _LOOKED_AT)
    spelled = ((key, full_name(usages, key, titled=titled)) for key in names)
    return dict([(key, full) for key, full in spelled if full][:_ENTITIES])


def full_name(usages: TermUsageTable, entity: str, *, titled: bool = False) -> str:
    """Spell an entity, with the rest of its name where they stand together nearly always; empty for a part not said by itself.

    With `titled` the rest is words that stand in titles.
    """
    usage = usages.terms[entity]
    words = [_spelling(usage)]
    for before in (True, False):
        part, at = usage, 0 if before else -1
        while len(words) < _LONGEST and (other := _partner(usages, part, words[at], before, titled)):
            words.insert(0 if before else len(words), other)
            part = usages.terms.get(term(other)) or TermUsage()
    if len(words) == 1 and (
        _is_given(usage) or _is_rank(words[0]) or (_is_general(words[0]) and 2 * usage.before.total() >= usage.capital)
    ):
        return ""
    return " ".join(words)


def _partner(usages: TermUsageTable, usage: TermUsage, word: str, before: bool, titled: bool) -> str:
    """The name that nearly always stands beside one, if the same holds the other way round or it tells nothing by itself."""
    beside: Mapping[str, int] = usage.before if before else usage.after
    if titled:
        beside = {
            other: count for other, count in beside.items() if (key := term(other)) in usages.terms and usages.terms[key].titles
        }
    if not beside:
        return ""
    other, count = max(beside.items(), key=lambda item: (item[1], item[0]))
    if count < _ALWAYS * usage.capital or (before and _is_general(other)):
        return ""
    if before and other in _COMPASS:
        return other
    partner = usages.terms.get(term(other))
    if partner is None or not partner.capital:
        return "" if before else other
    back = partner.after if before else partner.before
    return other if back[word] >= _ALWAYS * partner.capital else ""


def _is_given(usage: TermUsage) -> bool:
    """Whether a name is mostly the first part of one longer name, as given names are."""
    return bool(usage.after) and max(usage.after.values()) >= _GIVEN * usage.capital


def _is_rank(word: str) -> bool:
    """Whether a word is a rank or marks a headline, which by itself is nobody."""
    return word.lower() in wordlists.words("not_entities")


def _is_general(word: str) -> bool:
    """Whether a word is a title or a kind of thing, which a capital makes no name."""
    return word.lower() in wordlists.words("light_nouns")


def _spelling(usage: TermUsage) -> str:
    """Spell a name as it mostly is; a long one in capitals is shouted, not an acronym."""
    word, _ = max(usage.written.items(), key=lambda item: (item[1], item[0]))
    return word if not word.isupper() or len(word) <= 4 or any(map(str.isdigit, word)) else word.title()
