from __future__ import annotations

import pytest
from msgspec.structs import replace

from reader.library import Freshness
from reader.models import Explanation
from reader.presentation import formatting
from tests.support.example_library import shared_library


@pytest.mark.parametrize(("time", "said"), [("2018-12-21", "21 Dec 2018"), ("2020-01-07T23:09", "7 Jan 2020, 23:09")])
def test_a_time_as_exactly_as_it_is_known(time: str, said: str) -> None:
    assert formatting.moment(time) == said


def test_what_is_not_stated_is_said() -> None:
    dated, estimated = shared_library().stories.header("ferryxxa"), shared_library().stories.header("ferryxxc")
    unknown = replace(estimated, estimate=None)
    assert [formatting.published(head) for head in (dated, estimated, unknown)] == [
        "20 Dec 2018",
        "date not stated, about 21 Dec 2018",
        "date not stated",
    ]
    assert [formatting.published_day(head) for head in (dated, estimated, unknown)] == [
        "20 Dec 2018",
        "about 21 Dec 2018",
        "date not stated",
    ]
    assert formatting.outlet(estimated) == "outlet not stated"


@pytest.mark.parametrize(
    ("first", "last", "about", "said"),
    [
        ("2018-12-21", "2018-12-21T10:00", False, "21 Dec 2018"),
        ("2018-12-21", "2018-12-21", True, "about 21 Dec 2018"),
        ("2018-12-20", "2018-12-24", False, "20–24 Dec 2018"),
        ("2018-11-30", "2018-12-24", False, "30 Nov–24 Dec 2018"),
        ("2018-12-31", "2019-01-02", True, "about 31 Dec 2018–2 Jan 2019"),
        ("2018-12-22", "2019-04-10", True, "Dec 2018–Apr 2019"),
        (None, None, False, "dates not stated"),
    ],
)
def test_spans(first: str | None, last: str | None, about: bool, said: str) -> None:
    assert formatting.span(first, last, about=about) == said


def test_counts() -> None:
    assert [formatting.stories(number) for number in (0, 1, 2, 1204)] == ["0 stories", "1 story", "2 stories", "1,204 stories"]
    assert formatting.count(1, "thread") == "1 thread"


@pytest.mark.parametrize(
    ("names", "unnamed", "room", "said"),
    [
        ((), 1, 30, "outlet not stated"),
        (("Coast Courier",), 0, 30, "Coast Courier"),
        (("Coast Courier",), 1, 30, "Coast Courier, 1 unnamed"),
        (("Coast Courier",), 1, 20, "Coast Courier +1"),
        (("AP", "Kyodo", "Coast Courier", "Island Wire"), 2, 20, "AP, Kyodo +4"),
        (("Northern Harbour Gazette",), 0, 12, "Northern…"),
    ],
)
def test_outlets(names: tuple[str, ...], unnamed: int, room: int, said: str) -> None:
    thread = replace(shared_library().threads.all()[0], outlets=names, unnamed=unnamed)
    assert formatting.outlets(thread, room) == said


def test_several_stories_without_an_outlet() -> None:
    thread = replace(shared_library().threads.all()[1], outlets=(), unnamed=2)
    assert formatting.outlets(thread, 30) == "outlets not stated"


def test_credits() -> None:
    assert formatting.credit_pieces(shared_library().stories.header("ferryxxa")) == ["20 Dec 2018", "by A. Lindqvist", "Northhaven"]
    assert formatting.credit_pieces(shared_library().stories.header("ferryxxb")) == ["20 Dec 2018, 14:05", "Wire Service"]


def test_minutes() -> None:
    story = shared_library().stories.get("ferryxxa")
    assert formatting.reading_time(story) == "2 min"
    assert formatting.reading_time(replace(story, body=("One word.",))) == "1 min"


def test_thread_span() -> None:
    assert formatting.thread_span(shared_library().threads.all()[1]) == "Dec 2018–Apr 2019"


def test_a_time_with_its_zone_is_told_as_it_is_here() -> None:
    assert formatting.local_time("2026-11-20T10:00:59Z") == "2026-11-20T10:00"


@pytest.mark.parametrize(
    ("outlets", "said"),
    [
        (["Island Wire"], "also in Island Wire, same text"),
        (["Island Wire", "Island Wire"], "also in Island Wire, same text"),
        (["Island Wire", "Port Gazette", "Coast Courier"], "also in 2 outlets, same text"),
        (["Island Wire", None], "also in 2 outlets, same text"),
        ([None], "also in 1 outlet, same text"),
        (["Coast Courier", "Coast Courier"], "published 3 times, same text"),
    ],
)
def test_who_else_tells_a_story_word_for_word(outlets: list[str | None], said: str) -> None:
    head = shared_library().stories.header("ferryxxa")
    head = replace(head, outlet_id=head.outlet)
    assert formatting.copies_note(head, [replace(head, outlet=outlet, outlet_id=outlet) for outlet in outlets]) == said


@pytest.mark.parametrize(
    ("why", "said"),
    [
        (Explanation(days=None), "not stated"),
        (Explanation(days=0), "on the same day"),
        (Explanation(days=1), "1 day apart"),
        (Explanation(days=3, about=True), "about 3 days apart"),
    ],
)
def test_how_far_two_stories_are_apart(why: Explanation, said: str) -> None:
    assert formatting.days_apart(why) == said


def test_how_much_of_a_story_is_new() -> None:
    assert formatting.new_passages(Freshness((), 11, 6)) == "6 of 11 new"
    assert formatting.new_passages(Freshness((), 11, 1), "passages") == "1 of 11 passages new"
    assert formatting.new_passages(Freshness((), 11, 0), "passages") == "nothing new"
