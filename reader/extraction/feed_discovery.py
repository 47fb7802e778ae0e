"""Feed discovery: feeds linked by a web page, and the usual address on its platform."""

from __future__ import annotations

import re
from html import unescape
from urllib.parse import urljoin, urlsplit

from lxml.html import HtmlElement

from reader.extraction.html_tree import elements, page_text, web_address
from reader.models import FeedCandidate
from reader.text.sanitize import clean_line

_MOST = 20
_LONGEST_TITLE = 300  # characters
_FEED_TYPES = frozenset(
    "application/rss+xml application/atom+xml application/rdf+xml application/feed+json application/rss application/atom"
    " application/xml text/xml text/rss+xml text/rss text/atom+xml application/x-rss+xml application/json".split()
)
_NO_FEED = re.compile(r"oembed|wp-json|manifest|opensearch|sitemap|/amp/?$", re.IGNORECASE)
_FEED_PATH = re.compile(r"/(?:feeds?|rss|atom)(?:/|\.xml|$)|\.(?:rss|atom|rdf)$|[?&](?:feed|format)=(?:rss|atom)", re.IGNORECASE)
_PLATFORMS = (
    (re.compile(r"wordpress|woocommerce", re.IGNORECASE), "/feed/"),
    (re.compile(r"ghost", re.IGNORECASE), "/rss/"),
    (re.compile(r"blogger", re.IGNORECASE), "/feeds/posts/default"),
    (re.compile(r"drupal", re.IGNORECASE), "/rss.xml"),
    (re.compile(r"hugo", re.IGNORECASE), "/index.xml"),
    (re.compile(r"jekyll|eleventy|gatsby", re.IGNORECASE), "/feed.xml"),
    (re.compile(r"squarespace", re.IGNORECASE), "/?format=rss"),
    (re.compile(r"tumblr", re.IGNORECASE), "/rss"),
    (re.compile(r"hexo|pelican", re.IGNORECASE), "/atom.xml"),
)
_USUAL = "/feed"


def find_feeds(data: bytes, address: str, content_type: str | None = None) -> tuple[FeedCandidate, ...]:
    """Feeds that a page links to, by distinct absolute addresses: in its head, or else links in its text that look like feeds."""
    tree = elements(page_text(data, content_type))
    if tree is None:
        return ()
    bases = (web_address(base.get("href") or "", address) for base in tree.iter("base"))
    base = next(filter(None, bases), address)
    found: dict[str, FeedCandidate] = {}
    for link in tree.iter("link"):
        _add(found, link, base, address, link.get("title") or "") if _is_feed_link(link) else None
    if not found:
        for link in tree.iter("a"):
            feed = urljoin(base, link.get("href") or "") if len(link.get("href") or "") < 2000 else ""
            same_site = urlsplit(feed).hostname == urlsplit(address).hostname
            if same_site and _FEED_PATH.search(feed):
                _add(found, link, base, address, "")
    return tuple(found.values())


def usual_feed(data: bytes, address: str) -> str:
    """Usual address of the feed on the page's platform, or a common one; nothing is fetched."""
    tree = elements(page_text(data))
    named = (
        [meta.get("content") or "" for meta in tree.iter("meta") if (meta.get("name") or "").lower() == "generator"]
        if tree is not None
        else []
    )
    path = next((path for pattern, path in _PLATFORMS if any(map(pattern.search, named))), _USUAL)
    return urljoin(address, path)


def is_home_page(address: str) -> bool:
    """Whether an address is that of a whole site, not of a page in it."""
    parts = urlsplit(address)
    return parts.scheme in ("http", "https") and not parts.query and parts.path.lower() in ("", "/", "/index.html", "/index.php")


def _is_feed_link(link: HtmlElement) -> bool:
    """Whether a `link` element is a feed (`rel="alternate"` with a feed type, or `rel="feed"`)."""
    kinds = (link.get("rel") or "").lower().split()
    if "feed" in kinds:
        return True
    if "alternate" not in kinds or "stylesheet" in kinds:
        return False
    stated = unescape(link.get("type") or "").partition(";")[0].strip().lower()
    href = link.get("href") or ""
    return stated in _FEED_TYPES and not _NO_FEED.search(href)


def _add(found: dict[str, FeedCandidate], link: HtmlElement, base: str, address: str, title: str) -> None:
    """Add the feed of a link, unless it is empty or the page itself."""
    href = (link.get("href") or "").strip()
    feed = web_address(href.removeprefix("feed:"), base) if href else None
    if feed and feed.partition("#")[0] != address.partition("#")[0] and len(found) < _MOST:
        found.setdefault(feed, FeedCandidate(feed, clean_line(title[:_LONGEST_TITLE]) or None))
