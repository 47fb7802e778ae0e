"""RSS, Atom, RDF and CDF through feedparser, which forgives nearly everything."""

from __future__ import annotations

import html
import io
import re
import time
from collections.abc import Iterable
from typing import Any

import feedparser

from reader.extraction.html_fragments import line
from reader.models import Link
from reader.sources.failures import failure
from reader.sources.feeds.items import MOST, FeedPage, RawItem, entries, resolve

_MINUTES = {"hourly": 60, "daily": 24 * 60, "weekly": 7 * 24 * 60, "monthly": 30 * 24 * 60, "yearly": 365 * 24 * 60}
_MARKUP = re.compile(r"<[a-zA-Z/!]|&(?:#\d|#x[\da-fA-F]|[a-zA-Z]+;)")
_CHANNEL = re.compile(rb"<channel[\s>]", re.I)
_START = 4096
_ADDRESS = re.compile(r"\s*\(?<?[^\s@()<>]+@[^\s@()<>]+>?\)?\s*")


def read_xml(data: bytes, address: str, content_type: str | None = None) -> FeedPage:
    """Parse a feed in XML; raises `SourceError` for anything else."""
    headers = {"content-location": address} | ({"content-type": content_type} if content_type else {})
    # a stream, because what is no stream would be opened as a file or fetched
    read = feedparser.parse(io.BytesIO(data), response_headers=headers, sanitize_html=False, resolve_relative_uris=False)
    fault = read.get("bozo_exception")
    known = read.get("version") or _CHANNEL.search(data, 0, _START)  # CDF has a name and no version
    if not read.entries and (not known or (fault and not read.feed)):
        raise failure(address, "broken_feed", line(str(fault))[:120]) if fault else failure(address, "not_feed")
    feed = read.feed
    title = line(_text(feed, "title")) or None
    told = entries((_item(found) for found in read.entries[:MOST]), address, title)
    note = f"only {MOST:,} of its {len(read.entries):,} entries were read" if len(read.entries) > MOST else None
    return FeedPage(title, resolve(feed.get("link"), address), told, _every(feed), note)


def _item(found: Any) -> RawItem:
    """An entry of feedparser's as ours."""
    content = max((_html(part) for part in found.get("content", ())), key=len, default="")
    summary = _html(found.summary_detail) if "summary_detail" in found else ""
    return RawItem(
        guid=found.get("id") or None,
        title=_text(found, "title"),
        link=found.get("link") or None,
        base=next((part.get("base") or "" for part in [*found.get("content", ()), found.get("title_detail", {})] if part), ""),
        outlet=_text(found.get("source", {}), "title"),
        authors=tuple(_authors(found)),
        published=_time(found, "published") or _time(found, "created"),
        updated=_time(found, "updated"),
        content=content,
        summary=summary,
        categories=tuple(tag.get("label") or tag.get("term") or "" for tag in found.get("tags", ())),
        links=tuple(_links(found)),
    )


def _text(found: Any, name: str) -> str:
    """A field as HTML."""
    detail = found.get(f"{name}_detail") or {"value": found.get(name) or ""}
    return _html(detail)


def _html(detail: Any) -> str:
    """A text with its type as HTML; what calls itself plain and holds markup is taken for the markup it is."""
    text = str(detail.get("value") or "")
    plain = detail.get("type") == "text/plain" and not _MARKUP.search(text)
    return html.escape(text, quote=False) if plain else text


def _authors(found: Any) -> Iterable[str]:
    """Who wrote it, by name; an address for mail stands only where there is no name."""
    authors = found.get("authors") or [{"name": found.get("author")}]
    for author in authors:
        name = author.get("name") or author.get("email")
        if name:
            yield html.escape(_ADDRESS.sub("", name) or name, quote=False)
    if not any(authors) and found.get("author"):
        yield html.escape(found.author, quote=False)


def _time(found: Any, name: str) -> str | None:
    """A time in UTC: to the minute, or to the day where no more is said."""
    key = f"{name}_parsed"
    # feedparser's `get` lends another field's time where this one is missing
    parsed: time.struct_time | None = found[key] if key in found else None  # noqa: SIM401
    if parsed is None or not 1000 <= parsed.tm_year <= 9999:
        return None
    return time.strftime("%Y-%m-%dT%H:%M" if ":" in str(found.get(name)) else "%Y-%m-%d", parsed)


def _links(found: Any) -> Iterable[Link]:
    """The further addresses of an entry."""
    main = found.get("link")
    for link in found.get("links", ()):
        if link.get("href") and (link.get("href") != main or link.get("rel") == "enclosure"):
            yield Link(link["href"], link.get("rel") or "related", link.get("type"), link.get("title"))
    if found.get("comments"):
        yield Link(found.comments, "replies")


def _every(feed: Any) -> int | None:
    """Minutes between two visits, as the feed asks (`ttl`, or the syndication module of RSS 1.0)."""
    ttl = str(feed.get("ttl") or "")
    if ttl.isdecimal() and int(ttl):
        return min(int(ttl), 7 * 24 * 60)
    period = _MINUTES.get(str(feed.get("sy_updateperiod") or "").strip().lower())
    often = str(feed.get("sy_updatefrequency") or "1")
    return max(period // max(int(often), 1), 5) if period and often.isdecimal() else None
