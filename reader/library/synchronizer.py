"""Synchronization of threads and index with the stories."""

from __future__ import annotations

import threading
from collections.abc import Callable
from contextlib import suppress
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from reader.errors import DamagedThreadsError, StorageError
from reader.library.jobs import Cancelled, Watch, run_in_process
from reader.models import CheckReport, JobProgress
from reader.storage.store import Store
from reader.storage.versions import RECIPES

if TYPE_CHECKING:
    from reader.library.thread_updater import ThreadUpdater
    from reader.library.worker_pool import WorkerPool
    from reader.search.index import SearchIndex

_LARGE = 1000
"""Number of changes from which the index is updated in another process, in parallel with the threads."""


class Synchronizer:
    """Updates threads and index, one caller at a time."""

    def __init__(self, store: Store, index: Callable[[], SearchIndex], workers: Callable[[], WorkerPool]) -> None:
        self._store = store
        self._index = index
        self._workers = workers
        self._updating = threading.RLock()

    def catch_up(self, *, watch: Watch | None = None, cancelled: Cancelled | None = None) -> None:
        """Update threads and index, in parallel if there is much to do."""
        if not self.is_behind():  # the imports below take longer than a refresh without changes
            return
        from reader import log

        ended = threading.Event()
        indexing = threading.Thread(
            target=self._index_apart, args=(watch, lambda: ended.is_set() or bool(cancelled and cancelled()))
        )
        large = self._store.log.last() - self._store.log.state("index").seen >= _LARGE
        if large:
            indexing.start()
        try:
            with self._updating, log.timed("threads"):
                self._update_threads(_stage("threads", watch), cancelled)
        except BaseException:
            ended.set()
            raise
        finally:
            if large:
                indexing.join()
        with log.timed("index"):
            self._index().catch_up(self._store, progress=_stage("index", watch), cancelled=cancelled)

    def rebuild_threads(self, *, watch: Watch | None = None, cancelled: Cancelled | None = None) -> None:
        """Cluster all stories again; the current threads stay until it is done, and if it is canceled."""
        with self._updating:
            self._updater.rebuild(_stage("threads", watch), cancelled)

    def is_behind(self) -> bool:
        """Return whether threads or index lack changes, as after a crash, or are of another recipe."""
        last, states = self._store.log.last(), {name: self._store.log.state(name) for name in RECIPES}
        return any(state.seen < last or state.recipe != RECIPES[name] for name, state in states.items())

    def check(self) -> CheckReport:
        """Check the file and its rows, compare index and threads with the stories, and rebuild what differs."""
        damage = [problem for problem in (self._store.database.damage(), *self._store.damaged_rows()) if problem]
        if damage:
            return CheckReport(tuple(f"library: {problem}" for problem in damage), sound=False)
        lines = []
        state = self._index().check(self._store)
        lines.append(f"index: {state.summary}")
        if not state.consistent:
            self._index().rebuild(self._store)
            lines.append(f"index: rebuilt; {self._index().check(self._store).summary}")
        lines.append(f"threads: {self._check_threads()}")
        return CheckReport(tuple(lines), sound=True)

    def _check_threads(self) -> str:
        """Bring the threads up to date, or rebuild them if they disagree with the stories; returns what was found and done."""
        with self._updating:
            behind = self._updater.is_behind()
            done = "brought up to date; " if behind else ""
            try:
                self._updater.update()
                self._updater.verify()
            except DamagedThreadsError:
                self._updater.rebuild()
                done = "rebuilt, because they were damaged; "
        threads = self._store.threads.all()
        placed = sum(len(thread.stories) for thread in threads)
        return f"{done}{placed} of {self._store.stories.count()} stories in {len(threads)}"

    def _update_threads(self, progress: Callable[[int, int], None] | None, cancelled: Cancelled | None) -> None:
        """Update the threads, or rebuild them if those stored are damaged."""
        try:
            self._updater.update(progress, cancelled)
        except DamagedThreadsError:
            self._updater.rebuild(progress, cancelled)

    @cached_property
    def _updater(self) -> ThreadUpdater:
        from reader.library.thread_updater import ThreadUpdater

        return ThreadUpdater(self._store, self._workers)

    def _index_apart(self, watch: Watch | None, cancelled: Cancelled | None) -> None:
        """Update the index in another process; anything left is done next time."""
        with suppress(StorageError):
            run_in_process(_update_index, self._store.folder, watch=watch, cancelled=cancelled)


def _stage(what: str, watch: Watch | None) -> Callable[[int, int], None] | None:
    """Return a callback for the progress of a stage, if it is watched."""
    return (lambda done, of: watch(JobProgress(what, done, of))) if watch else None


def _update_index(folder: Path, *, watch: Watch, cancelled: Cancelled) -> None:
    """Update the index of the library in `folder`."""
    from reader.search.index import SearchIndex

    store = Store(folder, create=False)
    try:
        SearchIndex(folder).catch_up(store, progress=_stage("index", watch), cancelled=cancelled)
    finally:
        store.close()
