"""The index on disk: fed by the store's change log, checked against the store, made again whenever it is in doubt."""

from __future__ import annotations

import contextlib
import shutil
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from whoosh import index, searching, writing

from reader.model import ShelfError
from reader.shelf.lock import ShelfBusy, locked
from reader.shelf.query import Query
from reader.shelf.search.schema import RECIPE, document, fingerprint, key, number, schema
from reader.shelf.store import Change, State, Store

PATIENCE = 10.0
"""Seconds to wait for another process that is writing the index."""

BATCH = 200
"""Stories in memory at once while indexing, and changes that a question waits for."""

SLICE = 2500
"""Changes in one commit."""

Progress = Callable[[int, int], None]
Cancelled = Callable[[], bool]


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
        self._searcher: searching.Searcher | None = None
        self._stamp: object = None
        self._doubtful = False

    def close(self) -> None:
        """Close the files; the next question opens them again."""
        with self._reading:
            if self._searcher is not None:
                self._searcher.close()
            self._searcher = None

    # Feeding

    def catch_up(self, store: Store, *, progress: Progress | None = None, cancelled: Cancelled | None = None) -> int:
        """Take in what the store's log says since last time, slice by slice; how many changes that were.

        An index that is missing, damaged, foreign, of another recipe, or short of stories is made again. Each slice is committed:
        cancelled, or killed, it loses one slice at most. `progress` hears how many stories of how many are indexed.
        """
        with self._alone():
            state = store.state("index")
            if state.recipe != RECIPE or self._doubtful:
                return self._rebuild(store, progress, cancelled)
            try:
                done = self._drain(store, state, progress, cancelled)
                whole = self._count() == store.count()
            except ShelfError:
                raise
            except Exception:  # Whoosh fails in as many ways as files can be damaged
                return self._rebuild(store, progress, cancelled)
            # a story put by another process in this moment is no damage, only news
            return done if whole or store.last_change() > store.state("index").seen else self._rebuild(store, progress, cancelled)

    def freshen(self, store: Store) -> None:
        """Take in the last few changes before a question; many, or those another process is at, are not waited for."""
        state = store.state("index")
        behind = store.last_change() - state.seen
        if (behind or state.recipe != RECIPE) and (behind <= BATCH or not self.folder.exists()):
            with contextlib.suppress(ShelfBusy), self._alone(wait=False):
                if behind <= BATCH and state.recipe == RECIPE:
                    self._drain(store, state)
                else:
                    self._rebuild(store, cancelled=lambda: behind > BATCH)

    def rebuild(self, store: Store) -> int:
        """Make the index again; how many changes of the log it took in."""
        with self._alone():
            return self._rebuild(store)

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
        with self._asking() as searcher:
            # all of them: where Whoosh 2.7.4 is given a limit it skips blocks, and no longer knows how many there are
            scored = searcher.search(query.whoosh, limit=None).top_n
            ids = searcher.reader().column_reader("id") if scored else ()
            return Ranking(tuple(Found(key(ids[place]), score) for score, place in scored[:limit]), len(scored))

    def count(self, query: Query) -> int:
        """How many stories answer a query."""
        with self._asking() as searcher:
            return sum(1 for _ in searcher.docs_for_query(query.whoosh))

    def suggest(self, word: str) -> str | None:
        """The commonest word near to this one in the texts, if there is one: one letter off, or two in a longer word."""
        with self._asking() as searcher:
            near = searcher.corrector("body").suggest(word, limit=1, maxdist=2 if len(word) > 4 else 1, prefix=1)
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
    def _asking(self) -> Iterator[searching.Searcher]:
        with self._reading:
            try:
                yield self._current()
            except Exception as error:  # see catch_up
                self._doubtful = True
                raise ShelfError(
                    f"{self.folder} cannot be read ({_described(error)}); it is made again at the next start"
                ) from error

    def _current(self) -> searching.Searcher:
        """A searcher of what was committed last, by whomever."""
        opened = index.open_dir(str(self.folder), schema=schema())
        stamp = (self.folder.stat().st_ino, opened.latest_generation())
        if self._searcher is None or stamp != self._stamp:
            self.close()
            self._searcher, self._stamp = opened.searcher(), stamp
        return self._searcher

    def _count(self) -> int:
        with self._reading:
            return int(self._current().doc_count())

    def _contents(self) -> list[tuple[int, int]]:
        """The number and the fingerprint of every story in the index."""
        with self._reading:
            reader = self._current().reader()
            places = list(reader.all_doc_ids())
            if not places:
                return []
            ids, contents = reader.column_reader("id"), reader.column_reader("content")
            return [(ids[place], contents[place]) for place in places]

    def _drain(self, store: Store, state: State, progress: Progress | None = None, cancelled: Cancelled | None = None) -> int:
        """Take in the log slice by slice; how many changes that were."""
        done, of = 0, store.last_change() - state.seen
        while changes := store.changes(state.seen, SLICE):
            self._write(index.open_dir(str(self.folder), schema=schema()), changes, store, merge=of <= SLICE)
            state = State(RECIPE, changes[-1].seq)
            store.set_state("index", state)
            done += len(changes)
            if progress:
                progress(min(done, of), of)
            if cancelled and cancelled():
                break
        return done

    def _rebuild(self, store: Store, progress: Progress | None = None, cancelled: Cancelled | None = None) -> int:
        """Put an empty index in the place of the old one and fill it; how many changes it took in."""
        fresh, old = self.folder.with_name("index.new"), self.folder.with_name("index.old")
        try:
            _discard(fresh)
            fresh.mkdir(mode=0o700)
            index.create_in(str(fresh), schema())
            store.set_state("index", State(RECIPE, 0))
            with self._reading:
                self.close()
                _discard(old)
                if self.folder.exists():
                    self.folder.rename(old)
                fresh.rename(self.folder)
            _discard(old)
        except OSError as error:
            raise ShelfError(f"{fresh} cannot be written ({error.strerror}); make room or give yourself the right to") from error
        self._doubtful = False
        return self._drain(store, State(RECIPE, 0), progress, cancelled)

    def _write(self, opened: index.FileIndex, changes: Sequence[Change], store: Store, *, merge: bool) -> None:
        """Make the changes in one commit. Each story is first taken out, so doing this twice does no harm."""
        writer = opened.writer(timeout=PATIENCE)
        try:
            _delete(writer, [number(change.story) for change in changes])
            kept = [change.story for change in changes if not change.gone]
            for start in range(0, len(kept), BATCH):
                for story in store.stories(kept[start : start + BATCH]):
                    writer.add_document(**document(story))
            writer.commit(merge=merge)
        except BaseException:
            if not writer.is_closed:
                writer.cancel()  # or Whoosh 2.7.4 would keep its lock
            raise


def _delete(writer: writing.SegmentWriter, numbers: Sequence[int]) -> None:
    """Mark stories deleted, with one reader for all (Whoosh's own way opens one for each)."""
    field = schema()["id"]
    with closing(writer.reader()) as reader:
        for term in map(field.to_bytes, numbers):
            if ("id", term) in reader:
                for place in list(reader.postings("id", term).all_ids()):
                    writer.delete_document(place)


def _discard(path: Path) -> None:
    """Remove a folder, or whatever stands in its place; nothing there is fine."""
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


def _stories(count: int) -> str:
    return "1 story" if count == 1 else f"{count} stories"


def _described(error: Exception) -> str:
    return str(error) or type(error).__name__
