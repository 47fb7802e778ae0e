"""Settling and agglomeration."""

from __future__ import annotations

import pytest

from reader.clustering import day_spans
from reader.clustering.agglomerative import MergeNode, agglomerate
from reader.clustering.clusterer import Clusterer
from reader.clustering.parameters import ClusteringParameters, Densities
from reader.clustering.reclustering import density
from tests.support.clustering import topical


def cluster(name: str, **weights: float) -> MergeNode:
    return MergeNode(dict(weights), 1, None, 0.5, [name])


def test_the_likest_join_first_and_the_rest_stays() -> None:
    clusters = {0: cluster("a", x=1.0), 1: cluster("b", x=0.9, y=0.1), 2: cluster("c", y=1.0)}
    agglomerate(clusters, [(0, 1), (1, 2), (0, 2)], lambda one, other, product: product / (one.size * other.size) / 0.5)
    assert {key: sorted(found.members) for key, found in clusters.items()} == {0: ["a", "b"], 2: ["c"]}
    assert clusters[0].size == 2
    assert clusters[0].thresholds == 1.0


def test_only_what_is_tied_may_join() -> None:
    clusters = {0: cluster("a", x=1.0), 1: cluster("b", x=1.0)}
    agglomerate(clusters, [], lambda one, other, product: product / (one.size * other.size))
    assert len(clusters) == 2


def test_density_counts_missing_events_as_nothing() -> None:
    assert density([0.5, 0.25], 5) == pytest.approx(0.15)
    assert density([], 5) == 0


def test_the_threshold_rises_with_density_and_keeps_its_bounds() -> None:
    parameters, seen = ClusteringParameters(), Densities(1000, 90.0)
    thresholds = [parameters.threshold(own, seen, False) for own in (0.0, 0.1, 0.2, 5.0)]
    assert thresholds == sorted(thresholds)
    assert thresholds[0] >= parameters.lowest
    assert thresholds[-1] == parameters.highest
    assert parameters.threshold(0.1, seen, True) < thresholds[1]


def test_nearness_falls_with_the_gap() -> None:
    parameters = ClusteringParameters()
    assert parameters.nearness(0) == 1
    assert 1 > parameters.nearness(1) > parameters.nearness(30) > parameters.far
    assert parameters.nearness(None) == parameters.undated


def test_ranges_of_dates() -> None:
    assert day_spans.join(day_spans.on(None), (1.0, 2.0)) == (1.0, 2.0)
    assert day_spans.join((1.0, 2.0), (4.0, 5.0)) == (1.0, 5.0)
    assert day_spans.gap((1.0, 2.0), (4.0, 5.0)) == day_spans.gap((4.0, 5.0), (1.0, 2.0)) == 2.0
    assert day_spans.gap((1.0, 4.0), (2.0, 3.0)) == 0
    assert day_spans.gap(None, (1.0, 1.0)) is None


def test_settling_expands_a_story_by_its_neighbours() -> None:
    clusterer = Clusterer()
    clusterer.add("a", topical(0, "union"), 1.0, False)
    clusterer.add("b", topical(0, "captain"), 1.0, False)
    assert "captain" not in clusterer.members["a"].expanded
    clusterer.settle()
    assert "captain" in clusterer.members["a"].expanded
    assert "captain" not in clusterer.members["a"].vector
    assert clusterer.members["a"].density is not None


def test_settling_by_itself_after_a_batch() -> None:
    clusterer = Clusterer(ClusteringParameters(batch=3))
    for number in range(3):
        clusterer.add(str(number), topical(number), 1.0, False)
    assert all(member.density is not None for member in clusterer.members.values())


def test_settling_in_slices_is_settling_at_once() -> None:
    whole, sliced = Clusterer(), Clusterer()
    for number in range(60):
        for clusterer in (whole, sliced):
            clusterer.place(str(number), topical(number % 3, str(number)), float(number % 9), False)
    whole.settle()
    slices = sum(1 for _ in sliced.settling())
    assert slices > 5
    assert {story: member.event for story, member in whole.members.items()} == {
        story: member.event for story, member in sliced.members.items()
    }
    assert not sliced.is_due
