"""Events: who belongs together, in any order, with stories leaving and coming back, kept and taken up again."""

from __future__ import annotations

import itertools
from collections import defaultdict

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reader.clustering.cluster import pack_member, unpack_member
from reader.clustering.clusterer import Clusterer, CorpusTotals
from reader.clustering.tfidf import is_short, vector
from reader.errors import DamagedThreadsError
from reader.text.dates import day_number
from tests.support.clustering import restored, samples, telling, threads_of, topical

STORIES = samples()
VECTORS = [vector(telling(story).title, story.body) for story in STORIES]
FOUND = [day_number(story.published.value) if story.published.value else None for story in STORIES]
TRUE = [day_number(day) for day in ("2018-12-20", "2018-12-21", "2019-04-10", "2018-12-22", "2020-01-07")]


@pytest.mark.parametrize("days", [FOUND, [None] * 5, TRUE], ids=["as found", "undated", "true"])
@pytest.mark.parametrize("alone", [True, False], ids=["one by one", "at once"])
def test_the_samples_make_the_same_threads_in_all_orders(days: list[float | None], alone: bool) -> None:
    for order in itertools.permutations(range(5)):
        clusterer = Clusterer()
        for number in order:
            if alone:
                clusterer.settle()
                clusterer = restored(clusterer)
            clusterer.add(str(number), VECTORS[number], days[number], is_short(STORIES[number].body))
        clusterer.settle()
        assert threads_of(clusterer) == [["0", "1"], ["2", "3"], ["4"]], order


def test_stories_on_one_topic_are_one_event() -> None:
    clusterer = Clusterer()
    first = clusterer.add("a", topical(0, "monday"), 1.0, False)
    assert clusterer.add("b", topical(0, "union"), 1.5, False) != first, "each is alone until it is settled"
    clusterer.add("c", topical(1), 1.0, False)
    clusterer.settle()
    assert clusterer.members["a"].event == clusterer.members["b"].event == first
    assert clusterer.members["c"].event != first
    assert clusterer.events[first].days == (1.0, 1.5)
    assert clusterer.events[first].size == 2


def test_a_story_is_added_once() -> None:
    clusterer = Clusterer()
    clusterer.add("a", topical(0), None, False)
    with pytest.raises(ValueError, match="already clustered"):
        clusterer.add("a", topical(1), None, False)


def test_a_story_that_left_leaves_nothing() -> None:
    clusterer = Clusterer()
    clusterer.add("a", topical(0), 1.0, False)
    kept = dict(clusterer.events[clusterer.add("b", topical(1), 2.0, False)].total)
    clusterer.remove("a")
    clusterer.settle()
    assert list(clusterer.members) == ["b"]
    assert [dict(event.total) for event in clusterer.events.values()] == [kept]
    with pytest.raises(KeyError):
        clusterer.remove("a")


def test_changes_are_told_until_they_are_saved() -> None:
    clusterer = Clusterer()
    clusterer.add("a", topical(0), 1.0, False)
    clusterer.settle()
    assert clusterer.changed == {"a"}
    clusterer.saved()
    assert clusterer.changed == frozenset()
    clusterer.add("b", topical(1), 1.0, False)
    assert "b" in clusterer.changed


def test_numbers_of_events_never_come_twice() -> None:
    clusterer = Clusterer()
    clusterer.add("a", topical(0), 1.0, False)
    clusterer.remove("a")
    assert clusterer.totals == CorpusTotals(1, 1)
    assert restored(clusterer).add("b", topical(1), 1.0, False) == 1


def test_a_member_comes_back_the_very_same() -> None:
    clusterer = Clusterer()
    clusterer.add("a", topical(0, "é"), None, True)
    waiting = clusterer.members["a"]
    assert unpack_member(pack_member(waiting)) == waiting
    clusterer.settle()
    assert unpack_member(pack_member(clusterer.members["a"])) == clusterer.members["a"]
    with pytest.raises(DamagedThreadsError):
        unpack_member(b"something else")


acts = st.lists(st.tuples(st.sampled_from(["add", "remove", "settle"]), st.integers(0, 11), st.integers(0, 2)), max_size=30)


def play(clusterer: Clusterer, played: list[tuple[str, int, int]], *, saving: bool) -> Clusterer:
    for act, number, topic in played:
        story = f"s{number}"
        if act == "add" and story not in clusterer.members:
            clusterer.add(story, topical(topic, f"own{number}"), None if number % 3 else float(number), number % 5 == 0)
        elif act == "remove" and story in clusterer.members:
            clusterer.remove(story)
        elif act == "settle":
            clusterer.settle()
        if saving:
            clusterer = restored(clusterer)
    return clusterer


@settings(max_examples=60, deadline=None)
@given(acts)
def test_an_event_is_the_sum_of_its_stories(played: list[tuple[str, int, int]]) -> None:
    clusterer = play(Clusterer(), played, saving=False)
    assert sorted(story for event in clusterer.events.values() for story in event.stories) == sorted(clusterer.members)
    for number, event in clusterer.events.items():
        total: defaultdict[str, float] = defaultdict(float)
        for story in event.stories:
            assert clusterer.members[story].event == number
            for term, weight in clusterer.members[story].expanded.items():
                total[term] += weight
        assert event.total == total


@settings(max_examples=40, deadline=None)
@given(acts)
def test_saving_and_restoring_changes_nothing(played: list[tuple[str, int, int]]) -> None:
    through, broken = play(Clusterer(), played, saving=False), play(Clusterer(), played, saving=True)
    assert dict(through.members) == dict(broken.members)
    assert through.totals == broken.totals
