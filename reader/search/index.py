"""The index on disk: fed by the store's change log, checked against the store, made again whenever it is in doubt."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import repeat
from pathlib import Path
from typing import NamedTuple

from reader.errors import DamagedArrayFile, LibraryBusy, StorageError
from reader.search import answers, indexer
from reader.search.consistency import IndexState, check
from reader.search.engine import Engine
from reader.search.index_directory import IndexDirectory
from reader.search.indexer import Cancelled, IndexingMonitor, Progress
from reader.search.query import ParsedQuery
from reader.search.query_nodes import Marks, nothing_marked
from reader.search.schema import keys
from reader.search.snapshot import IndexSnapshots
from reader.search.spelling import nearest
from reader.storage.change_log import DerivedState
from reader.storage.file_lock import locked
from reader.storage.store import Store
from reader.storage.versions import INDEX as RECIPE

_LIGHT = 20_000
"""Documents up to which segments are merged beside questions; larger ones are merged by the next catching up."""


class ScoredStory(NamedTuple):
    """A story that answers a query, and its score (BM25F, Whoosh's own)."""

    id: str
    score: float


@dataclass(frozen=True, slots=True)
class Ranking:
    """The stories that answer a query, the best first (equals in the order of indexing), and how many there are in all."""

    found: tuple[ScoredStory, ...]
    total: int


class SearchIndex:
    """Whoosh's index of a library; any thread may call it. Raises `StorageError` where it cannot be read or written."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "index"
        self._writing = threading.Lock()
        self._reading = IndexSnapshots(self.folder)
        self._verified = False
        self._committing: threading.Thread | None = None
        self._closing = threading.Event()

    def close(self) -> None:
        """End what goes on, and close the files; the next question opens them again."""
        self._closing.set()
        if self._committing:
            self._committing.join()
        self._closing.clear()
        self._reading.close()

    # Feeding

    def catch_up(self, store: Store, *, progress: Progress | None = None, cancelled: Cancelled | None = None) -> int:
        """Take in what the store's log says since last time, slice by slice; how many changes that were.

        An index that is missing, damaged, foreign, of another recipe, or short of stories is made again. Each slice is committed:
        cancelled, or killed, it loses one slice at most. `progress` hears how many stories of how many are indexed.
        """
        watch = IndexingMonitor(progress, cancelled)
        with self._alone():
            indexer.restore(self.folder)
            if store.log.state("index").recipe != RECIPE or self._in_doubt(store):
                return self._rebuild(store, watch)
            try:
                folder = IndexDirectory(self.folder)
                if not self._verified:
                    folder.verify(folder.read()[0])
                    self._verified = True
                indexer.tidy(self.folder)
                done = indexer.drain(folder, store, watch)
                whole = sum(segment.doc_count() for segment in folder.read()[0]) == store.stories.count()
            except StorageError:
                raise
            except Exception:  # an index can be damaged in as many ways as there are files
                return self._rebuild(store, watch)
            # a story put by another process in this moment is no damage, only news
            return done if whole or store.log.last() > store.log.state("index").seen else self._rebuild(store, watch)

    def freshen(self, store: Store) -> None:
        """Make what has come just now be found by the next question; it is committed meanwhile.

        An index that is not there or not whole is made, or at least begun, before the question.
        """
        state = store.log.state("index")
        behind = store.log.last() - state.seen
        if not self.folder.exists():
            with contextlib.suppress(LibraryBusy), self._alone(wait=False):
                indexer.restore(self.folder)
        if state.recipe != RECIPE or not self.folder.exists() or self._in_doubt(store):
            with contextlib.suppress(LibraryBusy), self._alone(wait=False):
                self._rebuild(store, IndexingMonitor(cancelled=lambda: True), indexer.drain)
        elif behind:
            self._reading.freshen(store)
            self._commit_beside(store)

    def rebuild(self, store: Store) -> int:
        """Make the index again; how many changes of the log it took in."""
        with self._alone():
            return self._rebuild(store, IndexingMonitor())

    def check(self, store: Store) -> IndexState:
        """Compare index and store in both directions, story by story."""
        return check(IndexDirectory(self.folder), store)

    # Asking

    def search(self, query: ParsedQuery, limit: int = 50, marks: Marks = nothing_marked, *, newest: bool = False) -> Ranking:
        """The best stories for a query, or the newest; `marks` knows what the store knows of them, as in `is:starred`."""
        with self._reading.asking() as engine:
            ask = answers.newest if newest else Engine.search
            scores, numbers, total = ask(engine, query.whoosh, limit, marks)
            made = map(
                tuple.__new__, repeat(ScoredStory), zip(keys(numbers), scores.tolist(), strict=True)
            )  # twice as quick as Found(…)
            return Ranking(tuple(made), total)

    def count(self, query: ParsedQuery, marks: Marks = nothing_marked) -> int:
        """How many stories answer a query."""
        with self._reading.asking() as engine:
            return engine.count(query.whoosh, marks)

    def unread(self, query: ParsedQuery, marks: Marks) -> int:
        """How many unread stories answer a query."""
        with self._reading.asking() as engine:
            return engine.count(answers.unread(query.whoosh), marks)

    def came(self, query: ParsedQuery, ids: Collection[str], marks: Marks) -> int:
        """How many of these stories answer a query and are unread."""
        with self._reading.asking() as engine:
            return engine.count(*answers.came(query.whoosh, marks, ids))

    def every(self, query: ParsedQuery, marks: Marks) -> list[str]:
        """The ids of all stories that answer a query, in the order of indexing."""
        with self._reading.asking() as engine:
            return keys(engine.column("id")[engine.hits(query.whoosh, marks).ids])

    def suggest(self, word: str) -> str | None:
        """The word of the texts that is nearest to this one, and the commonest of such: see `reader.search.spelling`."""
        with self._reading.asking() as engine:
            return nearest((leaf.postings("body") for leaf in engine.leaves), word)

    # Inside

    @contextmanager
    def _alone(self, *, wait: bool = True) -> Iterator[None]:
        """Be the only one who writes the index, in this process and beside it; the lock goes when the process does."""
        if not self._writing.acquire(blocking=wait):
            raise LibraryBusy(f"{self.folder} is being written")
        try:
            with locked(self.folder.parent, "index", patience=None if wait else 0):
                yield
        finally:
            self._writing.release()

    def _commit_beside(self, store: Store) -> None:
        """Commit the last changes while questions are answered."""
        if not (self._committing and self._committing.is_alive()):
            self._committing = threading.Thread(target=self._commit, args=(store,), name="commit")
            self._committing.start()

    def _commit(self, store: Store) -> None:
        # what does not work now is done, or said, by the next catching up
        with contextlib.suppress(StorageError, LibraryBusy, DamagedArrayFile, OSError), self._alone(wait=False):
            indexer.drain(IndexDirectory(self.folder), store, IndexingMonitor(cancelled=self._closing.is_set, most=_LIGHT))

    def _rebuild(self, store: Store, watch: IndexingMonitor, drain: Callable[..., int] = indexer.drain_at_once) -> int:
        """Make the index anew: beside the old one, which is asked until it is done, or in its place where it cannot be read."""
        self._verified = True
        if not self._whole(store):
            with self._reading.lock:
                self._reading.close()
                folder = indexer.create(self.folder)
            store.log.set_state("index", DerivedState(RECIPE, 0))
            return drain(folder, store, watch)
        done = drain(indexer.continued(self.folder), store, watch, live=False)
        if not (watch.cancelled and watch.cancelled()):
            with self._reading.lock:
                self._reading.close()
                indexer.swap(self.folder)
            store.log.set_state("index", DerivedState(RECIPE, IndexDirectory(self.folder).read()[1]))
        return done

    def _in_doubt(self, store: Store) -> bool:
        """Whether a question found the index damaged, and nobody has made it again since."""
        if self._reading.doubt and self._whole(store):
            self._reading.close()
        return bool(self._reading.doubt)

    def _whole(self, store: Store) -> bool:
        """Whether the index on disk can go on answering while another is made."""
        try:
            folder = IndexDirectory(self.folder)
            folder.verify(folder.read()[0])
        except Exception:  # see catch_up
            return False
        return store.log.state("index").recipe == RECIPE
