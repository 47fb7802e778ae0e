"""Storylines: events told as one story over time."""

from __future__ import annotations

from reader.clustering.clusterer import Clusterer
from reader.clustering.parameters import ClusteringParameters
from reader.clustering.storylines import regroup, storylines
from tests.support.clustering import threads_of, topical


def test_two_events_of_one_topic_years_apart_are_one_thread() -> None:
    clusterer = Clusterer(ClusteringParameters(far=0.0))
    clusterer.add("a", topical(0, "w1", "w2"), 1.0, False)
    clusterer.add("b", topical(0, "w3", "w4"), 5000.0, False)
    clusterer.add("c", topical(1), 5000.0, False)
    clusterer.settle()
    assert len(clusterer.events) == 3
    assert threads_of(clusterer) == [["a", "b"], ["c"]]


def test_every_event_is_in_one_line_the_oldest_first() -> None:
    clusterer = Clusterer(ClusteringParameters(far=0.0))
    for number in range(9):
        clusterer.add(str(number), topical(number % 3, f"own{number}"), 1000.0 * number, False)
    clusterer.settle()
    lines = storylines(clusterer)
    assert sorted(number for line in lines for number in line) == sorted(clusterer.events)
    assert lines == sorted(tuple(sorted(line)) for line in lines)


def test_an_empty_loom_has_no_lines() -> None:
    assert storylines(Clusterer()) == []


def test_only_what_changed_is_grouped_anew() -> None:
    clusterer = Clusterer(ClusteringParameters(far=0.0))
    for number in range(6):
        clusterer.add(str(number), topical(number % 2, f"own{number}"), 1000.0 * number, False)
    clusterer.settle()
    before = {number: line for line in storylines(clusterer) for number in line}
    clusterer.add("new", topical(1, "own9"), 9000.0, False)
    clusterer.settle()
    event = clusterer.members["new"].event
    groups = regroup(clusterer, [event], lambda number: before.get(number, (number,)))
    assert groups == [tuple(sorted({event, *before[1]}))]
    assert groups[0] in storylines(clusterer)
