"""The order of the front page."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from reader.library.front_page import HALF_LIFE, RankedThread, ordered, weight

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)


def thread(id: str, outlets: int = 2, new: int = 0, hours: float | None = 0.0, **flags: bool) -> RankedThread:
    latest = None if hours is None else (NOW - timedelta(hours=hours)).strftime("%Y-%m-%dT%H:%M")
    return RankedThread(id, outlets, new, latest, **flags)


def test_outlets_raise_and_age_lowers_the_weight() -> None:
    assert ordered([thread("two"), thread("seven", 7), thread("three", 3)], NOW) == ["seven", "three", "two"]
    assert ordered([thread("late", 3), thread("early", 3, hours=5)], NOW) == ["late", "early"]
    assert ordered([thread("small", 2), thread("yesterday", 9, hours=30)], NOW) == ["small", "yesterday"]
    assert ordered([thread("small", 2), thread("morning", 9, hours=5)], NOW) == ["morning", "small"]


def test_new_stories_raise_the_weight_within_limits() -> None:
    assert ordered([thread("known", 3), thread("new", 3, new=3, hours=3)], NOW) == ["new", "known"]
    assert weight(3, 3, 0) == weight(3, 40, 0) > weight(3, 1, 0) > weight(3, 0, 0)


def test_weight_halves_in_its_half_life() -> None:
    assert weight(3, 0, HALF_LIFE) == weight(3, 0, 0) - 1
    assert weight(1, 0, 0) == 0


def test_pinned_and_followed_come_first_and_muted_last() -> None:
    threads = [
        thread("big", 9),
        thread("muted", 9, new=9, muted=True),
        thread("followed", 1, hours=200, followed=True),
        thread("pinned", 1, hours=300, pinned=True),
    ]
    assert ordered(threads, NOW) == ["pinned", "followed", "big", "muted"]
    assert ordered(threads, NOW, newest=True) == ["pinned", "followed", "big", "muted"]


def test_newest_first_orders_by_time_alone() -> None:
    threads = [thread("big", 9, hours=2), thread("late", 2, hours=1), thread("undated", 9, hours=None)]
    assert ordered(threads, NOW, newest=True) == ["late", "big", "undated"]


def test_undated_invalid_and_future_times_are_handled() -> None:
    odd = [RankedThread("odd", 9, 0, "no time"), thread("undated", 9, hours=None), thread("ahead", 2, hours=-500), thread("now", 3)]
    assert ordered(odd, NOW) == ["now", "ahead", "odd", "undated"]


def test_days_and_time_zones_are_parsed() -> None:
    threads = [RankedThread("day", 2, 0, "2026-03-01"), RankedThread("minute", 2, 0, "2026-03-01T09:00Z")]
    assert ordered(threads, NOW) == ["minute", "day"]


def test_the_order_is_independent_of_the_input_order() -> None:
    threads = [thread(name) for name in "bca"]
    assert ordered(threads, NOW) == ordered(threads[::-1], NOW) == ["a", "b", "c"]
