from __future__ import annotations

import pytest

from tests.support.example_library import ExampleLibrary
from tests.support.flags import set_flag
from tests.support.main_screen import AtHome, at_home


async def search(stage: AtHome, query: str) -> None:
    await stage.press("slash")
    await stage.type(query)
    await stage.press("enter")


async def test_a_search_opens_the_story_at_its_hit_with_all_hits_marked() -> None:
    async with at_home() as stage:
        await search(stage, "fishermen")
        assert stage.app.screen is stage.home
        assert stage.home.state.search is not None
        assert "n match 1 of" in stage.hints
        roles = {role for column in stage.home.columns.columns for line in column.lines for _, role in line.text}
        assert {"hit", "here"} <= roles
        column = stage.home.columns.current
        shown = [text for line in column.lines[column.top : column.top + column.room] for text, role in line.text if role == "here"]
        assert shown == ["Fishermen"]


async def test_n_walks_through_the_hits_and_on_into_the_next_story_found() -> None:
    async with at_home() as stage:
        await search(stage, "fishermen")
        first, found = stage.at, len(stage.home.state.search.of(stage.at))
        assert found > 1
        for number in range(2, found + 1):
            await stage.press("n")
            assert f"n match {number} of {found}" in stage.hints
            assert stage.at == first
        await stage.press("n")
        assert stage.at != first
        assert "n match 1 of" in stage.hints
        await stage.press("N")
        assert stage.at == first
        assert f"n match {found} of {found}" in stage.hints


async def test_moving_to_another_story_keeps_the_hits_and_escape_ends_the_search() -> None:
    async with at_home(size=(100, 30)) as stage:
        await search(stage, "harbour")
        await stage.press("J")
        assert stage.home.state.search is not None
        await stage.press("escape")
        assert stage.home.state.search is None
        assert stage.home.state.pane == "list"
        roles = {role for column in stage.home.columns.columns for line in column.lines for _, role in line.text}
        assert not {"hit", "here"} & roles
        before = stage.at
        await stage.press("n")
        assert stage.at != before


async def test_the_query_stands_there_again() -> None:
    async with at_home() as stage:
        await search(stage, "harbour")
        await stage.press("slash")
        assert "/ harbour" in stage.lines[0]


async def test_a_search_left_changes_nothing() -> None:
    async with at_home() as stage:
        before = stage.text
        await stage.press("slash")
        await stage.type("ferry")
        await stage.press("escape")
        assert stage.text == before
        assert stage.home.state.search is None


@pytest.mark.parametrize("key", ["n", "N"])
async def test_one_story_with_one_hit_stays(key: str) -> None:
    async with at_home() as stage:
        await search(stage, "rails")
        assert stage.at == "councila"
        await stage.press(key)
        assert stage.at == "councila"
        assert "n match 1 of 1" in stage.hints


async def test_nothing_unread() -> None:
    library = ExampleLibrary()
    set_flag(library, "read", [id for thread in library.threads.all() for id in thread.stories], True)
    async with at_home(library) as stage:
        assert stage.at == "harboura"
        await stage.press("n")
        assert stage.hints == "No unread stories here"
        set_flag(library, "read", ["ferryxxb"], False)


async def test_space_first_finishes_the_thread() -> None:
    async with at_home(size=(200, 50)) as stage:
        await stage.press("J", "l", "l")
        assert stage.at == "ferryxxc"
        await stage.press("space")
        assert stage.at == "ferryxxa"
        assert stage.library.read == {"councila", "ferryxxc"}


async def test_hits_are_walked_in_the_order_of_the_results_across_threads_and_round() -> None:
    async with at_home(size=(120, 30)) as stage:
        await search(stage, "harbour")
        assert stage.at == "harboura"
        assert "story 1 of 2" in stage.hints
        while stage.at == "harboura":
            await stage.press("n")
        assert stage.at == "councila"
        assert stage.home.state.reading.thread.id == "t3"
        assert "story 2 of 2" in stage.hints
        while stage.at == "councila":
            await stage.press("n")
        assert stage.at == "harboura"
        assert stage.hints == "Wrapped to the first result"
