from __future__ import annotations

import pytest
from textual.app import ComposeResult
from textual.geometry import Region
from textual.screen import Screen

from reader.tui.widgets.ansi_strip import AnsiStrip
from reader.tui.widgets.painted import PaintedWidget, Rule, plain, rule_above
from reader.tui.widgets.status_bars import StatusBar, TitleLine, fitting
from tests.support.stage import on_stage

HINTS = [("Space", "page"), ("h l", "story"), ("/", "search"), ("?", "keys")]


class Barred(Screen[None]):
    """A screen with nothing but the two bars."""

    def compose(self) -> ComposeResult:
        yield TitleLine()
        yield StatusBar()

    def on_mount(self) -> None:
        self.query_one(TitleLine).show([("Island ferry", "name"), ("  3 stories", "muted")], "5 unread")
        self.query_one(StatusBar).show(HINTS, "31 %")


def test_the_middle_hints_give_way_first_and_the_last_never() -> None:
    assert fitting(HINTS, 80) == HINTS
    assert fitting(HINTS, 40) == [HINTS[0], HINTS[1], HINTS[3]]
    assert fitting(HINTS, 5) == [HINTS[0], HINTS[3]]


@pytest.mark.parametrize(
    ("width", "place", "hints"),
    [
        (
            80,
            " Newsloom  Island ferry  3 stories" + " " * 37 + "5 unread",
            " Space page   h l story   / search   ? keys" + " " * 32 + "31 %",
        ),
        (40, " Island ferry  3 stories       5 unread", " Space page   h l story   ? keys   31 %"),
    ],
)
async def test_bars(width: int, place: str, hints: str) -> None:
    async with on_stage(Barred(), size=(width, 12)) as stage:
        assert stage.lines[0] == place
        assert stage.lines[-1] == hints


async def test_what_was_done_takes_the_place_of_the_hints_and_goes() -> None:
    async with on_stage(Barred()) as stage:
        bar = stage.screen.query_one(StatusBar)
        bar.say("3 stories read", " · u undoes")
        await stage.settle()
        assert stage.lines[-1] == " 3 stories read · u undoes"
        assert bar.said == "3 stories read · u undoes"
        bar.hush()
        await stage.settle()
        assert stage.lines[-1].startswith(" Space page")


async def test_a_question_stands_until_it_is_taken_away() -> None:
    async with on_stage(Barred()) as stage:
        bar = stage.screen.query_one(StatusBar)
        bar.stand([("Copy?", "ink")])
        bar.say("Read")
        await stage.settle()
        assert stage.lines[-1] == " Read"
        bar.hush()
        await stage.settle()
        assert stage.lines[-1] == " Copy?"
        bar.stand([])
        await stage.settle()
        assert stage.lines[-1].startswith(" Space page")


def test_signs_in_ascii_take_the_same_cells_and_leave_the_story_alone() -> None:
    line = [("▌", "focus"), ("“Ferry” – late…", "ink"), (" ● ★ ┃│╎━─ …", "muted")]
    drawn = plain(line)
    assert drawn == [(">", "focus"), ("“Ferry” – late…", "ink"), (" * ^ #|!=- ~", "muted")]
    assert drawn[2][0].isascii()
    assert [len(text) for text, _ in drawn] == [len(text) for text, _ in line]


def test_rules() -> None:
    assert rule_above(3, active=True) == ("━━━", "focus")
    assert rule_above(3, active=False) == ("───", "rule")
    assert [Rule().row(y) for y in (0, 1)] == [([("─", "rule")], "ground"), ([("│", "rule")], "ground")]


def test_a_part_must_say_what_it_paints() -> None:
    with pytest.raises(NotImplementedError):
        PaintedWidget().row(0)


class Counted(PaintedWidget):
    """A widget that notes which lines it is asked for."""

    def __init__(self) -> None:
        super().__init__()
        self.asked: list[int] = []
        self.text = "old"

    def row(self, y: int) -> tuple[list[tuple[str, str]], str]:
        self.asked.append(y)
        return [(f"{self.text} {y}", "ink")], "ground"


class Counting(Screen[None]):
    """A screen with one such widget."""

    def compose(self) -> ComposeResult:
        yield Counted()


async def test_lines_are_finished_again_only_where_they_are_to_be_painted_again() -> None:
    async with on_stage(Counting(), size=(20, 5)) as stage:
        part = stage.screen.query_one(Counted)
        part.asked, part.text = [], "new"
        part.refresh(Region(0, 2, 20, 1))
        await stage.settle()
        assert part.asked == [2]
        assert stage.lines == ["old 0", "old 1", "new 2", "old 3", "old 4"]
        part.redraw()
        await stage.settle()
        assert stage.lines == [f"new {y}" for y in range(5)]
        part.text = "wide"
        await stage.pilot.resize_terminal(30, 5)
        await stage.settle()
        assert stage.lines == [f"wide {y}" for y in range(5)]


async def test_what_a_part_paints_goes_out_lean() -> None:
    async with on_stage(Counting(), size=(20, 5)) as stage:
        part = stage.screen.query_one(Counted)
        assert all(isinstance(line, AnsiStrip) for line in part.render_lines(Region(0, 0, 20, 5)))
        cut = part.render_lines(Region(2, 1, 5, 2))
        assert [line.text for line in cut] == ["d 1  ", "d 2  "]
        assert all(isinstance(line, AnsiStrip) for line in cut)
