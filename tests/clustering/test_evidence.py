"""Evidence: few pairs say little, and two happenings of one kind stay apart."""

from __future__ import annotations

import pytest

from reader.clustering.agglomerative import MergeNode
from reader.clustering.clusterer import Clusterer
from reader.clustering.evidence import worth
from reader.clustering.parameters import ClusteringParameters
from reader.clustering.tfidf import Vector, unit
from tests.support.clustering import threads_of

KIND = ("robbery", "jewels", "police", "masked", "window")
PLACES = (("riverton", "goldsmith", "hammer"), ("eastbay", "museum", "ladder"))


def happening(place: int, own: str) -> Vector:
    """One telling of a crime: what its kind has in common weighs as much as its names."""
    return unit(dict.fromkeys(KIND, 1.0) | dict.fromkeys(PLACES[place], 1.3) | {own: 0.8}, 80)


def group(size: int, weight: float, *, likeness: float, short: int = 0) -> MergeNode:
    """A group of a mean likeness within, whose link to its like is the product of the weights."""
    return MergeNode({"x": weight * size}, size, None, 0.3 * size, ["s"] * size, short, size + size * (size - 1) * likeness)


def test_a_link_needs_the_mean_threshold_and_more_where_pairs_are_few() -> None:
    parameters = ClusteringParameters(undated=1.0, few=0.5)
    assert worth(parameters, group(1, 0.54, likeness=1), group(1, 0.54, likeness=1)) == 0
    assert 0 < worth(parameters, group(1, 0.6, likeness=1), group(1, 0.6, likeness=1)) < 1
    assert worth(parameters, group(4, 0.6, likeness=0.4), group(4, 0.6, likeness=0.4)) > 1


def test_a_link_must_not_be_much_weaker_than_what_holds_the_looser_one_together() -> None:
    parameters = ClusteringParameters(
        undated=1.0, few=0.0, few_short=0.0, heaviest_term=0.0, cohesion=0.7, cohesion_short=0.3, cohesion_single=0.4
    )
    tight, loose = group(3, 0.6, likeness=0.6), group(3, 0.6, likeness=0.4)
    assert worth(parameters, tight, tight) == 0
    assert worth(parameters, tight, loose) == pytest.approx(0.36 / 0.3)
    headlines = group(3, 0.6, likeness=0.6, short=3)
    assert worth(parameters, headlines, headlines) == pytest.approx(0.36 / 0.3)
    assert worth(parameters, group(1, 0.6, likeness=1), group(3, 0.6, likeness=0.95)) == 0


def test_doubt_falls_with_the_number_of_pairs_and_is_greater_for_headlines() -> None:
    parameters = ClusteringParameters()
    factors = [parameters.doubt(pairs, False) for pairs in (1, 4, 100)]
    assert factors == sorted(factors, reverse=True)
    assert factors[-1] > 1
    assert parameters.doubt(4, True) > parameters.doubt(4, False)


@pytest.mark.parametrize(("cohesion", "found"), [(0.0, 1), (ClusteringParameters().cohesion, 2)])
def test_two_happenings_of_one_kind_stay_apart_without_dates(cohesion: float, found: int) -> None:
    clusterer = Clusterer(ClusteringParameters(cohesion=cohesion, storyline_share=9.0))
    for number in range(8):
        clusterer.add(str(number), happening(number // 4, f"own{number}"), None, False)
    clusterer.settle()
    assert len(clusterer.events) == found
    if found == 2:
        assert threads_of(clusterer) == [["0", "1", "2", "3"], ["4", "5", "6", "7"]]
