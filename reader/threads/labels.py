"""Labels of the events of one thread: in a few words, what happened in each that did not happen in the others."""

from __future__ import annotations

import math
from collections.abc import Sequence

from reader.threads.names import Name, candidates
from reader.threads.terms import term
from reader.threads.usage import Usages

_OWN = 1.0  # what it counts, as a logarithm, how much more a label's words are used in its event than in the others
_FAINT = 0.3  # the weight a story in which a word fails is taken to give it
_COMMON = 0.5  # the share of the weight in its own event that a word has in the others and tells nothing any more


def labels(events: Sequence[Usages]) -> list[str]:
    """Label each event by the words that its stories use and those of the others do not; empty where there are none.

    `events` tell how the stories of each use their words. No two labels are alike; a single event needs none.
    """
    if len(events) < 2:
        return [""] * len(events)
    chosen: list[str] = []
    for own in events:
        others = _Others([usages for usages in events if usages is not own])
        ranked = sorted(candidates(own), key=lambda name: -name.score - _OWN * others.distinction(own, name))
        labelled = (others.shortened(own, name) for name in ranked)
        taken = {label.lower() for label in chosen}
        chosen.append(next((label for label in labelled if label and label.lower() not in taken), ""))
    return chosen


class _Others:
    """The other events of a thread, as one."""

    def __init__(self, events: Sequence[Usages]) -> None:
        self._events = events
        self._stories = sum(usages.stories for usages in events)

    def distinction(self, own: Usages, name: Name) -> float:
        """How much more the words of a name are used in its own event, as a mean of logarithms."""
        keys = _keys(own, name.text)
        ratios = [math.log((self._weight(own, key) + _FAINT) / (self._among(key) + _FAINT)) for key in keys]
        return sum(ratios) / max(1, len(ratios))

    def shortened(self, own: Usages, name: Name) -> str:
        """A name without who or what the other events tell of too; empty where it tells of nothing else."""
        words = name.text.split()
        told = [word for word in words if self._is_own(own, word)]
        if not told:
            return ""
        kept = words[words.index(told[0]) :]
        first = own.terms.get(term(kept[0]))
        return " ".join([kept[0] if first and first.is_name else kept[0].lower(), *kept[1:]])

    def _is_own(self, own: Usages, word: str) -> bool:
        key = term(word)
        return self._among(key) < _COMMON * self._weight(own, key)

    def _weight(self, usages: Usages, key: str) -> float:
        """How often and early the stories of an event use a term, each on average."""
        return usages.terms[key].weight / usages.stories if key in usages.terms else 0.0

    def _among(self, key: str) -> float:
        """The same among the other events."""
        return sum(usages.terms[key].weight for usages in self._events if key in usages.terms) / self._stories


def _keys(usages: Usages, text: str) -> list[str]:
    """The terms of a text that an event uses."""
    return [key for key in map(term, text.split()) if key in usages.terms]
