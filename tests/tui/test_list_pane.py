"""The list pane: its places, rows and keys, on a real library."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest

from reader.library import Library
from reader.models import LastPlace, SavedSearch, StoryHeader, Thread
from reader.tui.controllers.list_pane import row_id
from reader.tui.state.place_list import MoreStories, SectionHeading
from tests.support.feed_stories import SEA, harbor_library
from tests.support.flags import set_flag
from tests.support.main_screen import AtHome, at_home

at_list = partial(at_home, start="list")


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    made = harbor_library(tmp_path)
    yield made
    made.close()


def titles(stage: AtHome) -> list[str]:
    """The rows of the list in words, as far as they are loaded."""
    listed = stage.home.state.listed
    return [named(listed.row(index)) for index in range(len(listed))]


def named(row: object) -> str:
    if isinstance(row, Thread):
        return row.id
    if isinstance(row, StoryHeader):
        return row.title.removeprefix("About ")
    if isinstance(row, SectionHeading):
        return f"[{row.place.name}]"
    return "more" if isinstance(row, MoreStories) else "?"


def here(stage: AtHome) -> tuple[str, int, str]:
    """The place, the first row in sight, and the row under the cursor."""
    return stage.home.list_pane.view.place.kind, stage.home.list_view.top, named(stage.home.list_pane.row)


async def test_the_front_page_has_threads_then_single_stories_by_folder(library: Library) -> None:
    async with at_list(library) as stage:
        assert titles(stage) == [
            *["t1", "t0", "[Daily]", "dock", "pier", "[Water]", "gull", "[]"],
            *[f"note{number:02}" for number in range(39, 24, -1)],
            "more",
        ]


async def test_keys_start_in_the_list_and_pass_over_headings(library: Library) -> None:
    async with at_list(library) as stage:
        assert stage.home.state.pane == "list"
        await stage.press("j", "j")
        assert here(stage)[2] == "dock"
        await stage.press("k")
        assert here(stage)[2] == "t0"


async def test_enter_opens_a_thread_in_the_whole_width_and_escape_leads_back_to_its_row(library: Library) -> None:
    async with at_list(library, (120, 40)) as stage:
        await stage.press("j")
        before = stage.text
        await stage.press("enter")
        assert (stage.home.state.pane, stage.home.list_view.display) == ("columns", False)
        assert stage.home.state.columns_width == 120
        await stage.press("escape")
        assert stage.text == before


async def test_a_jump_by_search_leads_back_to_row_and_scroll_with_one_key(library: Library) -> None:
    async with at_list(library, (80, 24)) as stage:
        await stage.press("E", *["j"] * 30)
        before, text = here(stage), stage.text
        await stage.press("slash")
        await stage.type("ferry")
        await stage.press("enter")
        assert stage.home.state.reading
        assert stage.home.state.reading.head.title == "About ferry"
        await stage.press("escape")
        assert here(stage) == before
        assert stage.text == text


async def test_starred_stories_are_one_key_away(library: Library) -> None:
    async with at_list(library) as stage:
        await stage.press("j", "j", "s", "asterisk")
        assert titles(stage) == ["dock"]
        await stage.press("escape")
        assert here(stage) == ("front", 0, "dock")


async def test_a_feed_opens_as_rows_newest_first(library: Library) -> None:
    async with at_list(library) as stage:
        await stage.press("p")
        menu = stage.home.state.menu
        assert menu is not None
        await stage.press(*["j"] * next(number for number, place in enumerate(menu) if place.key == SEA), "enter")
        assert stage.home.state.menu is None
        assert titles(stage) == ["dock", "pier", "storm", "ferry"]
        assert stage.home.state.reading
        assert stage.home.state.reading.head.title == "About dock"


async def test_a_feed_of_the_feeds_screen_opens_as_rows(library: Library) -> None:
    async with at_list(library) as stage:
        await stage.press("F", "G", "enter")
        assert titles(stage) == ["dock", "pier", "storm", "ferry"]
        await stage.press("escape")
        assert here(stage)[0] == "front"


async def test_more_opens_the_folder_and_back_returns_to_it(library: Library) -> None:
    async with at_list(library) as stage:
        await stage.press("G")
        before = here(stage)
        assert before[2] == "more"
        await stage.press("enter")
        assert len(titles(stage)) == 40
        await stage.press("j", "escape")
        assert here(stage) == before
        await stage.press("enter")
        assert here(stage)[2] == "note38"


async def test_typing_filters_by_title_and_outlet(library: Library) -> None:
    async with at_list(library) as stage:
        await stage.press("E", "j", "L")
        await stage.type("sea pier")
        assert titles(stage) == ["pier"]
        await stage.press("enter")
        assert stage.home.list_pane.view.text == "sea pier"
        await stage.press("escape")
        assert len(titles(stage)) == 47
        assert stage.home.list_view.cursor == 1


async def test_typing_filters_places_and_the_only_one_left_is_opened(library: Library) -> None:
    async with at_list(library) as stage:
        await stage.press("p", "L")
        await stage.type("st")
        assert [place.kind for place in stage.home.state.menu or ()] == ["all", "starred", "feed"]
        await stage.press("escape")
        everything = list(stage.home.state.menu or ())
        assert len(everything) > 5
        await stage.press("L")
        await stage.type("starred")
        await stage.press("enter")
        assert here(stage)[0] == "starred"


async def test_a_filter_that_is_canceled_restores_the_list(library: Library) -> None:
    async with at_list(library) as stage:
        await stage.press("j")
        before = stage.text
        await stage.press("L")
        await stage.type("note3")
        assert len(titles(stage)) == 10
        await stage.press("escape")
        assert stage.text == before


async def test_read_rows_are_hidden_and_shown(library: Library) -> None:
    async with at_list(library) as stage:
        await stage.press("m", "j", "j", "m", "r")
        assert titles(stage)[:3] == ["t0", "[Daily]", "pier"]
        await stage.press("r")
        assert titles(stage)[:4] == ["t1", "t0", "[Daily]", "dock"]


async def test_m_marks_the_row_and_is_undone(library: Library) -> None:
    async with at_list(library) as stage:
        unread = library.stories.unread()
        await stage.press("m")
        assert (library.stories.unread(), stage.home.list_view.cursor) == (unread - 2, 0)
        await stage.press("u")
        assert library.stories.unread() == unread
        await stage.press("j", "j", "m")
        assert library.stories.unread() == unread - 1
        await stage.press("m")
        assert library.stories.unread() == unread


async def test_the_undo_of_a_thread_leaves_what_was_read_before(library: Library) -> None:
    async with at_list(library) as stage:
        first = library.threads.headers("t1")[0].id
        set_flag(library, "read", [first], True)
        stage.home.list_pane.load(lambda: stage.home.browser.open_selected(again=True))
        await stage.settle()
        await stage.press("m", "u")
        assert [head.read for head in library.threads.headers("t1")] == [True, False]


async def test_muting_leaves_the_cursor_on_its_row(library: Library) -> None:
    async with at_list(library) as stage:
        assert here(stage)[2] == "t1"
        await stage.press("C", "m")
        assert stage.home.list_view.cursor == 0
        assert titles(stage)[:2] == ["t0", "t1"]
        assert stage.home.state.reading
        assert stage.home.state.reading.thread.id == "t0"


async def test_n_runs_through_the_place(library: Library) -> None:
    async with at_list(library) as stage:
        await stage.press("p", "j", "j", "j", "j", "enter")
        seen = [here(stage)[2]]
        for _ in range(4):
            await stage.press("n")
            seen.append(here(stage)[2])
        assert seen == ["dock", "pier", "storm", "ferry", "dock"]


async def test_n_goes_through_the_stories_of_a_thread_while_it_is_read(library: Library) -> None:
    async with at_home(library) as stage:
        await stage.press("n")
        assert stage.home.state.reading
        assert (here(stage)[2], stage.home.state.reading.at) == ("t1", 1)
        await stage.press("n")
        assert (here(stage)[2], stage.home.state.reading.at) == ("t0", 0)


async def test_the_reader_reopens_where_it_was_left(library: Library) -> None:
    async with at_list(library, (80, 24)) as stage:
        await stage.press("E", *["j"] * 30)
        before = here(stage)
        text = stage.text
    async with at_list(library, (80, 24)) as stage:
        assert here(stage) == before
        assert stage.text == text


async def test_a_feed_has_its_name_when_the_reader_reopens(library: Library) -> None:
    library.places.remember(LastPlace(kind="feed", key=SEA, folder="Daily"))
    async with at_list(library) as stage:
        assert "Sea" in stage.lines[0]
        await stage.press("escape")
        assert here(stage)[0] == "front"


async def test_what_came_since_the_last_visit_is_new(library: Library) -> None:
    async with at_list(library) as stage:
        assert library.places.last_visit() is None
        assert stage.home.state.listed.unread == 47
    assert library.places._visit()[1] is not None


async def test_the_newest_first_with_a_key(library: Library) -> None:
    async with at_list(library) as stage:
        await stage.press("O")
        assert stage.home.list_pane.view.newest
        assert "newest first" in stage.lines[0]
        await stage.press("O")
        assert not stage.home.list_pane.view.newest


async def test_density_is_cycled_and_saved(library: Library) -> None:
    async with at_list(library) as stage:
        heights = []
        for _ in range(3):
            heights.append(len(stage.home.list_view.rows.lines(0, 60, False, False)))
            await stage.press("d")
        assert heights == [2, 3, 1]
        assert stage.app.settings.density == "normal"
        await stage.press("d")
        assert "density: roomy" in stage.app.places.settings.read_text(encoding="utf-8")


async def test_the_list_is_resized_and_its_width_saved(library: Library) -> None:
    async with at_list(library, (120, 40)) as stage:
        assert stage.home.list_view.size.width == 62
        await stage.press("greater_than_sign")
        assert stage.home.list_view.size.width == 66
        await stage.press("less_than_sign", "less_than_sign")
        assert stage.home.list_view.size.width == 58
        assert stage.app.settings.list_width == 58


async def test_a_saved_search_opens_as_rows(library: Library) -> None:
    library.saved_searches.save(SavedSearch("Notes", "note03 OR note07"))
    async with at_list(library) as stage:
        await stage.press("p", "G")
        assert "Notes" in stage.text
        assert (stage.home.state.menu or ())[-1].unread == 2
        await stage.press("enter")
        assert titles(stage) == ["note07", "note03"]
        assert "Notes" in stage.lines[0]


async def test_rows_far_below_are_loaded_when_they_come_in_sight(library: Library) -> None:
    async with at_list(library) as stage:
        await stage.press("E", "G")
        assert here(stage)[2] in ("ferry", "strike", "note00")
        assert row_id(stage.home.list_pane.row)
