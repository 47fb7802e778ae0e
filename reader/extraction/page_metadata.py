"""Metadata of a web page: JSON-LD (schema.org), Open Graph and older `meta` names."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from typing import Any

from lxml.html import HtmlElement
from msgspec import Struct

from reader.extraction.html_tree import web_address
from reader.models import NOT_STATED, ExtractedField
from reader.text.languages import normalize
from reader.text.line_patterns import is_name
from reader.text.sanitize import clean_line
from reader.text.timestamps import parse_time

Node = dict[str, Any]

_LARGEST = 1 << 20  # characters of one block of data
_MOST_NODES = 20_000
_LONGEST = 300  # characters of a headline or a list of names
_ARTICLE = re.compile(r"(?:Article|Posting|Review|Report)$")
_CONTENT_KEYS = ("headline", "datePublished", "author", "articleBody", "publisher")

_TITLES = ("og:title", "headline", "parsely-title", "sailthru.title", "dcterms.title", "dc.title", "twitter:title")
_PUBLISHED = (
    "article:published_time",
    "og:published_time",
    "datepublished",
    "parsely-pub-date",
    "sailthru.date",
    "dc.date.issued",
    "dcterms.issued",
    "citation_publication_date",
    "pubdate",
    "publishdate",
    "publish-date",
    "publication_date",
    "dc.date",
    "date",
)
_MADE = ("datePublished", "dateCreated", "uploadDate")
_UPDATED = ("article:modified_time", "datemodified", "dcterms.modified", "og:updated_time", "last-modified")
_AUTHORS = ("author", "parsely-author", "sailthru.author", "byl", "dc.creator", "dcterms.creator", "article:author")
_SITES = ("og:site_name", "dc.publisher", "application-name")
_BY = re.compile(r"(?:(?:written|posted|story|words) )?by:? ", re.IGNORECASE)
_PARTED = re.compile(r"\s?[|;]\s?|,(?!\s?(?:Jr|Sr)\b)\s?")
_NO_NAME = re.compile(r"https?:|www\.|[@<>{}]|\.(?:com|org|net|co)\b", re.IGNORECASE)
_MOST_AUTHORS = 12
_MOST_POSTS = 1000
_CLOCK = re.compile(r"T(\d\d:\d\d)")


class PageMetadata(Struct, frozen=True):
    """Metadata of a page: headlines (highest confidence first), times, authors, site, sections, language, address and text.

    `live` are the paragraphs of a live blog, each post after its time and heading; `posts` are these headings.
    `subscribers_only` is set if the page, or a part of it, is marked as not free to read.
    """

    titles: tuple[ExtractedField, ...] = ()
    published: ExtractedField = NOT_STATED
    updated: str | None = None
    authors: ExtractedField = NOT_STATED
    site: ExtractedField = NOT_STATED
    sections: tuple[str, ...] = ()
    language: str = ""
    url: str | None = None
    body: str = ""
    live: tuple[str, ...] = ()
    posts: frozenset[str] = frozenset()
    subscribers_only: bool = False


def extract_metadata(tree: HtmlElement) -> PageMetadata:
    """Extract the metadata of a page; malformed data is ignored."""
    meta = _meta(tree)
    nodes = list(_nodes(tree))
    articles = [node for node in nodes if any(_ARTICLE.search(kind) for kind in _texts(node.get("@type")))]
    article = max(articles, key=lambda node: sum(bool(node.get(name)) for name in _CONTENT_KEYS), default={})
    site = _site(meta, article)
    posts = [post for post in _posts(nodes) if post[0]]
    sections = (meta.get("article:section", ""), *_texts(article.get("articleSection")))
    return PageMetadata(
        titles=tuple(_titles(tree, meta, article)),
        published=_published(meta, article, nodes),
        updated=next(filter(None, map(parse_time, [*_texts(article.get("dateModified")), *_named(meta, _UPDATED)])), None),
        authors=_authors(tree, meta, article, site.value),
        site=site,
        sections=tuple(dict.fromkeys(filter(None, map(_line, sections)))),
        language=_language(tree, meta, article),
        url=_url(tree, meta),
        body=next(iter(_texts(article.get("articleBody"))), ""),
        live=tuple(text for text, _ in posts),
        posts=frozenset(text for text, is_heading in posts if is_heading),
        subscribers_only=_is_paid(article) or meta.get("article:content_tier", "").lower() == "locked",
    )


def _is_paid(article: Node) -> bool:
    """Whether an article or one of its parts is not free to read (schema.org `isAccessibleForFree`)."""
    parts = article.get("hasPart")
    nodes = [article, *(parts if isinstance(parts, list) else [parts])]
    return any(str(node.get("isAccessibleForFree")).lower() == "false" for node in nodes if isinstance(node, dict))


def _language(tree: HtmlElement, meta: dict[str, str], article: Node) -> str:
    """Language as stated by the article, the page or its metadata; empty if not stated."""
    stated = (*_texts(article.get("inLanguage")), tree.get("lang") or "", meta.get("og:locale", ""), meta.get("language", ""))
    return next((code for text in stated if (code := normalize(text))), "")


def _meta(tree: HtmlElement) -> dict[str, str]:
    """First value of each name in `meta` elements, names in lower case."""
    found: dict[str, str] = {}
    for element in tree.iter("meta"):
        name = element.get("property") or element.get("name") or element.get("itemprop")
        value = (element.get("content") or "").strip()
        if name and value:
            found.setdefault(name.strip().lower(), value)
    return found


def _nodes(tree: HtmlElement) -> Iterator[Node]:
    """All objects of the page's JSON-LD, in order."""
    for script in tree.iter("script"):
        if "ld+json" not in (script.get("type") or "").lower() or not script.text or len(script.text) > _LARGEST:
            continue
        try:
            waiting = [json.loads(script.text.strip().removeprefix("<!--").removesuffix("-->").rstrip(";"), strict=False)]
        except (ValueError, RecursionError):
            continue
        for _ in range(_MOST_NODES):
            if not waiting:
                break
            data = waiting.pop()
            if isinstance(data, dict):
                yield data
            waiting += reversed(list(data.values()) if isinstance(data, dict) else data if isinstance(data, list) else [])


def _titles(tree: HtmlElement, meta: dict[str, str], article: Node) -> Iterator[ExtractedField]:
    """Candidates for the headline from metadata and window title."""
    for text in _texts(article.get("headline")):
        yield ExtractedField(_line(text), 0.85, "structured_data:headline")
    for name in _TITLES:
        if name in meta:
            yield ExtractedField(_line(meta[name]), 0.8, f"meta:{name}")
    title = tree.find(".//title")
    if title is not None:
        yield ExtractedField(_line(title.text or ""), 0.7, "window_title")


def _published(meta: dict[str, str], article: Node, nodes: Iterable[Node]) -> ExtractedField:
    """Time of publication from metadata."""
    sources = (
        (_texts(article.get("datePublished")), 0.95, "structured_data:datePublished"),
        *(([meta[key]], 0.92, f"meta:{key}") for key in _PUBLISHED if key in meta),
        *((_texts(node.get(key)), 0.8, f"structured_data:{key}") for node in (article, *nodes) for key in _MADE),
    )
    for texts, sure, why in sources:
        for time in filter(None, map(parse_time, texts)):
            return ExtractedField(time, sure, why)
    return NOT_STATED


def _authors(tree: HtmlElement, meta: dict[str, str], article: Node, site: str | None) -> ExtractedField:
    """Authors from metadata, or else from elements marked as author: names joined by commas."""
    author = article.get("author")
    given = [name for one in (author if isinstance(author, list) else [author]) for name in _names(one)]
    marked = (element.text_content() for element in tree.iter("a", "span", "address") if "author" in _marks(element))
    sources = (
        (given, 0.9, "structured_data:author"),
        *(([meta[key]], 0.9, f"meta:{key}") for key in _AUTHORS if key in meta),
        ([next(marked, "")], 0.8, "author_element"),
    )
    for names, sure, why in sources:
        people = [name for name in map(_line, names[:_MOST_AUTHORS]) if not name.startswith(",")]  # an outlet without a person
        parts = dict.fromkeys(part for name in people for part in _PARTED.split(_BY.sub("", name)))
        kept = [part for part in parts if part and is_name(part) and part != site and not _NO_NAME.search(part)]
        if kept:
            return ExtractedField(", ".join(kept)[:_LONGEST], sure, why)
    return NOT_STATED


def _posts(nodes: Iterable[Node]) -> Iterator[tuple[str, bool]]:
    """Paragraphs of a live blog in the page's order, and whether each is a heading; times are the outlet's, as stated."""
    for blog in nodes:
        posts = blog.get("liveBlogUpdate")
        if "LiveBlogPosting" not in _texts(blog.get("@type")) or not isinstance(posts, list):
            continue
        for post in posts[:_MOST_POSTS]:
            if isinstance(post, dict) and (paragraphs := _paragraphs(post)):
                published = next(iter(_texts(post.get("datePublished"))), "")
                clock = match[1] if (match := _CLOCK.search(published)) else ""
                heading = _line(next(iter(_texts(post.get("headline"))), ""))
                yield " · ".join(filter(None, (clock, heading))), True
                yield from ((text, False) for text in paragraphs if text != heading)
        return


def _paragraphs(post: Node) -> list[str]:
    return [text for body in _texts(post.get("articleBody")) for text in map(clean_line, body[:_LARGEST].split("\n")) if text]


def _marks(element: HtmlElement) -> list[str]:
    """Link types and microdata of an element."""
    return f"{element.get('rel') or ''} {element.get('itemprop') or ''}".lower().split()


def _site(meta: dict[str, str], article: Node) -> ExtractedField:
    """Outlet from metadata."""
    for name in _SITES:
        if _line(meta.get(name, "")):
            return ExtractedField(_line(meta[name]), 0.95, f"meta:{name}")
    for name in _names(article.get("publisher")):
        if _line(name):
            return ExtractedField(_line(name), 0.9, "structured_data:publisher")
    return NOT_STATED


def _url(tree: HtmlElement, meta: dict[str, str]) -> str | None:
    """Canonical address."""
    links = [link.get("href") or "" for link in tree.iter("link") if (link.get("rel") or "").strip().lower() == "canonical"]
    return next((found for found in map(web_address, (*links, meta.get("og:url", ""))) if found), None)


def _named(meta: dict[str, str], names: Iterable[str]) -> list[str]:
    return [meta[name] for name in names if name in meta]


def _names(data: object) -> list[str]:
    """Names of a person, an organization, or a list of them."""
    return _texts(data.get("name")) if isinstance(data, dict) else _texts(data)


def _texts(data: object) -> list[str]:
    """Non-empty strings of a value or a list."""
    return [text for text in (data if isinstance(data, list) else [data]) if isinstance(text, str) and text.strip()]


def _line(text: str) -> str:
    return clean_line(text[: 4 * _LONGEST])[:_LONGEST].strip()
