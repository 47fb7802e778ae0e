"""The feeds on the screen: how they are, what is done with them, and that a refresh leaves the reader in peace."""

from __future__ import annotations

import threading
from typing import Any

import pytest

from reader.models import FeedProgress, JobProgress, RefreshReport
from reader.presentation.messages import feed_failure
from reader.tui.controllers.library_jobs import as_source
from reader.tui.screens.feeds import FeedsScreen
from reader.tui.state.job_progress import JobProgressState, happened, refreshed
from tests.support.example_library import ExampleLibrary, stub
from tests.support.example_stories import FEEDS, HOSTILE
from tests.support.main_screen import AtHome, at_home
from tests.support.stage import compare

COURIER, GAZETTE, WIRE = FEEDS


def names(stage: AtHome) -> list[str]:
    return [line.strip(" ▌!+…").split("  ")[0] for line in stage.lines[2:-1] if line.strip()]


async def test_as_it_looks() -> None:
    async with at_home(size=(40, 12)) as stage:
        await stage.press("F")
        assert isinstance(stage.app.screen, FeedsScreen)
        for size in [(40, 12), (80, 24), (120, 40), (200, 50)]:
            await stage.turn(*size)
            assert all(len(line) <= size[0] for line in stage.lines)
            compare(f"feeds-{size[0]}x{size[1]}", stage.text)


async def test_a_hostile_name_is_literal() -> None:
    async with at_home(size=(200, 50)) as stage:
        await stage.press("F")
        assert HOSTILE[:18] in stage.text


async def test_all_feeds_are_asked_and_what_came_is_told() -> None:
    async with at_home(size=(120, 40)) as stage:
        await stage.press("R")
        assert stage.library.jobs.refreshed == [[feed.address for feed in stage.library.feeds.all()]]
        assert "3 feeds refreshed, 4 new · 1 feed failed · F shows why" in stage.hints
        await stage.press("F")
        assert "2 new" in stage.text
        assert "did not answer within 20 s" in stage.text


async def test_one_feed_is_asked() -> None:
    async with at_home() as stage:
        await stage.press("F", "j", "r")
        assert stage.library.jobs.refreshed == [[GAZETTE.address]]


async def test_failures_are_found_with_a_key_and_say_what_to_do() -> None:
    async with at_home(size=(120, 40)) as stage:
        await stage.press("F", "right_square_bracket")
        assert stage.app.screen.feed.address == GAZETTE.address  # type: ignore[attr-defined]
        assert "Newsloom tries again later" in stage.text
        await stage.press("right_square_bracket")
        assert "No more failed feeds in that direction" in stage.hints


@pytest.mark.parametrize("size", [(60, 24), (80, 24), (120, 40)])
async def test_a_failure_is_readable_in_full_on_any_screen(size: tuple[int, int]) -> None:
    async with at_home(size=size) as stage:
        await stage.press("F", "right_square_bracket")
        told = " ".join(" ".join(stage.lines[2:-1]).split())
        why, remedy = feed_failure(stage.library.feeds.get(GAZETTE.address))
        assert f"{why[1:]}; {remedy} · {GAZETTE.address}" in told
        assert len(stage.lines) == size[1]


async def test_a_feed_is_removed_and_comes_back() -> None:
    async with at_home(size=(120, 40)) as stage:
        await stage.press("F", "d")
        assert COURIER.name not in names(stage)
        assert "u undoes" in stage.hints
        await stage.press("u")
        assert COURIER.name in names(stage)
        await stage.press("u")
        assert "Nothing to undo" in stage.hints


async def test_settings_are_changed() -> None:
    async with at_home(size=(120, 40)) as stage:
        await stage.press("F", "e", "n", "ctrl+u", *"Mine", "enter")
        await stage.press("e", "t", *", big news", "enter")
        await stage.press("e", "i", "ctrl+u", *"30", "enter")
        await stage.press("e", "f")
        feed = stage.library.feeds.get(COURIER.address)
        assert (feed.name, feed.tags, feed.interval, feed.full_text) == ("Mine", ("sea", "big news"), 30, True)
        await stage.press("e", "x", "e", "n", "escape")
        assert stage.library.feeds.get(COURIER.address) == feed


async def test_something_is_added_by_its_address() -> None:
    async with at_home(size=(120, 40)) as stage:
        await stage.press("F", "a", *"https://new.example/feed", "enter")
        await stage.settle()
        assert stage.library.stories.get("newxxxxb").source == "https://new.example/feed"
        assert "1 story added" in stage.hints


@pytest.mark.parametrize(
    ("typed", "source"),
    [
        ("news.example/feed", "https://news.example/feed"),
        ("feed:https://a.example/f", "feed:https://a.example/f"),
        ("nothing here", None),
        ("/no/such/file", None),
    ],
)
def test_what_is_typed_is_taken_as_people_mean_it(typed: str, source: str | None) -> None:
    assert as_source(typed) == source
    assert as_source(typed, bare=False) == (source if ":" in typed else None)


async def test_enter_shows_its_stories_and_escape_leads_back() -> None:
    async with at_home(size=(120, 40)) as stage:
        await stage.press("F", "escape")
        assert stage.app.screen is stage.home
        await stage.press("F", "enter")
        assert stage.home.list_pane.view.place.key == COURIER.address
        assert "Coast Courier" in stage.lines[0]
        await stage.press("escape")
        assert stage.home.list_pane.view.place.kind == "front"


async def test_the_full_text_is_fetched_with_a_key() -> None:
    async with at_home(size=(120, 40)) as stage:
        await stage.press("f")
        await stage.settle()
        column = stage.home.columns.current
        assert column is not None
        assert column.story.body[-1] == "And this is the rest of it."


def slow() -> ExampleLibrary:
    """A library whose refresh brings a story and goes on until it is stopped."""
    library = ExampleLibrary(many=60)

    def refresh(*_: Any, watch: Any, cancelled: Any, **__: Any) -> RefreshReport:
        library.jobs.add(["wire"])
        watch(FeedProgress(COURIER.address, "new", new=1))
        watch(JobProgress("feeds", 1, 3))
        while not cancelled():
            threading.Event().wait(0.01)
        return RefreshReport(3, 1, 0, (), True)

    stub(library.jobs, refresh=refresh)
    return library


async def test_while_a_refresh_runs_nothing_moves_and_every_key_works() -> None:
    async with at_home(slow(), (120, 30)) as stage:
        await stage.press("J", "j", "j", "j")
        before = (stage.at, stage.home.columns.current.percent if stage.home.columns.current else 0, stage.home.list_view.cursor)
        await stage.pilot.press("R")
        await stage.pilot.pause(0.6)
        assert "Refreshing" in stage.hints
        assert "1 of 3 feeds, 1 new" in stage.hints
        after = (stage.at, stage.home.columns.current.percent if stage.home.columns.current else 0, stage.home.list_view.cursor)
        assert after == before, "the cursor is on the same thread, the text where it was"
        await stage.pilot.press("s")
        assert stage.at in stage.library.starred or await _starred(stage)
        await stage.pilot.press("F", "escape")
        assert stage.home.runner.is_running, "leaving the feeds cancels nothing"
        await stage.pilot.press("X")
        await stage.settle()
        assert "then canceled" in stage.hints
        assert not stage.home.runner.is_running


async def _starred(stage: AtHome) -> bool:
    await stage.pilot.pause(0.2)
    return stage.at in stage.library.starred


def test_tidings_tell_the_stage_that_is_waited_for() -> None:
    heard = JobProgressState()
    assert "Working" in heard.line()[0][0]
    heard.hear(JobProgress("feeds", 1, 2))
    heard.hear(JobProgress("index", 5, 9))
    heard.hear(FeedProgress("a", "failed", why="no"))
    assert "".join(text for text, _ in heard.line()).startswith("Refreshing")
    assert "1 failed" in heard.line()[-1][0]
    heard.hear(JobProgress("feeds", 2, 2))
    assert "".join(text for text, _ in heard.line()).startswith("Indexing")


@pytest.mark.parametrize(
    ("step", "said"),
    [
        (None, ""),
        (FeedProgress("a", "asked"), "waiting"),
        (FeedProgress("a", "same"), "nothing new"),
        (FeedProgress("a", "new", 2, 1), "2 new, 1 changed"),
        (FeedProgress("a", "new", 2, why="one page could not be had"), "2 new; one page could not be had"),
        (FeedProgress("a", "failed", why="did not answer"), "did not answer"),
    ],
)
def test_what_came_of_asking_in_words(step: FeedProgress | None, said: str) -> None:
    assert happened(step) == said


def test_what_a_refresh_did_in_words() -> None:
    assert refreshed(RefreshReport()) == ["No feeds to refresh"]
    assert "".join(refreshed(RefreshReport(2, 3, 1))) == "2 feeds refreshed, 3 new, 1 changed"
