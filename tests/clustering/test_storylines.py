"""Storylines: events told as one story over time."""

from __future__ import annotations

from reader.clustering.clusterer import Clusterer
from reader.clustering.parameters import ClusteringParameters
from reader.clustering.storylines import regroup, storylines
from tests.support.clustering import threads_of, topical


def test_two_events_of_one_topic_years_apart_are_one_thread() -> None:
    loom = Clusterer(ClusteringParameters(far=0.0))
    loom.add("a", topical(0, "w1", "w2"), 1.0, False)
    loom.add("b", topical(0, "w3", "w4"), 5000.0, False)
    loom.add("c", topical(1), 5000.0, False)
    loom.settle()
    assert len(loom.events) == 3
    assert threads_of(loom) == [["a", "b"], ["c"]]


def test_every_event_is_in_one_line_the_oldest_first() -> None:
    loom = Clusterer(ClusteringParameters(far=0.0))
    for number in range(9):
        loom.add(str(number), topical(number % 3, f"own{number}"), 1000.0 * number, False)
    loom.settle()
    lines = storylines(loom)
    assert sorted(number for line in lines for number in line) == sorted(loom.events)
    assert lines == sorted(tuple(sorted(line)) for line in lines)


def test_an_empty_loom_has_no_lines() -> None:
    assert storylines(Clusterer()) == []


def test_only_what_changed_is_grouped_anew() -> None:
    loom = Clusterer(ClusteringParameters(far=0.0))
    for number in range(6):
        loom.add(str(number), topical(number % 2, f"own{number}"), 1000.0 * number, False)
    loom.settle()
    before = {number: line for line in storylines(loom) for number in line}
    loom.add("new", topical(1, "own9"), 9000.0, False)
    loom.settle()
    event = loom.members["new"].event
    groups = regroup(loom, [event], lambda number: before.get(number, (number,)))
    assert groups == [tuple(sorted({event, *before[1]}))]
    assert groups[0] in storylines(loom)
