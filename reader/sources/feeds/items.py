"""A feed as read, and how an item of it becomes a story."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from urllib.parse import urljoin, urlsplit

from reader.extraction.html_fragments import line, paragraphs
from reader.models import NOT_STATED, ExtractedField, FeedEntry, Link, Story

MOST = 5000
"""Entries read of one feed; more are left out, and the page says so."""
_LEAD_WORDS = 10
"""Words of which a headline is made where none is given."""
_LONGEST = 500
"""Characters kept of a name, a headline or an address that no person wrote."""
_CUT_SHORT = " .…[]()"
"""What stands at the end of a text that is cut short."""
_WEB = re.compile(r"https?://[^/]", re.I)


@dataclass(frozen=True, slots=True)
class FeedPage:
    """A feed's title and site, its entries, how often it asks to be asked, in minutes, and what is to be said of it."""

    title: str | None
    home: str | None
    entries: tuple[FeedEntry, ...]
    every: int | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RawItem:
    """What a feed says of one story, not yet cleaned: texts are HTML, times ISO 8601 in UTC, addresses as they stand."""

    guid: str | None = None
    title: str = ""
    link: str | None = None
    base: str = ""
    outlet: str = ""
    authors: tuple[str, ...] = ()
    published: str | None = None
    updated: str | None = None
    content: str = ""
    summary: str = ""
    categories: tuple[str, ...] = ()
    links: tuple[Link, ...] = ()


_NOTHING = RawItem()


def entries(items: Iterable[RawItem], feed: str, title: str | None) -> tuple[FeedEntry, ...]:
    """The stories that the items of the feed at address `feed` tell; `title` is the feed's. One that says nothing tells none."""
    return tuple(_entry(item, feed, title) for item in items if replace(item, base="") != _NOTHING)


def _entry(item: RawItem, feed: str, title: str | None) -> FeedEntry:
    """The story of one item."""
    url = resolve(item.link, item.base or feed)
    headline = line(item.title)[:_LONGEST]
    content, summary = paragraphs(item.content), paragraphs(item.summary)
    body = content or summary
    guid = item.guid or url or _digest(headline, item.published, *body[:1])
    made = not headline
    headline = headline or _lead(body) or url or guid
    published = item.published or item.updated
    outlet, byline = line(item.outlet)[:_LONGEST] or title, _names([line(name)[:_LONGEST] for name in item.authors])
    story = Story(
        source=url or feed,
        address=url or f"{feed}#{guid}",
        url=url,
        title=ExtractedField(headline, 0.2, "first_words") if made else ExtractedField(headline, 0.95, "feed"),
        title_made=made,
        outlet=ExtractedField(outlet, 0.8, "feed_name") if outlet else NOT_STATED,
        byline=ExtractedField(byline, 0.9, "feed") if byline else NOT_STATED,
        published=ExtractedField(published, 0.95 if item.published else 0.7, "feed") if published else NOT_STATED,
        body=body,
        updated=item.updated if item.updated != published else None,
        summary=() if _repeats(summary, body) else summary,
        categories=tuple(dict.fromkeys(name for raw in item.categories if (name := line(raw)[:_LONGEST]))),
        links=tuple(_link(link, item.base or feed) for link in item.links if resolve(link.url, item.base or feed)),
    )
    return FeedEntry(guid if len(guid) <= _LONGEST else _digest(guid), story)


def resolve(address: str | None, base: str) -> str | None:
    """An address made whole; None for none, and for one that is not of the web."""
    if not address:
        return None
    try:
        whole = urljoin(base, address.strip())
        urlsplit(whole)
    except ValueError:
        return None
    return line(whole).replace(" ", "%20") if _WEB.match(whole) and len(whole) <= 4 * _LONGEST else None


def _link(link: Link, base: str) -> Link:
    """A link cleaned."""
    title = line(link.title)[:_LONGEST] if link.title else None
    kind = line(link.type)[:_LONGEST] if link.type else None
    return Link(resolve(link.url, base) or "", line(link.rel)[:_LONGEST] or "related", kind, title)


def _names(names: list[str]) -> str:
    """Names as a byline tells them: A, B and C."""
    *others, last = [name for name in dict.fromkeys(names) if name] or [""]
    return f"{', '.join(others)} and {last}" if others else last


def _lead(body: tuple[str, ...]) -> str:
    """The first words of a story."""
    words = body[0].split() if body else []
    return " ".join(words[:_LEAD_WORDS]) + ("…" if len(words) > _LEAD_WORDS else "")


def _repeats(summary: tuple[str, ...], body: tuple[str, ...]) -> bool:
    """Whether a summary only says how the body begins."""
    return " ".join(body).startswith(" ".join(summary).rstrip(_CUT_SHORT))


def _digest(*parts: str | None) -> str:
    """A short name for what has none of its own."""
    return hashlib.sha256("\0".join(part or "" for part in parts).encode(errors="replace")).hexdigest()[:32]
