from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Callable

import pytest
from msgspec.structs import replace

from reader.errors import WorkCancelled
from reader.models import ThreadEvent
from reader.settings import Settings
from tests.support.example_library import ExampleLibrary, stub
from tests.support.example_stories import HOSTILE, fact, story_id
from tests.support.flags import set_flag
from tests.support.main_screen import at_home
from tests.support.stage import compare


def eventful() -> ExampleLibrary:
    """A thread of three events, the second one's only story in four other outlets too; a story of another thread belongs to it."""
    library = ExampleLibrary()
    ferry = library.stories.get("ferryxxb")
    copies = [story_id("isle", number) for number in range(4)]
    for number, id in enumerate(copies):
        library.put(replace(ferry, id=id, address=f"/{id}", url=None, outlet=fact(f"Island Paper {number}")))
    events = (("ferryxxa", "ferryxxc"), ("ferryxxb", *copies), ("councila",))
    library.place("t1", "Island ferry", [story for event in events for story in event], events=events)
    set_flag(library, "read", ["ferryxxa"], True)
    set_flag(library, "starred", ["ferryxxb"], True)
    also = [library.stories.header("harbourb")]
    stub(library.threads, also_in=lambda thread: also if thread == "t1" else [])
    return library


def begun() -> ExampleLibrary:
    """The same after its first story was read, which shares passages with others."""
    library = eventful()
    library.history.record(library.stories.get("ferryxxa"))
    return library


@pytest.mark.parametrize("size", [(40, 12), (60, 24), (80, 24), (120, 40), (200, 50)])
async def test_as_it_looks(size: tuple[int, int]) -> None:
    async with at_home(eventful(), size=size) as stage:
        await stage.press("t")
        compare(f"timeline-{size[0]}x{size[1]}", stage.text)


@pytest.mark.parametrize("theme", ["paper", "monochrome"])
async def test_in_ascii_nothing_but_ascii_is_drawn(theme: str) -> None:
    async with at_home(eventful(), size=(80, 24), settings=Settings(glyphs="ascii", theme=theme, refresh_minutes=0)) as stage:
        await stage.press("t")
        # what cuts a headline stands in the headline's role and is left as it is
        assert stage.text.replace("…", "").isascii()
        assert "also in 4 outlets, same text" in stage.text


async def test_the_cursor_stands_on_the_story_that_was_read_and_goes_from_story_to_story() -> None:
    async with at_home(eventful()) as stage:
        await stage.come_to("ferryxxc")
        await stage.press("t")
        assert "What the Ferry Means" in chosen(stage.lines)
        await stage.press("j")
        assert "The island ferry left" in chosen(stage.lines)
        await stage.press("G")
        assert "Dredging: What It Costs" in chosen(stage.lines)
        await stage.press("k")
        assert "Council Votes" in chosen(stage.lines)
        await stage.press("k", "k", "k", "k")
        assert "Ferry to the Islands" in chosen(stage.lines)


async def test_it_is_paged_with_the_keys_of_reading() -> None:
    async with at_home(eventful(), size=(40, 12)) as stage:
        await stage.press("t", "g")
        first = chosen(stage.lines)
        await stage.press("space")
        assert chosen(stage.lines) != first
        await stage.press("b", "b")
        assert chosen(stage.lines) == first


async def test_a_click_on_a_hint_does_what_its_key_does() -> None:
    async with at_home(eventful(), size=(80, 24)) as stage:
        await stage.press("t")
        await stage.pilot.click("StatusBar", offset=(stage.lines[-1].index("Esc"), 0))
        await stage.settle()
        assert stage.app.screen is stage.home


async def test_a_copy_is_found_under_the_story_it_repeats() -> None:
    async with at_home(eventful()) as stage:
        await stage.come_to("islexxxc")
        await stage.press("t")
        assert "The island ferry left" in chosen(stage.lines)


async def test_enter_reads_the_story() -> None:
    async with at_home(eventful()) as stage:
        await stage.press("tab", "t", "G", "k", "enter")
        assert stage.app.screen is stage.home
        assert stage.at == "councila"
        assert stage.home.state.pane == "columns"


async def test_a_story_of_another_thread_is_marked_and_read_in_its_own() -> None:
    async with at_home(eventful()) as stage:
        await stage.press("t", "G")
        assert "in Harbour dredging" in stage.text
        assert "3 events, 4 stories" in stage.text, "it is not counted"
        await stage.press("enter")
        assert stage.at == "harbourb"
        assert stage.home.state.reading is not None
        assert stage.home.state.reading.thread.id == "t2"


@pytest.mark.parametrize("key", ["escape", "q", "t"])
async def test_it_is_left_for_the_place_it_was_opened_from(key: str) -> None:
    async with at_home(eventful()) as stage:
        before = stage.text
        await stage.press("t", "j", key)
        assert stage.app.screen is stage.home
        assert stage.text == before


async def test_a_thread_of_one_event_tells_its_day_alone() -> None:
    async with at_home() as stage:
        await stage.press("t")
        assert "Dec 2018–Apr 2019" in stage.text
        assert "1 event, 2 stories" in stage.text


async def test_what_comes_from_outside_is_no_markup() -> None:
    library = ExampleLibrary(hostile=True)
    async with at_home(library, size=(120, 40)) as stage:
        await stage.press("tab", "g", "t")
        assert stage.text.count(HOSTILE[:20]) >= 2, "the thread and the story are shown as they are"


def chosen(lines: list[str]) -> str:
    """The line of the row under the cursor."""
    return next(line for line in lines if line.startswith("▌"))


@pytest.mark.parametrize(("size", "said"), [((60, 24), "4 of 7 new"), ((120, 40), "4 of 7 passages new  about 21 Dec 2018")])
async def test_an_unread_story_says_how_much_of_it_is_new(size: tuple[int, int], said: str) -> None:
    async with at_home(begun(), size=size) as stage:
        await stage.press("t")
        assert [line.endswith(said) for line in stage.lines if " new" in line] == [True, False]


async def test_switched_off_nothing_is_said_of_what_is_new() -> None:
    async with at_home(begun(), settings=Settings(glyphs="unicode", refresh_minutes=0, remember_passages=False)) as stage:
        await stage.press("t")
        assert " new" not in stage.text


async def test_the_work_stops_when_the_screen_is_left() -> None:
    library, seen = eventful(), threading.Event()
    stopped = threading.Event()

    def timeline(thread: str, cancelled: Callable[[], bool]) -> list[ThreadEvent]:
        seen.set()
        for _ in range(1000):
            if cancelled():
                stopped.set()
                raise WorkCancelled
            time.sleep(0.01)
        return []

    stub(library.threads, timeline=timeline)
    async with at_home(library) as stage:
        await stage.pilot.press("t")
        await asyncio.to_thread(seen.wait, 10)
        assert not stopped.is_set()
        await stage.pilot.press("escape")
        await asyncio.to_thread(stopped.wait, 10)
        assert stopped.is_set()
