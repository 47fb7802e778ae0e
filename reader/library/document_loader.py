"""What was named as a source, read: the stories, feeds and lists in files, folders and standard input."""

from __future__ import annotations

import hashlib
import os
import sys
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from reader.errors import SourceError, WorkerTerminated
from reader.models import FeedEntry, SourceFailure, Story

if TYPE_CHECKING:
    from reader.library.worker_pool import WorkerPool
    from reader.sources.dispatch import WebPage
    from reader.sources.subscriptions import SubscriptionList
    from reader.storage.feed_items import FeedItemRow

    Taken: TypeAlias = "Story | ParsedFeed | SubscriptionList | WebPage"

STANDARD_INPUT = "-"
_URLS = "urls"
"""The name of newsboat's list of feeds."""
_AHEAD = 64
"""Files that may be in the workers' hands at once."""


@dataclass(frozen=True, slots=True)
class SourceDocument:
    """Bytes from somewhere: what they are called, the address they are known by, their own address on the net if they state one."""

    data: bytes
    source: str
    address: str
    content_type: str | None = None


@dataclass(frozen=True, slots=True)
class ParsedFeed:
    """A feed as read, its entries ready for the shelf: see `FeedPage`."""

    title: str | None
    home: str | None
    entries: list[FeedItemRow]
    every: int | None
    note: str | None
    complete: bool = True
    site_name: str | None = None


def documents(sources: Iterable[str]) -> Iterator[SourceDocument | SourceFailure]:
    """The bytes of files, of those in folders, and of standard input (`-`), or why there are none, in the order named."""
    from reader.sources.files import expand, read_bytes, shown

    for source in sources:
        if source == STANDARD_INPUT:
            data = sys.stdin.buffer.read()
            # nothing but what it says tells one standard input from the next
            yield SourceDocument(data, "standard input", f"stdin:{hashlib.sha256(data).hexdigest()}")
            continue
        for found in expand([source]):
            if isinstance(found, SourceFailure):
                yield found
                continue
            try:
                yield SourceDocument(read_bytes(found), shown(found.name), shown(str(found.resolve())))
            except SourceError as fault:
                yield refusal(fault)


def read_all(
    documents: Iterable[SourceDocument | SourceFailure], workers: Callable[[], WorkerPool]
) -> Iterator[tuple[SourceDocument, Taken] | SourceFailure]:
    """What stands in each document, in order: plain text is read here, what needs a parser by workers that can be ended."""
    from reader.sources.content_type import kind

    waiting: deque[SourceFailure | tuple[SourceDocument, Future[Taken] | None]] = deque()
    for document in documents:
        if isinstance(document, SourceFailure):
            waiting.append(document)
        elif kind(document.data, document.source, document.content_type) in ("text", "binary", "empty"):
            waiting.append((document, None))
        else:
            waiting.append((document, workers().submit(read, document)))
        while len(waiting) > _AHEAD:
            yield _taken(waiting.popleft())
    while waiting:
        yield _taken(waiting.popleft())


def read(document: SourceDocument) -> Taken:
    """What stands in a document; raises `SourceError`."""
    from reader.sources.dispatch import read
    from reader.sources.feeds import FeedPage
    from reader.sources.newsboat import read_urls
    from reader.storage.feed_items import listed

    if Path(document.source).name == _URLS:
        return read_urls(document.data, document.source)
    found = read(document.data, source=document.source, address=document.address, content_type=document.content_type)
    if isinstance(found, FeedPage):
        return ParsedFeed(found.title, found.home, listed(found.entries), found.every, found.note, found.complete, found.site_name)
    return found


def files_of(folder: str, workers: Callable[[], WorkerPool]) -> tuple[list[FeedItemRow], list[SourceFailure]]:
    """The stories in a folder's files, each known by its path, and what could not be read."""
    from reader.sources.dispatch import WebPage
    from reader.storage.feed_items import listed

    entries: list[FeedItemRow] = []
    refused: list[SourceFailure] = []
    for taken in read_all(documents([folder]), workers):
        if isinstance(taken, SourceFailure):
            refused.append(taken)
            continue
        document, found = taken
        if isinstance(found, ParsedFeed):
            entries += found.entries
        elif story := found.story if isinstance(found, WebPage) else found if isinstance(found, Story) else None:
            entries += listed([FeedEntry(document.address, story)])
    return entries, refused


def listing(folder: Path) -> str:
    """A digest of the names, sizes and times of the files below a folder."""
    digest = hashlib.sha256()
    for place, folders, files in os.walk(folder):
        folders.sort()
        for name in sorted(files):
            state = Path(place, name).stat(follow_symlinks=False)
            digest.update(f"{place}/{name} {state.st_size} {state.st_mtime_ns}\n".encode(errors="surrogateescape"))
    return digest.hexdigest()


def refusal(fault: SourceError) -> SourceFailure:
    """A fault as it is reported."""
    return SourceFailure(fault.source, fault.why, fault.remedy)


def _taken(waiting: SourceFailure | tuple[SourceDocument, Future[Taken] | None]) -> tuple[SourceDocument, Taken] | SourceFailure:
    """What became of a document."""
    if isinstance(waiting, SourceFailure):
        return waiting
    document, future = waiting
    try:
        return document, future.result() if future else read(document)
    except SourceError as fault:
        return refusal(fault)
    except WorkerTerminated as ended:
        return SourceFailure(document.source, str(ended), "it may be damaged or malicious; check it, or leave it out")
