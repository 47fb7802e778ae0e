"""Fetches pages from the net: many at once, each within its deadline, and none in the way of another."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any, TypeVar

from reader.errors import SourceError, WorkerTerminated
from reader.library.document_loader import SourceDocument, read
from reader.library.jobs import Cancelled, Watch
from reader.models import JobProgress, Story
from reader.sources.dispatch import WebPage
from reader.sources.http_client import HttpClient, Request, Response
from reader.sources.network_settings import load_network_settings
from reader.storage.store import Store

if TYPE_CHECKING:
    from reader.library.document_loader import Taken
    from reader.library.worker_pool import WorkerPool

_LOOK = 0.1
"""Seconds between two looks at whether to stop."""
T = TypeVar("T")


class PageFetcher:
    """One round of fetching, until all is done or it is cancelled."""

    def __init__(self, store: Store, workers: Callable[[], WorkerPool], watch: Watch | None, cancelled: Cancelled | None) -> None:
        self._store = store
        self._workers = workers
        self._watch: Watch = watch or (lambda event: None)
        self._cancelled: Cancelled = cancelled or (lambda: False)
        self._writer = ThreadPoolExecutor(max_workers=1, thread_name_prefix="writer")
        self._client = HttpClient(store.feeds.allowed_hosts(), settings=load_network_settings(store.folder))

    def story(self, address: str) -> Story:
        """Fetch the story of the page at an address; raises `SourceError`."""
        found: list[Story] = []

        async def fetch() -> None:
            found.append(await self._story(address))

        self.run([fetch()])
        if not found:
            raise SourceError(address, "took too long", "try again")
        return found[0]

    def run(self, tasks: Sequence[Coroutine[Any, Any, None]]) -> bool:
        """Run tasks at once, until they are done or cancelled; returns whether all were done."""
        try:
            return asyncio.run(self._run_all(tasks))
        finally:
            self._writer.shutdown()

    # within a run

    async def get(self, request: Request) -> Response:
        """Send a request; raises `SourceError`."""
        return await self._client.get(request)

    async def read(self, answer: Response, address: str) -> Taken:
        """Parse an answer in a worker that can be ended; `address` is the one it will be known by."""
        document = SourceDocument(answer.data, answer.address, address, answer.content_type)
        return await asyncio.wrap_future(self._workers().submit(read, document))

    async def write(self, call: Callable[..., T], *given: Any) -> T:
        """Run what writes to the store, one call after another and out of the way of the net."""
        return await asyncio.get_running_loop().run_in_executor(self._writer, call, *given)

    async def fill(self, ids: Iterable[str]) -> str:
        """Fetch the full text of stories; returns what could not be fetched, in words."""
        asked = [story for story in await asyncio.to_thread(self._store.stories.get_many, list(ids)) if story.url]
        failed = 0
        for done in asyncio.as_completed([self._fill_one(story) for story in asked]):
            failed += not await done
        return f"full text of {failed} of {len(asked)} stories could not be fetched" if failed else ""

    # inside

    async def _run_all(self, tasks: Sequence[Coroutine[Any, Any, None]]) -> bool:
        async with self._client:
            left = {asyncio.create_task(task) for task in tasks}
            while left:
                done, left = await asyncio.wait(left, timeout=_LOOK, return_when=asyncio.FIRST_COMPLETED)
                for task in done:
                    task.result()
                self._watch(JobProgress("feeds", len(tasks) - len(left), len(tasks)))
                if left and self._cancelled():
                    for task in left:
                        task.cancel()
                    await asyncio.gather(*left, return_exceptions=True)
                    return False
        return True

    async def _fill_one(self, story: Story) -> bool:
        try:
            page = await self._story(str(story.url))
        except (SourceError, WorkerTerminated):
            return False
        await self.write(self._store.feed_items.set_full_text, story.id, page)
        return True

    async def _story(self, address: str) -> Story:
        found = await self.read(await self._client.get(Request(address)), address)
        story = found.story if isinstance(found, WebPage) else found if isinstance(found, Story) else None
        if story is None:
            raise SourceError(address, "contains no story", "open it in the browser")
        return story
