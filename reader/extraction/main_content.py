"""Where on a page the story stands: the stretch of lines with most prose."""

from __future__ import annotations

import re

from reader.extraction.page_lines import BODY, CAPTION, TITLE, PageLine

OUTSIDE = "outside"
END = "end"

_CLOSING = 3  # the last paragraphs, among which one may tell who the author is
_OPENING = 160  # characters
_PROFESSION = re.compile(r"\b(?:is|was|has been|covers|writes|reports|joined)\b")
MODEST = frozenset({CAPTION, "byline", "post", "stamp", "source", "doubled"})
_NEAR = 3  # a paragraph this near to the block belongs to it
_STORY = 100  # words of prose that must stand before the readers' comments
_STORY_SHARE = 0.3  # and the share of all prose
_COMPANY = 5  # lines within which a paragraph of a story has another
_LONE = 20  # what a paragraph weighs at most where no other stands near
_CLEAN_SHARE = 0.75  # the share of words in prose of a text without furniture, so that nothing is cut from it


def find_block(lines: list[PageLine]) -> tuple[int, int]:
    """First and last line of the stretch with the largest sum of weights (Kadane), the whole page where no line is prose."""
    best = total = 0
    first, last, start = 0, len(lines) - 1, 0
    for line in lines:
        if total <= 0:
            total, start = 0, line.number
        total += min(_weight(line), _LONE) if _is_lone(lines, line) else _weight(line)
        if total > best:
            best, first, last = total, start, line.number
    return first, last


def _is_lone(lines: list[PageLine], line: PageLine) -> bool:
    """Whether no other paragraph stands near: the digests on a list of stories stand so."""
    near = lines[max(0, line.number - _COMPANY) : line.number + _COMPANY + 1]
    return not any(other.is_prose and other.label == BODY for other in near if other is not line)


def is_clean(lines: list[PageLine]) -> bool:
    """Whether a page is a bare article already: no furniture, nearly all of its words in paragraphs."""
    if any(line.label not in (BODY, TITLE, *MODEST) for line in lines):
        return False
    total = sum(line.size for line in lines)
    return sum(line.size for line in lines if line.is_prose) >= _CLEAN_SHARE * total


def cut_outside(lines: list[PageLine], first: int, last: int) -> None:
    """Label what stands outside the block, but for paragraphs hard by it."""
    for line in lines:
        distance = max(first - line.number, line.number - last, 0)
        if line.label == BODY and distance and not (distance <= _NEAR and line.is_prose):
            line.mark(OUTSIDE)


def cut_end(lines: list[PageLine]) -> None:
    """Label what follows the last paragraph without being one, and all that follows the start of the comments."""
    body = [line for line in lines if line.label == BODY]
    last = max((line.number for line in body if line.size >= 18 and line.ends), default=-1)
    comments = _comments(lines)
    for line in body:
        if line.number > comments:
            line.mark(END, "among_comments")
        elif 0 <= last < line.number and not line.is_row and not (line.ends and line.size > 6):
            line.mark(END)


def cut_authors(lines: list[PageLine]) -> None:
    """Label paragraphs that tell who the author is, where they close the story."""
    names = {line.key.removeprefix("by ") for line in lines if line.label == "byline"}
    body = [line for line in lines if line.label == BODY]
    for line in body[-_CLOSING:] if len(body) > 2 * _CLOSING else []:
        if any(name and line.key.startswith(name + " ") for name in names) and _PROFESSION.search(line.text[:_OPENING]):
            line.mark("author")


def _comments(lines: list[PageLine]) -> int:
    """The line at which the readers' comments begin after a good part of the prose, the end of the page where there are none."""
    total = sum(line.size for line in lines if line.label == BODY and line.is_prose)
    told = 0
    for line in lines:
        if line.label == BODY and line.is_prose:
            told += line.size
        elif line.label == "comments" and told >= max(_STORY, _STORY_SHARE * total):
            return line.number
    return len(lines)


def _weight(line: PageLine) -> int:
    """What a line adds to its stretch: prose by its words, furniture and loose short lines against it."""
    if line.is_row:
        return 1
    if line.label in MODEST:
        return -1
    if line.label != BODY:
        return -6
    if line.is_prose:
        return min(line.size, 60 if line.ends else 40)
    return 4 if line.ends and line.size >= 5 else -7
