"""Jobs in processes of their own: results, progress, errors and cancellation."""

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
from reader.library.jobs import run_in_process
from reader.models import FeedProgress, JobProgress
from tests.support import job_functions
from tests.support.shared_workers import SharedWorkers

pytestmark = pytest.mark.process


def test_a_job_returns_its_result_and_reports_progress() -> None:
    told: list[FeedProgress | JobProgress] = []
    assert run_in_process(job_functions.count, 500, watch=told.append) != os.getpid()
    assert told[-1] == FeedProgress("feed", "new", 500)
    stages = [event for event in told if isinstance(event, JobProgress)]
    assert stages[-1] == JobProgress("counted", 500, 500)
    assert len(stages) < 100, "no more is told than can be read"


def test_errors_of_a_job_are_raised_in_the_parent() -> None:
    with pytest.raises(SourceError) as caught:
        run_in_process(job_functions.fail)
    assert (caught.value.source, caught.value.why, caught.value.remedy) == ("page", "is not there", "look again")


def test_a_job_can_be_canceled() -> None:
    told: list[FeedProgress | JobProgress] = []
    assert run_in_process(job_functions.wait, watch=told.append, cancelled=lambda: bool(told)) == "stopped"


def test_a_job_starts_with_standard_error_replaced(monkeypatch: pytest.MonkeyPatch, shared_workers: SharedWorkers) -> None:
    class Screen(io.StringIO):
        def fileno(self) -> int:
            return -1

    shared_workers.end()  # the tracker stops when no process uses it
    resource_tracker._resource_tracker._stop()  # type: ignore[attr-defined]
    monkeypatch.setattr(sys, "stderr", Screen())
    assert run_in_process(job_functions.count, 1) != os.getpid()


def test_a_killed_job_raises_an_error() -> None:
    with pytest.raises(StorageError, match="task was killed"):
        run_in_process(job_functions.die)


def test_closing_the_library_ends_all_jobs(library: Library) -> None:
    told: list[FeedProgress | JobProgress] = []
    fault: list[StorageError] = []

    def wait() -> None:
        with pytest.raises(StorageError) as caught:
            run_in_process(job_functions.wait, watch=told.append)
        fault.append(caught.value)

    waiting = threading.Thread(target=wait)
    waiting.start()
    while not told:
        time.sleep(0.01)
    library.close()
    waiting.join(10)
    assert "task was killed" in str(fault[0])


def test_a_job_does_not_write_to_the_terminal(capfd: pytest.CaptureFixture[str]) -> None:
    run_in_process(job_functions.shout)
    assert capfd.readouterr() == ("", "")


def test_adding_in_a_job_gives_the_same_result(tmp_path: Path) -> None:
    page = tmp_path / "ferry.txt"
    page.write_text("Ferry strike ends\n\n" + "The crews of the northern ferries went back to work on Monday after nine days. " * 5)
    library = Library.open(tmp_path / "library")
    report = library.jobs.add([str(page), str(tmp_path / "missing.txt")])
    assert len(report.added) == 1
    assert [as_failure.why for as_failure in report.refused] == ["does not exist"]
    assert library.stories.header(report.added[0]).title == "Ferry strike ends"
    assert not library.synchronizer.is_behind()
    library.close()
