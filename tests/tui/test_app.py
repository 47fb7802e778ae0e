from __future__ import annotations

import gc
import locale
import os
import sys
from pathlib import Path

import pytest
from rich.segment import ControlType, Segment
from textual.color import Color

from reader.paths import Directories, shipped
from reader.settings import Settings, load_settings
from reader.tui.app import ControlCharacterFilter, Newsloom, in_ascii, printable
from reader.tui.start import FRAMES_PER_SECOND, GC_THRESHOLDS, SWITCH_INTERVAL, run
from reader.tui.theming.theme import load, themes
from tests.support.example_library import ExampleLibrary
from tests.support.main_screen import at_home


def app(folder: Path, settings: Settings | None = None) -> Newsloom:
    return Newsloom(ExampleLibrary(), Directories(folder, folder), settings)


def test_no_control_character_passes_the_last_door() -> None:
    attack = "a\x1b]0;owned\x07b\x9bc\u202ed\u2066e"
    passed = ControlCharacterFilter().apply(
        [Segment(attack), Segment("ferry é 日本 👩\u200d🚀"), Segment("x", None, [(ControlType.BELL,)])], Color(0, 0, 0)
    )
    assert passed[0].text == "a�]0;owned�b�c�d�e"
    assert passed[1].text == "ferry é 日本 👩\u200d🚀"
    assert passed[2].control
    assert printable("two words") == "two words"


async def test_the_guard_stands_at_the_door(tmp_path: Path) -> None:
    async with at_home() as stage:
        assert isinstance(stage.app.get_line_filters()[-1], ControlCharacterFilter)


@pytest.mark.parametrize("name", ["paper", "night", "high contrast", "monochrome", "terminal 16"])
async def test_every_theme_can_be_worn(name: str) -> None:
    async with at_home(settings=Settings(theme=name, glyphs="unicode")) as stage:
        assert stage.app.look.name == name
        assert stage.app.native_ansi_color == (name in ("monochrome", "terminal 16"))
        assert "Harbour dredging" in stage.text


async def test_a_theme_is_worn_at_once_and_kept(tmp_path: Path) -> None:
    async with at_home() as stage:
        night = next(theme for theme in themes(stage.app.theme_folders)[0] if theme.name == "night")
        assert stage.app.keep_theme(night) == ""
        await stage.settle()
        style = stage.app.screen._compositor.render_strips()[10]._segments[0].style
        assert style.bgcolor.name == night.grounds["ground"][0]
        assert load_settings(stage.app.places.settings).theme == "night"


async def test_a_theme_in_use_is_loaded_again_when_its_file_is_saved() -> None:
    async with at_home() as stage:
        folder = stage.app.places.themes
        folder.mkdir(exist_ok=True)
        text = (shipped("themes") / "night.yaml").read_text(encoding="utf-8")
        path = folder / "my-own.yaml"
        path.write_text(text, encoding="utf-8")
        assert stage.app.keep_theme(load(path)) == ""
        stage.app._reload_theme()
        path.write_text(text.replace("#15171b", "#101010") + "# longer\n", encoding="utf-8")
        stage.app._reload_theme()
        assert stage.app.look.grounds["ground"] == ("#101010", ())
        path.write_text("kind: dark\n", encoding="utf-8")
        stage.app._reload_theme()
        await stage.settle()
        assert stage.app.look.grounds["ground"] == ("#101010", ())
        assert "my-own.yaml" in stage.hints


def test_a_theme_that_cannot_be_used_gives_way_to_paper_and_says_so(tmp_path: Path) -> None:
    made = app(tmp_path, Settings(theme="no such"))
    assert made.look.name == "paper"
    assert made.problem == "there is no theme “no such”; using paper"


async def test_the_problem_is_said_at_the_start() -> None:
    async with at_home(settings=Settings(theme="no such")) as stage:
        assert stage.hints.startswith("there is no theme")


def test_no_colour_means_no_colour_but_only_where_it_says_something(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    assert app(tmp_path).look.name == "monochrome"
    monkeypatch.setenv("NO_COLOR", "")
    made = app(tmp_path)
    assert made.look.name == "paper"
    assert not made.no_color


@pytest.mark.parametrize(
    ("glyphs", "encoding", "ascii"),
    [("ascii", "UTF-8", True), ("unicode", "ascii", False), ("auto", "UTF-8", False), ("auto", "ascii", True)],
)
def test_signs_follow_the_setting_or_the_locale(glyphs: str, encoding: str, ascii: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(locale, "getpreferredencoding", lambda _: encoding)
    assert in_ascii(glyphs) is ascii


async def test_signs_in_ascii() -> None:
    async with at_home(settings=Settings(glyphs="ascii"), start="list") as stage:
        signs = stage.lines[0] + stage.lines[1] + stage.lines[5]
        assert signs.isascii()
        assert "=" in stage.lines[1]
        assert ">* Harbour Basin" in stage.text


async def test_ctrl_c_says_how_to_quit() -> None:
    async with at_home() as stage:
        await stage.press("ctrl+c")
        assert stage.hints == "Q quits"


def test_while_the_reader_is_open_threads_change_often_and_cycles_are_looked_for_seldom(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen = []
    monkeypatch.delenv("TEXTUAL_FPS")
    before = gc.get_threshold(), sys.getswitchinterval()
    monkeypatch.setattr(Newsloom, "run", lambda _: seen.append((gc.get_threshold(), sys.getswitchinterval())))
    try:
        assert run(ExampleLibrary(), Directories(tmp_path, tmp_path)) == 0
    finally:
        gc.set_threshold(*before[0])
        sys.setswitchinterval(before[1])
    assert seen == [(GC_THRESHOLDS, SWITCH_INTERVAL)]
    assert os.environ["TEXTUAL_FPS"] == FRAMES_PER_SECOND
