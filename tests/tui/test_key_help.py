from __future__ import annotations

import pytest

from reader.tui.commands.key_help import HelpEntry, HelpSection, columns, columns_at, key_sections, matching, palette_sections
from reader.tui.commands.registry import BY_ID, commands, rows
from reader.tui.screens.key_help import KeyColumn, KeyHelpScreen
from tests.support.stage import Stage, compare, on_stage


def block(heading: str, count: int) -> HelpSection:
    return HelpSection(heading, tuple(HelpEntry(f"{heading}{n}", "words", "down", "found by") for n in range(count)))


def chosen(stage: Stage) -> str | None:
    return stage.screen.marked.words if stage.screen.marked else None


# the table


def test_every_command_of_the_place_is_in_the_table() -> None:
    shown = {entry.words for block in key_sections() for entry in block.entries}
    assert shown == {command.help for command in commands("reading")}
    assert [block.heading for block in key_sections()] == [group for group, _ in rows(commands("reading"))]


def test_a_command_that_needs_a_number_is_not_done_by_name() -> None:
    (nth,) = [entry for block in key_sections() for entry in block.entries if entry.words == BY_ID["nth_story"].help]
    assert nth.command == ""
    assert "nth_story" not in {entry.command for block in palette_sections() for entry in block.entries}


def test_matching_wants_every_word_whatever_the_case() -> None:
    blocks = [HelpSection("A", (HelpEntry("x", "one", "x", "One Two"), HelpEntry("y", "two", "y", "two three"))), block("B", 2)]
    assert [entry.keys for found in matching(blocks, "TWO") for entry in found.entries] == ["x", "y"]
    assert [entry.keys for found in matching(blocks, "two one") for entry in found.entries] == ["x"]
    assert matching(blocks, "four") == []
    assert matching(blocks, " ") == blocks


@pytest.mark.parametrize(("width", "count"), [(40, 1), (75, 1), (76, 2), (149, 2), (150, 3)])
def test_columns_at(width: int, count: int) -> None:
    assert columns_at(width) == count


def test_columns_are_as_level_as_whole_blocks_allow() -> None:
    laid = columns([block("A", 3), block("B", 2), block("C", 2)], 2, 20)
    assert [len(column) for column in laid] == [4, 7]
    assert [item for item in laid[1] if isinstance(item, str)] == ["B", "", "C"]


def test_what_does_not_fit_stands_in_further_columns() -> None:
    laid = columns([block("A", 10), block("B", 2)], 1, 5)
    assert max(map(len, laid)) <= 5
    assert sum(isinstance(item, HelpEntry) for column in laid for item in column) == 12
    assert all(column[-1] != "B" for column in laid)


def test_no_rows_at_all() -> None:
    assert columns([], 2, 20) == []
    assert sum(map(len, columns([block("A", 1)], 1, 0))) == 2


# the screen


@pytest.mark.parametrize("size", [(60, 24), (100, 24), (160, 40)])
async def test_as_it_looks(size: tuple[int, int]) -> None:
    async with on_stage(KeyHelpScreen(), size=size) as stage:
        compare(f"keys-{size[0]}x{size[1]}", stage.text)


async def test_what_is_missing_is_counted() -> None:
    async with on_stage(KeyHelpScreen(), size=(40, 12)) as stage:
        total = len(stage.screen.entries)
        shown = sum(isinstance(item, HelpEntry) for item in stage.screen.query(KeyColumn).first().items)
        assert stage.lines[-2].endswith(f"↓ {total - shown} more")
        await stage.press(*["down"] * total)
        assert chosen(stage) == stage.screen.entries[-1].words
        assert "more" not in stage.lines[-2]
        assert "↑ " in stage.lines[-2]


async def test_typing_finds_and_enter_does_it() -> None:
    async with on_stage(KeyHelpScreen()) as stage:
        assert chosen(stage) is None
        await stage.type("the star")
        assert stage.lines[0].endswith("the star▏")
        assert any("▌ s" in line and "star" in line for line in stage.lines)
        await stage.press("enter")
        assert stage.results == ["toggle_star"]


async def test_arrows_choose() -> None:
    async with on_stage(KeyHelpScreen()) as stage:
        await stage.press("down", "down", "up", "up", "up")
        assert chosen(stage) == "down, up"
        await stage.press("down", "enter")
        assert stage.results == ["page"]


async def test_enter_without_a_choice_stays() -> None:
    async with on_stage(KeyHelpScreen()) as stage:
        await stage.press("enter")
        await stage.type("nth")
        await stage.press("enter")
        assert stage.results == []
        await stage.press("escape")
        assert stage.results == [None]


async def test_nothing_found_is_said() -> None:
    async with on_stage(KeyHelpScreen()) as stage:
        await stage.type("[/b]")
        assert "No command matches “[/b]”." in stage.text
        await stage.press("ctrl+u")
        assert "type to filter" in stage.lines[0]


async def test_a_click_does_what_the_row_says() -> None:
    async with on_stage(KeyHelpScreen(), size=(160, 60)) as stage:
        row = next(number for number, line in enumerate(stage.lines) if "filter passages" in line)
        await stage.pilot.click(offset=(stage.lines[row].index("filter passages"), row))
        await stage.settle()
        assert stage.results == ["filter_passages"]
