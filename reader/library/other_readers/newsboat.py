"""Newsboat: `urls`, `cache.db` and `config`, in `~/.newsboat` or in the folders of the XDG specification."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from contextlib import ExitStack, closing
from datetime import UTC, datetime
from pathlib import Path

from reader.errors import SourceError
from reader.models import FeedVisit, MovedItem, MovedLibrary, SourceFailure
from reader.sources.files import read_bytes
from reader.sources.newsboat import read_urls
from reader.sources.newsboat_config import NewsboatConfig, read_config
from reader.sources.subscriptions import SubscriptionList, feed_address
from reader.storage.foreign_database import ForeignDatabase

_FILTERED = re.compile(r"filter:[^:]{1,500}:(?P<address>https?://\S+)", re.I)
_COLUMNS = frozenset({"guid", "title", "author", "url", "feedurl", "pubDate", "content", "unread", "flags", "deleted"})
_ITEMS = """
    SELECT guid, title, author, url, feedurl, pubDate, content, unread, flags FROM rss_item
    WHERE coalesce(deleted, 0) = 0 ORDER BY feedurl, pubDate DESC, id DESC
"""
_FEEDS = "SELECT rssurl, title, lastmodified, etag FROM rss_feed"
_DELETED = "SELECT count(*) AS number FROM rss_item WHERE deleted = 1"
_FLAGS = "SELECT group_concat(DISTINCT flags) AS letters FROM rss_item WHERE coalesce(flags, '') <> ''"


def read_library(place: Path | None, opened: ExitStack) -> MovedLibrary:
    """Newsboat's library in a folder, or at a list of feeds of any name; raises `SourceError` if there is none."""
    urls, config, cache = _files(place)
    settings = read_config(read_bytes(config), str(config)) if config.is_file() else NewsboatConfig()
    listed = read_urls(read_bytes(urls), str(urls)) if urls.is_file() else SubscriptionList(())
    refused = [*listed.refused, *settings.refused]
    found = MovedLibrary(
        feeds=listed.feeds, searches=(*listed.searches, *settings.searches), settings=settings.settings, refused=tuple(refused)
    )
    cache = settings.cache or cache
    if not cache.is_file():
        if not urls.is_file():
            raise SourceError(str(urls.parent), "contains no list of feeds of Newsboat", "name the folder that contains urls")
        refused.append(
            SourceFailure(str(cache), "not found: read and flagged stories are not taken", "name the folder that contains it")
        )
        return MovedLibrary(feeds=found.feeds, searches=found.searches, settings=found.settings, refused=tuple(refused))
    database = opened.enter_context(closing(ForeignDatabase(cache)))
    if not database.columns("rss_item") >= _COLUMNS:
        raise SourceError(str(cache), "is not a cache of Newsboat", "name the folder of Newsboat")
    refused += _losses(database, cache)
    return MovedLibrary(
        feeds=found.feeds,
        visits=_visits(database),
        items=_items(database),
        searches=found.searches,
        settings=found.settings,
        refused=tuple(refused),
    )


def _files(place: Path | None) -> tuple[Path, Path, Path]:
    """The list of feeds, the configuration and the cache."""
    home = Path.home()
    if place is not None and not place.exists():
        raise SourceError(str(place), "not found", "name the folder that contains urls")
    if place is not None and place.is_file():
        folder, urls = place.parent, place
    else:
        usual = (home / ".newsboat", home / ".config" / "newsboat")
        folder = place or next((each for each in usual if (each / "urls").is_file()), usual[0])
        urls = folder / "urls"
    apart = folder.parent.parent / ".local" / "share" / "newsboat" / "cache.db"
    cache = apart if not (folder / "cache.db").exists() and folder.parent.name == ".config" else folder / "cache.db"
    return urls, folder / "config", cache


def _address(stated: str) -> str:
    """The address of a feed as Newsloom would store it; of a filtered feed, that of the feed behind the filter."""
    filtered = _FILTERED.fullmatch(stated)
    return feed_address(filtered["address"] if filtered else stated)


def _visits(database: ForeignDatabase) -> dict[str, FeedVisit]:
    found = {}
    for row in database.rows(_FEEDS):
        modified = None
        if isinstance(row["lastmodified"], int) and row["lastmodified"] > 0:
            modified = datetime.fromtimestamp(row["lastmodified"], UTC).strftime("%a, %d %b %Y %H:%M:%S GMT")
        filtered = _FILTERED.fullmatch(row["rssurl"])  # its answer was another one
        found[_address(row["rssurl"])] = FeedVisit(row["title"] or None, None if filtered else row["etag"] or None, modified)
    return found


def _items(database: ForeignDatabase) -> Iterator[tuple[str, MovedItem]]:
    for row in database.rows(_ITEMS):
        yield (
            _address(row["feedurl"] or ""),
            MovedItem(
                guid=str(row["guid"]),
                title=html.escape(row["title"] or "", quote=False),
                link=row["url"] or None,
                author=html.escape(row["author"] or "", quote=False),
                published=_time(row["pubDate"]),
                content=row["content"] or "",
                read=not row["unread"],
                starred=bool(row["flags"]),
            ),
        )


def _time(seconds: object) -> str | None:
    """ISO 8601 in UTC of a Unix time; None for zero, and for times outside the calendar."""
    if not isinstance(seconds, int) or not 0 < seconds < 32_503_680_000:
        return None
    return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _losses(database: ForeignDatabase, cache: Path) -> Iterator[SourceFailure]:
    """What the cache holds and Newsloom has no counterpart for."""
    if number := next(database.rows(_DELETED))["number"]:
        yield SourceFailure(str(cache), f"{number:,} deleted items are left out")
    letters = sorted(set(str(next(database.rows(_FLAGS))["letters"] or "")) - {","})
    if len(letters) > 1:
        yield SourceFailure(str(cache), f"the flags {' '.join(letters)} all become a star; their letters are not kept")
