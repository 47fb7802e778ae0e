"""The five samples end to end: threads, names, estimates, related stories and search."""

from __future__ import annotations

import itertools
import random
from datetime import date
from pathlib import Path

import pytest

from reader.library import Library
from tests.support.stories import LONE

THREADS = [["000", "001"], ["002", "003"], ["004"]]
ORDERS = random.Random(20181221).sample(list(itertools.permutations(range(5))), 8)


def grouped(library: Library) -> list[list[str]]:
    return sorted(sorted(head.source[:3] for head in library.threads.headers(thread.id)) for thread in library.threads.all())


@pytest.mark.parametrize("order", ORDERS, ids=lambda order: "".join(map(str, order)))
def test_threads_and_names_are_the_same_in_any_order(order: tuple[int, ...], seeds: list[Path], tmp_path: Path) -> None:
    for number in order:
        library = Library.open(tmp_path)
        library.importer.add([str(seeds[number])])
        library.close()
    library = Library.open(tmp_path)
    assert grouped(library) == THREADS
    names = {thread.name for thread in library.threads.all()}
    assert names == {"Mattis resignation", "Syria withdrawal", LONE}
    library.close()


def test_the_users_names_win_without_moving_stories(samples: Library) -> None:
    named = {
        thread.name: sorted(head.source[:3] for head in samples.threads.headers(thread.id)) for thread in samples.threads.all()
    }
    assert named == {"Mattis exit": ["000", "001"], "Syria withdrawal": ["002", "003"], "Iraq letter": ["004"]}


def test_the_latest_thread_is_first(samples: Library) -> None:
    assert [thread.name for thread in samples.threads.all()] == ["Iraq letter", "Syria withdrawal", "Mattis exit"]


@pytest.mark.parametrize(
    ("file", "stated"), [("000", None), ("001", "2018-12-21"), ("002", None), ("003", None), ("004", "2020-01-07T23:09")]
)
def test_only_stated_dates_are_read(file: str, stated: str | None, samples: Library, ids: dict[str, str]) -> None:
    head = samples.stories.header(ids[file])
    assert head.published == stated
    assert (head.estimate is None) == (stated is not None)


@pytest.mark.parametrize(("file", "truth"), [("000", date(2018, 12, 20)), ("002", date(2019, 4, 10)), ("003", date(2018, 12, 22))])
def test_estimates_are_within_a_week_of_the_truth(file: str, truth: date, samples: Library, ids: dict[str, str]) -> None:
    estimate = samples.stories.header(ids[file]).estimate
    assert estimate is not None
    assert abs(date.fromisoformat(estimate.time[:10]) - truth).days <= 7
    assert 0 < estimate.sure < 1
    assert estimate.why


@pytest.mark.parametrize("order", ORDERS[:6], ids=lambda order: "".join(map(str, order)))
def test_estimates_do_not_depend_on_the_order(order: tuple[int, ...], seeds: list[Path], samples: Library, tmp_path: Path) -> None:
    library = Library.open(tmp_path)
    for number in order:
        library.importer.add([str(seeds[number])])
    told = {head.source: head.estimate for thread in library.threads.all() for head in library.threads.headers(thread.id)}
    assert told == {head.source: head.estimate for thread in samples.threads.all() for head in samples.threads.headers(thread.id)}
    library.close()


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("clear-eyed", {"000", "001"}),
        ("syria withdraw*", {"000", "001", "002", "003"}),
        ('"unsigned letter" OR "draft letter"', {"004"}),
        ("title:mattis", {"000"}),
        ("outlet:kazinform", {"001"}),
        ("date:2020", {"004"}),
        ("wheelbarger", {"002"}),
        ("zzzzqqq", set()),
    ],
)
def test_a_query_finds_the_expected_stories(query: str, found: set[str], samples: Library) -> None:
    assert {match.head.source[:3] for match in samples.search.run(query).matches} == found


@pytest.mark.parametrize(("file", "first"), [("003", {"000", "001"}), ("000", {"003"}), ("001", {"003"})])
def test_related_stories_can_be_in_other_threads(file: str, first: set[str], samples: Library, ids: dict[str, str]) -> None:
    own = samples.stories.header(ids[file]).thread
    outside = [related.head.source[:3] for related in samples.stories.related(ids[file]) if related.head.thread != own]
    assert outside[0] in first


def test_related_stories_list_shared_words(samples: Library, ids: dict[str, str]) -> None:
    for related in samples.stories.related(ids["003"]):
        assert related.why
        assert 0 < related.score <= 1


def test_a_thread_has_key_words(samples: Library) -> None:
    terms = {thread.name: thread.terms for thread in samples.threads.all()}
    assert "Mattis" in terms["Mattis exit"]
    assert "Syria" in terms["Syria withdrawal"]
