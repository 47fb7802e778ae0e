from __future__ import annotations

from pathlib import Path

import pytest
from textual import events

from reader.tui.screens.key_help import KeyHelpScreen
from reader.tui.screens.theme_picker import ThemePickerScreen
from reader.tui.screens.welcome import WelcomeScreen
from tests.support.example_library import ExampleLibrary
from tests.support.stage import on_stage


def starting(size: tuple[int, int] = (80, 24)):  # type: ignore[no-untyped-def]
    return on_stage(WelcomeScreen(), ExampleLibrary(), size)


async def test_it_fits_every_screen() -> None:
    async with starting((40, 12)) as stage:
        for size in [(40, 12), (80, 24), (120, 40), (200, 50)]:
            await stage.turn(*size)
            text = " ".join(stage.text.split())
            assert "Your library is empty. Add a few stories, and Newsloom sets those about the same event side by side." in text
            assert "▌ 1 Look around with five sample stories" in text or "▌ 1 Five sample stories" in text
            assert "2 Add a feed or a web page by its address" in text or "2 A feed or a page by its address" in text
            assert "3 Import feeds from another reader" in text or "3 Another reader's feeds" in text
            assert "4 Read a folder of files text, HTML, email" in text or "4 A folder of files" in text
            assert stage.lines[-1].startswith(" 1–4 choose")
            assert all(len(line) <= size[0] for line in stage.lines)


async def test_a_number_takes_a_way() -> None:
    async with starting() as stage:
        await stage.press("1")
        assert stage.results == ["samples"]


async def test_enter_takes_the_marked_way() -> None:
    async with starting() as stage:
        await stage.press("down", "j", "k", "k", "enter")
        assert stage.results == ["samples"]


async def test_the_path_is_asked_for_in_place(tmp_path: Path) -> None:
    async with starting() as stage:
        await stage.press("4")
        assert any("▌ 4  Folder or file: ▏" in line for line in stage.lines)
        assert stage.lines[-1] == " Enter add   Esc cancel"
        await stage.press("enter", *"q?T1", "ctrl+u")
        stage.screen.post_message(events.Paste(str(tmp_path)))
        await stage.settle()
        await stage.press("enter")
        assert stage.results == [str(tmp_path)]


@pytest.mark.parametrize(
    ("typed", "taken"), [("https://one.example/", "https://one.example/"), ("one.example", "https://one.example")]
)
async def test_an_address_is_asked_for_in_place(typed: str, taken: str) -> None:
    async with starting() as stage:
        await stage.press("2")
        assert any("▌ 2  Address: ▏" in line for line in stage.lines)
        await stage.press(*typed, "enter")
        assert stage.results == [taken]


async def test_a_path_that_is_not_there_is_asked_for_again() -> None:
    async with starting() as stage:
        await stage.press("3", *"/no/[b]", "enter")
        assert any("!  “/no/[b]” does not exist. Enter retries, Esc goes back." in line for line in stage.lines)
        await stage.press("backspace")
        assert "does not exist" not in stage.text
        await stage.press("escape", "escape")
        assert stage.results == []
        assert any("▌ 3  Import feeds from another reader" in line for line in stage.lines)


async def test_themes_and_keys_open_over_it_and_q_quits() -> None:
    async with starting() as stage:
        await stage.press("T")
        assert isinstance(stage.app.screen, ThemePickerScreen)
        await stage.press("escape", "question_mark")
        assert isinstance(stage.app.screen, KeyHelpScreen)
        await stage.press("escape")
        assert stage.app.screen is stage.screen
        await stage.pilot.press("q")
        assert stage.app._exit


async def test_a_click_takes_a_way() -> None:
    async with starting() as stage:
        row = next(number for number, line in enumerate(stage.lines) if "Look around" in line)
        await stage.pilot.click(offset=(20, row))
        await stage.settle()
        assert stage.results == ["samples"]
