"""Web pages as stories."""

from __future__ import annotations

import logging
import re
from dataclasses import replace
from datetime import date

from lxml.html import HtmlElement

from reader.errors import SourceError
from reader.extraction.article import NotAStory, read_page
from reader.extraction.html_tree import elements, page_text, shown_text, unfold_tables, web_address
from reader.extraction.page_metadata import PageMetadata, stated
from reader.models import NOT_STATED, ExtractedField, Story
from reader.text.sanitize import clean_line
from reader.text.timestamps import parse_time
from reader.text.tokens import fold, tokens

_HEAD = 4096
_SAVED = re.compile(r"<!-- saved from url=\(\d{1,6}\)(\S{1,2000})")
_LONGEST = 1 << 19  # characters of a page's text that are read
_MOST_ELEMENTS = 50_000  # a page of more is no single story, and is read by what it shows alone
_SHORT = 400  # characters below which the prose that was found is too little, if the page shows twice as much
_LONGEST_HEADLINE = 300  # characters
_MOST_CAPTIONS = 50
_REMEDY = "add the page of a single story, or save its text"


def read_html(data: bytes, *, source: str, address: str, url: str | None = None, content_type: str | None = None) -> Story:
    """The story of a web page; raises `SourceError` where it holds none.

    Its prose is found by trafilatura (Barbaresi 2021) and read as plain text is. Headline, times and authors are what the page's
    data states, weighed against what the page shows. Without `url` its own word for its address is taken.
    """
    text = page_text(data, content_type)
    tree = elements(text)
    if tree is None:
        raise SourceError(source, "is a web page without text", _REMEDY)
    said = stated(tree)
    saved = _SAVED.search(text[:_HEAD])
    url = url or (web_address(saved[1]) if saved else None) or said.url
    title = _headline(tree, said)
    captions = _captions(tree)
    marked = _first_time(tree)
    shown = _read(shown_text(tree), source, address, url, title)
    unfold_tables(tree)
    story = _read(_prose(tree), source, address, url, title)
    for other in (shown, _read(said.body, source, address, url, title)):
        if _length(story) < min(_SHORT, _length(other) // 2):
            story = other
    if story is None:
        raise SourceError(source, "is a web page without prose", _REMEDY)
    if said.live:
        story = replace(story, body=tuple(filter(None, said.live)))
    page = shown or story
    return replace(
        story,
        outlet=said.site if said.site.value else story.outlet,
        byline=said.authors if said.authors.value else page.byline,
        published=_published(said.published, page.published, marked),
        updated=said.updated,
        captions=captions or story.captions,
        categories=said.sections,
    )


def _read(text: str, source: str, address: str, url: str | None, title: ExtractedField | None) -> Story | None:
    """The story in a page's text, None where there is none."""
    try:
        return read_page(text[:_LONGEST], source=source, address=address, url=url, title=title)
    except NotAStory:
        return None


def _length(story: Story | None) -> int:
    """The characters of a story's paragraphs."""
    return sum(map(len, story.body)) if story else 0


def _prose(tree: HtmlElement) -> str:
    """The paragraphs of the page's main text, a blank line between them; the elements are used up."""
    if sum(1 for _ in tree.iter()) > _MOST_ELEMENTS:
        return ""
    from trafilatura import bare_extraction

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    found = bare_extraction(tree, include_comments=False, with_metadata=False, favor_precision=True)
    return "\n\n".join((getattr(found, "text", None) or "").split("\n"))


def _headline(tree: HtmlElement, said: PageMetadata) -> ExtractedField | None:
    """The headline: the first main heading whose words the page's data knows, or its only one; else what the data states."""
    titles = [fact for fact in said.titles if fact.value]
    known = {word for fact in titles for word in _words(fact.value)}
    headings = [clean_line(heading.text_content()[: 4 * _LONGEST_HEADLINE]) for heading in tree.iter("h1")]
    headings = [text for text in headings if 0 < len(text) <= _LONGEST_HEADLINE and len(_words(text) - _words(said.site.value)) > 2]
    for text in headings:
        if 2 * len(_words(text) & known) >= len(_words(text)):
            return ExtractedField(text, 0.95, "heading_and_data")
    if titles and len(headings) != 1:
        return replace(titles[0], value=_without_site(titles[0].value or "", said.site.value))
    return ExtractedField(headings[0], 0.8, "only_heading") if headings else None


def _without_site(title: str, site: str | None) -> str:
    """A title without the site's name after it."""
    if site and title.lower().endswith(site.lower()) and len(title) > len(site):
        title = title[: -len(site)]
    return title.rstrip(" |»•·–—-:")


def _words(text: str | None) -> set[str]:
    return {fold(token) for token in tokens(text or "")}


def _published(told: ExtractedField, shown: ExtractedField, marked: ExtractedField) -> ExtractedField:
    """When the story was published: by the page's data, but on the day that the page shows where zones set the two a day apart."""
    if not told.value:
        return max(shown, marked, key=lambda fact: fact.sure if fact.value else 0.0)
    return shown if shown.value and _apart(told.value, shown.value) == 1 else told


def _apart(one: str, other: str) -> int:
    """The days between two times."""
    return abs((date.fromisoformat(one[:10]) - date.fromisoformat(other[:10])).days)


def _first_time(tree: HtmlElement) -> ExtractedField:
    """The time of the page's first `time` element."""
    for element in tree.iter("time"):
        if time := parse_time(element.get("datetime") or element.text_content()):
            return ExtractedField(time, 0.7, "time_element")
    return NOT_STATED


def _captions(tree: HtmlElement) -> tuple[str, ...]:
    """What the page's figures say of themselves, each once."""
    found = (clean_line(caption.text_content()[:_HEAD]) for caption in tree.iter("figcaption"))
    return tuple(dict.fromkeys(filter(None, found)))[:_MOST_CAPTIONS]
