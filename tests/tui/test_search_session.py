from __future__ import annotations

from reader.tui.state.search_session import SearchSession, in_order, marks
from reader.tui.widgets.story_layout import Highlight
from tests.support.example_library import shared_library


def hunt(query: str, *stories: str) -> SearchSession:
    made = SearchSession(query, stories)
    for story in stories:
        made.hits[story] = marks(shared_library().stories.get(story), lambda text: shared_library().search.highlights(query, text))
    return made


def test_hits_stand_in_the_order_they_are_read() -> None:
    found = in_order(hunt("bridge", "councila").hits["councila"])
    assert found[0] == Highlight(("body", 0), (26, 32))
    assert [hit.block for hit in found] == sorted(hit.block for hit in found)
    assert ("caption", 0) in hunt("halcyon", "ferryxxa").hits["ferryxxa"]


def test_steps_stay_in_a_story_as_long_as_it_has_hits() -> None:
    made = hunt("bridge", "councila", "ferryxxa")
    count = len(made.of("councila"))
    assert count > 2
    assert [made.step("councila", 1) for _ in range(count)] == [None] * (count - 1) + ["ferryxxa"]
    made.land("councila", last=True)
    assert made.at == count - 1
    made.land("councila")
    assert made.step("councila", -1) == "ferryxxa"


def test_from_a_story_that_was_not_found_the_first_or_the_last_found_one_comes_next() -> None:
    made = hunt("bridge", "councila", "ferryxxa", "ferryxxb")
    assert made.step("harboura", 1) == "councila"
    assert made.step("harboura", -1) == "ferryxxb"
    assert made.here("harboura") is None
    assert SearchSession("x", ()).step("harboura", 1) is None


def test_the_hit_the_reader_is_at() -> None:
    made = hunt("bridge", "councila")
    first = made.here("councila")
    made.step("councila", 1)
    assert first is not None
    assert made.here("councila") not in (None, first)
