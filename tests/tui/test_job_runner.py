"""Long works: one after another, what they find said in words, marks set meanwhile kept; and older wordings shown."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from msgspec.structs import replace

from reader.models import FeedCandidate, ImportReport
from reader.tui.screens.feed_picker import FeedPickerScreen
from tests.support.example_library import ExampleLibrary, Gate, held, stub
from tests.support.example_stories import FEEDS, fact
from tests.support.main_screen import at_home

OFFERED = (FeedCandidate("https://coast.example/all", "All news"), FeedCandidate("https://coast.example/sport", "Sport"))


def offering() -> tuple[ExampleLibrary, list[str]]:
    """A library to which a page is added that names feeds, and the sources that were added."""
    library = ExampleLibrary()
    wanted: list[str] = []

    def add(sources: Sequence[str], **_: Any) -> ImportReport:
        wanted.extend(sources)
        return ImportReport(offered=OFFERED) if sources == ["https://coast.example"] else ImportReport(followed=tuple(sources))

    stub(library.jobs, add=add)
    return library, wanted


async def test_a_feed_that_a_page_names_is_chosen() -> None:
    library, wanted = offering()
    async with at_home(library, size=(120, 40)) as stage:
        await stage.press("F", "a", *"coast.example", "enter")
        assert isinstance(stage.app.screen, FeedPickerScreen)
        assert "All news" in stage.text
        assert "https://coast.example/sport" in stage.text
        await stage.press("j", "enter")
        assert wanted == ["https://coast.example", OFFERED[1].address]
        assert "1 feed added" in stage.hints


async def test_another_address_is_typed_in_place_of_an_offered_one() -> None:
    library, wanted = offering()
    async with at_home(library, size=(120, 40)) as stage:
        await stage.press("F", "a", *"coast.example", "enter")
        await stage.press("a", *"isle.example", "enter")
        assert wanted == ["https://coast.example", "https://isle.example"]


def gated() -> tuple[ExampleLibrary, Gate, list[str]]:
    """A library that adds once the gate is open, and the sources that were added."""
    library, gate = ExampleLibrary(), Gate()
    given: list[str] = []
    plain = library.jobs.add

    def add(sources: Sequence[str], *, watch: Any, cancelled: Callable[[], bool]) -> ImportReport:
        gate.wait()
        given.extend([] if cancelled() else sources)
        return plain(sources, watch=watch, cancelled=cancelled)

    stub(library.jobs, add=add)
    return library, gate, given


async def test_a_work_waits_for_the_one_before() -> None:
    library, gate, given = gated()
    async with at_home(library, size=(120, 40)) as stage:
        stage.home.jobs.add(["https://first.example"])
        stage.home.jobs.add(["https://second.example"])
        await stage.pilot.pause()
        assert "Queued" in stage.hints
        assert given == []
        gate.open()
        await stage.settle()
        await stage.settle()
        assert given == ["https://first.example", "https://second.example"]


async def test_stopping_forgets_what_waits() -> None:
    library, gate, given = gated()
    async with at_home(library, size=(120, 40)) as stage:
        stage.home.jobs.add(["https://first.example"])
        stage.home.jobs.add(["https://second.example"])
        await stage.pilot.press("X")
        gate.open()
        await stage.settle()
        assert given == []
        await stage.press("X")
        assert "Nothing is running" in stage.hints


async def test_a_mark_set_while_the_threads_are_counted_is_not_undone_by_the_count() -> None:
    library = ExampleLibrary()
    async with at_home(library, size=(120, 40)) as stage:
        before = stage.home.state.listed.unread
        assert before
        gate = held(library.places, "front")
        stage.home.list_pane.load()
        await stage.pilot.press("m")
        assert stage.home.state.listed.unread == before - 1
        gate.open()
        await stage.settle()
        await stage.settle()
        assert stage.home.state.listed.unread == before - 1
        assert not stage.home.requests.is_running("list")


async def test_a_private_host_is_allowed_and_no_more() -> None:
    async with at_home(size=(120, 40)) as stage:
        await stage.press("F", "e", "p", "ctrl+u", *"intranet.example", "enter")
        assert "is now allowed" in stage.hints
        assert stage.library.feeds.allowed_hosts() == {"intranet.example"}
        await stage.press("e", "p", "ctrl+u", *"http://intranet.example/feed", "enter")
        assert "no longer allowed" in stage.hints
        assert stage.library.feeds.allowed_hosts() == frozenset()


async def test_all_is_sorted_anew_with_a_key_and_the_reader_stays() -> None:
    async with at_home(size=(120, 40)) as stage:
        at = stage.at
        await stage.press("ctrl+r")
        assert stage.library.jobs.rebuilt == 1
        assert "threads rebuilt" in stage.hints
        assert stage.at == at


async def test_minutes_out_of_range_are_refused() -> None:
    async with at_home(size=(120, 40)) as stage:
        await stage.press("F", "e", "i", "ctrl+u", *"2", "enter")
        assert "5 to 10,080 minutes" in stage.hints
        assert stage.library.feeds.all()[0].interval == FEEDS[0].interval


async def test_earlier_wordings_are_shown_one_after_another() -> None:
    library = ExampleLibrary()
    async with at_home(library, size=(120, 40)) as stage:
        story = library.stories.get(stage.at)
        library.put(replace(story, title=fact("It was headed otherwise"), body=("It read like this.",)))
        library.put(story)
        stage.home.story_display.reload([story.id])
        await stage.settle()
        assert "2 earlier versions" in stage.text
        await stage.press("V")
        assert "It read like this." in stage.text
        assert "version until" in stage.text
        await stage.press("V")
        assert "It read like this." not in stage.text


async def test_what_was_never_changed_has_no_earlier_wording() -> None:
    async with at_home() as stage:
        await stage.press("V")
        assert "No earlier versions" in stage.hints


async def test_copies_are_told() -> None:
    library = ExampleLibrary()
    original = library.stories.get("harboura")
    library.put(replace(library.stories.get("harbourb"), body=original.body, captions=original.captions))
    async with at_home(library, size=(120, 40)) as stage:
        assert stage.at == "harboura"
        assert "same text" in stage.text
