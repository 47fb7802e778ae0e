from __future__ import annotations

import threading
from typing import Any

import pytest
from textual.events import Paste

from reader.errors import StorageError
from reader.models import ImportReport, JobProgress, SavedSearch, SourceFailure
from reader.tui import handoff
from reader.tui.state.job_progress import added
from tests.support.fake_library import HOSTILE, FakeLibrary
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
        assert "2/2 ●" in stage.lines[5]
        await stage.press("m")
        assert "harbour1" in stage.library.read
        assert "1/2 ●" in stage.lines[5]
        assert stage.hints == "Marked read · u undoes"
        await stage.press("u")
        assert "harbour1" not in stage.library.read
        assert "2/2 ●" in stage.lines[5]
        await stage.press("m", "m")
        assert "harbour1" not in stage.library.read
        assert stage.hints.startswith("Marked unread")


async def test_a_star_is_shown_at_once_and_taken_away() -> None:
    async with at_home() as stage:
        await stage.press("l")
        assert stage.lines[2].count("★") == 1
        await stage.press("s")
        assert stage.lines[2].count("★") == 2
        assert "harbour2" in stage.library.starred
        await stage.press("s")
        assert "harbour2" not in stage.library.starred


async def test_undo_goes_back_mark_by_mark() -> None:
    async with at_home() as stage:
        await stage.press("m", "s", "u", "u")
        assert (stage.library.read, stage.library.starred) == ({"council1"}, {"harbour1"})
        await stage.press("u")
        assert "Nothing to undo" in stage.hints


async def test_a_story_is_read_when_the_reader_scrolls_to_its_end() -> None:
    async with at_home(size=(80, 24)) as stage:
        await stage.press("G")
        assert "harbour1" in stage.library.read
        await stage.press("u")
        assert "harbour1" not in stage.library.read


async def test_the_browser_gets_the_address_as_one_argument(started: list[list[str]], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BROWSER", "looker --new")
    async with at_home() as stage:
        await stage.press("o")
        assert started == [["looker", "--new", "https://courier.example/basin"]]
        await stage.press("l", "o")
        assert len(started) == 1
        assert "has no link" in stage.hints


async def test_an_address_that_is_none_of_the_web_is_not_handed_on(started: list[list[str]]) -> None:
    async with at_home(FakeLibrary(hostile=True)) as stage:
        await stage.come_to("hostile")
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
        assert stage.at == "harbour1"


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


class FullDisk(FakeLibrary):
    """A library whose disk is full until a test makes room."""

    full = True

    def _check(self) -> None:
        if self.full:
            raise StorageError("the disk is full")

    def marks_apply(self, selection: Any, **flag: Any) -> Any:
        self._check()
        return super().marks_apply(selection, **flag)


async def test_a_flag_that_cannot_be_written_changes_back_and_can_be_set_again() -> None:
    library = FullDisk()
    async with at_home(library) as stage:
        unread = stage.home.state.threads.unread
        await stage.press("m")
        assert stage.hints == "Not saved: the disk is full · m tries again"
        assert stage.home.state.reading
        assert not stage.home.state.reading.head.read
        assert stage.home.state.threads.unread == unread
        library.full = False
        await stage.press("m")
        assert "harbour1" in library.read
        assert stage.home.state.threads.unread == unread - 1
        await stage.press("u")
        assert "harbour1" not in library.read
        await stage.press("u")
        assert stage.hints == "Nothing to undo", "what was not written cannot be undone"


async def test_of_several_writes_that_fail_the_stored_flag_is_shown() -> None:
    library = FullDisk()
    gate = threading.Event()
    async with at_home(library) as stage:
        stage.home.journal.submit(lambda: gate.wait(10))
        await stage.pilot.press("s", "s")
        gate.set()
        await stage.settle()
        await stage.press("s")
        assert stage.home.state.reading
        assert stage.home.state.reading.head.starred is ("harbour1" in library.starred)


async def test_a_reading_history_that_cannot_be_written_is_reported() -> None:
    class Broken(FakeLibrary):
        def history_record(self, story: Any, spans: Any = None) -> None:
            raise StorageError("the disk is full")

    async with at_home(Broken(), size=(80, 24)) as stage:
        await stage.press("G", "space")
        assert stage.hints == "Not saved: the disk is full"


# pasting


@pytest.mark.parametrize("keys", [("C", "r"), ("S", "r")])
async def test_pasted_text_arrives_once_in_a_question(keys: tuple[str, ...]) -> None:
    library = FakeLibrary()
    library.saved_searches.kept.append(SavedSearch("Ferries", "ferry"))
    async with at_home(library) as stage:
        if keys[0] == "S":
            await stage.press("escape", "g")
        await stage.press(*keys, "ctrl+u")
        stage.app.post_message(Paste("abc"))
        await stage.settle()
        await stage.press("enter")
        assert "“abc”" in stage.hints


# adding


class Waiting(FakeLibrary):
    """A library that adds until it is told to stop."""

    def __init__(self) -> None:
        super().__init__()
        self.stopped = threading.Event()

    def importer_add(self, sources: Any, *, watch: Any = None, cancelled: Any = None) -> ImportReport:
        watch(JobProgress("stories", 3, 0))
        while not cancelled():
            self.stopped.wait(0.01)
        self.stopped.set()
        return ImportReport(added=("harbour1",))


async def test_sources_are_added_while_the_reader_reads() -> None:
    async with at_home(add=["a.txt", "b.txt"]) as stage:
        assert stage.hints == "2 stories added"
        assert "News 2" in stage.text
        assert stage.at == "harbour1"
        assert stage.library.added == ["new1", "new2"]


async def test_adding_to_an_empty_library_opens_what_was_added() -> None:
    async with at_home(FakeLibrary(empty=True), add=["a.txt"]) as stage:
        assert stage.at == "new1"
        assert stage.app.screen is stage.home


async def test_adding_is_stopped_with_its_key_and_by_no_other() -> None:
    from reader.tui.app import Newsloom

    library = Waiting()
    app = Newsloom(library, _nowhere(), add=["a"])
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause(0.5)
        line = "".join(segment.text for segment in app.screen._compositor.render_strips()[-1])
        assert "Reading  3" in line
        assert "X cancels" in line
        await pilot.press("j", "escape")
        assert app.screen.state.pane == "rail"  # type: ignore[attr-defined]
        assert not library.stopped.is_set()
        await pilot.press("X")
        await app.workers.wait_for_complete()
        await pilot.pause()
        assert library.stopped.is_set()


def _nowhere() -> Any:
    from pathlib import Path

    from reader.paths import Directories

    return Directories(Path("/nonexistent"), Path("/nonexistent"))


async def test_an_empty_library_greets_and_fills_with_the_samples() -> None:
    async with at_home(FakeLibrary(empty=True), (120, 40)) as stage:
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
    class Broken(FakeLibrary):
        def stories_get(self, id: str) -> Any:
            if id == "harbour2":
                raise OSError(HOSTILE)
            return super().stories_get(id)

    async with at_home(Broken(), (80, 24)) as stage:
        await stage.press("l")
        assert "Could not read the library: [/b]" in stage.hints
        await stage.press("J")
        assert stage.at == "ferry1"
