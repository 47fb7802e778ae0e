"""Adds sources to a library and refreshes its feeds."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from msgspec import Struct

from reader.errors import QueryError, SavedSearchError, SourceError, StorageError
from reader.library.feeds import Feeds
from reader.library.jobs import Cancelled, Watch
from reader.models import (
    FeedCandidate,
    FeedProgress,
    FullTextReport,
    ImportReport,
    JobProgress,
    Outcome,
    RefreshReport,
    SavedSearch,
    SourceFailure,
)
from reader.storage.store import Store

if TYPE_CHECKING:
    from reader.library.document_loader import LoadedContent, ParsedFeed, SourceDocument
    from reader.library.saved_searches import SavedSearches
    from reader.library.synchronizer import Synchronizer
    from reader.library.worker_pool import WorkerPool


_FULL_TEXT = 1_500
"""Characters from which a story is taken to have its full text."""


class ImportTally(Struct):
    """Mutable counts of an import: stories by outcome, new subscriptions and searches, offered feeds, and failures."""

    added: list[str] = []
    updated: list[str] = []
    unchanged: list[str] = []
    followed: list[str] = []
    offered: list[FeedCandidate] = []
    refused: list[SourceFailure] = []
    saved: list[str] = []
    fetched: int = 0
    stopped: bool = False

    def count_story(self, story: str, outcome: Outcome) -> None:
        """Count one story."""
        {"added": self.added, "updated": self.updated, "unchanged": self.unchanged}[outcome].append(story)

    def count_stories(self, report: ImportReport) -> None:
        """Count the stories of a report."""
        self.added += report.added
        self.updated += report.updated
        self.unchanged += report.unchanged

    def add_failure(self, fault: SourceError) -> None:
        """Count a source that could not be read."""
        from reader import log

        log.event("refused", reason=fault.code.partition(":")[0] or type(fault).__name__)
        self.refused.append(SourceFailure(fault.source, fault.why, fault.remedy))

    def import_report(self) -> ImportReport:
        """Return the report of an import."""
        stories = (tuple(self.added), tuple(self.updated), tuple(self.unchanged))
        return ImportReport(*stories, tuple(self.refused), tuple(self.followed), tuple(self.offered), tuple(self.saved))

    def refresh_report(self) -> RefreshReport:
        """Return the report of a refresh."""
        return RefreshReport(self.fetched, len(self.added), len(self.updated), tuple(self.refused), self.stopped)


def feed_progress(feed: str, report: ImportReport, why: str = "") -> FeedProgress:
    """Return the progress of a parsed feed."""
    new, updated = len(report.added), len(report.updated)
    return FeedProgress(feed, "new" if new or updated else "same", new, updated, why)


def store_feed(store: Store, address: str, page: ParsedFeed) -> ImportReport:
    """Store a feed's metadata and items; `address` identifies the feed, subscribed or not."""
    with store.database.writing():
        outlet = store.feeds.describe(
            address, title=page.title, home=page.home, site_name=page.site_name, pages=[entry.url for entry in page.entries]
        )
        return store.feed_items.put(address, page.entries, outlet)


class Importer:
    """Adds sources and refreshes feeds, then brings threads and index up to date."""

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

    def add(self, sources: Iterable[str], *, watch: Watch | None = None, cancelled: Cancelled | None = None) -> ImportReport:
        """Add files, folders, standard input (`-`), addresses and lists of feeds.

        Feeds, including those of lists, are subscribed and fetched. Sources that cannot be read are reported as refused. After
        cancellation, everything read so far is kept.
        """
        from reader import log
        from reader.library.document_loader import documents, read_all
        from reader.sources.url_policy import pasted_addresses

        addresses, names = list[str](), list[str]()
        for source in sources:
            found = [] if _is_file(source) else pasted_addresses(source)
            addresses += found
            names += [] if found else [source]
        tally, wanted = ImportTally(), list[FeedCandidate]()
        files = documents(names)
        for done, taken in enumerate(read_all(files, self._workers), 1):
            if cancelled and cancelled():
                break
            if isinstance(taken, SourceFailure):
                tally.refused.append(taken)
                continue
            wanted += self._store_content(*taken, tally)
            if watch:
                watch(JobProgress("stories", done, 0))
        tally.followed += self._subscribe(wanted, tally)
        feeds = [feed for feed in map(self._store.feeds.get, tally.followed) if feed]
        if addresses or feeds:
            from reader.library.refresher import Refresher

            Refresher(self._store, self._workers, watch, cancelled, tally).run(addresses, feeds)
        counts = {name: len(getattr(tally, name)) for name in ("added", "updated", "unchanged", "followed", "refused")}
        log.event("add", sources=len(addresses) + len(names), **counts)
        self._catch_up(tally, watch, cancelled)
        return tally.import_report()

    def refresh(
        self,
        feeds: Sequence[str] | None = None,
        *,
        due: bool = False,
        watch: Watch | None = None,
        cancelled: Cancelled | None = None,
    ) -> RefreshReport:
        """Fetch these feeds, or all that have not ended, or only those that are due.

        A feed whose server requested a pause is skipped.
        """
        now = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        chosen = self._store.feeds.all() if feeds is None else [feed for feed in map(self._store.feeds.get, feeds) if feed]
        selected = [feed for feed in chosen if (feeds is not None or not feed.ended) and (not feed.quiet or feed.quiet <= now)]
        if due:
            selected = [feed for feed in selected if not feed.due or feed.due <= now]
        tally = ImportTally()
        if selected:
            from reader.library.refresher import Refresher

            Refresher(self._store, self._workers, watch, cancelled, tally).run([], selected)
        from reader import log

        log.event("refresh", feeds=len(selected), added=len(tally.added), updated=len(tally.updated), failed=len(tally.refused))
        self._catch_up(tally, watch, cancelled)
        return tally.refresh_report()

    def full_text(self, story: str, *, watch: Watch | None = None, cancelled: Cancelled | None = None) -> Outcome:
        """Fetch the page of a story and store its text; raises `SourceError`, and KeyError if there is no such story."""
        from reader.library.page_fetcher import PageFetcher

        kept = self._store.stories.get(story)
        if not kept.url:
            raise SourceError(kept.source, "has no link", "there is no page to fetch")
        page = PageFetcher(self._store, self._workers, watch, cancelled).story(kept.url)
        outcome = self._store.feed_items.set_full_text(story, page)
        self._synchronizer.catch_up(watch=watch, cancelled=cancelled)
        return outcome

    def full_texts(
        self, stories: Sequence[str], *, watch: Watch | None = None, cancelled: Cancelled | None = None
    ) -> FullTextReport:
        """Fetch the pages of stories that have little text, and store their texts.

        What cannot be fetched is listed in the report. Stories without an address are left out, and so are unknown ids.
        """
        from reader.library.page_fetcher import PageFetcher

        found = self._store.stories.get_many(stories)
        lacking = [story for story in found if story.url and sum(map(len, story.body)) < _FULL_TEXT]
        report = PageFetcher(self._store, self._workers, watch, cancelled).full_texts(lacking)
        self._synchronizer.catch_up(watch=watch, cancelled=cancelled)
        return report

    # inside

    def _catch_up(self, tally: ImportTally, watch: Watch | None, cancelled: Cancelled | None) -> None:
        """Update threads and index; an error is one more failure of the report, because the stories are stored."""
        try:
            self._synchronizer.catch_up(watch=watch, cancelled=cancelled)
        except StorageError as error:
            tally.refused.append(SourceFailure("threads and search", str(error)))

    def _store_content(self, document: SourceDocument, found: LoadedContent, tally: ImportTally) -> list[FeedCandidate]:
        """Store the content of a document; returns the feeds it lists."""
        from reader.library.document_loader import ParsedFeed
        from reader.sources.dispatch import WebPage
        from reader.sources.subscriptions import SubscriptionList

        if isinstance(found, SubscriptionList):
            tally.refused += found.refused
            self._save_searches(found.searches, document.source, tally)
            return list(found.feeds)
        if isinstance(found, ParsedFeed):
            # the home tells apart the feeds that come by standard input
            tally.count_stories(store_feed(self._store, f"{document.address}#{found.home or ''}", found))
        elif isinstance(found, WebPage) and found.story is None:
            tally.refused.append(SourceFailure(document.source, found.why, "add the page of a single story"))
        elif story := found.story if isinstance(found, WebPage) else found:
            tally.count_story(*self._store.stories.put(story))
        return []

    def _subscribe(self, wanted: Iterable[FeedCandidate], tally: ImportTally) -> list[str]:
        """Subscribe to the feeds of a list; returns the addresses of new subscriptions."""
        new = []
        for one in wanted:
            try:
                if self._feeds.subscribe(one):
                    new.append(one.address)
            except SourceError as fault:
                tally.add_failure(fault)
        return new

    def _save_searches(self, searches: Iterable[SavedSearch], source: str, tally: ImportTally) -> None:
        """Save the searches of a list, except those whose names are taken."""
        for search in searches:
            try:
                if self._saved_searches().named(search.name) is None:
                    tally.saved.append(self._saved_searches().save(search).name)
            except (SavedSearchError, QueryError) as fault:
                tally.refused.append(SourceFailure(f"{source}, “{search.name}”", str(fault)))


def _is_file(source: str) -> bool:
    """Return whether a source is a file or a folder that exists."""
    try:
        return os.path.lexists(os.path.expanduser(source))  # noqa: PTH111 a name of any form
    except (OSError, ValueError):
        return False
