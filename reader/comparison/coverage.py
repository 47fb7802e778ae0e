"""Coverage: the share of a passage that other stories report, and the passages that only one story has."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain

from reader.comparison.alignment import Key
from reader.comparison.parameters import ComparisonParameters
from reader.comparison.weighting import WeightedPassage

_WINDOW = 3  # neighboring passages that may together report what one passage reports


class CoverageIndex:
    """An index of windows of neighboring passages of several stories by their terms."""

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

    def share(self, passage: WeightedPassage, exclude: int | None = None) -> float:
        """Return the largest share (0 to 1) of a passage's weight that one window covers, in any story but number `exclude`."""
        if not passage.mass:
            return 1.0
        held = [0] * self._starts[-1]
        for term, weight in passage.terms.items():
            for window in self._holding.get(term, ()):
                held[window] += weight
        if exclude is not None:
            del held[self._starts[exclude] : self._starts[exclude + 1]]
        return max(held, default=0) / passage.mass


def unique_passages(
    stories: Sequence[Sequence[WeightedPassage]], best: Mapping[Key, float], parameters: ComparisonParameters
) -> Iterator[Key]:
    """Yield the passages without a counterpart. A passage that is neither clearly covered nor clearly unique is left out."""
    coverage = CoverageIndex(stories)
    terms = [set(chain.from_iterable(passage.terms for passage in story)) for story in stories]
    for number, story in enumerate(stories):
        others = set(chain.from_iterable(known for other, known in enumerate(terms) if other != number))
        for place, passage in enumerate(story):
            nearest = best.get((number, place), 0.0)
            if len(passage.terms) < parameters.only_terms or nearest >= parameters.faint:
                continue
            share = coverage.share(passage, exclude=number)
            stranger = not passage.names <= others
            if share < (parameters.only_stranger if stranger else parameters.only_share) and (
                stranger or nearest < parameters.only_nearest
            ):
                yield number, place
