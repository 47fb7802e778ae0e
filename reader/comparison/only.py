"""Only here: the passages that one story alone tells."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import chain

from reader.comparison.alignment import Key
from reader.comparison.coverage import CoverageIndex
from reader.comparison.parameters import ComparisonParameters
from reader.comparison.weighting import WeightedPassage


def only_here(
    stories: Sequence[Sequence[WeightedPassage]], best: Mapping[Key, float], parameters: ComparisonParameters
) -> Iterator[Key]:
    """Find the passages without a counterpart; one that is neither told elsewhere nor clearly not stays unmarked."""
    elsewhere = CoverageIndex(stories)
    terms = [set(chain.from_iterable(passage.terms for passage in story)) for story in stories]
    for number, story in enumerate(stories):
        others = set(chain.from_iterable(known for other, known in enumerate(terms) if other != number))
        for place, passage in enumerate(story):
            nearest = best.get((number, place), 0.0)
            if len(passage.terms) < parameters.only_terms or nearest >= parameters.faint:
                continue
            share = elsewhere.share(passage, but=number)
            stranger = not passage.names <= others
            if share < (parameters.only_stranger if stranger else parameters.only_share) and (
                stranger or nearest < parameters.only_nearest
            ):
                yield number, place
