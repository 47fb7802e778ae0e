"""A plain-text page to a story: every line is taken for something, the lines left over are the body, nothing is lost."""

from __future__ import annotations

from collections import Counter

from reader.extraction.dateline import Dateline, take_dateline
from reader.extraction.headline import Headline, cut_above, find_headline, made_title
from reader.extraction.main_content import cut_authors, cut_end, cut_outside, find_block, is_clean
from reader.extraction.page_lines import BODY, CAPTION, DOUBLED, TITLE, PageLine, key_of, labelled, split
from reader.extraction.story_fields import find_agency, find_byline, find_outlet, find_published
from reader.extraction.teasers import mark_teasers
from reader.models import ExtractedField, RemovedLine, Story
from reader.text.boilerplate import boilerplate_label
from reader.text.line_patterns import byline, is_byline_start, is_caption, is_name, is_post_signature, source, timestamps
from reader.text.sanitize import clean_line

_DOUBLED = 9  # characters of a line that is worth calling doubled
_CAPTION_OPENING = 40  # characters by which a caption that is said twice is recognised


class NotAStory(ValueError):
    """A page without a sentence of prose."""


def read_page(text: str, *, source: str, address: str, url: str | None = None, title: ExtractedField | None = None) -> Story:
    """The story of a plain-text page, not yet shelved (its id is empty).

    `source` is the name to show, `address` the absolute path or address, `title` the headline where it is known already. Raises
    NotAStory for a page without prose.
    """
    lines = split(text)
    if not any(line.is_prose or (line.size >= 4 and line.ends) for line in lines):
        raise NotAStory("contains no prose")
    label_lines(lines)
    mark_teasers(lines)
    first, last = find_block(lines)
    found = _known(lines, title, first) if title else find_headline(lines, first, last)
    if found:
        found.line.label = TITLE
        cut_above(lines, found.line)
    if not is_clean(lines):
        cut_outside(lines, first, last)
        cut_end(lines)
        cut_authors(lines)
    body = labelled(lines, BODY)
    if not body:
        raise NotAStory("contains no paragraph of a story")
    dateline = take_dateline(body)
    return Story(
        source=clean_line(source),
        address=address,
        url=url,
        title=title or (found.title if found else made_title([line.text for line in body])),
        title_made=not (title or found),
        outlet=find_outlet(lines, (first, last), dateline, found.site if found else None, url),
        agency=find_agency(body, dateline),
        byline=find_byline(lines, first),
        place=dateline.place if dateline else ExtractedField(),
        published=find_published(lines, found.line.number if found else None, first, dateline, source, url),
        body=tuple(line.text for line in body),
        captions=captions(lines),
        removed=removed(lines, dateline),
    )


def _known(lines: list[PageLine], title: ExtractedField, first: int) -> Headline | None:
    """The headline that is known already, at the line next to the prose that says it; None where no line does."""
    key = key_of(title.value or "")
    said = [line for line in lines if line.key == key]
    return Headline(min(said, key=lambda line: abs(line.number - first)), title) if said else None


def label_lines(lines: list[PageLine]) -> None:
    """Label every line that by its own words or by standing twice is no part of the body."""
    keys: Counter[str] = Counter()
    for number, line in enumerate(lines):
        if line.is_row:
            continue
        if byline(line.text):
            line.mark("byline")
        elif number and is_byline_start(lines[number - 1].text) and is_name(line.text):
            lines[number - 1].mark("byline")
            line.mark("byline")
        elif label := boilerplate_label(line.text):
            line.mark(label)
        elif is_post_signature(line.text):
            line.mark("post")
        elif is_caption(line.text):
            line.mark(CAPTION)
        elif timestamps(line.text):
            line.mark("stamp")
        elif len(line.text) < 90 and source(line.text):
            line.mark("source")
        elif keys[line.key] and len(line.key) >= _DOUBLED:
            line.mark(DOUBLED)
        keys[line.key] += 1


def captions(lines: list[PageLine]) -> tuple[str, ...]:
    """What the pictures show, each once, also where a line says it twice."""
    found: dict[str, None] = {}
    for line in labelled(lines, CAPTION):
        again = line.text.find(line.text[:_CAPTION_OPENING], _CAPTION_OPENING)
        found[line.text[:again].rstrip() if again > 0 else line.text] = None
    return tuple(found)


def removed(lines: list[PageLine], dateline: Dateline | None) -> tuple[RemovedLine, ...]:
    """The lines left out, in their order, with the body paragraph each stood before."""
    found: list[RemovedLine] = []
    paragraphs = 0
    for line in lines:
        if dateline and line is dateline.line:
            found.append(RemovedLine(dateline.text, "dateline", "dateline", paragraphs))
        if line.label == BODY:
            paragraphs += 1
        elif line.label not in (TITLE, CAPTION):
            found.append(RemovedLine(line.text, line.label, line.why, paragraphs))
    return tuple(found)
