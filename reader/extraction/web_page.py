"""Stories from web pages."""

from __future__ import annotations

import logging
import re
from datetime import date

from lxml.html import HtmlElement
from msgspec.structs import replace

from reader.errors import SourceError
from reader.extraction.article import NotAStory, read_page
from reader.extraction.html_tree import elements, page_text, shown_text, unfold_tables, web_address
from reader.extraction.page_metadata import PageMetadata, extract_metadata
from reader.extraction.page_structure import page_layout, with_structure
from reader.models import NOT_STATED, ExtractedField, Story
from reader.text.languages import detect
from reader.text.outlets import can_name_outlet
from reader.text.sanitize import clean_line
from reader.text.timestamps import parse_time
from reader.text.tokens import fold, tokens

_HEAD = 4096
_SAVED = re.compile(r"<!-- saved from url=\(\d{1,6}\)(\S{1,2000})")
_LONGEST = 1 << 19  # maximum length of a page's text
_MOST_ELEMENTS = 50_000  # a larger page is not a single story: only its displayed text is used
_SHORT = 400  # shorter prose is rejected if the page displays twice as much
_LONGEST_HEADLINE = 300  # characters
_SITE = re.compile(r"\s?[|»•·–—-]\s(?P<name>(?:(?!-\s)[^\s|»•·–—]+\s?){1,5})")
_MOST_CAPTIONS = 50
_REMEDY = "add the page of a single story, or save its text"


def read_html(data: bytes, *, source: str, address: str, url: str | None = None, content_type: str | None = None) -> Story:
    """Extract the story of a web page; raises `SourceError` if there is none.

    The prose is found by trafilatura (Barbaresi 2021) and parsed like plain text. Headline, times and authors come from metadata,
    checked against the displayed page. Without `url`, the page's own canonical address is used.
    """
    text = page_text(data, content_type)
    tree = elements(text)
    if tree is None:
        raise SourceError(source, "is a web page without text", _REMEDY)
    metadata = extract_metadata(tree)
    saved = _SAVED.search(text[:_HEAD])
    url = url or (web_address(saved[1]) if saved else None) or metadata.url
    title = _headline(tree, metadata)
    site = metadata.site if metadata.site.value else _site_after_headline(tree, title)
    captions = _captions(tree)
    marked = _first_time(tree)
    small = sum(1 for _ in tree.iter()) <= _MOST_ELEMENTS
    layout = page_layout(tree, _base(tree, url)) if small else None
    shown = _read(shown_text(tree), source, address, url, title)
    unfold_tables(tree)
    story = _read(_prose(tree) if small else "", source, address, url, title)
    for other in (shown, _read(metadata.body, source, address, url, title)):
        if _length(story) < min(_SHORT, _length(other) // 2):
            story = other
    if story is None:
        raise SourceError(source, "is a web page without prose", _REMEDY)
    if metadata.live:
        story = replace(story, body=metadata.live)
    page = shown or story
    structured = with_structure(story, layout, metadata.posts) if layout else story
    return replace(
        structured,
        outlet=site if site.value else story.outlet,
        byline=metadata.authors if metadata.authors.value else page.byline,
        published=_published(metadata.published, page.published, marked),
        language=detect("" if story.title_made else story.title.value or "", story.body, metadata.language),
        updated=metadata.updated,
        captions=captions or story.captions,
        categories=metadata.sections,
        subscribers_only=metadata.subscribers_only,
    )


def _base(tree: HtmlElement, url: str | None) -> str:
    """Address by which a page completes relative ones."""
    stated = next((element.get("href") for element in tree.iter("base") if element.get("href")), None)
    return web_address(stated or "", url or "") or url or ""


def _read(text: str, source: str, address: str, url: str | None, title: ExtractedField | None) -> Story | None:
    """Story in the text of a page, None without prose."""
    try:
        return read_page(text[:_LONGEST], source=source, address=address, url=url, title=title)
    except NotAStory:
        return None


def _length(story: Story | None) -> int:
    """Number of characters in the body."""
    return sum(map(len, story.body)) if story else 0


def _prose(tree: HtmlElement) -> str:
    """Paragraphs of the main text, separated by blank lines; the tree is consumed."""
    from trafilatura import bare_extraction

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    found = bare_extraction(tree, include_comments=False, with_metadata=False, favor_precision=True)
    return "\n\n".join((getattr(found, "text", None) or "").split("\n"))


def _headline(tree: HtmlElement, metadata: PageMetadata) -> ExtractedField | None:
    """Headline: the first main heading that metadata confirms, or the only one, or else that of the metadata."""
    titles = [fact for fact in metadata.titles if fact.value]
    known = {word for fact in titles for word in _words(fact.value)}
    headings = [clean_line(heading.text_content()[: 4 * _LONGEST_HEADLINE]) for heading in tree.iter("h1")]
    headings = [
        text for text in headings if 0 < len(text) <= _LONGEST_HEADLINE and len(_words(text) - _words(metadata.site.value)) > 2
    ]
    for text in headings:
        if 2 * len(_words(text) & known) >= len(_words(text)):
            return ExtractedField(text, 0.95, "heading_and_data")
    if titles and len(headings) != 1:
        return replace(titles[0], value=_without_site(titles[0].value or "", metadata.site.value))
    return ExtractedField(headings[0], 0.8, "only_heading") if headings else None


def _without_site(title: str, site: str | None) -> str:
    """Title without the site name at its end."""
    if site and title.lower().endswith(site.lower()) and len(title) > len(site):
        title = title[: -len(site)]
    return title.rstrip(" |»•·–—-:")


def _site_after_headline(tree: HtmlElement, headline: ExtractedField | None) -> ExtractedField:
    """Outlet that the title of the page names after the headline: `HEADLINE - The Coast Post`."""
    title, start = clean_line((tree.findtext(".//title") or "")[: 4 * _LONGEST_HEADLINE]), (headline and headline.value) or ""
    if not start or not title.startswith(start) or not (match := _SITE.fullmatch(title[len(start) :])):
        return NOT_STATED
    return ExtractedField(match["name"], 0.6, "window_title") if can_name_outlet(match["name"]) else NOT_STATED


def _words(text: str | None) -> set[str]:
    return {fold(token) for token in tokens(text or "")}


def _published(stated: ExtractedField, shown: ExtractedField, marked: ExtractedField) -> ExtractedField:
    """Time of publication from metadata, or the displayed day if time zones make the two differ by one day."""
    if not stated.value:
        return max(shown, marked, key=lambda fact: fact.sure if fact.value else 0.0)
    return shown if shown.value and _days_apart(stated.value, shown.value) == 1 else stated


def _days_apart(one: str, other: str) -> int:
    """Days between two times."""
    return abs((date.fromisoformat(one[:10]) - date.fromisoformat(other[:10])).days)


def _first_time(tree: HtmlElement) -> ExtractedField:
    """Time of the first `time` element."""
    for element in tree.iter("time"):
        if time := parse_time(element.get("datetime") or element.text_content()):
            return ExtractedField(time, 0.7, "time_element")
    return NOT_STATED


def _captions(tree: HtmlElement) -> tuple[str, ...]:
    """Distinct captions of the page's figures."""
    found = (clean_line(caption.text_content()[:_HEAD]) for caption in tree.iter("figcaption"))
    return tuple(dict.fromkeys(filter(None, found)))[:_MOST_CAPTIONS]
