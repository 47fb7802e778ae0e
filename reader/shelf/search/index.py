"""The index on disk: fed by the store's change log, checked against the store, made again whenever it is in doubt."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from reader.model import ShelfError
from reader.shelf.lock import ShelfBusy, locked
from reader.shelf.query import Query
from reader.shelf.search import feeding, writing
from reader.shelf.search.engine import Engine
from reader.shelf.search.feeding import Cancelled, Progress, Watch
from reader.shelf.search.folder import Folder
from reader.shelf.search.schema import RECIPE, fingerprint, key, number
from reader.shelf.store import State, Store

BATCH = 200
"""Changes that a question waits for."""


@dataclass(frozen=True, slots=True)
class Found:
    """A story that answers a query, and its score (BM25F, Whoosh's own)."""

    id: str
    score: float


@dataclass(frozen=True, slots=True)
class Ranking:
    """The stories that answer a query, the best first (equals in the order of indexing), and how many there are in all."""

    found: tuple[Found, ...]
    total: int


@dataclass(frozen=True, slots=True)
class IndexState:
    """Whether the index holds exactly the store's stories in their latest words; in words."""

    agrees: bool
    why: str


class Index:
    """Whoosh's index of a library; any thread may call it. Raises `ShelfError` where it cannot be read or written."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "index"
        self._writing = threading.Lock()
        self._reading = threading.RLock()
        self._engine: Engine | None = None
        self._stamp: object = None
        self._doubtful = False
        self._verified = False

    def close(self) -> None:
        """Close the files; the next question opens them again."""
        with self._reading:
            self._engine = None

    # Feeding

    def catch_up(self, store: Store, *, progress: Progress | None = None, cancelled: Cancelled | None = None) -> int:
        """Take in what the store's log says since last time, slice by slice; how many changes that were.

        An index that is missing, damaged, foreign, of another recipe, or short of stories is made again. Each slice is committed:
        cancelled, or killed, it loses one slice at most. `progress` hears how many stories of how many are indexed.
        """
        watch = Watch(progress, cancelled)
        with self._alone():
            feeding.restore(self.folder)
            if store.state("index").recipe != RECIPE or self._doubtful:
                return self._rebuild(store, watch)
            try:
                folder = Folder(self.folder)
                if not self._verified:
                    folder.verify(folder.read()[0])
                    self._verified = True
                done = feeding.drain(folder, store, watch)
                whole = sum(segment.doc_count() for segment in folder.read()[0]) == store.count()
            except ShelfError:
                raise
            except Exception:  # an index can be damaged in as many ways as there are files
                return self._rebuild(store, watch)
            # a story put by another process in this moment is no damage, only news
            return done if whole or store.last_change() > store.state("index").seen else self._rebuild(store, watch)

    def freshen(self, store: Store) -> None:
        """Take in the last few changes before a question; many, or those another process is at, are not waited for."""
        state = store.state("index")
        behind = store.last_change() - state.seen
        if (behind or state.recipe != RECIPE) and (behind <= BATCH or not self.folder.exists()):
            with contextlib.suppress(ShelfBusy), self._alone(wait=False):
                if behind <= BATCH and state.recipe == RECIPE:
                    feeding.drain(Folder(self.folder), store, Watch())
                else:
                    self._rebuild(store, Watch(cancelled=lambda: behind > BATCH))

    def rebuild(self, store: Store) -> int:
        """Make the index again; how many changes of the log it took in."""
        with self._alone():
            return self._rebuild(store, Watch())

    def check(self, store: Store) -> IndexState:
        """Compare index and store in both directions, story by story."""
        state = store.state("index")
        if state.recipe != RECIPE:
            return IndexState(False, "the index has not been made yet" if not state.recipe else "the index is of an older recipe")
        try:
            numbers = self._contents()
        except Exception as error:  # see catch_up
            return IndexState(False, f"the index cannot be read ({_described(error)})")
        held = dict(numbers)
        wanted = {number(story): fingerprint(content) for story, content in store.contents().items()}
        faults = (
            (len(wanted.keys() - held.keys()), "not in the index"),
            (len(held.keys() - wanted.keys()), "in the index but not in the library"),
            (len(numbers) - len(held), "indexed twice"),
            (sum(held[story] != content for story, content in wanted.items() if story in held), "indexed in older words"),
        )
        said = ", ".join(f"{_stories(count)} {fault}" for count, fault in faults if count)
        return IndexState(False, said) if said else IndexState(True, f"{_stories(len(wanted))}, all indexed")

    # Asking

    def search(self, query: Query, limit: int = 50) -> Ranking:
        """The best stories for a query."""
        with self._asking() as engine:
            best, total = engine.search(query.whoosh, limit)
            return Ranking(tuple(Found(key(number), score) for score, number in best), total)

    def count(self, query: Query) -> int:
        """How many stories answer a query."""
        with self._asking() as engine:
            return engine.count(query.whoosh)

    def suggest(self, word: str) -> str | None:
        """The commonest word near to this one in the texts, if there is one: one letter off, or two in a longer word."""
        with self._asking() as engine:
            near = engine.searcher.corrector("body").suggest(word, limit=1, maxdist=2 if len(word) > 4 else 1, prefix=1)
            return near[0] if near else None

    # Inside

    @contextmanager
    def _alone(self, *, wait: bool = True) -> Iterator[None]:
        """Be the only one who writes the index, in this process and beside it; the lock goes when the process does."""
        if not self._writing.acquire(blocking=wait):
            raise ShelfBusy(f"{self.folder} is being written")
        try:
            with locked(self.folder.parent, "index", wait=wait):
                yield
        finally:
            self._writing.release()

    @contextmanager
    def _asking(self) -> Iterator[Engine]:
        with self._reading:
            try:
                yield self._current()
            except Exception as error:  # see catch_up
                self._doubtful = True
                raise ShelfError(
                    f"{self.folder} cannot be read ({_described(error)}); it is made again at the next start"
                ) from error

    def _current(self) -> Engine:
        """What was committed last, by whomever."""
        folder = Folder(self.folder)
        stamp = folder.stamp()
        if self._engine is None or stamp != self._stamp:
            self._engine, self._stamp = Engine(folder.storage, folder.read()[0]), stamp
        return self._engine

    def _contents(self) -> list[tuple[int, int]]:
        """The number and the fingerprint of every story in the index."""
        folder = Folder(self.folder)
        segments, _, _ = folder.read()
        folder.verify(segments)
        return writing.contents(folder, segments)

    def _rebuild(self, store: Store, watch: Watch) -> int:
        """Make the index anew: beside the old one, which is asked until it is done, or in its place where it cannot be read."""
        if self._readable() and store.state("index").recipe == RECIPE:
            new = self.folder.with_name(f"{self.folder.name}.new")
            folder = feeding.continued(new)
            done = feeding.drain_at_once(folder, store, watch, live=False)
            if watch.cancelled and watch.cancelled():
                return done
            with self._reading:
                self.close()
                feeding.swap(new, self.folder)
            store.set_state("index", State(RECIPE, Folder(self.folder).read()[1]))
        else:
            with self._reading:
                self.close()
                folder = feeding.create(self.folder)
            store.set_state("index", State(RECIPE, 0))
            done = feeding.drain_at_once(folder, store, watch)
        self._doubtful, self._verified = False, True
        return done

    def _readable(self) -> bool:
        """Whether the index on disk is whole."""
        try:
            folder = Folder(self.folder)
            folder.verify(folder.read()[0])
        except Exception:  # see catch_up
            return False
        return True


def _stories(count: int) -> str:
    return "1 story" if count == 1 else f"{count} stories"


def _described(error: Exception) -> str:
    return str(error) or type(error).__name__
