from __future__ import annotations

import pytest
from textual.app import ComposeResult
from textual.geometry import Region
from textual.screen import Screen

from reader.tui.widgets.painted import PaintedWidget, Row, changed_regions
from tests.support.stage import on_stage


def said(text: str, role: str = "ink", ground: str = "ground") -> Row:
    return [(text, role)], ground


def test_the_same_lines_are_not_painted() -> None:
    assert changed_regions([said("ferry"), said("")], [said("ferry"), said("")], 20) == []


@pytest.mark.parametrize(
    ("before", "after", "end"),
    [
        (said("ferry"), said("ferries"), 7),
        (said("ferries"), said("ferry"), 7),
        (said("ferry"), said("ferry", "hit"), 5),
        (said("渡船"), said("船"), 4),
        (said("ferry"), said("ferry", ground="chosen"), 20),
        (said("a ferry that is longer than the room"), said("ferry"), 20),
    ],
)
def test_a_line_is_painted_as_far_as_it_changed(before: Row, after: Row, end: int) -> None:
    assert changed_regions([said("first"), before], [said("first"), after], 20) == [Region(0, 1, end, 1)]


class Board(PaintedWidget):
    """Lines that are set from outside; it notes which of them were painted."""

    def __init__(self) -> None:
        super().__init__()
        self.texts = ["one", "two", "three"]
        self.painted: list[int] = []

    def row(self, y: int) -> Row:
        return said(self.texts[y] if y < len(self.texts) else "")

    def render_line(self, y: int):  # type: ignore[no-untyped-def]
        self.painted.append(y)
        return super().render_line(y)


class Boarded(Screen[None]):
    def compose(self) -> ComposeResult:
        yield Board()


async def test_a_line_that_changes_costs_no_other() -> None:
    async with on_stage(Boarded(), size=(20, 5)) as stage:
        board = stage.screen.query_one(Board)
        board.redraw()
        await stage.settle()
        board.painted.clear()
        board.texts[1] = "2"
        board.redraw()
        await stage.settle()
        assert set(board.painted) == {1}
        assert stage.lines[:3] == ["one", "2", "three"]


async def test_another_size_is_painted_whole() -> None:
    async with on_stage(Boarded(), size=(20, 5)) as stage:
        board = stage.screen.query_one(Board)
        board.redraw()
        await stage.pilot.resize_terminal(30, 4)
        await stage.settle()
        board.painted.clear()
        board.redraw()
        await stage.settle()
        assert set(board.painted) == {0, 1, 2, 3}
        assert stage.lines[:3] == ["one", "two", "three"]
