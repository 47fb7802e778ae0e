"""Links in view by letters, and media by keys."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from reader.extraction.html_fragments import read
from reader.models import Media
from reader.settings import Settings
from reader.tui import handoff
from reader.tui.controllers.link_actions import NO_LINKS, NO_MEDIA
from tests.support.example_library import ExampleLibrary
from tests.support.main_screen import at_home
from tests.support.stories import story

HTML = """<p>See the <a href="/gauge">gauge log</a> and <a href="https://tides.example/manual">the <b>manual</b></a>.</p>
<img src="/curve.png" alt="A curve"><p>Write to <a href="mailto:desk@coast.example">us</a>.</p>"""
SETTINGS = Settings(glyphs="unicode", refresh_minutes=0, browser=("looker",), player=("play", "--at=%s"), viewer=("view", "-f"))


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """The programs that would have been started."""
    commands: list[list[str]] = []

    def start(command: list[str]) -> bool:
        commands.append(command)
        return command[0] != "view"

    monkeypatch.setattr(handoff, "start", start)
    return commands


def library(html: str = HTML, *media: Media) -> ExampleLibrary:
    """A library of one story."""
    found = read(html, "https://coast.example/1")
    made = story(
        "/tides.html",
        "How tides are made",
        [fragment.text for fragment in found.fragments],
        blocks=tuple(fragment.block for fragment in found.fragments),
        media=(*media, *found.media),
    )

    def fill(into: Any) -> None:
        into.put(replace(made, id="tidesxxx"))
        into.place("t1", "tides", ["tidesxxx"])

    return ExampleLibrary(empty=True, fill=fill)


async def test_a_letter_opens_a_link_and_a_capital_copies_it(started: list[list[str]], monkeypatch: pytest.MonkeyPatch) -> None:
    copied: list[str] = []
    async with at_home(library(), settings=SETTINGS) as stage:
        monkeypatch.setattr(stage.app, "copy_to_clipboard", copied.append)
        before = stage.text
        await stage.press("semicolon")
        assert "aauge log and bhe manual" in stage.text
        await stage.press("b")
        assert started == [["looker", "https://tides.example/manual"]]
        await stage.press("semicolon", "A", "semicolon", "c")
        assert copied == ["https://coast.example/gauge"]
        assert started[1:] == [["view", "-f", "https://coast.example/curve.png"]]
        await stage.press("semicolon", "escape", "semicolon", "z")
        assert len(started) == 2
        assert "gauge log" in before
        assert "gauge log and the manual" in stage.text


async def test_a_link_is_added_to_the_library(monkeypatch: pytest.MonkeyPatch) -> None:
    async with at_home(library(), settings=SETTINGS) as stage:
        asked: list[list[str]] = []
        monkeypatch.setattr(stage.home.jobs, "add", lambda sources: asked.append(list(sources)))
        await stage.press("semicolon", "plus", "a", "semicolon", "plus", "d", "semicolon", "plus", "plus", "escape")
        assert asked == [["https://coast.example/gauge"]]


async def test_many_links_have_two_letters(started: list[list[str]]) -> None:
    html = "<p>" + "".join(f"<a href='/{number}'>link {number}</a> " for number in range(30))
    async with at_home(library(html), settings=SETTINGS) as stage:
        await stage.press("semicolon")
        assert "aank 0 abnk 1" in stage.text
        await stage.press("b")
        assert "link 0 link 1" in stage.text
        await stage.press("c")
        assert started == [["looker", "https://coast.example/28"]]


async def test_media_are_opened_by_the_program_for_them(started: list[list[str]]) -> None:
    sound = Media("https://coast.example/1.mp3", "audio", seconds=62)
    async with at_home(library("<p>Only a sound", sound), settings=SETTINGS) as stage:
        assert "audio 1:02" in stage.text
        await stage.press("comma", "semicolon")
        assert started == [["play", "--at=https://coast.example/1.mp3"]]
        assert stage.hints == NO_LINKS
    async with at_home(library(HTML, sound), settings=SETTINGS) as stage:
        await stage.press("comma", "2")
        assert started[-1] == ["view", "-f", "https://coast.example/curve.png"]
        await stage.press("comma", "9")
        assert len(started) == 2


async def test_a_story_without_media_says_so(started: list[list[str]]) -> None:
    async with at_home(library("<p>Only text")) as stage:
        await stage.press("comma")
        assert stage.hints == NO_MEDIA
        assert not started


async def test_a_story_and_a_thread_are_saved(tmp_path: Path) -> None:
    settings = replace(SETTINGS, export_folder=str(tmp_path))
    async with at_home(library(), settings=settings) as stage:
        await stage.press("W", "s", "m")
        assert "[gauge log](<https://coast.example/gauge>)" in (tmp_path / "how-tides-are-made.md").read_text()
        await stage.press("W", "t", "h")
        assert '<a href="https://coast.example/gauge"' in (tmp_path / "tides.html").read_text()
        await stage.press("W", "escape")
        assert len(list(tmp_path.iterdir())) == 2


async def test_a_story_is_piped_to_a_program_without_a_shell(tmp_path: Path) -> None:
    target = tmp_path / "a file; touch other"
    async with at_home(library(), settings=SETTINGS) as stage:
        await stage.press("vertical_line")
        await stage.type(f"tee '{target}'")
        await stage.press("enter")
        assert "# How tides are made" in target.read_text()
        assert stage.hints == "Piped to tee"
        assert list(tmp_path.iterdir()) == [target]
        await stage.press("vertical_line", "ctrl+u")
        await stage.type("false")
        await stage.press("enter")
        assert "failed: it ended with code 1" in stage.hints
