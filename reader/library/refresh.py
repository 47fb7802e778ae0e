"""Asks feeds and addresses what is new: many at once, each within its deadline, and none in the way of another."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Callable, Coroutine, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from reader.library.apart import Cancelled, Watch
from reader.library.came import Came, step
from reader.library.intake import Document, Fed, files_of, listing, read
from reader.library.workers import Ended
from reader.model import Feed, Refusal, Report, SourceError, Stage, Step, Story, Wanted
from reader.shelf.store import Store
from reader.sources.addresses import check
from reader.sources.fetch import Answer, Ask, Fetcher, FetchFault
from reader.sources.lists import Listing
from reader.sources.reading import Page

if TYPE_CHECKING:
    from reader.library.intake import Taken
    from reader.library.workers import Workers

_MINUTES = 60
"""How often a feed is asked that says nothing of it, and whose reader did not either."""
_RAREST = 24 * 60
"""Minutes after which every feed may be asked again, whatever it failed at."""
_LOOK = 0.1
"""Seconds between two looks at whether to stop."""
_HARMFUL = "it may be damaged or made to do harm; look at its address in a browser, or take it out"
T = TypeVar("T")


class Refresh:
    """One round of asking; what came is kept as soon as it is there."""

    def __init__(self, store: Store, workers: Callable[[], Workers], watch: Watch | None, cancelled: Cancelled | None) -> None:
        self._store = store
        self._workers = workers
        self._watch: Watch = watch or (lambda event: None)
        self._cancelled: Cancelled = cancelled or (lambda: False)
        self._keeper = ThreadPoolExecutor(max_workers=1, thread_name_prefix="keeper")
        self._fetcher = Fetcher(store.allowed())
        self.came = Came()

    def ask(self, addresses: Sequence[str], feeds: Sequence[Feed]) -> None:
        """Take what stands at these addresses, and ask every one of these feeds.

        At an address, a feed is followed, a page is kept as a story, and a list's feeds are followed and asked.
        """
        self._run([*(self._address(address) for address in addresses), *(self._feed(feed) for feed in feeds)])

    def page(self, address: str) -> Story:
        """The story of the page at an address; raises `SourceError`."""
        found: list[Story] = []

        async def look() -> None:
            found.append(await self._page(address))

        self._run([look()])
        if not found:
            raise SourceError(address, "was not waited for", "ask again")
        return found[0]

    def _run(self, works: Sequence[Coroutine[Any, Any, None]]) -> None:
        """Do all of it at once, until it is done or cancelled."""
        try:
            asyncio.run(self._together(works))
        finally:
            self._keeper.shutdown()

    async def _together(self, works: Sequence[Coroutine[Any, Any, None]]) -> None:
        async with self._fetcher:
            left = {asyncio.create_task(work) for work in works}
            while left:
                done, left = await asyncio.wait(left, timeout=_LOOK, return_when=asyncio.FIRST_COMPLETED)
                for task in done:
                    task.result()
                self._watch(Stage("feeds", len(works) - len(left), len(works)))
                if left and self._cancelled():
                    self.came.stopped = True
                    for task in left:
                        task.cancel()
                    await asyncio.gather(*left, return_exceptions=True)
                    return

    # one feed

    async def _feed(self, feed: Feed) -> None:
        """Ask a feed, keep what is new, and note how it went."""
        self.came.asked += 1
        self._watch(Step(feed.address, "asked"))
        try:
            if Path(feed.address).is_absolute():
                await self._folder(feed)
            else:
                await self._web_feed(feed)
        except SourceError as fault:
            await self._failed(feed, fault)
        except Ended as ended:
            await self._failed(feed, SourceError(feed.address, str(ended), _HARMFUL))

    async def _web_feed(self, feed: Feed) -> None:
        answer = await self._fetcher.get(Ask(feed.address, feed.etag, feed.modified))
        digest = feed.digest if answer.same else hashlib.sha256(answer.data).hexdigest()
        if digest == feed.digest:
            await self._visited(feed, _MINUTES, answer)
            self._watch(Step(feed.address, "same"))
            return
        found = await self._read(answer, feed.address)
        if not isinstance(found, Fed):
            raise SourceError(feed.address, "is no feed any more", "look at it in a browser, and add the feed it names now")
        await self._keep(feed, answer, found)

    async def _keep(self, feed: Feed, answer: Answer, page: Fed) -> None:
        """Keep what a feed holds, fetch full texts where they are wanted, and note the visit."""
        self._watch(Step(feed.address, "reading"))
        report = await self._in_turn(self._store.put_entries, feed.address, page.entries)
        self.came.count(report)
        why = page.note or ""
        if feed.full_text:
            why = await self._fill([*report.added, *report.updated]) or why
        digest = hashlib.sha256(answer.data).hexdigest()
        await self._visited(feed, page.every or _MINUTES, answer, digest=digest, title=page.title, home=page.home)
        self._watch(step(feed.address, report, why))

    async def _visited(self, feed: Feed, minutes: int, answer: Answer, **news: Any) -> None:
        """Note a visit that went well; a permanent redirect moves the feed."""
        wait = max((feed.interval or minutes) * 60, min(answer.wait or 0, _RAREST * 60))
        news |= {"etag": answer.etag, "modified": answer.modified} if not answer.same else {}
        news |= {"tried": _time(), "good": _time(), "due": _time(wait), "quiet": None}
        await self._in_turn(self._note, feed.address, {**news, "error": None, "remedy": None, "failures": 0})
        if answer.moved and answer.moved != feed.address:
            await self._in_turn(self._store.move_feed, feed.address, answer.moved)

    async def _failed(self, feed: Feed, fault: SourceError) -> None:
        """Note a visit that failed, and ask less often."""
        wait = fault.wait if isinstance(fault, FetchFault) else None
        ended = isinstance(fault, FetchFault) and fault.ended
        minutes = min((feed.interval or _MINUTES) * 2 ** min(feed.failures, 8), _RAREST)
        news = {
            "tried": _time(),
            "due": _time(max(minutes * 60, wait or 0)),
            "quiet": _time(wait) if wait else None,
            "error": fault.why,
            "remedy": fault.remedy,
            "failures": feed.failures + 1,
            "ended": ended,
        }
        await self._in_turn(self._note, feed.address, news)
        self.came.refused.append(Refusal(feed.name, fault.why, fault.remedy))
        self._watch(Step(feed.address, "ended" if ended else "failed", why=fault.why, remedy=fault.remedy))

    def _note(self, address: str, news: dict[str, Any]) -> None:
        self._store.visited(address, **news)

    async def _folder(self, feed: Feed) -> None:
        """Read a watched folder again, if anything in it changed."""
        folder = Path(feed.address)
        if not folder.is_dir():
            raise SourceError(feed.address, "is no folder, or may not be read", "look where it went, or take it out")
        digest = await asyncio.to_thread(listing, folder)
        why = ""
        report = Report()
        if digest != feed.digest:
            self._watch(Step(feed.address, "reading"))
            entries, refused = await asyncio.to_thread(files_of, feed.address, self._workers)
            report = await self._in_turn(self._store.put_entries, feed.address, entries)
            self.came.count(report)
            why = f"{len(refused)} left out: {refused[0].source} {refused[0].why}" if refused else ""
        due = _time((feed.interval or _MINUTES) * 60)
        news = {"digest": digest, "tried": _time(), "good": _time(), "due": due, "title": folder.name}
        await self._in_turn(self._note, feed.address, {**news, "error": None, "remedy": None, "failures": 0})
        self._watch(step(feed.address, report, why))

    # one address

    async def _address(self, address: str) -> None:
        try:
            answer = await self._fetcher.get(Ask(address))
            found = await self._read(answer, answer.moved or address)
            await self._take(answer.moved or address, answer, found)
        except SourceError as fault:
            self.came.refuse(fault)
        except Ended as ended:
            self.came.refuse(SourceError(address, str(ended), _HARMFUL))

    async def _take(self, address: str, answer: Answer, found: Taken) -> None:
        """Take what was found at an address."""
        if isinstance(found, Fed):
            address = check(address, self._store.allowed())
            if await self._in_turn(self._store.follow, Wanted(address)):
                self.came.followed.append(address)
            if feed := self._store.feed(address):
                await self._keep(feed, answer, found)
        elif isinstance(found, Listing):
            self.came.refused += found.refused
            new = [wanted.address for wanted in found.feeds if await self._in_turn(self._follow, wanted)]
            self.came.followed += new
            await asyncio.gather(*(self._feed(feed) for feed in map(self._store.feed, new) if feed))
        else:
            story = found.story if isinstance(found, Page) else found
            self.came.offered += (
                [feed for feed in found.feeds if not self._store.feed(feed.address)] if isinstance(found, Page) else []
            )
            if story is None:
                why = found.why if isinstance(found, Page) else "holds no story"
                remedy = "add one of the feeds it names" if self.came.offered else "add the page of one story"
                raise SourceError(address, why, remedy)
            self.came.keep(*await self._in_turn(self._store.put, story))

    def _follow(self, wanted: Wanted) -> bool:
        """Follow a feed that a list on the net names, if it may be asked."""
        try:
            check(wanted.address, self._store.allowed())
        except SourceError as fault:
            self.came.refuse(fault)
            return False
        return self._store.follow(wanted)

    # pages

    async def _fill(self, ids: Iterable[str]) -> str:
        """Fetch the full text of stories; what could not be had, in words."""
        asked = [story for story in await asyncio.to_thread(self._store.stories, list(ids)) if story.url]
        failed = 0
        for done in asyncio.as_completed([self._fill_one(story) for story in asked]):
            failed += not await done
        return f"the full text of {failed} of {len(asked)} could not be had" if failed else ""

    async def _fill_one(self, story: Story) -> bool:
        try:
            page = await self._page(str(story.url))
        except (SourceError, Ended):
            return False
        await self._in_turn(self._store.set_full_text, story.id, page)
        return True

    async def _page(self, address: str) -> Story:
        found = await self._read(await self._fetcher.get(Ask(address)), address)
        story = found.story if isinstance(found, Page) else found if isinstance(found, Story) else None
        if story is None:
            raise SourceError(address, "holds no story", "open it in the browser")
        return story

    async def _read(self, answer: Answer, address: str) -> Taken:
        """What an answer holds, read by a worker that can be ended; `address` is the one it will be known by."""
        document = Document(answer.data, answer.address, address, answer.content_type)
        return await asyncio.wrap_future(self._workers().submit(read, document))

    async def _in_turn(self, call: Callable[..., T], *given: Any) -> T:
        """Do what writes to the shelf, one after another and out of the way of the net."""
        return await asyncio.get_running_loop().run_in_executor(self._keeper, call, *given)


def _time(seconds: float = 0.0) -> str:
    """Now, or so many seconds later, as ISO 8601 in UTC."""
    return (datetime.now(UTC) + timedelta(seconds=seconds)).strftime("%Y-%m-%dT%H:%M:%SZ")
