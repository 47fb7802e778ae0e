"""Fetches from the net: many at once, each within its deadline, and none in the way of another."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any, TypeVar

from reader.errors import SourceError
from reader.library.came import ImportTally
from reader.library.document_loader import SourceDocument, read
from reader.library.jobs import Cancelled, Watch
from reader.library.worker_pool import WorkerTerminated
from reader.models import JobProgress, Story
from reader.sources.dispatch import WebPage
from reader.sources.http_client import HttpClient, Request, Response
from reader.storage.store import Store

if TYPE_CHECKING:
    from reader.library.document_loader import Taken
    from reader.library.worker_pool import WorkerPool

_LOOK = 0.1
"""Seconds between two looks at whether to stop."""
T = TypeVar("T")


class PageFetcher:
    """One round of fetching, until all is done or it is cancelled: the pages of stories, and what else is built on it."""

    def __init__(self, store: Store, workers: Callable[[], WorkerPool], watch: Watch | None, cancelled: Cancelled | None) -> None:
        self._store = store
        self._workers = workers
        self._watch: Watch = watch or (lambda event: None)
        self._cancelled: Cancelled = cancelled or (lambda: False)
        self._keeper = ThreadPoolExecutor(max_workers=1, thread_name_prefix="keeper")
        self._fetcher = HttpClient(store.allowed())
        self.came = ImportTally()

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
                self._watch(JobProgress("feeds", len(works) - len(left), len(works)))
                if left and self._cancelled():
                    self.came.stopped = True
                    for task in left:
                        task.cancel()
                    await asyncio.gather(*left, return_exceptions=True)
                    return

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
        except (SourceError, WorkerTerminated):
            return False
        await self._in_turn(self._store.set_full_text, story.id, page)
        return True

    async def _page(self, address: str) -> Story:
        found = await self._read(await self._fetcher.get(Request(address)), address)
        story = found.story if isinstance(found, WebPage) else found if isinstance(found, Story) else None
        if story is None:
            raise SourceError(address, "holds no story", "open it in the browser")
        return story

    async def _read(self, answer: Response, address: str) -> Taken:
        """What an answer holds, read by a worker that can be ended; `address` is the one it will be known by."""
        document = SourceDocument(answer.data, answer.address, address, answer.content_type)
        return await asyncio.wrap_future(self._workers().submit(read, document))

    async def _in_turn(self, call: Callable[..., T], *given: Any) -> T:
        """Do what writes to the shelf, one after another and out of the way of the net."""
        return await asyncio.get_running_loop().run_in_executor(self._keeper, call, *given)
