"""What a library is made of; each part is made when first needed, for what it imports takes longer than opening may."""

from __future__ import annotations

import threading
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from reader.library.jobs import end_all
from reader.storage.store import Store

if TYPE_CHECKING:
    from reader.library.corrections import Corrections
    from reader.library.followed_threads import FollowedThreads
    from reader.library.thread_updater import ThreadUpdater
    from reader.library.worker_pool import WorkerPool
    from reader.search.index import SearchIndex


class Parts:
    """The store, the index, the weaver and the workers of the library in one folder."""

    def __init__(self, folder: Path, follow: Path | None = None) -> None:
        self.folder = folder
        self._store = Store(folder)
        self._asked_follow = follow
        self._follow = follow or folder / "threads.yaml"
        self._weaving = threading.RLock()

    def close(self) -> None:
        """End what goes on in other processes, and close the files."""
        end_all()
        workers = self.__dict__.pop("_workers", None)
        if workers:
            workers.close()
        index = self.__dict__.pop("_index", None)
        if index:
            index.close()
        self._store.close()

    @cached_property
    def _weaver(self) -> ThreadUpdater:
        from reader.library.thread_updater import ThreadUpdater

        return ThreadUpdater(self._store, lambda: self._workers)

    @cached_property
    def _index(self) -> SearchIndex:
        from reader.search.index import SearchIndex

        return SearchIndex(self.folder)

    @cached_property
    def _following(self) -> FollowedThreads:
        from reader.library.followed_threads import FollowedThreads

        return FollowedThreads(self._follow, self._store)

    @cached_property
    def correct(self) -> Corrections:
        """What the reader may say of threads."""
        from reader.library.corrections import Corrections

        return Corrections(self._store, lambda thread: self._following.kept(thread) if self._follow.exists() else None)

    @cached_property
    def _workers(self) -> WorkerPool:
        from reader.library.worker_pool import WorkerPool

        return WorkerPool()
