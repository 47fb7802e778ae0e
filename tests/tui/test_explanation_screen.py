from __future__ import annotations

import pytest
from textual.events import Key

from reader.models import Explanation
from tests.support.example_library import ExampleLibrary, stub
from tests.support.main_screen import at_home
from tests.support.stage import compare


async def test_as_it_looks() -> None:
    async with at_home(size=(60, 24)) as stage:
        await stage.press("J", "w")
        for size in [(60, 24), (100, 30), (160, 45)]:
            await stage.turn(*size)
            compare(f"why-{size[0]}x{size[1]}", stage.text)


async def test_it_tells_the_words_of_the_thread_and_of_each_story() -> None:
    async with at_home() as stage:
        await stage.press("w")
        thread = stage.library.threads.get("t2")
        assert ", ".join(thread.terms[:2]) in stage.text
        near = stage.library.stories.related("harboura")[0]
        assert f"Port Gazette, 10 Apr 2019: {', '.join(near.why[:3])}" in stage.text
        assert "in another thread" in stage.text


async def test_a_story_against_the_others_as_it_looks() -> None:
    async with at_home(size=(60, 24)) as stage:
        await stage.press("J", "w", "enter")
        for size in [(60, 24), (80, 24), (120, 40), (200, 50)]:
            await stage.turn(*size)
            compare(f"why-pair-{size[0]}x{size[1]}", stage.text)


async def test_a_story_is_held_against_the_one_under_the_cursor() -> None:
    library = ExampleLibrary()
    plain = library.stories.explain

    def explain(story: str, other: str) -> Explanation:
        return Explanation(("timetable",), (), (), None) if other == "ferryxxc" else plain(story, other)

    stub(library.stories, explain=explain)
    async with at_home(library) as stage:
        await stage.press("J", "w", "enter")
        ferry = plain("ferryxxa", "ferryxxb")
        assert [line for line in stage.lines if line.startswith(f"▌ quoted  “{ferry.quotes[0]}”")]
        assert "▌ time    on the same day" in stage.text
        await stage.press("j")
        assert "▌ time    on the same day" not in stage.text
        assert "words   timetable" in stage.text
        assert "names   none in common" in stage.text
        assert "time    not stated" in stage.text


async def test_from_a_pair_one_goes_back_to_the_thread_and_from_there_home() -> None:
    async with at_home() as stage:
        await stage.press("J", "w")
        before = stage.text
        await stage.press("enter", "j", "escape")
        assert stage.text == before
        await stage.press("escape")
        assert stage.app.screen is stage.home


async def test_a_story_that_stands_alone_is_held_against_none() -> None:
    async with at_home() as stage:
        await stage.press("escape", "G", "enter", "w")
        assert "against" not in stage.hints
        await stage.press("enter")
        assert stage.app.screen is stage.home


@pytest.mark.parametrize("key", ["escape", "q", "w"])
async def test_it_is_left_for_the_place_it_was_opened_from(key: str) -> None:
    async with at_home() as stage:
        before = stage.text
        await stage.press("w", "j", "k", key)
        assert stage.app.screen is stage.home
        assert stage.text == before


async def test_the_thread_that_is_being_opened_is_explained() -> None:
    async with at_home() as stage:
        left = stage.home.state.reading.thread
        for key in "Jw":
            stage.app.post_message(Key(key, key))
        await stage.settle()
        entered = stage.home.state.reading.thread
        assert entered.id != left.id
        assert entered.name in stage.text
        assert left.name not in stage.text
