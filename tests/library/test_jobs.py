"""Works in a process of their own: what they give, tell and raise, and how they stop."""

from __future__ import annotations

import io
import os
import sys
import threading
import time
from multiprocessing import resource_tracker
from pathlib import Path

import pytest

from reader.errors import SourceError, StorageError
from reader.library import Library
from reader.library.jobs import run_apart
from reader.models import FeedProgress, JobProgress
from tests.support import job_functions

pytestmark = pytest.mark.process


def test_a_work_gives_its_result_and_tells_how_far_it_is() -> None:
    told: list[FeedProgress | JobProgress] = []
    assert run_apart(job_functions.count, 500, watch=told.append) != os.getpid()
    assert told[-1] == FeedProgress("feed", "new", 500)
    stages = [event for event in told if isinstance(event, JobProgress)]
    assert stages[-1] == JobProgress("counted", 500, 500)
    assert len(stages) < 100, "no more is told than can be read"


def test_what_a_work_raises_is_raised_here() -> None:
    with pytest.raises(SourceError) as caught:
        run_apart(job_functions.fail)
    assert (caught.value.source, caught.value.why, caught.value.remedy) == ("page", "is not there", "look again")


def test_a_work_stops_when_told() -> None:
    told: list[FeedProgress | JobProgress] = []
    assert run_apart(job_functions.wait, watch=told.append, cancelled=lambda: bool(told)) == "stopped"


def test_a_work_starts_under_a_screen_that_keeps_standard_error_to_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    class Screen(io.StringIO):
        def fileno(self) -> int:
            return -1

    resource_tracker._resource_tracker._stop()  # type: ignore[attr-defined]
    monkeypatch.setattr(sys, "stderr", Screen())
    assert run_apart(job_functions.count, 1) != os.getpid()


def test_a_work_that_is_killed_says_so() -> None:
    with pytest.raises(StorageError, match="ended from outside"):
        run_apart(job_functions.die)


def test_all_works_are_ended_when_the_library_is_closed(library: Library) -> None:
    told: list[FeedProgress | JobProgress] = []
    fault: list[StorageError] = []

    def wait() -> None:
        with pytest.raises(StorageError) as caught:
            run_apart(job_functions.wait, watch=told.append)
        fault.append(caught.value)

    waiting = threading.Thread(target=wait)
    waiting.start()
    while not told:
        time.sleep(0.01)
    library.close()
    waiting.join(10)
    assert "ended from outside" in str(fault[0])


def test_a_work_writes_nothing_to_the_screen(capfd: pytest.CaptureFixture[str]) -> None:
    run_apart(job_functions.shout)
    assert capfd.readouterr() == ("", "")


def test_the_library_adds_apart_as_it_does_here(tmp_path: Path) -> None:
    page = tmp_path / "ferry.txt"
    page.write_text("Ferry strike ends\n\n" + "The crews of the northern ferries went back to work on Monday after nine days. " * 5)
    library = Library.open(tmp_path / "library")
    report = library.jobs.add([str(page), str(tmp_path / "missing.txt")])
    assert len(report.added) == 1
    assert [refusal.why for refusal in report.refused] == ["does not exist"]
    assert library.stories.header(report.added[0]).title == "Ferry strike ends"
    assert not library.synchronizer.is_behind()
    library.close()
