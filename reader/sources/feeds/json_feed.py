"""JSON Feed, versions 1 and 1.1 (https://www.jsonfeed.org/version/1.1/)."""

from __future__ import annotations

import html
import json
from collections.abc import Iterable
from typing import Any, NoReturn

from reader.extraction.html_fragments import line
from reader.models import Link, Media
from reader.sources.failures import failure
from reader.sources.feeds.attachments import attachment, duration
from reader.sources.feeds.items import FeedPage, RawItem, entries, limit_note, resolve


def read_json(data: bytes, address: str) -> FeedPage:
    """Parse a JSON feed; raises `SourceError` for anything else."""
    try:
        feed = json.loads(data.decode("utf-8-sig"), parse_constant=_refuse)
    except (ValueError, RecursionError) as fault:
        raise failure(address, "broken_json", line(str(fault))[:120]) from fault
    items = feed.get("items") if isinstance(feed, dict) else None
    if not isinstance(items, list):
        raise failure(address, "not_json_feed")
    title = line(html.escape(_text(feed, "title"))) or None
    authors = tuple(_authors(feed))
    read = [_item(item, authors) for item in items if isinstance(item, dict)]
    home = resolve(_text(feed, "home_page_url") or None, address)
    return FeedPage(title, home, entries(read, address, title, language=_text(feed, "language")), None, limit_note(len(items)))


def _item(item: dict[str, Any], authors: tuple[str, ...]) -> RawItem:
    """Convert an item; plain text is escaped to HTML."""
    content = _text(item, "content_html") or _escaped(_text(item, "content_text"))
    return RawItem(
        guid=_text(item, "id") or None,
        title=html.escape(_text(item, "title"), quote=False),
        link=_text(item, "url") or _text(item, "external_url") or None,
        authors=tuple(_authors(item)) or authors,
        published=_text(item, "date_published") or None,
        updated=_text(item, "date_modified") or None,
        content=content,
        summary=_escaped(_text(item, "summary")),
        categories=tuple(html.escape(tag, quote=False) for tag in _list(item, "tags") if isinstance(tag, str)),
        links=tuple(_links(item)),
        media=tuple(_attachments(item)),
    )


def _links(item: dict[str, Any]) -> Iterable[Link]:
    """Further links of an item."""
    external = _text(item, "external_url")
    if external and _text(item, "url"):
        yield Link(external, "related")
    for attached in _list(item, "attachments"):
        if isinstance(attached, dict) and (url := _text(attached, "url")):
            yield Link(url, "enclosure", _text(attached, "mime_type") or None, _text(attached, "title") or None)


def _attachments(item: dict[str, Any]) -> Iterable[Media]:
    """Attached files of an item, and its picture."""
    for attached in _list(item, "attachments"):
        if isinstance(attached, dict) and (url := _text(attached, "url")):
            kind, title = _text(attached, "mime_type") or None, _text(attached, "title") or None
            seconds = duration(_text(attached, "duration_in_seconds"))
            yield attachment(url, kind, _text(attached, "size_in_bytes"), seconds, title)
    if picture := _text(item, "image"):
        yield attachment(picture, "image")


def _authors(thing: dict[str, Any]) -> Iterable[str]:
    """Names of the authors of a feed or item; version 1 has only one."""
    for author in [*_list(thing, "authors"), thing.get("author")]:
        if isinstance(author, dict) and (name := _text(author, "name")):
            yield name


def _text(thing: dict[str, Any], name: str) -> str:
    """Text field; numbers, which some feeds use as ids, are converted."""
    value = thing.get(name)
    if isinstance(value, int | float) and not isinstance(value, bool):
        return str(value)
    return value if isinstance(value, str) else ""


def _list(thing: dict[str, Any], name: str) -> list[Any]:
    value = thing.get(name)
    return value if isinstance(value, list) else []


def _escaped(text: str) -> str:
    """Plain text as HTML without tags."""
    return html.escape(text, quote=False)


def _refuse(name: str) -> NoReturn:
    raise ValueError(f"{name} is not a number")
