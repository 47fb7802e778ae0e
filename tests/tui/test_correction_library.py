"""What is said with keys, over the real library and the samples that come with the program."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from reader.models import Thread
from reader.tui.widgets.list_rows import flags
from tests.support.main_screen import AtHome, at_home
from tests.support.sample_library import SEEDS, sample_library


@asynccontextmanager
async def at_samples(folder: Path, size: tuple[int, int] = (120, 40)) -> AsyncIterator[AtHome]:
    """The reader over the samples, in the first thread, that has two stories."""
    library = sample_library(folder, followed=SEEDS / "threads.yaml")
    async with at_home(library, size) as stage:
        assert len(stage.library.threads.all()) == 3
        assert stage.home.state.reading is not None
        assert stage.home.state.reading.own == 2
        yield stage
    library.close()


def members(stage: AtHome) -> list[frozenset[str]]:
    return [frozenset(thread.stories) for thread in stage.library.threads.all()]


async def test_words_on_a_thread_hold_and_all_are_taken_back_one_by_one(tmp_path: Path) -> None:
    async with at_samples(tmp_path) as stage:
        before, threads, story = stage.text, stage.library.threads.all(), stage.at
        await stage.press("C", "r", "ctrl+u", *"Anew", "enter")
        assert "Anew  2 stories" in stage.lines[0]
        await stage.press("C", "p")
        await stage.press("C", "f")
        await stage.press("m")
        await stage.press("C", "m")
        assert stage.library.threads.all()[0].name == "Anew"
        assert [flags(row) for row in stage.rows if isinstance(row, Thread) and row.name == "Anew"] == ["▲◆▽"]
        assert stage.at == story
        for _ in range(5):
            await stage.press("u")
        assert stage.hints.startswith("Undone: ")
        assert stage.library.threads.all() == threads
        stage.home.status_bar.hush()
        await stage.settle()
        assert stage.text == before


async def test_threads_are_merged_and_parted_again(tmp_path: Path) -> None:
    async with at_samples(tmp_path) as stage:
        before, story = members(stage), stage.at
        await stage.press("C", "w", "enter")
        assert sorted(map(len, members(stage))) in ([1, 4], [2, 3])
        assert stage.at == story
        await stage.press("u")
        assert members(stage) == before
        await stage.press("C", "s", "space", "enter")
        assert sorted(map(len, members(stage))) == [1, 1, 1, 2]
        assert stage.at == story
        await stage.press("u")
        await stage.press("C", "d")
        assert sorted(map(len, members(stage))) == [1, 1, 1, 2]
        await stage.press("C", "a")
        assert "1 active, 2 undone" in stage.lines[0]
        await stage.press("u", "escape")
        assert members(stage) == before


async def test_a_story_is_moved_and_read_on(tmp_path: Path) -> None:
    async with at_samples(tmp_path, (80, 24)) as stage:
        story = stage.at
        await stage.press("C", "e", "down", "enter")
        assert stage.at == story
        assert sorted(map(len, members(stage))) in ([1, 1, 3], [1, 2, 2])
        assert stage.home.state.reading is not None
        assert story in stage.home.state.reading.thread.stories


@pytest.mark.usefixtures("loosely_related")
async def test_beside_a_story_of_another_thread_words_are_for_the_thread_that_lies_open(tmp_path: Path) -> None:
    async with at_samples(tmp_path, (160, 45)) as stage:
        await stage.press("l")
        await stage.press("l")
        reading, before = stage.home.state.reading, members(stage)
        assert reading is not None
        assert reading.at == reading.own
        await stage.press("C", "s")
        assert f"split stories off “{reading.thread.name}”" in stage.lines[0]
        await stage.press("escape", "C", "d")
        assert "keep apart from" in stage.lines[0]
        await stage.press("enter")
        assert stage.hints.endswith("apart · u undoes")
        assert members(stage) == before, "the two stood apart already"
