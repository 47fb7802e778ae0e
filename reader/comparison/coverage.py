"""Elsewhere: how much of a passage is told in some neighbouring passages of another story."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from reader.comparison.weighting import WeightedPassage

_WINDOW = 3  # neighbouring passages that may tell together what one passage tells


class CoverageIndex:
    """The windows of neighbouring passages of several stories, by the terms they hold."""

    def __init__(self, stories: Sequence[Sequence[WeightedPassage]]) -> None:
        self._starts = [0]
        self._holding: defaultdict[str, set[int]] = defaultdict(set)
        for story in stories:
            first = self._starts[-1]
            for place, passage in enumerate(story):
                windows = range(first + max(0, place - _WINDOW + 1), first + place + 1)
                for term in passage.terms:
                    self._holding[term].update(windows)
            self._starts.append(first + len(story))

    def share(self, passage: WeightedPassage, but: int | None = None) -> float:
        """Give the greatest share of a passage's weight that stands in neighbouring passages of one story, `but` that one."""
        if not passage.mass:
            return 1.0
        held = [0] * self._starts[-1]
        for term, weight in passage.terms.items():
            for window in self._holding.get(term, ()):
                held[window] += weight
        if but is not None:
            del held[self._starts[but] : self._starts[but + 1]]
        return max(held, default=0) / passage.mass
