"""Moving in: the feeds, stories and marks of another reader."""

from __future__ import annotations

import hashlib
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future
from contextlib import ExitStack
from datetime import UTC, datetime
from itertools import groupby, islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from reader.errors import QueryError, SavedSearchError, SourceError, WorkerTerminated
from reader.library.jobs import Cancelled, Watch
from reader.library.other_readers import read_library
from reader.models import FeedCandidate, FeedVisit, JobProgress, MovedItem, MovedLibrary, MoveReport, SavedSearch, SourceFailure
from reader.storage.feed_items import FeedItemRow, feed_item_rows
from reader.storage.store import Store

if TYPE_CHECKING:
    from reader.library.feeds import Feeds
    from reader.library.saved_searches import SavedSearches
    from reader.library.synchronizer import Synchronizer
    from reader.library.worker_pool import WorkerPool

_BATCH = 250
"""Items that a worker prepares at once."""
_QUEUED = 8
"""Maximum number of batches queued in workers."""
_DEADLINE = 60.0
"""CPU seconds for one batch."""
_STATES_KEY = "moved in: "
"""Key of the digest of a feed's marks as they were last moved in, followed by the feed's address."""


class _Marks(Struct, frozen=True):
    """Whether the items of a feed are read and starred, by the ids under which the feed lists them."""

    read: dict[str, bool]
    starred: dict[str, bool]


class _Tally(Struct):
    """Mutable counts of a move."""

    feeds: int = 0
    searches: int = 0
    items: int = 0
    stories: int = 0
    read: dict[str, bool] = {}
    starred: dict[str, bool] = {}
    states: dict[str, str] = {}
    refused: list[SourceFailure] = []
    cancelled: bool = False


class MoveIn:
    """Moves the library of another reader in; what is here already stays as it is."""

    def __init__(
        self,
        store: Store,
        feeds: Feeds,
        saved_searches: Callable[[], SavedSearches],
        synchronizer: Synchronizer,
        workers: Callable[[], WorkerPool],
    ) -> None:
        self._store = store
        self._feeds = feeds
        self._saved_searches = saved_searches
        self._synchronizer = synchronizer
        self._workers = workers

    def run(
        self,
        reader: str,
        place: Path | None = None,
        *,
        dry_run: bool = False,
        watch: Watch | None = None,
        cancelled: Cancelled | None = None,
    ) -> MoveReport:
        """Move in the library of `reader` at `place`, or at its usual place; with `dry_run`, only count what it has.

        Stories that a feed lists already, searches whose names are taken, and the marks of a feed that are the same as when they
        were last moved in are left alone: a second run changes nothing. Marks are only set, never cleared. After cancellation,
        the stories moved in so far are kept. Raises `SourceError` if there is no such library.
        """
        with ExitStack() as opened:
            found = read_library(reader, place, opened)
            tally = _Tally(refused=list(found.refused))
            if dry_run:
                return self._counted(found, tally)
            self._store_all(found, tally, watch, cancelled)
        with self._store.database.writing():  # at once: what is noted as moved in is never set again
            changes = [
                self._store.flag_changes.apply("starred", [story for story, on in tally.starred.items() if on], True),
                self._store.flag_changes.apply("read", [story for story, on in tally.read.items() if on], True),
            ]
            for feed, state in tally.states.items():
                self._store.notes.set(_STATES_KEY + feed, state)
        starred, read = (len(change.ids) if change else 0 for change in changes)
        self._synchronizer.catch_up(watch=watch, cancelled=cancelled)
        return _report(tally, found, read, starred)

    def _store_all(self, found: MovedLibrary, tally: _Tally, watch: Watch | None, cancelled: Cancelled | None) -> None:
        """Store feeds, searches and items, and collect the marks."""
        for candidate in found.feeds:
            self._subscribe(candidate, tally)
        self._save_searches(found.searches, tally)
        for feed, rows, marks in self._prepared(found.items, tally, watch, cancelled):
            self._store_feed(feed, rows, marks, found.visits.get(feed), tally)

    def _counted(self, found: MovedLibrary, tally: _Tally) -> MoveReport:
        """What a run would find: all counts are of the other reader, except those of feeds and searches, which are new ones."""
        known = {feed.address for feed in self._store.feeds.all()}
        tally.feeds = len([candidate for candidate in found.feeds if candidate.address not in known])
        tally.searches = len([search for search in found.searches if self._saved_searches().named(search.name) is None])
        read = starred = 0
        for address, items in groupby(found.items, key=lambda pair: pair[0]):
            listed = self._store.feed_items.stories(address)
            for _, item in items:
                tally.items += 1
                tally.stories += _key(item) not in listed
                read += item.read
                starred += item.starred
        return _report(tally, found, read, starred)

    def _subscribe(self, candidate: FeedCandidate, tally: _Tally) -> None:
        try:
            tally.feeds += self._feeds.subscribe(candidate)
        except SourceError as fault:
            tally.refused.append(SourceFailure(fault.source, fault.why, fault.remedy))

    def _save_searches(self, searches: Iterable[SavedSearch], tally: _Tally) -> None:
        """Save the searches whose names are not taken."""
        for search in searches:
            try:
                if self._saved_searches().named(search.name) is None:
                    self._saved_searches().save(search)
                    tally.searches += 1
            except (SavedSearchError, QueryError) as fault:
                tally.refused.append(SourceFailure(f"search “{search.name}”", str(fault)))

    def _prepared(
        self, items: Iterable[tuple[str, MovedItem]], tally: _Tally, watch: Watch | None, cancelled: Cancelled | None
    ) -> Iterator[tuple[str, list[FeedItemRow], _Marks]]:
        """Feeds with the rows of their new items and the marks of all; rows are prepared in worker processes."""
        waiting: deque[tuple[str, _Marks, list[Future[list[FeedItemRow]]]]] = deque()
        for feed, listed in groupby(items, key=lambda pair: pair[0]):
            known, marks = self._store.feed_items.stories(feed), _Marks({}, {})
            waiting.append((feed, marks, []))
            for batch in _batches(item for _, item in listed):
                if cancelled and cancelled():
                    tally.cancelled = True
                    break
                for item in batch:
                    marks.read[_key(item)], marks.starred[_key(item)] = item.read, item.starred
                tally.items += len(batch)
                if new := tuple(item for item in batch if _key(item) not in known):
                    waiting[-1][2].append(self._workers().submit(prepare, feed, new, deadline=_DEADLINE))
                if watch:
                    watch(JobProgress("stories", tally.items, 0))
            while waiting and (sum(len(futures) for *_, futures in waiting) > _QUEUED or tally.cancelled):
                yield _result(*waiting.popleft(), tally)
            if tally.cancelled:
                return
        while waiting:
            yield _result(*waiting.popleft(), tally)

    def _store_feed(self, feed: str, rows: list[FeedItemRow], marks: _Marks, visit: FeedVisit | None, tally: _Tally) -> None:
        """Store the items of a feed in one transaction, and collect the marks of their stories."""
        with self._store.database.writing():
            kept = self._store.feeds.get(feed)
            outlet = None
            if kept is None or kept.good is None:
                title = visit.title if visit else None
                outlet = self._store.feeds.describe(feed, title=title, home=None, site_name=None, pages=[row.url for row in rows])
            tally.stories += len(self._store.feed_items.put_missing(feed, rows, outlet))
            if kept and kept.good is None and visit and not (kept.etag or kept.modified):
                self._store.feeds.record_visit(feed, etag=visit.etag, modified=visit.modified)
        state = _digest(marks)
        if self._store.notes.get(_STATES_KEY + feed) == state:
            return
        tally.states[feed] = state
        for guid, story in self._store.feed_items.stories(feed).items():
            if guid in marks.read:
                tally.read[story] = tally.read.get(story, True) and marks.read[guid]
                tally.starred[story] = tally.starred.get(story, False) or marks.starred[guid]


def _digest(marks: _Marks) -> str:
    """Digest of the marks of a feed."""
    state = repr(sorted((guid, on, marks.starred[guid]) for guid, on in marks.read.items()))
    return hashlib.sha256(state.encode(errors="replace")).hexdigest()


def prepare(feed: str, items: tuple[MovedItem, ...]) -> list[FeedItemRow]:
    """Prepare items of the feed at an address for storage, in the same way as those of a fetched feed."""
    from reader.sources.feeds.items import RawItem, entries

    raw = [
        RawItem(
            guid=item.guid,
            title=item.title,
            link=item.link,
            authors=(item.author,) if item.author else (),
            published=item.published,
            content=item.content,
        )
        for item in items
    ]
    return feed_item_rows(entries(raw, feed, None, now=datetime.now(UTC)))


def _key(item: MovedItem) -> str:
    """The id under which the feed lists an item."""
    from reader.sources.feeds.identity import item_key

    return item_key(item.guid)


def _batches(items: Iterator[MovedItem]) -> Iterator[tuple[MovedItem, ...]]:
    while batch := tuple(islice(items, _BATCH)):
        yield batch


def _result(
    feed: str, marks: _Marks, futures: Iterable[Future[list[FeedItemRow]]], tally: _Tally
) -> tuple[str, list[FeedItemRow], _Marks]:
    """The prepared rows of a feed; a batch that cannot be read is reported."""
    rows: list[FeedItemRow] = []
    for future in futures:
        try:
            rows += future.result()
        except (SourceError, WorkerTerminated) as fault:
            tally.refused.append(SourceFailure(feed, f"up to {_BATCH} of its stories cannot be read ({fault})"))
    return feed, rows, marks


def _report(tally: _Tally, found: MovedLibrary, read: int, starred: int) -> MoveReport:
    settings: dict[str, tuple[Any, str]] = found.settings
    return MoveReport(
        tally.feeds,
        tally.searches,
        tally.items,
        tally.stories,
        read,
        starred,
        settings,
        tuple(tally.refused),
        tally.cancelled,
    )
