"""Items in the JSON of Google Reader, as Google Takeout, Inoreader, The Old Reader and FreshRSS export them."""

from __future__ import annotations

import html
import json
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from reader.errors import SourceError
from reader.models import MovedItem, MovedLibrary, SourceFailure
from reader.sources.subscriptions import feed_address

_LARGEST = 256 << 20
"""Bytes of an export."""
_STATE = "/state/com.google/"
_LABEL = "/label/"
_STREAM = "feed/"


def read_library(place: Path | None, opened: ExitStack) -> MovedLibrary:
    """The items of an exported file; no feed is subscribed, because such a file also names feeds that were given up."""
    if place is None or not place.is_file():
        raise SourceError(str(place or "no file"), "is not an export", "name the file, such as starred.json")
    try:
        if place.stat().st_size > _LARGEST:
            raise SourceError(str(place), f"is larger than {_LARGEST >> 20} MB", "split it")
        items, refused = read_items(place.read_bytes(), str(place))
    except OSError as fault:
        raise SourceError(str(place), f"cannot be read ({fault.strerror})", "check its permissions") from fault
    return MovedLibrary(items=by_feed(items), refused=tuple(refused))


def by_feed(items: list[tuple[str, MovedItem]]) -> list[tuple[str, MovedItem]]:
    """Items by feed, those of one feed together and the newest first, each id once with all its marks."""
    merged: dict[tuple[str, str], MovedItem] = {}
    for feed, item in items:
        other = merged.get((feed, item.guid))
        merged[feed, item.guid] = item if other is None or (item.starred and not other.starred) else other
    latest = sorted(merged.items(), key=lambda pair: pair[1].published or "", reverse=True)
    return [(feed, item) for (feed, _), item in sorted(latest, key=lambda pair: pair[0][0])]


def read_items(data: bytes, source: str) -> tuple[list[tuple[str, MovedItem]], list[SourceFailure]]:
    """Items with the addresses of their feeds, and those that are not taken; raises `SourceError` for anything else."""
    try:
        found = json.loads(data.decode("utf-8-sig"))
    except (ValueError, RecursionError) as fault:
        raise SourceError(source, "is not JSON", "export it again") from fault
    listed = found.get("items") if isinstance(found, dict) else None
    if not isinstance(listed, list):
        raise SourceError(source, "has no list of items, as exports of Google Reader have", "name the exported file of items")
    items: list[tuple[str, MovedItem]] = []
    refused: list[SourceFailure] = []
    labels = 0
    for number, each in enumerate(listed, 1):
        feed = _feed(each) if isinstance(each, dict) else ""
        guid = (_text(each, "guid") or _text(each, "id")) if feed else ""
        if not guid:
            refused.append(SourceFailure(f"{source}, item {number}", "states no feed or no id"))
            continue
        items.append((feed_address(feed), _item(each, guid)))
        labels += any(_LABEL in category for category in _categories(each))
    if labels:
        refused.append(SourceFailure(source, f"the labels of {labels:,} items are not kept"))
    return items, refused


def _item(each: dict[str, Any], guid: str) -> MovedItem:
    categories = _categories(each)
    links = [_text(link, "href") for name in ("canonical", "alternate") for link in _list(each, name) if isinstance(link, dict)]
    texts = [_text(part, "content") for name in ("content", "summary") if isinstance(part := each.get(name), dict)]
    return MovedItem(
        guid=guid,
        title=_text(each, "title"),
        link=next((link for link in links if link), None),
        author=html.escape(_text(each, "author"), quote=False),
        published=_time(each.get("published")) or _time(each.get("updated")),
        content=max(texts, key=len, default=""),
        read=any(category.endswith(f"{_STATE}read") for category in categories),
        starred=any(category.endswith(f"{_STATE}starred") for category in categories),
    )


def _feed(each: dict[str, Any]) -> str:
    """Address of the feed of an item; empty if it states none."""
    origin = each.get("origin")
    if not isinstance(origin, dict):
        return ""
    stream = _text(origin, "streamId")
    named = stream.removeprefix(_STREAM) if stream.startswith(f"{_STREAM}http") else ""
    return _text(origin, "feedUrl") or named or _text(origin, "htmlUrl")


def _categories(each: dict[str, Any]) -> list[str]:
    return [category for category in _list(each, "categories") if isinstance(category, str)]


def _list(each: dict[str, Any], name: str) -> list[Any]:
    value = each.get(name)
    return value if isinstance(value, list) else []


def _text(each: dict[str, Any], name: str) -> str:
    value = each.get(name)
    return value if isinstance(value, str) else ""


def _time(seconds: object) -> str | None:
    """ISO 8601 in UTC of a Unix time; None for any other value."""
    if not isinstance(seconds, int | float) or not 0 < seconds < 32_503_680_000:
        return None
    return datetime.fromtimestamp(int(seconds), UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
