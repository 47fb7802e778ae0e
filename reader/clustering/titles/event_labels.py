"""Labels of the events of one thread: in a few words, what happened in each that did not happen in the others."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

from reader.clustering.terms import term
from reader.clustering.titles.candidates import TitleCandidate, belonging, candidates
from reader.clustering.titles.entities import entities
from reader.clustering.titles.salience import presence, supported
from reader.clustering.titles.term_usage import TermUsageTable
from reader.text.languages import UNSPACED

_COMMON = 0.5  # the share of the weight in its own event that a word has in the others and tells nothing any more
_OWN = 1.0  # how much more an event tells of somebody than the others do, as a logarithm,
_LITTLE = 0.05  # and the weight that is added to both
_LONGEST = 4  # words of a label


def labels(events: Sequence[TermUsageTable]) -> list[str]:
    """Label each event by the words that its stories use and those of the others do not, and who or where; empty if there are none.

    `events` tell how the stories of each use their words. No two labels are alike; a single event needs none.
    """
    if len(events) < 2:
        return [""] * len(events)
    chosen: list[str] = []
    totals = _Totals(events)
    for own in events:
        others = _Others(totals, own)
        if own.language in UNSPACED:
            chosen.append("")
            continue
        labelled = (others.label(own, name) for name in (() if own.language else candidates(own)))
        taken = {label.lower() for label in chosen}
        chosen.append(next((label for label in labelled if label and label.lower() not in taken), "") or others.rarest(own))
    return chosen


class _Totals:
    """The events of a thread together, added up once: what each term weighs, in how many events it is, and the stories."""

    def __init__(self, events: Sequence[TermUsageTable]) -> None:
        self.stories = sum(usages.stories for usages in events)
        self.weights: defaultdict[str, float] = defaultdict(float)
        self.events: Counter[str] = Counter()
        for usages in events:
            self.events.update(usages.terms.keys())
            for key, usage in usages.terms.items():
                self.weights[key] += usage.weight


class _Others:
    """The other events of a thread, as one."""

    def __init__(self, totals: _Totals, own: TermUsageTable) -> None:
        self._totals = totals
        self._own = own
        self._stories = totals.stories - own.stories

    def label(self, own: TermUsageTable, name: TitleCandidate) -> str:
        """A name without who or what the others tell of too, but with somebody; empty where it tells of nothing else."""
        short = self._shortened(own, name)
        if not short or any(own.terms[key].is_name for key in map(term, short.split()) if key in own.terms):
            return short
        full = f"{self._who(own, name.noun)} {name.noun}"
        return full if full[0] != " " and len(full.split()) <= _LONGEST else short

    def _who(self, own: TermUsageTable, happened: str) -> str:
        """Who or where belongs most to what happened, and to this event more than to the others; empty where there is nobody."""
        values = {key: presence(own, usage) for key, usage in supported(own).items()}
        words = {*map(term, happened.split())}
        spelled = {key: full for key, full in entities(own, values).items() if words.isdisjoint((key, *map(term, full.split())))}
        fits = belonging(own, term(happened.split()[-1]), spelled)
        for key in fits:
            more = (self._weight(own, key) + _LITTLE) / (self._among(key) + _LITTLE)
            fits[key] += values[key] + _OWN * math.log(more)
        return spelled[max(fits, key=lambda key: (fits[key], key))] if fits else ""

    def _shortened(self, own: TermUsageTable, name: TitleCandidate) -> str:
        """A name without who or what the others tell of too; empty where it tells of nothing else."""
        *entity, last = name.text.removesuffix(name.noun).split() or [""]
        *kind, noun = name.noun.split()
        told = [*entity, last] if self._is_own(own, last) else []
        told += [word for word in kind if self._is_own(own, word)]
        if not told and not self._is_own(own, noun):
            return ""
        return _after_colon(own, [*told, noun])

    def rarest(self, own: TermUsageTable) -> str:
        """The two words of the event's titles that it has most for itself, in the order of the titles; empty where it has none."""
        found = {
            key: usage for key, usage in own.terms.items() if usage.titles and self._among(key) < _COMMON * self._weight(own, key)
        }
        best = sorted(found, key=lambda key: (self._among(key) - self._weight(own, key), key))[:2]
        ordered = sorted(best, key=lambda key: -found[key].front / found[key].titles)
        return _after_colon(own, [_mostly(found[key].written) for key in ordered])

    def _is_own(self, own: TermUsageTable, word: str) -> bool:
        """Whether a word tells this event from the others."""
        key = term(word)
        return self._among(key) < _COMMON * self._weight(own, key)

    def _weight(self, usages: TermUsageTable, key: str) -> float:
        """How often and early the stories of an event use a term, each on average."""
        return usages.terms[key].weight / usages.stories if key in usages.terms else 0.0

    def _among(self, key: str) -> float:
        """The same among the other events."""
        if self._totals.events[key] - (key in self._own.terms) == 0:
            return 0.0  # exactly, for terms of the same weight to stay in order
        own = self._own.terms[key].weight if key in self._own.terms else 0.0
        return (self._totals.weights[key] - own) / self._stories


def _mostly(written: Mapping[str, int]) -> str:
    """How a term is mostly written."""
    return max(written, key=lambda word: (written[word], word))


def _after_colon(usages: TermUsageTable, words: Sequence[str]) -> str:
    """Words as they stand after a colon: the first one small, if the stories write it so."""
    if not words:
        return ""
    usage = usages.terms.get(term(words[0]))
    return " ".join([words[0].lower() if usage and usage.lower and not usage.is_name else words[0], *words[1:]])
