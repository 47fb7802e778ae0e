from __future__ import annotations

from reader.tui.state.search_session import SearchSession, in_order, marks
from reader.tui.widgets.story_layout import Highlight
from tests.support.fake_library import FakeLibrary

LIBRARY = FakeLibrary()


def hunt(query: str, *stories: str) -> SearchSession:
    made = SearchSession(query, stories)
    for story in stories:
        made.hits[story] = marks(LIBRARY.stories.get(story), lambda text: LIBRARY.search.highlights(query, text))
    return made


def test_hits_stand_in_the_order_they_are_read() -> None:
    found = in_order(hunt("the", "council1").hits["council1"])
    assert found[0] == Highlight(("body", 0), (0, 3))
    assert [hit.block for hit in found] == sorted(hit.block for hit in found)
    assert ("caption", 0) in hunt("halcyon", "ferry1").hits["ferry1"]


def test_steps_stay_in_a_story_as_long_as_it_has_hits() -> None:
    made = hunt("bridge", "council1", "ferry1")
    count = len(made.of("council1"))
    assert count > 2
    assert [made.step("council1", 1) for _ in range(count)] == [None] * (count - 1) + ["ferry1"]
    made.land("council1", last=True)
    assert made.at == count - 1
    made.land("council1")
    assert made.step("council1", -1) == "ferry1"


def test_from_a_story_that_was_not_found_the_first_or_the_last_found_one_comes_next() -> None:
    made = hunt("bridge", "council1", "ferry1", "ferry2")
    assert made.step("harbour1", 1) == "council1"
    assert made.step("harbour1", -1) == "ferry2"
    assert made.here("harbour1") is None
    assert SearchSession("x", ()).step("harbour1", 1) is None


def test_the_hit_the_reader_is_at() -> None:
    made = hunt("bridge", "council1")
    first = made.here("council1")
    made.step("council1", 1)
    assert first is not None
    assert made.here("council1") not in (None, first)
