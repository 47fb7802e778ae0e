from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pytest
from textual import events

from reader.models import Snippet
from reader.presentation.search_results import FacetRow
from reader.tui.screens.search import SearchScreen, SearchSelection
from reader.tui.widgets.search_rows import summary
from reader.tui.widgets.search_widgets import StoryPreview
from reader.tui.widgets.virtual_list import VirtualList
from tests.support.example_library import ExampleLibrary, Gate, held, stub
from tests.support.stage import Stage, compare, on_stage

HINTS = " ↓ ↑ result   Enter open at match   Tab counts   Esc back"


def slow() -> tuple[ExampleLibrary, Gate, list[str]]:
    """A library that answers once the gate is open, and the queries that it got."""
    library, queries = ExampleLibrary(), []

    def asked(query: str, *_: Any, **__: Any) -> bool:
        queries.append(query)
        return True

    return library, held(library.search, "run", asked), queries


def searching(library: ExampleLibrary | None = None, size: tuple[int, int] = (80, 24), query: str = ""):  # type: ignore[no-untyped-def]
    library = library or ExampleLibrary()
    return on_stage(SearchScreen(library, query), library, size)


async def rest(stage: Stage) -> None:
    """The hand rests: what waits for that is there."""
    stage.screen.load_details()
    await stage.settle()


def marked(stage: Stage) -> str | None:
    finding = stage.screen.selected
    return finding.match.head.id if finding else None


@pytest.mark.parametrize("size", [(60, 24), (80, 24), (100, 24), (120, 40), (160, 40), (200, 50)])
async def test_as_it_looks(size: tuple[int, int]) -> None:
    async with searching(size=size) as stage:
        await stage.type("day")
        await rest(stage)
        compare(f"search-{size[0]}x{size[1]}", stage.text)


@pytest.mark.parametrize("size", [(40, 12), (80, 24), (200, 50)])
async def test_it_fits_every_screen(size: tuple[int, int]) -> None:
    async with searching(size=size) as stage:
        await stage.type("day")
        assert stage.lines[0].startswith(" / day▏")
        assert stage.lines[-1].startswith(" ↓ ↑ result")
        assert all(len(line) <= size[0] for line in stage.lines)
        assert any(line.startswith("▌ ● ") for line in stage.lines)


@pytest.mark.parametrize("size", [(60, 24), (80, 24), (120, 40)])
async def test_as_it_looks_while_nothing_is_typed(size: tuple[int, int]) -> None:
    async with searching(size=size) as stage:
        compare(f"search-empty-{size[0]}x{size[1]}", stage.text)


async def test_every_letter_searches() -> None:
    async with searching() as stage:
        await stage.type("fer")
        assert "stories in" in stage.lines[0]
        await stage.type("ryy")
        assert stage.lines[0].endswith("no stories")
        await stage.press("backspace")
        assert stage.lines[0].endswith("best first")


async def test_no_key_is_lost_while_the_screen_opens() -> None:
    library = ExampleLibrary()
    async with on_stage(SearchScreen(library), library) as stage:
        await stage.press("escape")
        stage.app.push_screen(SearchScreen(library), stage.results.append)
        for letter in "harbour":
            stage.app.post_message(events.Key(letter, letter))
        await stage.settle()
        await stage.settle()
        assert stage.lines[0].startswith(" / harbour▏")
        assert stage.lines[0].endswith("2 stories in 2 threads, best first")


async def test_an_answer_that_comes_too_late_is_dropped() -> None:
    library, gate, queries = slow()
    async with searching(library) as stage:
        await stage.pilot.press(*"ferry")
        assert queries == ["f"]
        assert stage.lines[0] == " / ferry▏"
        gate.open()
        await stage.settle()
        await stage.settle()
        assert queries == ["f", "ferry"]
        assert stage.screen.search.results.typed == "ferry"


async def test_enter_waits_for_the_answer() -> None:
    library, gate, _ = slow()
    async with searching(library) as stage:
        await stage.pilot.press(*"bridge", "enter")
        assert stage.results == []
        gate.open()
        await stage.settle()
        await stage.settle()
        assert stage.results == [SearchSelection("councila", "bridge", ("councila",))]


async def test_enter_opens_the_marked_story() -> None:
    async with searching() as stage:
        await stage.type("harbour")
        assert marked(stage) == "harboura"
        await stage.press("down")
        assert marked(stage) == "councila"
        await stage.press("up", "enter")
        assert stage.results == [SearchSelection("harboura", "harbour", ("harboura", "councila"))]


async def test_an_unfinished_word_is_handed_on_as_it_found() -> None:
    async with searching() as stage:
        await stage.type("brid")
        await stage.press("enter")
        assert stage.results[0].query == "brid*"


async def test_enter_on_nothing_stays() -> None:
    async with searching() as stage:
        await stage.press("enter")
        await stage.type("zebra")
        await stage.press("enter")
        assert stage.results == []


async def test_escape_goes_back_with_nothing() -> None:
    async with searching() as stage:
        await stage.type("harbour")
        await stage.press("escape")
        assert stage.results == [None]


async def test_a_query_given_is_searched_at_once() -> None:
    async with searching(query="bridge") as stage:
        assert stage.lines[0].startswith(" / bridge▏")
        assert marked(stage) == "councila"


async def test_what_can_be_typed_is_told_while_nothing_is() -> None:
    async with searching() as stage:
        assert any("withdraw*" in line and "words that start with this" in line for line in stage.lines)
        await stage.type("harbour")
        assert "withdraw*" not in stage.text
        await stage.press("ctrl+u")
        assert "withdraw*" in stage.text
        assert stage.lines[0] == " / ▏"


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_counts_narrow_the_query_visibly(size: tuple[int, int]) -> None:
    async with searching(size=size) as stage:
        await stage.type("harbour")
        await stage.press("tab")
        assert "By outlet" in stage.text
        assert any("▌ Coast Courier" in line for line in stage.lines)
        assert stage.lines[-1].startswith(" ↓ ↑ facet   Enter narrow   Tab results   Esc back")
        await stage.press("down", "enter")
        assert stage.lines[0].startswith(' / harbour outlet:"townhall.example"▏')


def test_in_one_line_too_it_is_said_what_is_not_stated() -> None:
    line = "".join(text for text, _ in summary([FacetRow("month", "Dec 2018", 2), FacetRow("outlet", "outlet not stated", 1)], 60))
    assert line == "  Dec 2018: 2 · outlet not stated: 1"


async def test_a_month_narrows_too() -> None:
    async with searching() as stage:
        await stage.type("harbour")
        await stage.press("tab", "down", "down", "enter")
        assert stage.screen.editor.text == "harbour date:2020-01"


async def test_a_count_by_thread_leads_to_its_best_story() -> None:
    async with searching(size=(120, 40)) as stage:
        await stage.type("harbour")
        await stage.press("tab", "down", "down", "down", "down", "down")
        assert any("▌ New bridge" in line for line in stage.lines)
        await stage.press("enter")
        assert stage.screen.editor.text == "harbour"
        assert marked(stage) == "councila"
        assert stage.lines[-1].startswith(HINTS.removesuffix("Esc back"))


async def test_from_the_counts_letters_go_back_to_the_query() -> None:
    async with searching() as stage:
        await stage.type("harbour")
        await stage.press("tab", "s")
        assert stage.lines[0].startswith(" / harbours▏")
        await stage.press("backspace", "tab", "escape")
        assert stage.results == []
        assert stage.lines[-1] == HINTS


async def test_without_the_keys_no_count_is_marked() -> None:
    async with searching(size=(120, 40)) as stage:
        await stage.type("harbour")
        assert not any("│▌" in line for line in stage.lines)
        await stage.press("tab")
        assert any("│▌" in line for line in stage.lines)


async def test_nothing_found_says_what_to_do() -> None:
    async with searching() as stage:
        await stage.type("harbuor")
        compare("search-none-80x24", stage.text)
        await stage.press("tab")
        assert stage.lines[0].startswith(" / harbour▏")
        assert marked(stage) == "harboura"


async def test_a_bad_query_is_shown_under_its_place_and_the_last_results_stay() -> None:
    async with searching() as stage:
        await stage.type("harbour date:x")
        assert stage.lines[0] == " / harbour date:x▏"
        assert stage.lines[2] == " " * len(" / harbour date:") + "^"
        assert stage.lines[3].startswith("    “x” is not a date")
        assert any("Harbour dredging" in line for line in stage.lines)
        await stage.press("enter")
        assert stage.results == []
        await stage.press(*["backspace"] * len(" date:x"))
        assert "^" not in stage.text
        assert stage.lines[0].endswith("2 stories in 2 threads, best first")


async def test_what_is_pasted_goes_into_the_query() -> None:
    async with searching() as stage:
        stage.screen.post_message(events.Paste("harbour\nbasin\x1b[2J"))
        await stage.settle()
        assert stage.screen.editor.text == "harbour basin[2J"


@pytest.mark.parametrize("size", [(40, 12), (80, 24), (160, 40)])
async def test_hostile_text_is_shown_literally(size: tuple[int, int]) -> None:
    async with searching(ExampleLibrary(hostile=True), size) as stage:
        await stage.type("touch")
        assert "[/b] [@click" in stage.text
        assert not any(sign in stage.text for sign in "\x1b\x07\x9b")
        await stage.press("tab")
        assert "[/b] [@click" in stage.text


async def test_the_marked_story_is_looked_into_at_its_first_hit() -> None:
    async with searching(size=(160, 24)) as stage:
        await stage.type("7")
        await rest(stage)
        preview = stage.screen.query_one(StoryPreview)
        first = preview.story
        assert first == marked(stage)
        assert any("point 7 of" in line[86:] for line in stage.lines)
        await stage.press("down")
        assert preview.story == marked(stage) != first
        await stage.press("ctrl+u")
        assert preview.story is None


async def test_the_story_looked_into_stays_until_the_hand_rests() -> None:
    async with searching(size=(160, 24)) as stage:
        await stage.type("7")
        await rest(stage)
        preview = stage.screen.query_one(StoryPreview)
        first = preview.story
        stage.screen.load_details = lambda: None
        stage.screen.replace_query("bridge")
        await stage.settle()
        assert marked(stage) != first
        assert preview.story == first
        del stage.screen.load_details
        await rest(stage)
        assert preview.story == marked(stage)


async def test_what_can_be_typed_stands_until_something_is_found() -> None:
    library, gate, _ = slow()
    async with searching(library, size=(120, 40)) as stage:
        before = stage.lines[2:-1]
        await stage.pilot.press("7")
        await stage.pilot.pause()
        assert stage.lines[0].startswith(" / 7")
        assert stage.lines[2:-1] == before
        gate.open()
        await stage.settle()
        assert stage.lines[2:-1] != before


async def test_texts_out_of_sight_come_when_the_hand_rests() -> None:
    library, loaded = ExampleLibrary(many=80), []
    plain = library.search.snippets

    def snippets(query: str, stories: Iterable[str]) -> dict[str, Snippet]:
        asked = list(stories)
        loaded.extend(asked)
        return plain(query, asked)

    stub(library.search, snippets=snippets)
    async with searching(library) as stage:
        stage.screen.load_details = lambda: None
        stage.screen.replace_query("notice")
        await stage.settle()
        shown = stage.screen.search.results
        assert loaded == [*shown.stories[: stage.screen.visible_results]]
        assert stage.screen.visible_results < shown.shown
        del stage.screen.load_details
        await rest(stage)
        assert loaded == [*shown.stories]


async def test_results_have_more_text_on_a_tall_screen() -> None:
    async with searching(size=(80, 24)) as stage:
        await stage.type("halcyon")
        low = len(stage.screen.result_list.rows.lines(1, 60, False, True))
        await stage.pilot.resize_terminal(80, 40)
        await stage.settle()
        assert len(stage.screen.result_list.rows.lines(1, 60, False, True)) == low + 1


async def test_pages_of_results() -> None:
    async with searching(ExampleLibrary(many=30)) as stage:
        await stage.type("notice")
        first = marked(stage)
        assert any("↓" in line and "more" in line for line in stage.lines[2:-1])
        await stage.press("pagedown")
        assert marked(stage) != first
        await stage.press("pageup")
        assert marked(stage) == first


async def test_the_mouse_chooses_opens_and_narrows() -> None:
    async with searching(size=(120, 40)) as stage:
        await stage.type("harbour")
        row = next(number for number, line in enumerate(stage.lines) if "Council Votes" in line)
        await stage.pilot.click(offset=(10, row))
        await stage.settle()
        assert marked(stage) == "councila"
        row = next(number for number, line in enumerate(stage.lines) if "│  townhall.example" in line)
        await stage.pilot.click(offset=(100, row))
        await stage.settle()
        assert stage.screen.editor.text == 'harbour outlet:"townhall.example"'
        await stage.press("ctrl+u", *"bridge")
        row = next(number for number, line in enumerate(stage.lines) if "Council Votes" in line)
        await stage.pilot.double_click(offset=(10, row))
        await stage.settle()
        assert stage.results == [SearchSelection("councila", "bridge", ("councila",))]


async def test_a_click_on_a_hint_does_what_it_says() -> None:
    async with searching() as stage:
        await stage.type("harbour")
        await stage.pilot.click(offset=(stage.lines[-1].index("Tab") + 1, 23))
        await stage.settle()
        assert stage.screen.on_facets
        assert stage.screen.query_one("#facets", VirtualList).active


async def test_escape_and_a_letter_in_one_packet_leave_the_search_and_type_nothing() -> None:
    async with searching() as stage:
        await stage.type("fer")
        stage.app.post_message(events.Key("alt+shift+x", "X"))
        await stage.pilot.pause(0.2)
        await stage.settle()
        assert not isinstance(stage.app.screen, SearchScreen)
        assert stage.screen.editor.text == "fer"
