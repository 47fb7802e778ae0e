"""A thread as a row of the rail: what the reader said of it, and what is new."""

from __future__ import annotations

from dataclasses import replace

import pytest

from reader.models import Thread
from reader.settings import Settings
from reader.tui.widgets.thread_rows import ThreadListRows, flags
from tests.support.example_library import ExampleLibrary, shared_library
from tests.support.main_screen import at_home
from tests.support.stage import compare


def harbour() -> Thread:
    return shared_library().threads.all()[1]


def shown(thread: Thread, width: int = 25) -> list[str]:
    lines = ThreadListRows([thread], tall=False).lines(0, width, False, False)
    assert all(sum(len(text) for text, _ in line) <= width for line in lines)
    return ["".join(text for text, _ in line).rstrip() for line in lines]


def roles(thread: Thread) -> set[str]:
    return {role for line in ThreadListRows([thread], tall=False).lines(0, 25, False, False) for _, role in line}


def test_what_was_said_of_a_thread_is_a_sign_beside_its_days() -> None:
    assert shown(harbour())[:2] == ["Harbour dredging   2/2 ●", "Dec 2018–Apr 2019"]
    assert shown(replace(harbour(), pinned=True, followed=True))[1] == "▲◆ Dec 2018–Apr 2019"
    assert flags(replace(harbour(), muted=True)) == "▽"


def test_a_muted_thread_is_dim_and_counts_nothing_unread() -> None:
    muted = replace(harbour(), muted=True)
    assert shown(muted) == ["Harbour dredging     2", "▽ Dec 2018–Apr 2019", ""]
    assert roles(muted).isdisjoint({"name", "unread"})


@pytest.mark.parametrize(
    ("new", "width", "line"),
    [
        (0, 25, "◆ Dec 2018–Apr 2019"),
        (1, 34, "◆ Dec 2018–Apr 2019         1 new"),
        (1, 28, "◆ Dec 2018–Apr 2019   1 new"),
        (1, 25, "◆ 1 new"),
        (9, 25, "◆ 2 new"),
    ],
)
def test_what_is_new_takes_the_place_of_the_days_where_both_do_not_go_in(new: int, width: int, line: str) -> None:
    """As many are new as are unread at most: the rest has been read since they were counted."""
    assert shown(replace(harbour(), followed=True, new=new), width)[1] == line


async def test_as_it_looks() -> None:
    library = ExampleLibrary()
    library.corrections.pin("t1")
    library.corrections.follow("t1")
    library.corrections.follow("t2")
    library.corrections.mute("t3")
    library.make_new("ferryxxc", "harbourb")
    async with at_home(library, (60, 24)) as stage:
        await stage.press("escape")
        for size in [(60, 24), (80, 24), (120, 40), (200, 50)]:
            await stage.turn(*size)
            compare(f"rail-said-{size[0]}x{size[1]}", stage.text)


async def test_the_signs_in_ascii() -> None:
    library = ExampleLibrary()
    library.corrections.pin("t1")
    library.corrections.follow("t1")
    library.corrections.mute("t3")
    async with at_home(library, settings=Settings(glyphs="ascii", refresh_minutes=0)) as stage:
        assert "^@ about 20-21 Dec 2018" in stage.text
        assert "v 7 Jan 2020" in stage.text
