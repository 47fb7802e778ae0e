"""Parsing of documents by content type: stories, feeds, lists of feeds and web pages."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, TypeAlias

from msgspec import Struct

from reader.errors import SourceError
from reader.extraction.article import NotAStory, read_page
from reader.extraction.page_structure import with_bare_links
from reader.models import FeedCandidate, Story
from reader.sources.content_type import kind
from reader.sources.newsboat import is_url_list, read_urls
from reader.sources.read_later import export_kind
from reader.text.encoding import charset, decode
from reader.text.sanitize import clean_line

if TYPE_CHECKING:
    from reader.sources.feeds import FeedPage
    from reader.sources.subscriptions import SubscriptionList

    ParsedDocument: TypeAlias = "Story | FeedPage | SubscriptionList | WebPage"

_WEB = re.compile(r"https?://", re.I)


class WebPage(Struct, frozen=True):
    """A web page: its story (None: `why` is the reason), and the feeds it names.

    `usual_feed` is where a home page without named feeds probably has one.
    """

    story: Story | None
    feeds: tuple[FeedCandidate, ...] = ()
    why: str = ""
    usual_feed: str | None = None


def read(data: bytes, *, source: str, address: str, url: str | None = None, content_type: str | None = None) -> ParsedDocument:
    """Parse a document of any supported kind.

    `source` is the name to show, `address` the absolute path or address that identifies it, `url` the page's own address if it
    differs. Raises `SourceError` for anything else.
    """
    source = clean_line(source)
    url = url or (address if _WEB.match(address) else None)
    stated = kind(data, source, content_type)
    if stated in ("page", "text", "feed") and (export := export_kind(decode(data, charset(content_type)))):
        raise SourceError(source, f"{export}, a list of links", "add the pages that you want by their addresses")
    match stated:
        case "feed":
            from reader.sources.feeds import read_feed

            return read_feed(data, address, content_type)
        case "list":
            from reader.sources.opml import read_opml

            return read_opml(data, source)
        case "page":
            return _page(data, source, address, url, content_type)
        case "mail":
            from reader.extraction.email import read_mail

            return read_mail(data, source=source, address=address)
        case "text":
            text = decode(data, charset(content_type))
            if is_url_list(text):
                return read_urls(data, source)
            return read_text(text, source=source, address=address, url=url)
        case "binary":
            raise SourceError(source, "is binary, not text", "save the story as text or as a web page")
        case "empty":
            raise SourceError(source, "is empty", "check the address in a browser" if url else "save the story again")


def read_text(text: str, *, source: str, address: str, url: str | None = None) -> Story:
    """The story of a plain text; raises `SourceError` if there is none."""
    try:
        return with_bare_links(read_page(text, source=source, address=address, url=url, headline_alone=True))
    except NotAStory as nothing:
        raise SourceError(source, str(nothing), "add a file with the text of a story") from nothing


def _page(data: bytes, source: str, address: str, url: str | None, content_type: str | None) -> WebPage:
    """The page's story, or why there is none, and its feeds."""
    from reader.extraction.feed_discovery import find_feeds, is_home_page, usual_feed
    from reader.extraction.web_page import read_html

    place = url or address
    feeds = find_feeds(data, place, content_type)
    usual = usual_feed(data, place) if not feeds and is_home_page(place) else None
    try:
        return WebPage(read_html(data, source=source, address=address, url=url, content_type=content_type), feeds, "", usual)
    except SourceError as nothing:
        return WebPage(None, feeds, nothing.why, usual)
