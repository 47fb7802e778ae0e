"""RSS, Atom, RDF and CDF, parsed by feedparser."""

from __future__ import annotations

import html
import io
import re
from collections.abc import Iterable
from typing import Any

import feedparser
from feedparser.api import PREFERRED_XML_PARSERS

from reader.extraction.html_fragments import line
from reader.models import Link
from reader.sources.failures import failure
from reader.sources.feeds.attachments import attachments
from reader.sources.feeds.items import FeedPage, RawItem, entries, limit_note, resolve

PREFERRED_XML_PARSERS[:] = ["reader.sources.feeds.sax_driver"]

_MINUTES = {"hourly": 60, "daily": 24 * 60, "weekly": 7 * 24 * 60, "monthly": 30 * 24 * 60, "yearly": 365 * 24 * 60}
_MARKUP = re.compile(r"<[a-zA-Z/!]|&(?:#\d|#x[\da-fA-F]|[a-zA-Z]+;)")
_CHANNEL = re.compile(rb"<channel[\s>]", re.I)
_ROOT = re.compile(rb"<((?:[\w-]{1,20}:)?(?:rss|feed|rdf))[\s>]", re.I)
_FOUR_LETTERS = frozenset("info name aero coop mobi arpa jobs asia post".split())  # top-level domains
_START = 4096
_END = 4096


def read_xml(data: bytes, address: str, content_type: str | None = None) -> FeedPage:
    """Parse a feed in XML; raises `SourceError` for anything else."""
    headers = {"content-location": address} | ({"content-type": content_type} if content_type else {})
    # a stream, because feedparser would open or fetch a string
    read = feedparser.parse(io.BytesIO(data), response_headers=headers, sanitize_html=False, resolve_relative_uris=False)
    fault = read.get("bozo_exception")
    known = read.get("version") or _CHANNEL.search(data, 0, _START)  # CDF has a name and no version
    if not read.entries and (not known or (fault and not read.feed)):
        raise failure(address, "broken_feed", line(str(fault))[:120]) if fault else failure(address, "not_feed")
    feed = read.feed
    title = line(_text(feed, "title")) or None
    found = entries(map(_item, read.entries), address, title, language=str(feed.get("language") or ""))
    return FeedPage(
        title,
        resolve(feed.get("link"), address),
        found,
        _interval(feed),
        limit_note(len(read.entries)),
        complete=not fault or not _is_truncated(data),
        site_name=_site_name(title, line(_text(feed, "description"))),
    )


def _is_truncated(data: bytes) -> bool:
    """Whether a feed document has a start but no end."""
    root = _ROOT.search(data, 0, _START)
    return root is not None and b"</" + root[1].lower() not in data[-_END:].lower()


def _site_name(title: str | None, description: str) -> str | None:
    """Site name from a title "SECTION on SITE", as in the default template of the Hugo generator.

    The template repeats the title in a fixed description, which distinguishes it from a title that happens to contain "on".
    """
    section, _, site = (title or "").rpartition(" on ")
    return site if section and description == f"Recent content in {title}" else None


def _item(found: Any) -> RawItem:
    """Convert an entry of feedparser."""
    content = max((_html(part) for part in found.get("content", ())), key=len, default="")
    summary = _html(found.summary_detail) if "summary_detail" in found else ""
    return RawItem(
        guid=found.get("id") or None,
        title=_text(found, "title"),
        link=found.get("link") or None,
        base=next((part.get("base") or "" for part in [*found.get("content", ()), found.get("title_detail", {})] if part), ""),
        outlet=_text(found.get("source", {}), "title"),
        authors=tuple(_authors(found)),
        published=_date(found, "published") or _date(found, "created"),
        updated=_date(found, "updated"),
        content=content,
        summary=summary,
        categories=tuple(tag.get("label") or tag.get("term") or "" for tag in found.get("tags", ())),
        links=tuple(_links(found)),
        media=tuple(attachments(found)),
    )


def _text(found: Any, name: str) -> str:
    """Field as HTML."""
    detail = found.get(f"{name}_detail") or {"value": found.get(name) or ""}
    return _html(detail)


def _html(detail: Any) -> str:
    """Typed text as HTML; plain text that contains markup is treated as markup."""
    text = str(detail.get("value") or "")
    plain = detail.get("type") == "text/plain" and not _MARKUP.search(text)
    return html.escape(text, quote=False) if plain else text


def _authors(found: Any) -> Iterable[str]:
    """Authors as stated."""
    authors = [author for author in found.get("authors") or [] if author]
    for author in authors:
        yield _author(str(author.get("name") or ""), str(author.get("email") or ""))
    if not authors and found.get("author"):
        yield str(found.author)


def _author(name: str, email: str) -> str:
    """Author as stated: feedparser ends a mail address after four letters of its domain and moves the rest to the name."""
    ending = email.rpartition(".")[2]
    if name[:1].islower() and len(ending) == 4 and ending.lower() not in _FOUR_LETTERS:
        whole = email + name
        return whole + ")" * (whole.count("(") - whole.count(")"))
    return name or email


def _date(found: Any, name: str) -> str | None:
    """Date as stated."""
    # feedparser's `get` substitutes another field's date if this one is missing
    return str(found[name]) if name in found else None


def _links(found: Any) -> Iterable[Link]:
    """Further links of an entry."""
    main = found.get("link")
    for link in found.get("links", ()):
        if link.get("href") and (link.get("href") != main or link.get("rel") == "enclosure"):
            yield Link(link["href"], link.get("rel") or "related", link.get("type"), link.get("title"))
    if found.get("comments"):
        yield Link(found.comments, "replies")


def _interval(feed: Any) -> int | None:
    """Minutes between fetches as requested by the feed (`ttl`, or the syndication module of RSS 1.0)."""
    ttl = str(feed.get("ttl") or "")
    if ttl.isdecimal() and int(ttl):
        return min(int(ttl), 7 * 24 * 60)
    period = _MINUTES.get(str(feed.get("sy_updateperiod") or "").strip().lower())
    often = str(feed.get("sy_updatefrequency") or "1")
    return max(period // max(int(often), 1), 5) if period and often.isdecimal() else None
