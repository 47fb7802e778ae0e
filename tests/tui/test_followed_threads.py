"""What is new in threads that are followed: kept until the reader was there and has left, and told after a refresh."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from reader.models import RefreshReport, SourceFailure
from reader.tui.state.job_progress import grown, refreshed
from tests.support.fake_library import STORIES, FakeLibrary, fact
from tests.support.main_screen import AtHome, at_home

FERRY = FakeLibrary().threads.all()[2]


def followed() -> FakeLibrary:
    """The ferry and the harbour are followed; a story of each is new."""
    library = FakeLibrary()
    library.corrections.follow("t1")
    library.corrections.follow("t2")
    library.seen_in_followed = {"ferry1", "ferry2", "harbour1"}
    return library


def come(library: FakeLibrary, thread: str, story: str) -> None:
    """Another story of a thread comes."""
    library.by_id[story] = replace(STORIES[-1], id=story, title=fact(f"Story {story}"))
    library.groups = [(id_, name, (*told, story) if id_ == thread else told) for id_, name, told in library.groups]


def new(stage: AtHome) -> dict[str, int]:
    return {thread.id: thread.new for thread in stage.home.state.threads}


async def test_what_is_new_is_told_until_the_reader_leaves_the_thread() -> None:
    library = followed()
    async with at_home(library) as stage:
        assert stage.at == "harbour1"
        assert stage.text.count("1 new") == 2
        await stage.press("j", "m", "escape")
        assert new(stage)["t2"] == 1
        await stage.press("j")
        assert new(stage) == {"t3": 0, "t2": 0, "t1": 1}
        assert "harbour2" in library.seen_in_followed
        assert "ferry3" not in library.seen_in_followed
        assert stage.text.count("1 new") == 1


async def test_a_thread_that_is_only_passed_in_the_list_stays_new() -> None:
    library = followed()
    async with at_home(library) as stage:
        await stage.press("escape", "j")
        await stage.press("k")
        await stage.press("k")
        assert new(stage) == {"t3": 0, "t2": 0, "t1": 1}


async def test_what_came_while_the_thread_lay_open_is_new_when_it_is_left() -> None:
    library = followed()
    async with at_home(library) as stage:
        come(library, "t2", "harbour3")
        stage.home.browser.load()
        await stage.settle()
        assert new(stage)["t2"] == 2
        await stage.press("J")
        stage.home.browser.load()
        await stage.settle()
        assert new(stage)["t2"] == 1
        assert "harbour3" not in library.seen_in_followed


async def test_what_lies_open_when_the_reader_goes_is_seen() -> None:
    library = followed()
    async with at_home(library) as stage:
        await stage.press("l")
    assert library.seen_in_followed == {"ferry1", "ferry2", "harbour1", "harbour2"}


async def test_the_thread_that_is_opened_from_the_list_before_it_came_is_the_one_that_is_seen() -> None:
    library = followed()
    async with at_home(library) as stage:
        await stage.press("escape", "k")
        await stage.press("j", "j", "enter")
        await stage.press("K")
        assert new(stage) == {"t3": 0, "t2": 0, "t1": 0}


async def test_a_refresh_names_the_followed_threads_that_grew() -> None:
    class Growing(FakeLibrary):
        def importer_refresh(self, *given: Any, **named: Any) -> RefreshReport:
            come(self, "t2", "harbour3")
            come(self, "t2", "harbour4")
            come(self, "t3", "bridge2")
            return super().importer_refresh(*given, **named)

    library = Growing()
    library.corrections.follow("t2")
    async with at_home(library, (160, 45)) as stage:
        await stage.press("R")
        assert "2 new in Harbour dredging" in stage.hints
        assert "New bridge" not in stage.hints
        assert stage.text.count("2 new") == 2


def test_only_followed_threads_grow_and_those_followed_meanwhile_do_not() -> None:
    larger = replace(FERRY, stories=(*FERRY.stories, "ferry4"), followed=True)
    assert grown([larger], FERRY.stories) == [("Island ferry", 1)]
    assert grown([replace(larger, followed=False)], FERRY.stories) == []
    assert grown([larger], ["harbour1"]) == []
    assert grown([replace(FERRY, followed=True)], FERRY.stories) == []


@pytest.mark.parametrize(
    ("threads", "said"),
    [
        ([], "2 feeds refreshed, 3 new"),
        ([("Ferry", 2)], "2 feeds refreshed, 3 new · 2 new in Ferry"),
        ([("A", 2), ("B", 1), ("C", 1), ("D", 1)], "2 feeds refreshed, 3 new · 2 new in A, 1 new in B, 2 more"),
    ],
)
def test_what_grew_in_words(threads: list[tuple[str, int]], said: str) -> None:
    assert "".join(refreshed(RefreshReport(2, 3, 0, ()), threads)) == said


def test_what_grew_is_told_before_what_failed() -> None:
    told = refreshed(RefreshReport(2, 3, 0, (SourceFailure("x", "did not answer"),)), [("Ferry", 3)])
    assert "".join(told) == "2 feeds refreshed, 3 new · 3 new in Ferry · 1 feed failed · F shows why"
