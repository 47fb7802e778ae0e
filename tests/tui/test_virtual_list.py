from __future__ import annotations

from collections.abc import Iterable

import pytest
from textual.app import ComposeResult
from textual.screen import Screen

from reader.presentation.text_layout import Line
from reader.tui.widgets.virtual_list import NoRows, Rows, VirtualList
from tests.support.stage import on_stage


class Plain(Rows):
    """Rows of one line, each third a heading; the setting of every row is counted."""

    def __init__(self, count: int, *, headings: bool = False, height: int = 1) -> None:
        self.count = count
        self.headings = headings
        self.height = height
        self.painted: set[int] = set()

    def __len__(self) -> int:
        return self.count

    def selectable(self, index: int) -> bool:
        return not self.headings or index % 3 != 0

    def lines(self, index: int, width: int, chosen: bool, focused: bool) -> list[Line]:
        self.painted.add(index)
        lines: list[Line] = [[(f"row {index}{'*' if chosen else ''}", "ink")]]
        return lines + [[("more", "muted")]] * (self.height - 2) + [[]] * (self.height > 1)


class Showing(Screen[None]):
    """A screen with nothing but a list."""

    def __init__(self, rows: Rows) -> None:
        super().__init__()
        self.rows = rows
        self.heard: list[object] = []

    def compose(self) -> ComposeResult:
        yield VirtualList()

    def on_mount(self) -> None:
        self.list.show(self.rows, 0)

    @property
    def list(self) -> VirtualList:
        return self.query_one(VirtualList)

    def on_virtual_list_chosen(self, message: VirtualList.Chosen) -> None:
        self.heard.append(message.index)

    def on_virtual_list_opened(self, message: VirtualList.Opened) -> None:
        self.heard.append(f"opened {message.index}")


def rows_of(lines: Iterable[str]) -> list[str]:
    return [line.strip("▌ ") for line in lines if "row" in line]


async def test_a_hundred_thousand_rows_cost_what_is_in_sight() -> None:
    rows = Plain(100_000)
    async with on_stage(Showing(rows)) as stage:
        assert len(rows.painted) < 60
        stage.screen.list.last()
        await stage.settle()
        assert rows_of(stage.lines)[-1] == "row 99999*"
        assert len(rows.painted) < 200
        assert "↑ 99,9" in stage.lines[-1] or rows_of(stage.lines)[0] != "row 0*"


async def test_the_cursor_moves_and_says_so() -> None:
    async with on_stage(Showing(Plain(50))) as stage:
        shown = stage.screen.list
        assert shown.move(1) and shown.move(3)
        assert not shown.move(-9) or shown.cursor == 0
        assert shown.last()
        assert not shown.move(1)
        assert shown.first()
        await stage.settle()
        assert stage.screen.heard == [1, 4, 0, 49, 0]


async def test_what_is_out_of_sight_is_counted() -> None:
    async with on_stage(Showing(Plain(50)), size=(40, 12)) as stage:
        assert stage.lines[-1] == "  ↓ 40 more"
        stage.screen.list.page(1)
        stage.screen.list.page(1)
        await stage.settle()
        assert stage.lines[-1].startswith("  ↑ ")
        shown = rows_of(stage.lines)
        assert len(shown) == 10
        assert any(row.endswith("*") for row in shown)


@pytest.mark.parametrize("height", [1, 3, 4])
@pytest.mark.parametrize("size", [(40, 7), (40, 12), (40, 24)])
async def test_the_chosen_row_is_always_whole(height: int, size: tuple[int, int]) -> None:
    async with on_stage(Showing(Plain(12, height=height)), size=size) as stage:
        for by in [1] * 11 + [-1] * 11:
            stage.screen.list.move(by)
            await stage.settle()
            cursor = stage.screen.list.cursor
            chosen = [line for line in stage.lines if line.startswith("▌")]
            assert f"▌ row {cursor}*" in chosen
            assert len(chosen) == max(1, height - 1)


async def test_headings_are_passed_over_and_come_into_sight_with_the_row_below() -> None:
    async with on_stage(Showing(Plain(60, headings=True)), size=(40, 10)) as stage:
        shown = stage.screen.list
        assert shown.cursor == 1
        shown.move(2)
        assert shown.cursor == 4
        shown.move(-1)
        shown.move(-1)
        await stage.settle()
        assert shown.cursor == 1
        assert rows_of(stage.lines)[0] == "row 0"
        shown.last()
        await stage.settle()
        shown.first()
        await stage.settle()
        assert rows_of(stage.lines)[0] == "row 0"


async def test_an_empty_list() -> None:
    async with on_stage(Showing(NoRows())) as stage:
        shown = stage.screen.list
        assert not shown.move(1)
        assert not shown.last()
        assert not shown.page(1)
        assert rows_of(stage.lines) == []


async def test_the_mouse_chooses_opens_and_scrolls() -> None:
    async with on_stage(Showing(Plain(50)), size=(40, 12)) as stage:
        await stage.pilot.click(offset=(5, 4))
        await stage.settle()
        assert stage.screen.heard == [3]
        await stage.pilot.click(offset=(5, 6), times=2)
        await stage.settle()
        assert stage.screen.heard[-2:] == [5, "opened 5"]


async def test_focus_is_seen_in_rule_and_bar() -> None:
    async with on_stage(Showing(Plain(5))) as stage:
        assert stage.lines[0].startswith("─")
        stage.screen.list.focus_here(True)
        await stage.settle()
        assert stage.lines[0].startswith("━")


async def test_without_a_cursor_a_list_that_begins_with_a_heading_has_nothing_chosen() -> None:
    async with on_stage(Showing(Plain(6, headings=True))) as stage:
        assert any("*" in line for line in stage.lines)
        stage.screen.list.show(Plain(6, headings=True), None)
        await stage.settle()
        assert not any("*" in line for line in stage.lines)
