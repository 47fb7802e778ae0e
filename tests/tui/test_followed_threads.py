"""What is new in threads that are followed: kept until the reader was there and has left, and told after a refresh."""

from __future__ import annotations

from typing import Any

import pytest
from msgspec.structs import replace

from reader.models import RefreshReport, SourceFailure, Thread
from reader.tui.state.job_progress import grown, refreshed
from tests.support.example_library import ExampleLibrary, shared_library, stub
from tests.support.example_stories import STORIES, fact
from tests.support.main_screen import AtHome, at_home


def ferry() -> Thread:
    return shared_library().threads.all()[2]


def followed() -> ExampleLibrary:
    """The ferry and the harbour are followed; a story of each is new."""
    library = ExampleLibrary()
    library.corrections.follow("t1")
    library.corrections.follow("t2")
    library.make_new("ferryxxc", "harbourb")
    return library


def come(library: ExampleLibrary, thread: str, story: str) -> None:
    """Another story of a thread comes."""
    grown = library.threads.get(thread)
    assert grown
    library.put(replace(STORIES[-1], id=story, address=f"/{story}", title=fact(f"Story {story}")))
    library.place(thread, grown.automatic, (*grown.stories, story))


def new(stage: AtHome) -> dict[str, int]:
    return {row.id: row.new for row in stage.rows if isinstance(row, Thread)}


async def test_what_is_new_is_told_until_the_reader_leaves_the_thread() -> None:
    library = followed()
    async with at_home(library, start="list") as stage:
        assert stage.at == "harboura"
        assert new(stage) == {"t2": 1, "t1": 1}
        await stage.press("enter", "j", "m", "escape")
        assert new(stage)["t2"] == 1
        await stage.press("j")
        assert new(stage) == {"t2": 0, "t1": 1}
        assert "harbourb" in library.seen_in_followed
        assert "ferryxxc" not in library.seen_in_followed


async def test_a_thread_that_is_only_passed_in_the_list_stays_new() -> None:
    library = followed()
    async with at_home(library, start="list") as stage:
        await stage.press("j")
        await stage.press("k")
        assert new(stage) == {"t2": 1, "t1": 1}


async def test_what_came_while_the_thread_lay_open_is_new_when_it_is_left() -> None:
    library = followed()
    async with at_home(library) as stage:
        come(library, "t2", "harbourc")
        stage.home.list_pane.load()
        await stage.settle()
        assert new(stage)["t2"] == 2
        await stage.press("J")
        stage.home.list_pane.load()
        await stage.settle()
        assert new(stage)["t2"] == 1
        assert "harbourc" not in library.seen_in_followed


async def test_what_lies_open_when_the_reader_goes_is_seen() -> None:
    library = followed()
    async with at_home(library) as stage:
        await stage.press("l")
    assert library.seen_in_followed == {"ferryxxa", "ferryxxb", "harboura", "harbourb"}


async def test_the_thread_that_is_opened_from_the_list_before_it_came_is_the_one_that_is_seen() -> None:
    library = followed()
    async with at_home(library, start="list") as stage:
        await stage.press("j", "enter")
        await stage.press("K", "J")
        assert new(stage) == {"t2": 0, "t1": 0}


async def test_a_refresh_names_the_followed_threads_that_grew() -> None:
    library = ExampleLibrary()
    library.corrections.follow("t2")
    plain = library.jobs.refresh

    def growing(*given: Any, **named: Any) -> RefreshReport:
        come(library, "t2", "harbourc")
        come(library, "t2", "harbourd")
        come(library, "t3", "councilb")
        return plain(*given, **named)

    stub(library.jobs, refresh=growing)
    async with at_home(library, (160, 45)) as stage:
        await stage.press("escape", "R")
        assert "2 new in Harbour dredging" in stage.hints
        assert "New bridge" not in stage.hints
        assert stage.text.count("2 new") == 2


def test_only_followed_threads_grow_and_those_followed_meanwhile_do_not() -> None:
    larger = replace(ferry(), stories=(*ferry().stories, "ferryxxd"), followed=True)
    assert grown([larger], ferry().stories) == [("Island ferry", 1)]
    assert grown([replace(larger, followed=False)], ferry().stories) == []
    assert grown([larger], ["harboura"]) == []
    assert grown([replace(ferry(), followed=True)], ferry().stories) == []


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
