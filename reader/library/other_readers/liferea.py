"""Liferea: `feedlist.opml` in its configuration and `liferea.db` in its data."""

from __future__ import annotations

import html
from collections.abc import Iterator
from contextlib import ExitStack, closing
from pathlib import Path

from reader.errors import SourceError
from reader.library.other_readers.google_reader import iso_time
from reader.models import MovedItem, MovedLibrary
from reader.sources.files import read_bytes
from reader.sources.opml import read_opml
from reader.sources.subscriptions import feed_address
from reader.storage.foreign_database import ForeignDatabase

_COLUMNS = frozenset({"title", "read", "marked", "source", "source_id", "description", "date", "node_id"})
_ITEMS = """
    SELECT i.title, i.read, i.marked, i.source, i.source_id, i.description, i.date, s.source AS feed
    FROM items i JOIN subscription s ON s.node_id = i.node_id ORDER BY s.source, i.date DESC
"""


def read_library(place: Path | None, opened: ExitStack) -> MovedLibrary:
    """Feeds with their folders, and items with their marks; raises `SourceError` if either file is missing."""
    usual = Path.home()
    listed = (place or usual / ".config" / "liferea") / "feedlist.opml"
    stored = (place or usual / ".local" / "share" / "liferea") / "liferea.db"
    for path in (listed, stored):
        if not path.is_file():
            raise SourceError(str(path), "not found", "name a folder that contains feedlist.opml and liferea.db")
    database = opened.enter_context(closing(ForeignDatabase(stored)))
    if not (database.columns("items") >= _COLUMNS and database.columns("subscription") >= {"node_id", "source"}):
        raise SourceError(str(stored), "is not a database of Liferea", "name the folder of Liferea")
    feeds = read_opml(read_bytes(listed), str(listed))
    return MovedLibrary(feeds=feeds.feeds, items=_items(database), refused=feeds.refused)


def _items(database: ForeignDatabase) -> Iterator[tuple[str, MovedItem]]:
    for row in database.rows(_ITEMS):
        guid = row["source_id"] or row["source"] or row["title"]
        if guid and row["feed"]:
            yield (
                feed_address(str(row["feed"])),
                MovedItem(
                    guid=str(guid),
                    title=html.escape(row["title"] or "", quote=False),
                    link=row["source"] or None,
                    published=iso_time(row["date"]),
                    content=row["description"] or "",
                    read=bool(row["read"]),
                    starred=bool(row["marked"]),
                ),
            )
