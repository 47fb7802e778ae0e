"""Estimated times: borrowed from the nearest dated story, moved by what the text says, never made of nothing."""

from __future__ import annotations

from reader.library.estimates import estimate_thread

NEAR = {"a": {"x": 1.0}, "b": {"x": 0.8, "y": 0.6}, "c": {"y": 1.0}, "far": {"z": 1.0}}
BODIES = {"a": ["On Saturday the ferry sailed."], "b": ["The ferry sailed."], "c": ["The tram opened."]}


def body(story: str) -> list[str]:
    return BODIES[story]


def test_a_story_borrows_from_the_likest_of_its_thread() -> None:
    made = estimate_thread(["a", "b", "c"], {"a": None, "b": "2018-12-21", "c": "2019-06-01"}, NEAR, body)
    assert made.keys() == {"a"}
    assert made["a"].time == "2018-12-22"
    assert "Saturday" in made["a"].why


def test_without_a_dated_story_in_the_thread_a_near_one_outside_lends() -> None:
    made = estimate_thread(["b"], {"b": None, "c": "2018-12-21", "far": "1999-01-01"}, NEAR, body)
    assert made["b"].time == "2018-12-21"


def test_a_sibling_passes_its_estimate_on_and_is_less_sure() -> None:
    vectors = NEAR | {"lender": {"x": 1.0}, "c": {"y": 1.0}}
    made = estimate_thread(["b", "c"], {"b": None, "c": None, "lender": "2018-12-21"}, vectors, body)
    assert made["c"].time == "2018-12-21"
    assert made["c"].sure == made["b"].sure / 2


def test_a_stranger_lends_nothing() -> None:
    assert estimate_thread(["a"], {"a": None, "far": "1999-01-01"}, NEAR, body) == {}


def test_a_thread_that_states_its_dates_needs_no_estimate() -> None:
    assert estimate_thread(["a"], {"a": "2018-12-21", "far": "1999-01-01"}, NEAR, body) == {}
