from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from textual.events import Paste

from reader.errors import StorageError
from reader.models import ImportReport, JobProgress, SavedSearch, SourceFailure, Story
from reader.tui import handoff
from reader.tui.controllers import journal
from reader.tui.state.job_progress import added
from tests.support.example_library import ExampleLibrary, Gate, failing, stub
from tests.support.example_stories import HOSTILE, paragraphs
from tests.support.main_screen import at_home


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """The programs that would have been started."""
    commands: list[list[str]] = []

    def start(command: list[str]) -> bool:
        commands.append(command)
        return True

    monkeypatch.setattr(handoff, "start", start)
    return commands


async def test_read_and_unread_with_the_way_back() -> None:
    async with at_home() as stage:
        assert "5 unread" in stage.lines[0]
        await stage.press("m")
        assert "harboura" in stage.library.read
        assert "4 unread" in stage.lines[0]
        assert stage.hints == "Marked read · u undoes"
        await stage.press("u")
        assert "harboura" not in stage.library.read
        assert "5 unread" in stage.lines[0]
        await stage.press("m", "m")
        assert "harboura" not in stage.library.read
        assert stage.hints.startswith("Marked unread")


async def test_a_star_is_shown_at_once_and_taken_away() -> None:
    async with at_home() as stage:
        await stage.press("l")
        assert stage.lines[2].count("★") == 1
        await stage.press("s")
        assert stage.lines[2].count("★") == 2
        assert "harbourb" in stage.library.starred
        await stage.press("s")
        assert "harbourb" not in stage.library.starred


async def test_undo_goes_back_mark_by_mark() -> None:
    async with at_home() as stage:
        await stage.press("m", "s", "u", "u")
        assert (stage.library.read, stage.library.starred) == ({"councila"}, {"harboura"})
        await stage.press("u")
        assert "Nothing to undo" in stage.hints


async def test_a_story_is_read_when_the_reader_scrolls_to_its_end() -> None:
    async with at_home(size=(80, 24)) as stage:
        await stage.press("G")
        assert "harboura" in stage.library.read
        await stage.press("u")
        assert "harboura" not in stage.library.read


async def test_the_browser_gets_the_address_as_one_argument(started: list[list[str]], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BROWSER", "looker --new")
    async with at_home() as stage:
        await stage.press("o")
        assert started == [["looker", "--new", "https://courier.example/basin"]]
        await stage.press("l", "o")
        assert len(started) == 1
        assert "has no link" in stage.hints


@pytest.mark.usefixtures("loosely_related")
async def test_an_address_that_is_none_of_the_web_is_not_handed_on(started: list[list[str]]) -> None:
    async with at_home(ExampleLibrary(hostile=True)) as stage:
        await stage.come_to("hostilex")
        await stage.press("o")
        assert started == []


@pytest.mark.parametrize(
    ("key", "copied"),
    [
        ("l", "https://courier.example/basin"),
        (
            "q",
            "The basin of the harbour will be dredged before the spring.\n— Coast Courier, “Harbour Basin to Be Dredged”, 23 Dec",
        ),
        ("s", "Harbour Basin to Be Dredged\n\nThe basin of the harbour"),
    ],
)
async def test_copying_asks_what_and_takes_the_source_along(key: str, copied: str) -> None:
    async with at_home() as stage:
        await stage.press("y")
        assert "l link   s story   q passage" in stage.hints
        await stage.press(key)
        assert stage.app.clipboard.startswith(copied)
        assert "opied" in stage.hints
        assert stage.at == "harboura"


async def test_escape_copies_nothing_and_goes_nowhere() -> None:
    async with at_home() as stage:
        await stage.press("y", "escape")
        assert stage.app.clipboard == ""
        assert stage.home.state.pane == "columns"
        assert "Space page" in stage.hints


async def test_what_was_done_is_said_for_a_while_only() -> None:
    async with at_home() as stage:
        await stage.press("m")
        assert stage.home.status_bar.said
        stage.home.status_bar.hush()
        await stage.settle()
        assert "Space page" in stage.hints


# writes that fail


def full_disk() -> tuple[ExampleLibrary, Callable[[], None]]:
    """A library whose disk is full, and what makes room on it."""
    library = ExampleLibrary()
    apply = library.marks.apply
    stub(library.marks, apply=failing(StorageError("the disk is full")))
    return library, lambda: stub(library.marks, apply=apply)


async def test_a_flag_that_cannot_be_written_changes_back_and_can_be_set_again() -> None:
    library, make_room = full_disk()
    async with at_home(library) as stage:
        unread = stage.home.state.listed.unread or 0
        await stage.press("m")
        assert stage.hints == "Not saved: the disk is full · m tries again"
        assert stage.home.state.reading
        assert not stage.home.state.reading.head.read
        assert stage.home.state.listed.unread == unread
        make_room()
        await stage.press("m")
        assert "harboura" in library.read
        assert stage.home.state.listed.unread == unread - 1
        await stage.press("u")
        assert "harboura" not in library.read
        await stage.press("u")
        assert stage.hints == "Nothing to undo", "what was not written cannot be undone"


@pytest.mark.parametrize(("key", "message"), [("m", "Marked read · u undoes"), ("s", "Star removed · u undoes")])
async def test_a_change_is_stated_only_when_it_is_written(key: str, message: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(journal, "SLOW", 0.01)
    gate = Gate()
    async with at_home() as stage:
        stage.home.journal.submit(gate.wait)
        await stage.pilot.press(key)
        await stage.pilot.pause(0.1)
        assert stage.hints == "Saving …"
        gate.open()
        await stage.settle()
        assert stage.hints == message


async def test_of_several_writes_that_fail_the_stored_flag_is_shown() -> None:
    library, _ = full_disk()
    gate = Gate()
    async with at_home(library) as stage:
        stage.home.journal.submit(gate.wait)
        await stage.pilot.press("s", "s")
        gate.open()
        await stage.settle()
        await stage.press("s")
        assert stage.home.state.reading
        assert stage.home.state.reading.head.starred is ("harboura" in library.starred)


async def test_a_reading_history_that_cannot_be_written_is_reported() -> None:
    library = ExampleLibrary()
    stub(library.history, record=failing(StorageError("the disk is full")))
    async with at_home(library, size=(80, 24)) as stage:
        await stage.press("G", "space")
        assert stage.hints == "Not saved: the disk is full"


# pasting


@pytest.mark.parametrize("keys", [("C", "r"), ("S", "r")])
async def test_pasted_text_arrives_once_in_a_question(keys: tuple[str, ...]) -> None:
    library = ExampleLibrary()
    library.saved_searches.save(SavedSearch("Ferries", "ferry"))
    async with at_home(library) as stage:
        if keys[0] == "S":
            await stage.press("S")
        await stage.press(*keys, "ctrl+u")
        stage.app.post_message(Paste("abc"))
        await stage.settle()
        await stage.press("enter")
        assert "“abc”" in stage.hints


# adding


def pages(folder: Path, *names: str) -> list[str]:
    """Files with a story in each."""
    for name in names:
        (folder / name).write_text(f"News of the {name}\n\n" + "\n\n".join(paragraphs(name, 5)), encoding="utf-8")
    return [str(folder / name) for name in names]


async def test_sources_are_added_while_the_reader_reads(tmp_path: Path) -> None:
    async with at_home(add=pages(tmp_path, "mill.txt", "quay.txt")) as stage:
        assert stage.hints == "2 stories added"
        assert "News of the quay.txt" in [match.head.title for match in stage.library.search.run("quay").matches]
        assert stage.home.state.pane == "columns"


async def test_adding_to_an_empty_library_opens_what_was_added(tmp_path: Path) -> None:
    async with at_home(ExampleLibrary(empty=True), add=pages(tmp_path, "mill.txt")) as stage:
        assert stage.home.state.reading
        assert stage.home.state.reading.head.title == "News of the mill.txt"
        assert stage.app.screen is stage.home


async def test_adding_is_stopped_with_its_key_and_by_no_other() -> None:
    library, stopped = ExampleLibrary(), threading.Event()

    def add(sources: Any, *, watch: Any, cancelled: Callable[[], bool]) -> ImportReport:
        watch(JobProgress("stories", 3, 0))
        while not cancelled():
            stopped.wait(0.01)
        stopped.set()
        return ImportReport(added=("harboura",))

    stub(library.jobs, add=add)
    async with at_home(library, size=(80, 24)) as stage:
        stage.home.jobs.add(["https://mill.example"])
        while "Reading  3" not in stage.hints:
            await stage.pilot.pause(0.01)
        assert "X cancels" in stage.hints
        await stage.pilot.press("j", "escape")
        assert stage.home.state.pane == "list"
        assert not stopped.is_set()
        await stage.press("X")
        assert stopped.is_set()


async def test_an_empty_library_greets_and_fills_with_the_samples() -> None:
    async with at_home(ExampleLibrary(empty=True), (120, 40)) as stage:
        assert "Your library is empty" in stage.text
        with stage.app.leaving:
            await stage.press("1")
            for _ in range(5):
                await stage.settle()
            assert "5 stories added" in stage.hints
            assert "Syria withdrawal" in stage.text


@pytest.mark.parametrize(
    ("report", "said"),
    [
        (ImportReport(added=("a",)), "1 story added"),
        (ImportReport(unchanged=("a", "b")), "2 unchanged"),
        (ImportReport(), "0 stories added"),
        (ImportReport(("a",), ("b",), ("c",)), "1 story added, 1 updated, 1 unchanged"),
        (
            ImportReport(refused=(SourceFailure("x.bin", "it is not text"),) * 2),
            "0 stories added · x.bin was not added: it is not text, and 1 more",
        ),
    ],
)
def test_what_adding_did_in_words(report: ImportReport, said: str) -> None:
    assert "".join(added(report)) == said


async def test_a_library_that_fails_is_told_and_the_reader_reads_on() -> None:
    library = ExampleLibrary()
    plain = library.stories.get

    def get(id: str) -> Story:
        if id == "harbourb":
            raise OSError(HOSTILE)
        return plain(id)

    stub(library.stories, get=get)
    async with at_home(library, (80, 24)) as stage:
        await stage.press("l")
        assert "Could not read the library: [/b]" in stage.hints
        await stage.press("J")
        assert stage.at == "ferryxxa"
