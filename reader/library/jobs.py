"""Long works of the library in a process of their own, so that no key waits for them."""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterable, Sequence
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from operator import attrgetter
from pathlib import Path
from typing import Any

from reader.errors import StorageError
from reader.models import FeedProgress, ImportReport, JobProgress, Outcome, RefreshReport

Watch = Callable[[FeedProgress | JobProgress], None]
"""Hears how far a long work is."""

Cancelled = Callable[[], bool]
"""Whether a long work should stop."""

GIVES_WAY = 5
"""How much less a process that does a work is given than the one that waits for it: keys come first, then what all waits for."""

_LISTEN = 0.05
"""Seconds between two looks at whether the work should stop."""
_STAGES_EVERY = 0.05
"""Seconds between two tellings of one stage: a work may count faster than anybody reads."""
_KEPT = "finished parts are kept, and the rest continues at the next start"
_PATIENCE = 10.0
"""Seconds a work that was told to stop may take to keep what it has."""


_RUNNING: set[BaseProcess] = set()


class Jobs:
    """The long works of the library in `folder`, each in a process of its own; each raises what the work itself raised.

    A work that is cancelled, and one whose reader has gone, keeps what it has and ends.
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

    def catch_up(self, *, watch: Watch | None = None, cancelled: Cancelled | None = None) -> None:
        """Run `synchronizer.catch_up`."""
        self._run("synchronizer.catch_up", [], watch, cancelled)

    def rebuild_threads(self, *, watch: Watch | None = None, cancelled: Cancelled | None = None) -> None:
        """Run `synchronizer.rebuild_threads`."""
        self._run("synchronizer.rebuild_threads", [], watch, cancelled)

    def _run(self, work: str, given: Sequence[Any], watch: Watch | None, cancelled: Cancelled | None, **named: Any) -> Any:
        return run_apart(_call, *self._library, work, given, named, watch=watch, cancelled=cancelled)


def run_apart(work: Callable[..., Any], *given: Any, watch: Watch | None = None, cancelled: Cancelled | None = None) -> Any:
    """What `work(*given, watch=, cancelled=)` gives, done in a process of its own that gives way; `work` stands in a module.

    Raises:
        ShelfError: the process was ended from outside.
    """
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=_serve, args=(theirs, work, given), daemon=False)
    # a screen may have put something that is no file in the place of standard error, and a process is not started without one
    with contextlib.redirect_stderr(sys.__stderr__):
        process.start()
    _RUNNING.add(process)
    theirs.close()
    try:
        return _listen(ours, watch, cancelled)
    finally:
        _RUNNING.discard(process)
        ours.close()
        process.join(_PATIENCE)
        if process.is_alive():
            process.kill()
            process.join()


def end_all() -> None:
    """End every work at once, as when the reader is left: what it has kept is kept, and it goes on at the next start."""
    for process in list(_RUNNING):
        process.kill()


def _listen(pipe: Connection, watch: Watch | None, cancelled: Cancelled | None) -> Any:
    """Hand on what the process tells until it tells its result."""
    told, patience = False, 0.0
    while True:
        if not told and cancelled and cancelled():
            pipe.send("stop")
            told, patience = True, time.monotonic() + _PATIENCE
        if not pipe.poll(_LISTEN):
            if told and time.monotonic() > patience:
                raise StorageError(f"the task did not stop and was ended; {_KEPT}")
            continue
        try:
            kind, what = pipe.recv()
        except EOFError as gone:
            raise StorageError(f"the task was ended from outside; {_KEPT}") from gone
        if kind == "failed":
            raise what
        if kind == "done":
            return what
        if watch:
            watch(what)


def _serve(pipe: Connection, work: Callable[..., Any], given: Sequence[Any]) -> None:
    """The other process: do the work, tell how far it is, stop when told to or when nobody listens any more."""
    from reader import log

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _leave_the_terminal()
    os.nice(GIVES_WAY)
    log.start_child("job")
    stop = threading.Event()
    threading.Thread(target=_hear, args=(pipe, stop), daemon=True).start()
    with contextlib.suppress(BrokenPipeError, ConnectionResetError):
        try:
            with log.timed("job", work=given[2] if work is _call else work.__name__):
                result = ("done", work(*given, watch=_Messenger(pipe), cancelled=stop.is_set))
        except Exception as fault:  # the one who waits for it is to hear of it, whatever it is
            result = ("failed", fault)
        pipe.send(result)


def _hear(pipe: Connection, stop: threading.Event) -> None:
    """Wait for the word to stop, or for the end of whoever would say it."""
    with contextlib.suppress(EOFError, OSError):
        pipe.recv()
    stop.set()


class _Messenger:
    """Tells every step, and of each stage as much as anybody can read."""

    def __init__(self, pipe: Connection) -> None:
        self._pipe = pipe
        self._lock = threading.Lock()
        self._told: dict[str, float] = {}

    def __call__(self, event: FeedProgress | JobProgress) -> None:
        with self._lock:
            now = time.monotonic()
            if isinstance(event, JobProgress):
                if event.done != event.of and now - self._told.get(event.what, 0.0) < _STAGES_EVERY:
                    return
                self._told[event.what] = now
            self._pipe.send(("step", event))


def _leave_the_terminal() -> None:
    """Read nothing from the screen and write nothing to it."""
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
    """Run one method of a part of the library in `folder`."""
    from reader.library.library import Library

    library = Library(folder, followed)
    try:
        return attrgetter(work)(library)(*given, watch=watch, cancelled=cancelled, **named)
    finally:
        library.close()
