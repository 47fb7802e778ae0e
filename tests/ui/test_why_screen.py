from __future__ import annotations

import pytest
from athome import at_home
from stage import compare


@pytest.mark.parametrize("size", [(60, 24), (100, 30), (160, 45)])
async def test_as_it_looks(size: tuple[int, int]) -> None:
    async with at_home(size=size) as stage:
        await stage.press("J", "w")
        compare(f"why-{size[0]}x{size[1]}", stage.text)


async def test_it_tells_the_words_of_the_thread_and_of_each_story() -> None:
    async with at_home() as stage:
        await stage.press("w")
        assert "harbour, pier, dredging" in stage.text
        assert "Port Gazette, 10 Apr 2019: harbour, pier, month" in stage.text
        assert "outside the thread" in stage.text


@pytest.mark.parametrize("key", ["escape", "q", "w", "enter"])
async def test_it_is_left_for_the_place_it_was_opened_from(key: str) -> None:
    async with at_home() as stage:
        before = stage.text
        await stage.press("w", "j", "k", key)
        assert stage.app.screen is stage.home
        assert stage.text == before
