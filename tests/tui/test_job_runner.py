"""Long works: one after another, what they find said in words, marks set meanwhile kept; and older wordings shown."""

from __future__ import annotations

import threading
from dataclasses import replace
from typing import Any

from reader.models import FeedCandidate, ImportReport, Thread, Version
from reader.tui.screens.feed_picker import FeedPickerScreen
from tests.support.fake_library import FEEDS, FakeLibrary, fact
from tests.support.main_screen import at_home

OFFERED = (FeedCandidate("https://coast.example/all", "All news"), FeedCandidate("https://coast.example/sport", "Sport"))


class Offering(FakeLibrary):
    """A library whose pages name feeds."""

    def __init__(self) -> None:
        super().__init__()
        self.wanted: list[str] = []

    def importer_add(self, sources: Any, *, watch: Any = None, cancelled: Any = None) -> ImportReport:
        self.wanted += sources
        return ImportReport(offered=OFFERED) if sources == ["https://coast.example"] else ImportReport(followed=tuple(sources))


async def test_a_feed_that_a_page_names_is_chosen() -> None:
    library = Offering()
    async with at_home(library, size=(120, 40)) as stage:
        await stage.press("F", "a", *"coast.example", "enter")
        assert isinstance(stage.app.screen, FeedPickerScreen)
        assert "All news" in stage.text
        assert "https://coast.example/sport" in stage.text
        await stage.press("j", "enter")
        assert library.wanted == ["https://coast.example", OFFERED[1].address]
        assert "1 feed added" in stage.hints


async def test_another_address_is_typed_in_place_of_an_offered_one() -> None:
    library = Offering()
    async with at_home(library, size=(120, 40)) as stage:
        await stage.press("F", "a", *"coast.example", "enter")
        await stage.press("a", *"isle.example", "enter")
        assert library.wanted == ["https://coast.example", "https://isle.example"]


class Gated(FakeLibrary):
    """A library that adds when it is let, and that can be slow to tell its threads."""

    def __init__(self) -> None:
        super().__init__()
        self.given: list[str] = []
        self.gate = threading.Event()
        self.slow = threading.Event()
        self.slow.set()

    def importer_add(self, sources: Any, *, watch: Any = None, cancelled: Any = None) -> ImportReport:
        self.gate.wait(10)
        self.given += [] if cancelled() else sources
        return super().importer_add(sources, watch=watch, cancelled=cancelled)

    def threads_all(self) -> list[Thread]:
        told = super().threads_all()
        self.slow.wait(10)
        return told


async def test_a_work_waits_for_the_one_before() -> None:
    library = Gated()
    async with at_home(library, size=(120, 40)) as stage:
        stage.home.jobs.add(["first"])
        stage.home.jobs.add(["second"])
        await stage.pilot.pause()
        assert "Queued" in stage.hints
        assert library.given == []
        library.gate.set()
        await stage.settle()
        await stage.settle()
        assert library.given == ["first", "second"]


async def test_stopping_forgets_what_waits() -> None:
    library = Gated()
    async with at_home(library, size=(120, 40)) as stage:
        stage.home.jobs.add(["first"])
        stage.home.jobs.add(["second"])
        await stage.pilot.press("X")
        library.gate.set()
        await stage.settle()
        assert library.given == []
        await stage.press("X")
        assert "Nothing is running" in stage.hints


async def test_a_mark_set_while_the_threads_are_counted_is_not_undone_by_the_count() -> None:
    library = Gated()
    async with at_home(library, size=(120, 40)) as stage:
        before = stage.home.state.threads.unread
        library.slow.clear()
        stage.home.browser.load()
        await stage.pilot.press("m")
        assert stage.home.state.threads.unread == before - 1
        library.slow.set()
        await stage.settle()
        await stage.settle()
        assert stage.home.state.threads.unread == before - 1
        assert not stage.home.requests.is_running("threads")


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
        assert stage.library.anew == 1
        assert "threads rebuilt" in stage.hints
        assert stage.at == at


async def test_minutes_out_of_range_are_refused() -> None:
    async with at_home(size=(120, 40)) as stage:
        await stage.press("F", "e", "i", "ctrl+u", *"2", "enter")
        assert "5 to 10,080 minutes" in stage.hints
        assert stage.library.followed[0].interval == FEEDS[0].interval


async def test_earlier_wordings_are_shown_one_after_another() -> None:
    library = FakeLibrary()
    async with at_home(library, size=(120, 40)) as stage:
        story = library.by_id[stage.at]
        older = replace(story, title=fact("It was headed otherwise"), body=("It read like this.",))
        library.changed[story.id] = (Version("2026-11-20T10:00:00Z", older),)
        stage.home.story_display.reload([story.id])
        await stage.settle()
        assert "1 earlier version" in stage.text
        await stage.press("V")
        assert "It read like this." in stage.text
        assert "version until 20 Nov 2026, 10:00" in stage.text
        await stage.press("V")
        assert "It read like this." not in stage.text


async def test_what_was_never_changed_has_no_earlier_wording() -> None:
    async with at_home() as stage:
        await stage.press("V")
        assert "No earlier versions" in stage.hints


async def test_copies_are_told() -> None:
    library = FakeLibrary()
    library.copied["harbour1"] = ("harbour2",)
    async with at_home(library, size=(120, 40)) as stage:
        assert stage.at == "harbour1"
        assert "same text" in stage.text
