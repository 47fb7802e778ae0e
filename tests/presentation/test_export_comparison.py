"""The stories side by side as a file: which ones, in which form, and where."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from reader.settings import Settings
from tests.support.example_library import ExampleLibrary
from tests.support.example_stories import paragraphs, story, story_id
from tests.support.flags import set_flag
from tests.support.main_screen import at_home


def into(folder: Path) -> Settings:
    """Settings that export to a folder."""
    return Settings(glyphs="unicode", refresh_minutes=0, export_folder=str(folder))


@pytest.mark.parametrize(("key", "ending", "held"), [("m", "md", "# 3 stories side by side"), ("h", "html", "<h1>3 stories side")])
async def test_the_thread_is_written_with_its_links(key: str, ending: str, held: str, tmp_path: Path) -> None:
    async with at_home(size=(200, 50), settings=into(tmp_path)) as stage:
        await stage.press("J", "e")
        assert stage.hints == "Export as   m Markdown   h HTML   j JSON   Esc cancel"
        await stage.press(key)
        written = tmp_path / f"island-ferry-side-by-side.{ending}"
        assert held in written.read_text(encoding="utf-8")
        assert "https://courier.example/ferry" in written.read_text(encoding="utf-8")
        assert stage.hints == f"Exported to {written}"


async def test_of_a_long_thread_the_stories_are_those_that_are_compared(tmp_path: Path) -> None:
    library = ExampleLibrary()
    ids = [story_id("paper", number) for number in range(12)]
    library.put(*(story(id, f"Ferry sails, says {id}", paragraphs(id, 3), published="2021-12-20") for id in ids))
    library.place("t1", "Island ferry", ids)
    set_flag(library, "read", ids[:-1], True)
    async with at_home(library, settings=into(tmp_path)) as stage:
        await stage.press("e", "j")
        written = json.loads((tmp_path / "island-ferry-side-by-side.json").read_text(encoding="utf-8"))
        assert written["stories"] == ids[4:]


async def test_one_story_is_nothing_to_compare(tmp_path: Path) -> None:
    async with at_home(settings=into(tmp_path)) as stage:
        await stage.press("J", "J", "e")
        assert stage.at == "councila"
        assert stage.hints == "One story: nothing to compare yet."
        assert list(tmp_path.iterdir()) == []


async def test_a_long_path_shows_its_end(tmp_path: Path) -> None:
    folder = tmp_path / ("deep" * 12) / ("down" * 12)
    async with at_home(size=(80, 24), settings=into(folder)) as stage:  # longer than the line
        await stage.press("J", "e", "m")
        assert stage.hints.startswith("Exported to …/")
        assert stage.hints.endswith("/island-ferry-side-by-side.md")
