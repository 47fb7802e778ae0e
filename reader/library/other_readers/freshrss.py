"""FreshRSS: the zip file of its export, with a list of feeds (OPML) and items as JSON."""

from __future__ import annotations

import zipfile
from contextlib import ExitStack
from pathlib import Path

from reader.errors import SourceError
from reader.library.other_readers.google_reader import by_feed, read_items
from reader.models import FeedCandidate, MovedItem, MovedLibrary, SourceFailure
from reader.sources.opml import read_opml

_LARGEST = 256 << 20
"""Bytes of all files of an export, unpacked."""


def read_library(place: Path | None, opened: ExitStack) -> MovedLibrary:
    """The feeds, and the items with their marks; raises `SourceError` for anything but an export."""
    if place is None or not place.is_file():
        raise SourceError(str(place or "no file"), "is not an export", "name the zip file that FreshRSS exported")
    feeds: list[FeedCandidate] = []
    items: list[tuple[str, MovedItem]] = []
    refused: list[SourceFailure] = []
    try:
        with zipfile.ZipFile(place) as archive:
            if sum(member.file_size for member in archive.infolist()) > _LARGEST:
                raise SourceError(str(place), f"is larger than {_LARGEST >> 20} MB", "export fewer items at once")
            for member in archive.infolist():
                source = f"{place}, {member.filename}"
                if member.filename.endswith((".xml", ".opml")):
                    listed = read_opml(archive.read(member), source)
                    feeds += listed.feeds
                    refused += listed.refused
                elif member.filename.endswith(".json"):
                    found, failed = read_items(archive.read(member), source)
                    items += found
                    refused += failed
                elif not member.is_dir():
                    refused.append(SourceFailure(source, "is neither a list of feeds nor items"))
    except (OSError, zipfile.BadZipFile, NotImplementedError, RuntimeError) as fault:
        raise SourceError(str(place), f"is no readable zip file ({fault})", "export it again") from fault
    return MovedLibrary(feeds=tuple(feeds), items=by_feed(items), refused=tuple(refused))
