"""Feeds as parsed, and their items as stories."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable
from datetime import UTC, datetime
from urllib.parse import urljoin, urlsplit

from msgspec import Struct
from msgspec.structs import replace

from reader.extraction.html_fragments import FragmentList, line, read
from reader.extraction.html_tree import link_address
from reader.models import NOT_STATED, PLAIN, Block, ExtractedField, FeedEntry, Link, Media, RemovedLine, Story
from reader.sources.feeds.authors import byline
from reader.sources.feeds.boilerplate import Boilerplate, without_credit
from reader.sources.feeds.identity import ItemLabels, identify, item_key
from reader.text.feed_dates import feed_order, parse_stated, resolve_date
from reader.text.languages import detect

MOST = 5000
"""Entries read from one feed; the newest are kept and a note states the rest."""
_LEAD_WORDS = 10
"""Words of a headline that is made from the text."""
_LONGEST = 500
"""Maximum length of names and headlines."""
_DATE = 60
"""Maximum length of an unreadable date in a reason."""
_CUT_SHORT = " .…[]()"
"""Trailing characters of a truncated text."""
_WEB = re.compile(r"https?://[^/]", re.I)


class FeedPage(Struct, frozen=True):
    """A parsed feed: title, site, entries, requested minutes between fetches, and a note for the user.

    `complete` is false for a truncated document. `site_name` is the name of the whole site, if stated separately from a title that
    only describes a section.
    """

    title: str | None
    home: str | None
    entries: tuple[FeedEntry, ...]
    interval: int | None = None
    note: str | None = None
    complete: bool = True
    site_name: str | None = None


class RawItem(Struct, frozen=True, kw_only=True):
    """An item as stated in the feed: texts are HTML, dates and addresses unparsed."""

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
    media: tuple[Media, ...] = ()


_NOTHING = RawItem()


def entries(
    items: Iterable[RawItem], feed: str, title: str | None, *, language: str = "", now: datetime | None = None
) -> tuple[FeedEntry, ...]:
    """Stories of the distinct items of the feed at address `feed`; `title` and `language` are the feed's.

    Empty items are skipped, and at most `MOST` items are kept, the newest ones. `now` is the time of the fetch.
    """
    stated = [item for item in items if replace(item, base="") != _NOTHING]
    dates = _FeedDates(stated, language, now or datetime.now(UTC))
    kept = [_Item(item, feed, dates) for item in _newest(stated, dates)]
    identities = identify([item.labels for item in kept])
    contents = Boilerplate((item.headline, item.content.fragments) for item in kept)
    summaries = Boilerplate((item.headline, item.lead.fragments) for item in kept)
    found: dict[str, FeedEntry] = {}
    for item, identity in zip(kept, identities, strict=True):
        key = item_key(identity.key)
        if key not in found:
            item.leave_out(contents, summaries)
            found[key] = FeedEntry(key, item.story(key, identity.address, title, language))
    return tuple(found.values())


def limit_note(items: int) -> str | None:
    """Note about items beyond the limit; None without any."""
    return f"the newest {MOST:,} of {items:,} items were kept" if items > MOST else None


class _FeedDates:
    """Dates of a feed, numeric ones in the order of day and month that all dates prove."""

    def __init__(self, items: Iterable[RawItem], language: str, now: datetime) -> None:
        texts = {text for item in items for text in (item.published, item.updated) if text}
        self._stated = {text: parse_stated(text, language) for text in texts}
        self._order, self._now = feed_order(self._stated.values(), now), now

    def field(self, text: str | None) -> ExtractedField:
        """Stated date as a field: its time in UTC, or the reason for its absence."""
        if not text or not text.strip():
            return NOT_STATED
        stated = self._stated[text]
        time, reason = resolve_date(stated, self._order, self._now) if stated else (None, "unreadable_date")
        return ExtractedField(time, 0.95, reason) if time else ExtractedField(None, 0.0, f"{reason}:{line(text)[:_DATE]}")


def _newest(items: list[RawItem], dates: _FeedDates) -> list[RawItem]:
    """At most `MOST` items in the feed's order: the newest ones, or the first ones if few are dated."""
    if len(items) <= MOST:
        return items
    times = [dates.field(item.published or item.updated).value or "" for item in items]
    dated = 2 * sum(map(bool, times)) > len(items)
    chosen = sorted(range(len(items)), key=times.__getitem__, reverse=True)[:MOST] if dated else range(MOST)
    return [items[at] for at in sorted(chosen)]


class _Item:
    """An item with sanitized texts, resolved link and parsed dates."""

    def __init__(self, item: RawItem, feed: str, dates: _FeedDates) -> None:
        self.published, self.updated = dates.field(item.published), dates.field(item.updated)
        self.item, self.feed, self.base = item, feed, item.base or feed
        self.url = resolve(item.link, self.base)
        self.headline = line(item.title)[:_LONGEST]
        within = self.url or self.base if self.base == feed else self.base  # without a stated base, links are those of the page
        self.content, self.lead = read(item.content, within), read(item.summary, within)
        self.body = tuple(fragment.text for fragment in self._read.fragments)
        self.blocks: tuple[Block, ...] = ()
        self.media: tuple[Media, ...] = ()
        self.summary: tuple[str, ...] = ()
        self.removed: tuple[RemovedLine, ...] = ()

    @property
    def _read(self) -> FragmentList:
        """The paragraphs that become the body: the content, or else the summary."""
        return self.content if self.content.fragments else self.lead

    @property
    def labels(self) -> ItemLabels:
        """Everything that can identify the item."""
        return ItemLabels(
            self.item.guid, self.url, self.headline, self.published.value or self.item.published, " ".join(self.body)[:_LONGEST]
        )

    def leave_out(self, contents: Boilerplate, summaries: Boilerplate) -> None:
        """Leave the boilerplate of the feed out of the text."""
        body, lead = self._read, self.lead.fragments
        kept, self.removed = (contents if body is self.content else summaries).part(self.headline, body.fragments)
        shown_fragments = [without_credit(body.fragments[at]) for at in kept]
        self.body = tuple(fragment.text for fragment in shown_fragments)
        blocks = tuple(fragment.block for fragment in shown_fragments)
        self.blocks = blocks if any(block is not PLAIN and block != PLAIN for block in blocks) else ()
        media = body.media or (self.lead.media if body is self.content else self.content.media)
        shown = [replace(each, at=bisect_left(kept, each.at or 0)) for each in media]
        self.media = (*_attached(self.item.media, self.base, {each.url for each in shown}), *shown)
        summary = tuple(lead[at].text for at in summaries.part(self.headline, lead)[0])
        self.summary = () if _repeats(summary, self.body) else summary

    def story(self, key: str, address: str | None, title: str | None, language: str) -> Story:
        """Story of the item, identified by its own address or by its key in the feed; `title` and `language` are the feed's."""
        item, url, body = self.item, self.url, self.body
        headline = self.headline or _lead(body) or url or item.guid or key
        outlet, names = line(item.outlet)[:_LONGEST] or title, byline(item.authors)[:_LONGEST]
        return Story(
            source=url or self.feed,
            address=address or f"{self.feed}#{key}",
            url=url,
            title=ExtractedField(headline, 0.95, "feed") if self.headline else ExtractedField(headline, 0.2, "first_words"),
            title_made=not self.headline,
            outlet=ExtractedField(outlet, 0.8, "feed_name") if outlet else NOT_STATED,
            byline=ExtractedField(names, 0.9, "feed") if names else NOT_STATED,
            published=self._published(),
            language=detect(self.headline, body, language),
            body=body,
            updated=self.updated.value if self.updated.value != self._published().value else None,
            removed=self.removed,
            summary=self.summary,
            categories=tuple(dict.fromkeys(name for raw in item.categories if (name := line(raw)[:_LONGEST]))),
            links=tuple(_link(link, self.base) for link in item.links if resolve(link.url, self.base)),
            blocks=self.blocks,
            media=self.media,
        )

    def _published(self) -> ExtractedField:
        """Time of publication, or else of the update."""
        if self.published.value or not self.updated.value:
            return self.published
        return replace(self.updated, sure=0.7)


def resolve(address: str | None, base: str) -> str | None:
    """Absolute web address; None for any other."""
    if not address:
        return None
    try:
        whole = urljoin(base, address.strip())
        urlsplit(whole)
    except ValueError:
        return None
    return line(whole).replace(" ", "%20") if _WEB.match(whole) and len(whole) <= 4 * _LONGEST else None


def _link(link: Link, base: str) -> Link:
    """Sanitized link."""
    title = line(link.title)[:_LONGEST] if link.title else None
    kind = line(link.type)[:_LONGEST] if link.type else None
    return Link(resolve(link.url, base) or "", line(link.rel)[:_LONGEST] or "related", kind, title)


def _attached(media: Iterable[Media], base: str, known: set[str]) -> Iterable[Media]:
    """Sanitized media that a feed attaches to an item, each once; pictures that the text shows are left out."""
    for each in media:
        url = link_address(each.url, base)
        if url and url not in known and not url.startswith("mailto:"):
            known.add(url)
            kind = line(each.type)[:_LONGEST] if each.type else None
            title = line(each.title)[:_LONGEST] if each.title else None
            yield replace(each, url=url, type=kind, title=title)


def _lead(body: tuple[str, ...]) -> str:
    """First words of a story."""
    words = body[0].split() if body else []
    return " ".join(words[:_LEAD_WORDS]) + ("…" if len(words) > _LEAD_WORDS else "")


def _repeats(summary: tuple[str, ...], body: tuple[str, ...]) -> bool:
    """Whether a summary repeats the beginning of the body."""
    return " ".join(body).startswith(" ".join(summary).rstrip(_CUT_SHORT))
