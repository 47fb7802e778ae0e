"""Loading of documents: the stories, feeds and lists in files, folders and standard input."""

from __future__ import annotations

import hashlib
import os
import sys
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from msgspec import Struct

from reader.errors import SourceError, WorkerTerminated
from reader.models import FeedEntry, SourceFailure, Story

if TYPE_CHECKING:
    from reader.library.worker_pool import WorkerPool
    from reader.sources.dispatch import WebPage
    from reader.sources.subscriptions import SubscriptionList
    from reader.storage.feed_items import FeedItemRow

    LoadedContent: TypeAlias = "Story | ParsedFeed | SubscriptionList | WebPage"

STANDARD_INPUT = "-"
_URLS = "urls"
"""File name of Newsboat's feed list."""
_SMALL = 1 << 16
"""Bytes of a plain text that are read in this process: time and memory for them are small, and starting a worker takes longer."""
_MAX_QUEUED = 64
"""Maximum number of files queued in workers."""


class SourceDocument(Struct, frozen=True):
    """Bytes of a document: displayed name, identifying address, and media type if known."""

    data: bytes
    source: str
    address: str
    content_type: str | None = None


class ParsedFeed(Struct, frozen=True):
    """A parsed feed with its entries as rows; see `FeedPage`."""

    title: str | None
    home: str | None
    entries: list[FeedItemRow]
    interval: int | None
    note: str | None
    complete: bool = True
    site_name: str | None = None


def documents(sources: Iterable[str]) -> Iterator[SourceDocument | SourceFailure]:
    """Read files, files in folders, and standard input (`-`), in order; failures are returned in their place."""
    from reader.sources.files import expand, read_bytes, shown

    for source in sources:
        if source == STANDARD_INPUT:
            data = sys.stdin.buffer.read()
            # only its content identifies an input
            yield SourceDocument(data, "standard input", f"stdin:{hashlib.sha256(data).hexdigest()}")
            continue
        for found in expand([source]):
            if isinstance(found, SourceFailure):
                yield found
                continue
            try:
                yield SourceDocument(read_bytes(found), shown(found.name), shown(str(found.resolve())))
            except SourceError as fault:
                yield as_failure(fault)


def read_all(
    documents: Iterable[SourceDocument | SourceFailure], workers: Callable[[], WorkerPool]
) -> Iterator[tuple[SourceDocument, LoadedContent] | SourceFailure]:
    """Parse documents in order: short plain texts in this process, everything else in worker processes."""
    waiting: deque[SourceFailure | tuple[SourceDocument, Future[LoadedContent] | None]] = deque()
    for document in documents:
        if isinstance(document, SourceFailure):
            waiting.append(document)
        elif _is_small(document):
            waiting.append((document, None))
        else:
            waiting.append((document, workers().submit(read, document)))
        while len(waiting) > _MAX_QUEUED:
            yield _result(waiting.popleft())
    while waiting:
        yield _result(waiting.popleft())


def read(document: SourceDocument) -> LoadedContent:
    """Parse a document; raises `SourceError`."""
    from reader.sources.dispatch import read
    from reader.sources.feeds import FeedPage
    from reader.sources.newsboat import read_urls
    from reader.storage.feed_items import feed_item_rows

    if Path(document.source).name == _URLS:
        return read_urls(document.data, document.source)
    found = read(document.data, source=document.source, address=document.address, content_type=document.content_type)
    if isinstance(found, FeedPage):
        return ParsedFeed(
            found.title, found.home, feed_item_rows(found.entries), found.interval, found.note, found.complete, found.site_name
        )
    return found


def read_folder(folder: str, workers: Callable[[], WorkerPool]) -> tuple[list[FeedItemRow], list[SourceFailure]]:
    """Stories in the files of a folder, identified by path, and failures."""
    from reader.sources.dispatch import WebPage
    from reader.storage.feed_items import feed_item_rows

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
            entries += feed_item_rows([FeedEntry(document.address, story)])
    return entries, refused


def folder_digest(folder: Path) -> str:
    """Digest of the names, sizes and modification times of the files below a folder."""
    digest = hashlib.sha256()
    for place, folders, files in os.walk(folder):
        folders.sort()
        for name in sorted(files):
            state = Path(place, name).stat(follow_symlinks=False)
            digest.update(f"{place}/{name} {state.st_size} {state.st_mtime_ns}\n".encode(errors="surrogateescape"))
    return digest.hexdigest()


def as_failure(fault: SourceError) -> SourceFailure:
    """Convert an error to a reported failure."""
    return SourceFailure(fault.source, fault.why, fault.remedy)


def _is_small(document: SourceDocument) -> bool:
    """Whether a document is read in this process."""
    from reader.sources.content_type import kind

    found = kind(document.data, document.source, document.content_type)
    return found in ("binary", "empty") or (found == "text" and len(document.data) <= _SMALL)


def _result(
    waiting: SourceFailure | tuple[SourceDocument, Future[LoadedContent] | None],
) -> tuple[SourceDocument, LoadedContent] | SourceFailure:
    """Result of parsing a document."""
    if isinstance(waiting, SourceFailure):
        return waiting
    document, future = waiting
    try:
        return document, future.result() if future else read(document)
    except SourceError as fault:
        return as_failure(fault)
    except WorkerTerminated as ended:
        return SourceFailure(document.source, str(ended), "it may be damaged or malicious; check it, or leave it out")
