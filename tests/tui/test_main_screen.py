from __future__ import annotations

import asyncio
from operator import attrgetter
from pathlib import Path

import pytest

from reader.settings import Settings
from reader.tui.commands.command import Context
from reader.tui.commands.registry import commands
from reader.tui.controllers.thread_browser import RELATED_AFTER
from tests.support.example_library import ExampleLibrary, held
from tests.support.example_stories import HOSTILE
from tests.support.main_screen import AtHome, at_home
from tests.support.sample_library import SEEDS, sample_library
from tests.support.stage import compare

SIZES = [(40, 12), (60, 24), (72, 20), (80, 24), (100, 30), (160, 45), (200, 50)]


@pytest.mark.parametrize(
    ("name", "keys"),
    [
        ("story", ""),
        ("list", "escape"),
        ("made", "J l"),
        ("related", "l l"),
        ("full", "z"),
        ("folded", "backslash"),
        ("left-out", "J v"),
    ],
)
async def test_as_it_looks(name: str, keys: str) -> None:
    async with at_home() as stage:
        stage.home.browser.load_related()  # not left to a timer
        await stage.settle()
        await stage.press(*keys.split())
        for size in [(60, 24), (100, 30), (160, 45)]:
            await stage.turn(*size)
            compare(f"home-{name}-{size[0]}x{size[1]}", stage.text)


async def test_few_rows() -> None:
    async with at_home(size=(40, 12)) as stage:
        compare("home-story-40x12", stage.text)


@pytest.mark.parametrize("keys", ["", "escape", "z", "l", "backslash"])
async def test_no_line_is_wider_than_the_screen_and_the_hints_end_with_the_keys(keys: str) -> None:
    async with at_home() as stage:
        await stage.press(*keys.split())
        for size in SIZES:
            await stage.turn(*size)
            assert len(stage.lines) == size[1]
            assert all(
                sum(segment.cell_length for segment in strip) == size[0] for strip in stage.app.screen._compositor.render_strips()
            )
            assert "? keys" in stage.hints or "q back" in stage.hints


# opening


async def test_it_opens_in_the_list_with_the_first_thread_beside_it() -> None:
    async with at_home(start="list") as stage:
        assert stage.at == "harboura"
        assert stage.home.state.pane == "list"


async def test_the_samples_stand_side_by_side_under_the_readers_names(tmp_path: Path) -> None:
    library = sample_library(tmp_path, followed=SEEDS / "threads.yaml")
    async with at_home(library, (120, 40), start="list") as stage:
        for name in ("Syria withdrawal", "Mattis exit"):
            assert name in stage.text
        await stage.press("j", "enter")
        text = stage.text
        assert "US Defense Secretary James Mattis" in text
        assert "Kazinform" in text
        assert "first words" in text
        assert "date not stated, about" in text
        await asyncio.sleep(2 * RELATED_AFTER)
        await stage.turn(160, 45)
        assert "related" not in stage.text, "no story is surely related"
    library.close()


# moving


@pytest.mark.parametrize("key", ["j", "down"])
async def test_a_line_down_and_up(key: str) -> None:
    async with at_home(size=(80, 24)) as stage:
        before = stage.text
        await stage.press(key)
        assert stage.home.columns.current.top == 1
        await stage.press("k")
        assert stage.text == before


async def test_pages_and_ends() -> None:
    async with at_home(size=(80, 24)) as stage:
        column = stage.home.columns.current
        await stage.press("space")
        assert column.top in (column.room - 1, column.limit)
        await stage.press("b")
        assert column.top == 0
        await stage.press("ctrl+d")
        assert column.top == column.room // 2
        await stage.press("ctrl+u")
        assert column.top == 0
        await stage.press("G")
        assert column.at_end
        assert "100 %" in stage.hints
        await stage.press("g")
        assert column.top == 0


async def test_in_the_list_the_same_keys_move_among_threads() -> None:
    async with at_home(ExampleLibrary(many=30), start="list") as stage:
        await stage.press("j")
        assert stage.at == "ferryxxa"
        assert stage.home.state.pane == "list"
        await stage.press("G")
        assert stage.at == "manyxxaa"
        await stage.press("g")
        assert stage.at == "harboura"
        await stage.press("pagedown")
        assert stage.home.list_view.cursor > 3
        await stage.press("k")
        assert stage.home.state.pane == "list"


@pytest.mark.usefixtures("loosely_related")
async def test_the_next_story_goes_on_into_related_ones() -> None:
    async with at_home() as stage:
        assert stage.at == "harboura"
        await stage.press("l")
        assert stage.at == "harbourb"
        await stage.press("l")
        assert stage.at in ("ferryxxa", "ferryxxb", "ferryxxc", "councila")
        assert "related, from" in stage.text
        assert "related 1 of 4" in stage.hints
        await stage.press("h", "h", "h")
        assert stage.at == "harboura"
        assert "first story" in stage.hints


@pytest.mark.usefixtures("loosely_related")
async def test_the_next_story_is_waited_for_where_related_ones_are_slow_to_come(monkeypatch: pytest.MonkeyPatch) -> None:
    library = ExampleLibrary()
    gate = held(library.stories, "related")
    monkeypatch.setattr("reader.tui.controllers.thread_browser.RELATED_AFTER", 60)
    async with at_home(library) as stage:
        monkeypatch.setattr("reader.tui.controllers.thread_browser.RELATED_AFTER", RELATED_AFTER)
        await stage.pilot.press("l", "l")
        assert stage.home.state.reading
        stage.home.browser._load_related_later(stage.home.state.reading)
        await asyncio.sleep(2 * RELATED_AFTER)
        gate.open()
        await stage.settle()
        assert "related 1 of 4" in stage.hints


async def test_digits_go_to_a_story_at_once() -> None:
    async with at_home() as stage:
        await stage.press("J", "3")
        assert stage.at == "ferryxxc"
        await stage.press("1")
        assert stage.at == "ferryxxa"
        await stage.press("9")
        assert stage.at == "ferryxxa"
        assert "No story 9" in stage.hints


async def test_threads_from_within_a_story() -> None:
    async with at_home() as stage:
        await stage.press("J")
        assert (stage.at, stage.home.state.pane) == ("ferryxxa", "columns")
        await stage.press("J", "J")
        assert stage.at == "councila"
        assert "last row" in stage.hints
        await stage.press("K", "K")
        assert stage.at == "harboura"


async def test_a_thread_is_found_again_at_the_story_last_read() -> None:
    async with at_home() as stage:
        await stage.press("l", "J", "K")
        assert stage.at == "harbourb"


# reading on


async def test_space_reads_to_the_end_then_opens_the_next_unread_story() -> None:
    async with at_home(size=(80, 24)) as stage:
        seen = [stage.at]
        for _ in range(60):
            await stage.press("space")
            if stage.at != seen[-1]:
                seen.append(stage.at)
        assert seen == ["harboura", "harbourb", "ferryxxa", "ferryxxb", "ferryxxc"]
        assert stage.library.stories.unread() == 0
        assert "No unread stories" in stage.hints


async def test_opening_a_story_marks_nothing() -> None:
    async with at_home(size=(200, 50)) as stage:
        await stage.press("l", "h", "J", "escape", "k", "enter")
        assert stage.library.stories.unread() == 5


async def test_n_goes_to_unread_stories_and_back() -> None:
    async with at_home() as stage:
        visited = []
        for _ in range(5):
            await stage.press("n")
            visited.append(stage.at)
        assert visited == ["harbourb", "ferryxxa", "ferryxxb", "ferryxxc", "harboura"]
        await stage.press("N", "N")
        assert stage.at == "ferryxxb"
        assert stage.library.stories.unread() == 5


# in and out


async def test_enter_leads_in_and_escape_out_to_the_same_place() -> None:
    async with at_home(size=(100, 24)) as stage:
        await stage.press("J", "j")
        before = stage.text
        await stage.press("enter")
        assert stage.home.columns.full
        await stage.press("escape")
        assert stage.text == before
        await stage.press("escape")
        assert stage.home.state.pane == "list"
        await stage.press("escape")
        assert stage.home.state.pane == "list"
        await stage.press("enter")
        assert stage.text == before


async def test_q_goes_outward_and_from_the_list_quits() -> None:
    async with at_home() as stage:
        await stage.press("z", "q")
        assert not stage.home.columns.full
        await stage.press("q")
        assert stage.home.state.pane == "list"
        await stage.press("q")
        assert stage.app.return_value == 0
        assert not stage.app.is_running or stage.app._exit


@pytest.mark.parametrize("key", ["Q", "ctrl+q"])
async def test_quitting_from_anywhere(key: str) -> None:
    async with at_home() as stage:
        await stage.press("z", key)
        assert stage.app._exit


async def test_tab_turns_between_list_and_stories() -> None:
    async with at_home() as stage:
        await stage.press("tab")
        assert stage.home.state.pane == "list"
        await stage.press("tab")
        assert str(stage.home.state.pane) == "columns"


async def test_on_a_narrow_screen_the_list_is_a_screen_of_its_own() -> None:
    async with at_home(size=(60, 24)) as stage:
        assert "Ferry to the Islands" not in stage.text
        await stage.press("tab")
        assert "Ferry to the Islands" in stage.text
        assert "The basin of the harbour" not in stage.text
        await stage.press("j", "enter")
        assert stage.at == "ferryxxa"
        assert "Ferry to the Islands" in stage.text
        await stage.press("backslash")
        assert "Harbour dredging" in stage.text


async def test_the_list_is_kept_beside_the_stories_with_a_key() -> None:
    async with at_home() as stage:
        before = stage.text
        assert (stage.home.list_view.display, stage.home.columns.size.width) == (False, 100)
        await stage.press("backslash")
        assert "Ferry to the" in stage.text
        assert stage.home.columns.size.width == 47
        assert stage.home.state.pane == "columns"
        await stage.press("backslash")
        assert stage.text == before


# how it is shown


async def test_columns_scroll_alone_or_locked_together() -> None:
    async with at_home(size=(100, 24)) as stage:
        await stage.press("j")
        assert [column.top for column in stage.home.columns.columns] == [1, 0]
        await stage.press("equals_sign")
        assert "together" in stage.hints
        await stage.press("j")
        assert [column.top for column in stage.home.columns.columns] == [2, 1]
        await stage.press("equals_sign", "k")
        assert [column.top for column in stage.home.columns.columns] == [1, 1]


async def test_left_out_lines_are_shown_in_place_and_hidden_again() -> None:
    async with at_home(size=(100, 30)) as stage:
        await stage.press("J")
        before = stage.lines[:-1]
        await stage.press("v")
        assert "× left out: a call to share" in stage.text
        assert "Share this story" in stage.text
        assert "1 removed line" in stage.hints
        await stage.press("v")
        assert stage.lines[:-1] == before
        await stage.press("l", "v")
        assert "No lines were removed" in stage.hints


async def test_captions_stand_after_the_body() -> None:
    async with at_home(size=(100, 30)) as stage:
        await stage.press("J", "G")
        assert "Caption  The Halcyon" in stage.text


async def test_paragraphs_can_be_told_apart_by_an_indent() -> None:
    async with at_home(size=(80, 30), settings=Settings(glyphs="unicode", paragraphs="indent")) as stage:
        assert any(line.replace("\u00a0", " ").startswith("      The basin was") for line in stage.lines[6:])


@pytest.mark.parametrize(("before", "after"), [((160, 45), (80, 24)), ((80, 24), (160, 40)), ((100, 30), (60, 24))])
async def test_another_size_keeps_the_paragraph_at_the_top(before: tuple[int, int], after: tuple[int, int]) -> None:
    async with at_home(size=before) as stage:
        await stage.press("J", *["j"] * 8)
        place = stage.home.columns.current.place
        text = stage.text
        await stage.turn(*after)
        column = stage.home.columns.current
        top = next(line for line in column.lines[column.top :] if line.block)
        assert top.block == place.block
        assert top.start <= place.character < top.start + sum(len(piece) for piece, _ in top.text) + 1
        await stage.turn(*before)
        assert stage.text == text


async def test_a_story_alone_keeps_the_place() -> None:
    async with at_home(size=(100, 30)) as stage:
        await stage.press("J", *["j"] * 8)
        text, before = stage.text, stage.home.columns.current
        block = next(line.block for line in before.lines[before.top :] if line.block)
        await stage.press("z")
        column = stage.home.columns.current
        assert next(line.block for line in column.lines[column.top :] if line.block) == block
        await stage.press("z")
        assert stage.text == text


# every key, and the mouse


@pytest.mark.parametrize("context", ["reading", "marking", "correcting"])
async def test_every_command_names_a_method(context: Context) -> None:
    async with at_home() as stage:
        for command in commands(context):
            assert callable(attrgetter(command.run)(stage.home)), command.id


async def test_other_screens_open_and_end_where_they_began() -> None:
    async with at_home() as stage:
        before = stage.text
        for key in ("w", "T", "question_mark", "colon", "ctrl+p", "slash"):
            await stage.press(key)
            assert stage.app.screen is not stage.home
            await stage.press("escape")
            assert stage.app.screen is stage.home
        assert stage.text == before


async def test_a_command_chosen_by_name_is_done() -> None:
    async with at_home() as stage:
        await stage.press("colon")
        await stage.type("star the story")
        await stage.press("enter")
        assert stage.library.starred == set()
        assert "Star removed" in stage.hints


async def test_a_click_takes_the_keys_and_acts() -> None:
    async with at_home(ExampleLibrary(), (100, 30)) as stage:
        await stage.pilot.click(offset=(70, 15))
        await stage.settle()
        assert stage.at == "harbourb"
        await stage.press("escape")
        await stage.pilot.click(offset=(5, 5))
        await stage.settle()
        assert (stage.at, stage.home.state.pane) == ("ferryxxa", "list")


async def test_a_click_on_a_hint_does_it() -> None:
    async with at_home() as stage:
        await stage.pilot.click(offset=(stage.lines[-1].index("? keys"), 29))
        await stage.settle()
        assert stage.app.screen is not stage.home


async def scroll_at(stage: AtHome, x: int, y: int) -> None:
    from textual import events

    widget, region = stage.app.screen.get_widget_at(x, y)
    event = events.MouseScrollDown(widget, x - region.x, y - region.y, 0, 1, 0, False, False, False, screen_x=x, screen_y=y)
    widget.post_message(event)
    await stage.settle()


async def test_the_wheel_scrolls_what_is_under_it_and_takes_no_focus() -> None:
    async with at_home(ExampleLibrary(many=20), (100, 24)) as stage:
        await scroll_at(stage, 70, 15)
        assert [column.top for column in stage.home.columns.columns] == [0, 3]
        assert stage.home.columns.at == 0
        await stage.press("backslash")
        await scroll_at(stage, 5, 5)
        assert stage.home.list_view.top == 1
        assert (stage.home.list_view.cursor, stage.home.state.pane) == (0, "columns")


# hostile text


@pytest.mark.parametrize("keys", ["", "enter", "z", "w", "p escape", "enter v"])
@pytest.mark.parametrize("size", [(40, 12), (80, 24), (160, 45)])
async def test_markup_in_a_story_is_only_text(keys: str, size: tuple[int, int]) -> None:
    async with at_home(ExampleLibrary(hostile=True), size, start="list") as stage:
        await stage.press("E", *keys.split())
        assert "[/b] [@click=app.quit]"[: size[0] // 3] in stage.text
        assert HOSTILE in stage.home.state.reading.head.title
        await stage.pilot.click(offset=(10, 2))
        await stage.settle()
        assert stage.app.is_running
