"""Fetching of feeds and addresses; results are stored as they arrive."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from reader.errors import SourceError, WorkerTerminated
from reader.extraction.feed_discovery import is_home_page
from reader.library.document_loader import ParsedFeed, folder_digest, read_folder
from reader.library.importer import ImportTally, feed_progress, store_feed
from reader.library.page_fetcher import PageFetcher
from reader.models import Feed, FeedCandidate, FeedProgress, ImportReport, SourceFailure
from reader.sources.dispatch import WebPage
from reader.sources.failures import failure, worker_failure
from reader.sources.http_client import Request, Response
from reader.sources.subscriptions import SubscriptionList
from reader.sources.url_policy import check
from reader.storage.store import Store

if TYPE_CHECKING:
    from reader.library.document_loader import LoadedContent
    from reader.library.jobs import Cancelled, Watch
    from reader.library.worker_pool import WorkerPool

_DEFAULT_INTERVAL = 60
"""Default interval of a feed, if neither the feed nor the user sets one."""
_MAX_INTERVAL = 24 * 60
"""Maximum minutes until a failed feed is retried."""


class Refresher:
    """One refresh of feeds and addresses; results are stored immediately and counted in `tally`."""

    def __init__(
        self,
        store: Store,
        workers: Callable[[], WorkerPool],
        watch: Watch | None,
        cancelled: Cancelled | None,
        tally: ImportTally,
    ) -> None:
        self._store = store
        self._workers = workers
        self._watch: Watch = watch or (lambda event: None)
        self._pages = PageFetcher(store, workers, watch, cancelled)
        self._tally = tally

    def run(self, addresses: Sequence[str], feeds: Sequence[Feed]) -> None:
        """Fetch these addresses and feeds.

        A feed at an address is subscribed, a page is stored as a story, and the feeds of a list are subscribed and fetched.
        """
        done = self._pages.run([*(self._address(address) for address in addresses), *(self._feed(feed) for feed in feeds)])
        self._tally.stopped = self._tally.stopped or not done

    # one feed

    async def _feed(self, feed: Feed) -> None:
        """Fetch a feed, store what is new, and record the result."""
        self._tally.fetched += 1
        self._watch(FeedProgress(feed.address, "asked"))
        try:
            if Path(feed.address).is_absolute():
                await self._folder(feed)
            else:
                await self._web_feed(feed)
        except SourceError as fault:
            await self._record_failure(feed, fault)
        except WorkerTerminated as ended:
            await self._record_failure(feed, worker_failure(feed.address, ended))

    async def _web_feed(self, feed: Feed) -> None:
        answer = await self._pages.get(Request(feed.address, feed.etag, feed.modified))
        digest = feed.digest if answer.same else hashlib.sha256(answer.data).hexdigest()
        if digest == feed.digest:
            await self._record_success(feed, _DEFAULT_INTERVAL, answer)
            self._watch(FeedProgress(feed.address, "same"))
            return
        found = await self._pages.read(answer, feed.address)
        if not isinstance(found, ParsedFeed):
            raise failure(feed.address, "no_longer_feed")
        await self._store_page(feed, answer, found)

    async def _store_page(self, feed: Feed, answer: Response, page: ParsedFeed) -> None:
        """Store the content of a feed, fetch full texts if requested, and record the visit."""
        self._watch(FeedProgress(feed.address, "reading"))
        report = await self._pages.write(store_feed, self._store, feed.address, page)
        self._tally.count_stories(report)
        why = page.note or ""
        if feed.full_text:
            why = await self._pages.fetch_full_texts([*report.added, *report.updated]) or why
        digest = hashlib.sha256(answer.data).hexdigest()
        if not page.complete:
            raise failure(feed.address, "truncated")
        await self._record_success(feed, page.interval or _DEFAULT_INTERVAL, answer, digest=digest)
        self._watch(feed_progress(feed.address, report, why))

    async def _record_success(self, feed: Feed, minutes: int, answer: Response, **fields: Any) -> None:
        """Record a successful visit; a permanent redirect moves the feed."""
        wait = max((feed.interval or minutes) * 60, min(answer.wait or 0, _MAX_INTERVAL * 60))
        fields |= {"etag": answer.etag, "modified": answer.modified} if not answer.same else {}
        fields |= {"tried": _time(), "good": _time(), "due": _time(wait), "quiet": None}
        await self._pages.write(self._record, feed.address, {**fields, "error": None, "remedy": None, "failures": 0})
        if answer.moved and answer.moved != feed.address:
            await self._pages.write(self._store.feeds.move, feed.address, answer.moved)

    async def _record_failure(self, feed: Feed, fault: SourceError) -> None:
        """Record a failed visit, and increase the interval."""
        wait, ended = fault.wait, fault.ended
        minutes = min((feed.interval or _DEFAULT_INTERVAL) * 2 ** min(feed.failures, 8), _MAX_INTERVAL)
        fields = {
            "tried": _time(),
            "due": _time(max(minutes * 60, wait or 0)),
            "quiet": _time(wait) if wait else None,
            "error": fault.code or fault.why,
            "remedy": None if fault.code else fault.remedy,
            "failures": feed.failures + 1,
            "ended": ended,
        }
        await self._pages.write(self._record, feed.address, fields)
        self._tally.refused.append(SourceFailure(feed.name, fault.why, fault.remedy))
        self._watch(FeedProgress(feed.address, "ended" if ended else "failed", why=fault.why, remedy=fault.remedy))

    def _record(self, address: str, fields: dict[str, Any]) -> None:
        self._store.feeds.record_visit(address, **fields)

    async def _folder(self, feed: Feed) -> None:
        """Read a watched folder again if anything in it has changed."""
        folder = Path(feed.address)
        if not folder.is_dir():
            raise failure(feed.address, "no_folder")
        digest = await asyncio.to_thread(folder_digest, folder)
        why = ""
        report = ImportReport()
        if digest != feed.digest:
            self._watch(FeedProgress(feed.address, "reading"))
            entries, refused = await asyncio.to_thread(read_folder, feed.address, self._workers)
            report = await self._pages.write(self._store.feed_items.put, feed.address, entries)
            self._tally.count_stories(report)
            why = f"{len(refused)} left out: {refused[0].source} {refused[0].why}" if refused else ""
        due = _time((feed.interval or _DEFAULT_INTERVAL) * 60)
        fields = {"digest": digest, "tried": _time(), "good": _time(), "due": due, "title": folder.name}
        await self._pages.write(self._record, feed.address, {**fields, "error": None, "remedy": None, "failures": 0})
        self._watch(feed_progress(feed.address, report, why))

    # one address

    async def _address(self, address: str) -> None:
        try:
            answer = await self._pages.get(Request(address))
            found = await self._pages.read(answer, answer.moved or address)
            if not (isinstance(found, WebPage) and await self._subscribe_to_site(answer.address, found)):
                await self._store_content(answer.moved or address, answer, found)
        except SourceError as fault:
            self._tally.add_failure(fault)
        except WorkerTerminated as ended:
            self._tally.add_failure(worker_failure(address, ended))

    async def _subscribe_to_site(self, address: str, page: WebPage) -> bool:
        """Subscribe to the only feed of a site, linked by its page or at the usual address; returns whether there is one."""
        if page.story is not None and not is_home_page(address):
            return False
        feeds = [feed.address for feed in page.feeds]
        if len(feeds) > 1 and page.story is not None:
            self._tally.offered += [feed for feed in page.feeds if not self._store.feeds.get(feed.address)]
            return bool(self._tally.offered)
        usual = [page.usual_feed] if page.usual_feed and not feeds else []
        for feed in feeds[:1] if len(feeds) == 1 else usual:
            try:
                answer = await self._pages.get(Request(feed))
                found = await self._pages.read(answer, answer.moved or feed)
            except (SourceError, WorkerTerminated):
                return False
            if isinstance(found, ParsedFeed):
                await self._store_content(answer.moved or feed, answer, found)
                return True
        return False

    async def _store_content(self, address: str, answer: Response, found: LoadedContent) -> None:
        """Store what was found at an address."""
        if isinstance(found, ParsedFeed):
            address = check(address, self._store.feeds.allowed_hosts())
            if await self._pages.write(self._store.feeds.subscribe, FeedCandidate(address)):
                self._tally.followed.append(address)
            if feed := self._store.feeds.get(address):
                await self._store_page(feed, answer, found)
        elif isinstance(found, SubscriptionList):
            self._tally.refused += found.refused
            new = [wanted.address for wanted in found.feeds if await self._pages.write(self._subscribe, wanted)]
            self._tally.followed += new
            await asyncio.gather(*(self._feed(feed) for feed in map(self._store.feeds.get, new) if feed))
        else:
            story = found.story if isinstance(found, WebPage) else found
            self._tally.offered += (
                [feed for feed in found.feeds if not self._store.feeds.get(feed.address)] if isinstance(found, WebPage) else []
            )
            if story is None:
                why = found.why if isinstance(found, WebPage) else "contains no story"
                remedy = "add one of the feeds that the page names" if self._tally.offered else "add the page of a single story"
                raise SourceError(address, why, remedy)
            self._tally.count_story(*await self._pages.write(self._store.stories.put, story))

    def _subscribe(self, wanted: FeedCandidate) -> bool:
        """Subscribe to a feed named in a fetched list, if its address is allowed."""
        try:
            check(wanted.address, self._store.feeds.allowed_hosts())
        except SourceError as fault:
            self._tally.add_failure(fault)
            return False
        return self._store.feeds.subscribe(wanted)


def _time(seconds: float = 0.0) -> str:
    """Current time plus `seconds`, as ISO 8601 in UTC."""
    return (datetime.now(UTC) + timedelta(seconds=seconds)).strftime("%Y-%m-%dT%H:%M:%SZ")
