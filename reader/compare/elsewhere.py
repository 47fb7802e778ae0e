"""Elsewhere: how much of a passage is told in some neighbouring passages of another story."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from itertools import chain

from reader.compare.weighing import Weighed

_WINDOW = 3  # neighbouring passages that may tell together what one passage tells


class Elsewhere:
    """Passages of several stories by the terms they hold."""

    def __init__(self, stories: Sequence[Sequence[Weighed]]) -> None:
        self._stories = stories
        self._holding: defaultdict[str, list[tuple[int, int]]] = defaultdict(list)
        for number, story in enumerate(stories):
            for place, passage in enumerate(story):
                for term in passage.terms:
                    self._holding[term].append((number, place))

    def share(self, passage: Weighed, but: int | None = None) -> float:
        """Give the greatest share of a passage's weight that stands in neighbouring passages of one story, `but` that one."""
        if not passage.mass:
            return 1.0
        most = 0
        for number, places in self._weights(passage, but).items():
            story = self._stories[number]
            for start in {max(0, place - shift) for place in places for shift in range(_WINDOW)}:
                # Terms held twice are counted twice here: no window can hold more than this.
                if sum(places.get(start + step, 0) for step in range(_WINDOW)) <= most:
                    continue
                held = set(chain.from_iterable(told.terms for told in story[start : start + _WINDOW]))
                most = max(most, sum([weight for term, weight in passage.terms.items() if term in held]))
        return most / passage.mass

    def _weights(self, passage: Weighed, but: int | None) -> dict[int, dict[int, int]]:
        """What weight of a passage's terms each passage of the stories holds, where it holds any."""
        found: defaultdict[int, defaultdict[int, int]] = defaultdict(lambda: defaultdict(int))
        for term, weight in passage.terms.items():
            for number, place in self._holding.get(term, ()):
                if number != but:
                    found[number][place] += weight
        return {number: dict(places) for number, places in found.items()}
