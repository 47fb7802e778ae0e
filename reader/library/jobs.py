"""Long jobs of the library, each in a process of its own, so that the screen stays responsive."""

from __future__ import annotations

import contextlib
import os
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterable, Sequence
from operator import attrgetter
from pathlib import Path
from typing import TYPE_CHECKING, Any

from reader.errors import StorageError
from reader.models import FeedProgress, FullTextReport, ImportReport, JobProgress, Outcome, RefreshReport

if TYPE_CHECKING:
    from multiprocessing.connection import Connection
    from multiprocessing.process import BaseProcess

Watch = Callable[[FeedProgress | JobProgress], None]
"""Callback for progress."""

Cancelled = Callable[[], bool]
"""Whether a job should stop."""

NICENESS = 5
"""Niceness of background processes: key presses come first."""

_POLL_INTERVAL = 0.05
"""Seconds between checks for cancellation."""
_EVENT_INTERVAL = 0.05
"""Minimum seconds between two progress events of one stage."""
_KEPT = "finished parts are kept, and the rest continues at the next start"
_PATIENCE = 10.0
"""Seconds that a job may take to stop after cancellation."""


_RUNNING: set[BaseProcess] = set()


class Jobs:
    """Long jobs of the library in `folder`, each in a process of its own; each raises the errors of the job itself.

    A job that is cancelled, or whose parent has ended, saves its results and ends.
    """

    def __init__(self, folder: Path, followed: Path | None = None) -> None:
        self._library = (folder, followed)

    def add(self, sources: Iterable[str], *, watch: Watch | None = None, cancelled: Cancelled | None = None) -> ImportReport:
        """Run `importer.add`."""
        report: ImportReport = self._run("importer.add", [list(sources)], watch, cancelled)
        return report

    def refresh(
        self,
        feeds: Sequence[str] | None = None,
        *,
        due: bool = False,
        watch: Watch | None = None,
        cancelled: Cancelled | None = None,
    ) -> RefreshReport:
        """Run `importer.refresh`."""
        refreshed: RefreshReport = self._run("importer.refresh", [feeds], watch, cancelled, due=due)
        return refreshed

    def full_text(self, story: str, *, watch: Watch | None = None, cancelled: Cancelled | None = None) -> Outcome:
        """Run `importer.full_text`."""
        outcome: Outcome = self._run("importer.full_text", [story], watch, cancelled)
        return outcome

    def full_texts(
        self, stories: Sequence[str], *, watch: Watch | None = None, cancelled: Cancelled | None = None
    ) -> FullTextReport:
        """Run `importer.full_texts`."""
        report: FullTextReport = self._run("importer.full_texts", [list(stories)], watch, cancelled)
        return report

    def catch_up(self, *, watch: Watch | None = None, cancelled: Cancelled | None = None) -> None:
        """Run `synchronizer.catch_up`."""
        self._run("synchronizer.catch_up", [], watch, cancelled)

    def rebuild_threads(self, *, watch: Watch | None = None, cancelled: Cancelled | None = None) -> None:
        """Run `synchronizer.rebuild_threads`."""
        self._run("synchronizer.rebuild_threads", [], watch, cancelled)

    def _run(self, work: str, given: Sequence[Any], watch: Watch | None, cancelled: Cancelled | None, **named: Any) -> Any:
        return run_in_process(_call, *self._library, work, given, named, watch=watch, cancelled=cancelled)


def run_in_process(work: Callable[..., Any], *given: Any, watch: Watch | None = None, cancelled: Cancelled | None = None) -> Any:
    """Return `work(*given, watch=, cancelled=)`, run in a low-priority process; `work` must be a module-level function.

    Raises:
        StorageError: the process was killed.
    """
    import multiprocessing

    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=_serve, args=(theirs, work, given), daemon=False)
    # a screen may have replaced standard error by an object without a file, and starting a process requires one
    with contextlib.redirect_stderr(sys.__stderr__):
        process.start()
    _RUNNING.add(process)
    theirs.close()
    try:
        return _forward_events(ours, watch, cancelled)
    finally:
        _RUNNING.discard(process)
        ours.close()
        process.join(_PATIENCE)
        if process.is_alive():
            process.kill()
            process.join()


def end_all() -> None:
    """Kill all jobs, as on exit: stored results remain, and the next start continues."""
    for process in list(_RUNNING):
        process.kill()


def _forward_events(pipe: Connection, watch: Watch | None, cancelled: Cancelled | None) -> Any:
    """Forward progress from the process until its result arrives."""
    stopping, patience = False, 0.0
    while True:
        if not stopping and cancelled and cancelled():
            pipe.send("stop")
            stopping, patience = True, time.monotonic() + _PATIENCE
        if not pipe.poll(_POLL_INTERVAL):
            if stopping and time.monotonic() > patience:
                raise StorageError(f"the task did not stop and was ended; {_KEPT}")
            continue
        try:
            kind, what = pipe.recv()
        except EOFError as gone:
            raise StorageError(f"the task was killed; {_KEPT}") from gone
        if kind == "failed":
            raise what
        if kind == "done":
            return what
        if watch:
            watch(what)


def _serve(pipe: Connection, work: Callable[..., Any], given: Sequence[Any]) -> None:
    """Entry point of the process: run the job, send progress, and stop when told to or when the parent is gone."""
    from reader import log

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _detach_terminal()
    os.nice(NICENESS)
    log.start_child("job")
    stop = threading.Event()
    threading.Thread(target=_wait_for_stop, args=(pipe, stop), daemon=True).start()
    with contextlib.suppress(BrokenPipeError, ConnectionResetError):
        try:
            with log.timed("job", work=given[2] if work is _call else work.__name__):
                result = ("done", work(*given, watch=_EventSender(pipe), cancelled=stop.is_set))
        except Exception as fault:  # any error is raised again in the parent
            result = ("failed", fault)
        pipe.send(result)


def _wait_for_stop(pipe: Connection, stop: threading.Event) -> None:
    """Wait for the request to stop, or for the end of the parent."""
    with contextlib.suppress(EOFError, OSError):
        pipe.recv()
    stop.set()


class _EventSender:
    """Sends progress events, at a limited rate per stage."""

    def __init__(self, pipe: Connection) -> None:
        self._pipe = pipe
        self._lock = threading.Lock()
        self._sent: dict[str, float] = {}

    def __call__(self, event: FeedProgress | JobProgress) -> None:
        with self._lock:
            now = time.monotonic()
            if isinstance(event, JobProgress):
                if event.done != event.of and now - self._sent.get(event.what, 0.0) < _EVENT_INTERVAL:
                    return
                self._sent[event.what] = now
            self._pipe.send(("step", event))


def _detach_terminal() -> None:
    """Detach standard streams from the terminal."""
    nothing = os.open(os.devnull, os.O_RDWR)
    for handle in (0, 1, 2):
        os.dup2(nothing, handle)
    os.close(nothing)


def _call(
    folder: Path,
    followed: Path | None,
    work: str,
    given: Sequence[Any],
    named: dict[str, Any],
    *,
    watch: Watch,
    cancelled: Cancelled,
) -> Any:
    """Call a method of a part of the library in `folder`."""
    from reader.library.library import Library

    library = Library(folder, followed, create=False)
    try:
        return attrgetter(work)(library)(*given, watch=watch, cancelled=cancelled, **named)
    finally:
        library.close()
