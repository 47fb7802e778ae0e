"""Asks feeds and addresses what is new, and keeps what came as soon as it is there."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from reader.errors import SourceError, WorkerTerminated
from reader.extraction.feed_discovery import is_home_page
from reader.library.document_loader import ParsedFeed, files_of, listing
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
    from reader.library.document_loader import Taken
    from reader.library.jobs import Cancelled, Watch
    from reader.library.worker_pool import WorkerPool

_MINUTES = 60
"""How often a feed is asked that says nothing of it, and whose reader did not either."""
_RAREST = 24 * 60
"""Minutes after which every feed may be asked again, whatever it failed at."""


class Refresher:
    """One round of asking feeds and addresses; what comes is stored at once and counted in `tally`."""

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
        """Take what is at these addresses, and ask every one of these feeds.

        At an address, a feed is followed, a page is stored as a story, and a list's feeds are followed and asked.
        """
        done = self._pages.run([*(self._address(address) for address in addresses), *(self._feed(feed) for feed in feeds)])
        self._tally.stopped = self._tally.stopped or not done

    # one feed

    async def _feed(self, feed: Feed) -> None:
        """Ask a feed, keep what is new, and note how it went."""
        self._tally.asked += 1
        self._watch(FeedProgress(feed.address, "asked"))
        try:
            if Path(feed.address).is_absolute():
                await self._folder(feed)
            else:
                await self._web_feed(feed)
        except SourceError as fault:
            await self._failed(feed, fault)
        except WorkerTerminated as ended:
            await self._failed(feed, worker_failure(feed.address, ended))

    async def _web_feed(self, feed: Feed) -> None:
        answer = await self._pages.get(Request(feed.address, feed.etag, feed.modified))
        digest = feed.digest if answer.same else hashlib.sha256(answer.data).hexdigest()
        if digest == feed.digest:
            await self._visited(feed, _MINUTES, answer)
            self._watch(FeedProgress(feed.address, "same"))
            return
        found = await self._pages.read(answer, feed.address)
        if not isinstance(found, ParsedFeed):
            raise failure(feed.address, "no_longer_feed")
        await self._keep(feed, answer, found)

    async def _keep(self, feed: Feed, answer: Response, page: ParsedFeed) -> None:
        """Keep what a feed holds, fetch full texts where they are wanted, and note the visit."""
        self._watch(FeedProgress(feed.address, "reading"))
        report = await self._pages.write(store_feed, self._store, feed.address, page)
        self._tally.count_stories(report)
        why = page.note or ""
        if feed.full_text:
            why = await self._pages.fill([*report.added, *report.updated]) or why
        digest = hashlib.sha256(answer.data).hexdigest()
        if not page.complete:
            raise failure(feed.address, "truncated")
        await self._visited(feed, page.every or _MINUTES, answer, digest=digest)
        self._watch(feed_progress(feed.address, report, why))

    async def _visited(self, feed: Feed, minutes: int, answer: Response, **news: Any) -> None:
        """Note a visit that went well; a permanent redirect moves the feed."""
        wait = max((feed.interval or minutes) * 60, min(answer.wait or 0, _RAREST * 60))
        news |= {"etag": answer.etag, "modified": answer.modified} if not answer.same else {}
        news |= {"tried": _time(), "good": _time(), "due": _time(wait), "quiet": None}
        await self._pages.write(self._note, feed.address, {**news, "error": None, "remedy": None, "failures": 0})
        if answer.moved and answer.moved != feed.address:
            await self._pages.write(self._store.feeds.move, feed.address, answer.moved)

    async def _failed(self, feed: Feed, fault: SourceError) -> None:
        """Note a visit that failed, and ask less often."""
        wait, ended = fault.wait, fault.ended
        minutes = min((feed.interval or _MINUTES) * 2 ** min(feed.failures, 8), _RAREST)
        news = {
            "tried": _time(),
            "due": _time(max(minutes * 60, wait or 0)),
            "quiet": _time(wait) if wait else None,
            "error": fault.code or fault.why,
            "remedy": None if fault.code else fault.remedy,
            "failures": feed.failures + 1,
            "ended": ended,
        }
        await self._pages.write(self._note, feed.address, news)
        self._tally.refused.append(SourceFailure(feed.name, fault.why, fault.remedy))
        self._watch(FeedProgress(feed.address, "ended" if ended else "failed", why=fault.why, remedy=fault.remedy))

    def _note(self, address: str, news: dict[str, Any]) -> None:
        self._store.feeds.record_visit(address, **news)

    async def _folder(self, feed: Feed) -> None:
        """Read a watched folder again, if anything in it changed."""
        folder = Path(feed.address)
        if not folder.is_dir():
            raise failure(feed.address, "no_folder")
        digest = await asyncio.to_thread(listing, folder)
        why = ""
        report = ImportReport()
        if digest != feed.digest:
            self._watch(FeedProgress(feed.address, "reading"))
            entries, refused = await asyncio.to_thread(files_of, feed.address, self._workers)
            report = await self._pages.write(self._store.feed_items.put, feed.address, entries)
            self._tally.count_stories(report)
            why = f"{len(refused)} left out: {refused[0].source} {refused[0].why}" if refused else ""
        due = _time((feed.interval or _MINUTES) * 60)
        news = {"digest": digest, "tried": _time(), "good": _time(), "due": due, "title": folder.name}
        await self._pages.write(self._note, feed.address, {**news, "error": None, "remedy": None, "failures": 0})
        self._watch(feed_progress(feed.address, report, why))

    # one address

    async def _address(self, address: str) -> None:
        try:
            answer = await self._pages.get(Request(address))
            found = await self._pages.read(answer, answer.moved or address)
            if not (isinstance(found, WebPage) and await self._follow_site(answer.address, found)):
                await self._take(answer.moved or address, answer, found)
        except SourceError as fault:
            self._tally.refuse(fault)
        except WorkerTerminated as ended:
            self._tally.refuse(worker_failure(address, ended))

    async def _follow_site(self, address: str, page: WebPage) -> bool:
        """Follow the one feed of a site, named by its page or found at the usual place; returns whether there was one."""
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
                await self._take(answer.moved or feed, answer, found)
                return True
        return False

    async def _take(self, address: str, answer: Response, found: Taken) -> None:
        """Take what was found at an address."""
        if isinstance(found, ParsedFeed):
            address = check(address, self._store.feeds.allowed_hosts())
            if await self._pages.write(self._store.feeds.follow, FeedCandidate(address)):
                self._tally.followed.append(address)
            if feed := self._store.feeds.get(address):
                await self._keep(feed, answer, found)
        elif isinstance(found, SubscriptionList):
            self._tally.refused += found.refused
            new = [wanted.address for wanted in found.feeds if await self._pages.write(self._follow, wanted)]
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

    def _follow(self, wanted: FeedCandidate) -> bool:
        """Follow a feed that a list on the net names, if it may be asked."""
        try:
            check(wanted.address, self._store.feeds.allowed_hosts())
        except SourceError as fault:
            self._tally.refuse(fault)
            return False
        return self._store.feeds.follow(wanted)


def _time(seconds: float = 0.0) -> str:
    """Now, or so many seconds later, as ISO 8601 in UTC."""
    return (datetime.now(UTC) + timedelta(seconds=seconds)).strftime("%Y-%m-%dT%H:%M:%SZ")
