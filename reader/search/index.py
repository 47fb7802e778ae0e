"""The index on disk: updated from the store's change log, verified against the store, and rebuilt if damaged."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from itertools import repeat
from pathlib import Path
from typing import NamedTuple

from msgspec import Struct

from reader.errors import DamagedArrayFile, LibraryBusy, StorageError
from reader.search import answers, indexer
from reader.search.consistency import IndexState, check
from reader.search.engine import Engine
from reader.search.index_directory import IndexDirectory
from reader.search.indexer import Cancelled, IndexingMonitor, Progress
from reader.search.query import ParsedQuery
from reader.search.query_nodes import FilterLookup, no_filters
from reader.search.schema import keys
from reader.search.snapshot import IndexSnapshots
from reader.search.spelling import nearest
from reader.storage.change_log import DerivedState
from reader.storage.file_lock import locked
from reader.storage.store import Store
from reader.storage.versions import INDEX as RECIPE

_SMALL_MERGE = 20_000
"""Documents up to which segments are merged in the background; `catch_up` merges larger ones."""


class ScoredStory(NamedTuple):
    """A matching story and its score (BM25F, as computed by Whoosh)."""

    id: str
    score: float


class Ranking(Struct, frozen=True):
    """Matching stories, best first (ties in the order of indexing), and their total number."""

    found: tuple[ScoredStory, ...]
    total: int


class SearchIndex:
    """The search index of a library, safe to use from any thread. Raises `StorageError` if it cannot be read or written."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "index"
        self._writers = threading.Lock()
        self._snapshots = IndexSnapshots(self.folder)
        self._verified = False
        self._committer: threading.Thread | None = None
        self._closing = threading.Event()

    def close(self) -> None:
        """Stop background work and close the files; the next query opens them again."""
        self._closing.set()
        if self._committer:
            self._committer.join()
        self._closing.clear()
        self._snapshots.close()

    # Updates

    def catch_up(self, store: Store, *, progress: Progress | None = None, cancelled: Cancelled | None = None) -> int:
        """Apply the backlog of the change log, slice by slice; returns the number of changes applied.

        An index that is missing, damaged, foreign, of another version or incomplete is rebuilt. Each slice is committed: if
        cancelled or killed, at most one slice is lost. `progress` gets the numbers of stories done and in all.
        """
        monitor = IndexingMonitor(progress, cancelled)
        with self._write_lock():
            indexer.restore(self.folder)
            if store.log.state("index").recipe != RECIPE or self._is_damaged(store):
                return self._rebuild(store, monitor)
            try:
                folder = IndexDirectory(self.folder)
                if not self._verified:
                    folder.verify(folder.read()[0])
                    self._verified = True
                indexer.remove_leftovers(self.folder)
                done = indexer.apply_backlog(folder, store, monitor)
                whole = sum(segment.doc_count() for segment in folder.read()[0]) == store.stories.count()
            except StorageError:
                raise
            except Exception:  # an index can be damaged in as many ways as there are files
                return self._rebuild(store, monitor)
            # a story that another process has just stored is a backlog, not damage
            return done if whole or store.log.last() > store.log.state("index").seen else self._rebuild(store, monitor)

    def include_pending(self, store: Store) -> None:
        """Make pending changes visible to the next query, and commit them in the background.

        If the index is missing or damaged, a rebuild is started, and at least its first slice is committed.
        """
        state = store.log.state("index")
        behind = store.log.last() - state.seen
        if not self.folder.exists():
            with contextlib.suppress(LibraryBusy), self._write_lock(wait=False):
                indexer.restore(self.folder)
        if state.recipe != RECIPE or not self.folder.exists() or self._is_damaged(store):
            with contextlib.suppress(LibraryBusy), self._write_lock(wait=False):
                self._rebuild(store, IndexingMonitor(cancelled=lambda: True), indexer.apply_backlog)
        elif behind:
            self._snapshots.include_pending(store)
            self._commit_in_background(store)

    def rebuild(self, store: Store) -> int:
        """Rebuild the index; returns the number of changes applied."""
        with self._write_lock():
            return self._rebuild(store, IndexingMonitor())

    def check(self, store: Store) -> IndexState:
        """Compare index and store in both directions, story by story."""
        return check(IndexDirectory(self.folder), store)

    # Queries

    def search(self, query: ParsedQuery, limit: int = 50, lookup: FilterLookup = no_filters, *, newest: bool = False) -> Ranking:
        """Return the best matches of a query, or the newest; `lookup` resolves filters such as `is:starred`."""
        with self._snapshots.engine() as engine:
            ask = answers.newest if newest else Engine.search
            scores, numbers, total = ask(engine, query.whoosh, limit, lookup)
            made = map(
                tuple.__new__, repeat(ScoredStory), zip(keys(numbers), scores.tolist(), strict=True)
            )  # twice as fast as ScoredStory(…)
            return Ranking(tuple(made), total)

    def count(self, query: ParsedQuery, lookup: FilterLookup = no_filters) -> int:
        """Number of stories that match a query."""
        with self._snapshots.engine() as engine:
            return engine.count(query.whoosh, lookup)

    def count_unread(self, query: ParsedQuery, lookup: FilterLookup) -> int:
        """Number of unread stories that match a query."""
        with self._snapshots.engine() as engine:
            return engine.count(answers.unread(query.whoosh), lookup)

    def count_unread_among(self, query: ParsedQuery, ids: Collection[str], lookup: FilterLookup) -> int:
        """Number of these stories that match a query and are unread."""
        with self._snapshots.engine() as engine:
            return engine.count(*answers.unread_among(query.whoosh, lookup, ids))

    def all_ids(self, query: ParsedQuery, lookup: FilterLookup) -> list[str]:
        """Ids of all matching stories, in the order of indexing."""
        with self._snapshots.engine() as engine:
            return keys(engine.column("id")[engine.hits(query.whoosh, lookup).ids])

    def suggest(self, word: str) -> str | None:
        """The most frequent of the words in the texts that are most similar to this one (see `reader.search.spelling`)."""
        with self._snapshots.engine() as engine:
            return nearest((leaf.postings("body") for leaf in engine.leaves), word)

    # Internals

    @contextmanager
    def _write_lock(self, *, wait: bool = True) -> Iterator[None]:
        """Hold the write lock, within this process and between processes; it is released when the process ends."""
        if not self._writers.acquire(blocking=wait):
            raise LibraryBusy(f"{self.folder} is being written")
        try:
            with locked(self.folder.parent, "index", patience=None if wait else 0):
                yield
        except OSError as error:
            raise StorageError(
                f"{self.folder} cannot be written ({error.strerror}); fix the permissions of the folder and its files, or free "
                "disk space; your stories are safe, and the index catches up afterwards"
            ) from error
        finally:
            self._writers.release()

    def _commit_in_background(self, store: Store) -> None:
        """Commit pending changes in a background thread."""
        if not (self._committer and self._committer.is_alive()):
            self._committer = threading.Thread(target=self._commit, args=(store,), name="commit")
            self._committer.start()

    def _commit(self, store: Store) -> None:
        # the next `catch_up` tries again and reports errors
        with contextlib.suppress(StorageError, LibraryBusy, DamagedArrayFile, OSError), self._write_lock(wait=False):
            indexer.apply_backlog(
                IndexDirectory(self.folder), store, IndexingMonitor(cancelled=self._closing.is_set, most=_SMALL_MERGE)
            )

    def _rebuild(self, store: Store, monitor: IndexingMonitor, apply: Callable[..., int] = indexer.apply_backlog_parallel) -> int:
        """Rebuild the index: beside the old one, which stays searchable, or in its place if it cannot be read."""
        self._verified = True
        if not self._is_intact(store):
            with self._snapshots.lock:
                self._snapshots.close()
                folder = indexer.create(self.folder)
            store.log.set_state("index", DerivedState(RECIPE, 0))
            return apply(folder, store, monitor)
        done = apply(indexer.resume(self.folder), store, monitor, live=False)
        if not (monitor.cancelled and monitor.cancelled()):
            with self._snapshots.lock:
                self._snapshots.close()
                indexer.swap(self.folder)
            store.log.set_state("index", DerivedState(RECIPE, IndexDirectory(self.folder).read()[1]))
        return done

    def _is_damaged(self, store: Store) -> bool:
        """Whether a query found the index damaged and it was not rebuilt since."""
        if self._snapshots.damage and self._is_intact(store):
            self._snapshots.close()
        return bool(self._snapshots.damage)

    def _is_intact(self, store: Store) -> bool:
        """Whether the index on disk is intact and can answer queries during a rebuild."""
        try:
            folder = IndexDirectory(self.folder)
            folder.verify(folder.read()[0])
        except Exception:  # see catch_up
            return False
        return store.log.state("index").recipe == RECIPE
