"""Concurrent fetching of pages, each with its own deadline."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any, TypeVar

from reader.errors import SourceError, WorkerTerminated
from reader.library.document_loader import SourceDocument, read
from reader.library.jobs import Cancelled, Watch
from reader.models import FullTextReport, JobProgress, SourceFailure, Story
from reader.sources.dispatch import WebPage
from reader.sources.http_client import HttpClient, Request, Response
from reader.sources.network_settings import load_network_settings
from reader.storage.store import Store

if TYPE_CHECKING:
    from reader.library.document_loader import LoadedContent
    from reader.library.worker_pool import WorkerPool

_POLL_INTERVAL = 0.1
"""Seconds between checks for cancellation."""
T = TypeVar("T")


class PageFetcher:
    """One batch of fetches, run until all are done or canceled."""

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

    def run(self, tasks: Sequence[Coroutine[Any, Any, None]], what: str = "feeds") -> bool:
        """Run tasks concurrently until they are done or canceled; returns whether all are done. `what` is their stage."""
        try:
            return asyncio.run(self._run_all(tasks, what))
        finally:
            self._writer.shutdown()

    def full_texts(self, stories: Iterable[Story]) -> FullTextReport:
        """Fetch the pages of stories at once and store their texts as they come; cancelled, what has come is kept."""
        updated, failed, unchanged = list[str](), list[SourceFailure](), 0

        async def fill(story: Story) -> None:
            nonlocal unchanged
            try:
                page = await self._story(str(story.url))
            except SourceError as fault:
                failed.append(SourceFailure(fault.source, fault.why, fault.remedy))
            except WorkerTerminated as fault:
                failed.append(SourceFailure(str(story.url), str(fault)))
            else:
                if await self.write(self._store.feed_items.set_full_text, story.id, page) == "updated":
                    updated.append(story.id)
                else:
                    unchanged += 1

        done = self.run([fill(story) for story in stories if story.url], "pages")
        return FullTextReport(tuple(updated), unchanged, tuple(failed), not done)

    # within a run

    async def get(self, request: Request) -> Response:
        """Send a request; raises `SourceError`."""
        return await self._client.get(request)

    async def read(self, answer: Response, address: str) -> LoadedContent:
        """Parse a response in a worker process; `address` identifies the result."""
        document = SourceDocument(answer.data, answer.address, address, answer.content_type)
        return await asyncio.wrap_future(self._workers().submit(read, document))

    async def write(self, call: Callable[..., T], *given: Any) -> T:
        """Run a write to the store in the writer thread, one at a time."""
        return await asyncio.get_running_loop().run_in_executor(self._writer, call, *given)

    async def fetch_full_texts(self, ids: Iterable[str]) -> str:
        """Fetch the full text of stories; returns a message about failures, if any."""
        stories = [story for story in await asyncio.to_thread(self._store.stories.get_many, list(ids)) if story.url]
        failed = 0
        for done in asyncio.as_completed([self._fetch_full_text(story) for story in stories]):
            failed += not await done
        return f"full text of {failed} of {len(stories)} stories could not be fetched" if failed else ""

    # internals

    async def _run_all(self, tasks: Sequence[Coroutine[Any, Any, None]], what: str) -> bool:
        async with self._client:
            left = {asyncio.create_task(task) for task in tasks}
            while left:
                done, left = await asyncio.wait(left, timeout=_POLL_INTERVAL, return_when=asyncio.FIRST_COMPLETED)
                for task in done:
                    task.result()
                self._watch(JobProgress(what, len(tasks) - len(left), len(tasks)))
                if left and self._cancelled():
                    for task in left:
                        task.cancel()
                    await asyncio.gather(*left, return_exceptions=True)
                    return False
        return True

    async def _fetch_full_text(self, story: Story) -> bool:
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
