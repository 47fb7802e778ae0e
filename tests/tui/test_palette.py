from __future__ import annotations

from reader.tui.commands.registry import commands
from reader.tui.screens.key_help import PaletteScreen
from tests.support.stage import on_stage


async def test_every_act_has_a_line_and_the_first_is_chosen() -> None:
    async with on_stage(PaletteScreen(), size=(120, 90)) as stage:
        assert stage.lines[0].startswith(" Newsloom  Commands")
        for command in commands("reading"):
            if command.id != "nth_story":
                assert any(line.endswith(command.palette) for line in stage.lines), command.id
        assert stage.lines[2].startswith("▌ ")


async def test_an_act_is_found_by_its_words_and_done() -> None:
    async with on_stage(PaletteScreen()) as stage:
        await stage.type("choose theme")
        await stage.press("enter")
        assert stage.results == ["theme"]


async def test_escape_does_nothing() -> None:
    async with on_stage(PaletteScreen()) as stage:
        await stage.press("escape")
        assert stage.results == [None]
