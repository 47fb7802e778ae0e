"""Stories from plain-text pages: every line gets a label, unlabeled lines are the body, and nothing is lost."""

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
from reader.text.languages import detect
from reader.text.line_patterns import byline, is_byline_start, is_caption, is_name, is_post_signature, source, timestamps
from reader.text.sanitize import clean_line

_DOUBLED = 9  # minimum length of a line that counts as a repetition
_HEADLINE_WORDS = (3, 32)  # of a page that is a headline alone
_CAPTION_OPENING = 40  # first characters that identify a repetition within a caption


class NotAStory(ValueError):
    """A page without prose."""


def read_page(
    text: str,
    *,
    source: str,
    address: str,
    url: str | None = None,
    title: ExtractedField | None = None,
    headline_alone: bool = False,
) -> Story:
    """Extract the story of a plain-text page; its id is empty.

    `source` is the displayed name, `address` the absolute path or address, `title` the headline if it is known. Raises `NotAStory`
    for a page without prose, unless it is a headline alone and that is enough.
    """
    lines = split(text)
    alone = _headline_alone(lines) if headline_alone and not title else None
    if not alone and not any(line.is_prose or (line.size >= 4 and line.ends) for line in lines):
        raise NotAStory("contains no prose")
    label_lines(lines)
    mark_teasers(lines)
    first, last = find_block(lines)
    found = _known(lines, title, first) if title else alone or find_headline(lines, first, last)
    if found:
        found.line.label = TITLE
        cut_above(lines, found.line)
    if not is_clean(lines):
        cut_outside(lines, first, last)
        cut_end(lines)
        cut_authors(lines)
    body = labelled(lines, BODY)
    if not body and not alone:
        raise NotAStory("contains no story text")
    dateline = take_dateline(body)
    headline = title or (found.title if found else None)
    paragraphs = tuple(line.text for line in body)
    return Story(
        source=clean_line(source),
        address=address,
        url=url,
        title=headline or made_title(paragraphs),
        title_made=not headline,
        outlet=find_outlet(lines, (first, last), dateline, found.site if found else None, url),
        agency=find_agency(body, dateline),
        byline=find_byline(lines, first),
        place=dateline.place if dateline else ExtractedField(),
        published=find_published(lines, found.line.number if found else None, first, dateline, source, url),
        language=detect(headline.value or "" if headline else "", paragraphs),
        body=paragraphs,
        captions=captions(lines),
        removed=removed(lines, dateline),
    )


def _headline_alone(lines: list[PageLine]) -> Headline | None:
    """Headline of a page that has no other line besides dates, bylines and sources."""
    text = [line for line in lines if not (timestamps(line.text) or byline(line.text) or source(line.text))]
    if len(text) != 1 or not _HEADLINE_WORDS[0] <= text[0].size <= _HEADLINE_WORDS[1]:
        return None
    line = text[0]
    if (line.ends and not line.text.endswith(("!", "?", "！", "？"))) or boilerplate_label(line.text):
        return None
    return Headline(line, ExtractedField(line.text, 0.7, "only_line"))


def _known(lines: list[PageLine], title: ExtractedField, first: int) -> Headline | None:
    """Line of a known headline that is nearest to the prose; None if it does not occur."""
    key = key_of(title.value or "")
    matching = [line for line in lines if line.key == key]
    return Headline(min(matching, key=lambda line: abs(line.number - first)), title) if matching else None


def label_lines(lines: list[PageLine]) -> None:
    """Label lines that are not part of the body, judged by their wording or by repetition."""
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
    """Distinct captions; one that repeats itself is cut."""
    found: dict[str, None] = {}
    for line in labelled(lines, CAPTION):
        again = line.text.find(line.text[:_CAPTION_OPENING], _CAPTION_OPENING)
        found[line.text[:again].rstrip() if again > 0 else line.text] = None
    return tuple(found)


def removed(lines: list[PageLine], dateline: Dateline | None) -> tuple[RemovedLine, ...]:
    """Removed lines in order, each with the index of the body paragraph that follows it."""
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
