"""Position of the story on a page: the block of lines with the most prose."""

from __future__ import annotations

import re

from reader.extraction.page_lines import BODY, CAPTION, TITLE, PageLine

OUTSIDE = "outside"
END = "end"

_CLOSING = 3  # number of last paragraphs that can be about the author
_OPENING = 160  # characters
_PROFESSION = re.compile(r"\b(?:is|was|has been|covers|writes|reports|joined)\b")
NEUTRAL = frozenset({CAPTION, "byline", "post", "stamp", "source", "doubled"})
_NEAR = 3  # maximum distance of a paragraph that belongs to the block
_STORY = 100  # minimum words of prose before reader comments,
_STORY_SHARE = 0.3  # and minimum share of all prose
_MAX_GAP = 5  # maximum distance between paragraphs of a story
_MAX_ISOLATED = 20  # maximum weight of a paragraph without others nearby
_CLEAN_SHARE = 0.75  # minimum share of words in prose of a page from which nothing is cut


def find_block(lines: list[PageLine]) -> tuple[int, int]:
    """First and last line of the block with the largest sum of weights (Kadane), or the whole page without prose."""
    best = total = 0
    first, last, start = 0, len(lines) - 1, 0
    for line in lines:
        if total <= 0:
            total, start = 0, line.number
        total += min(_weight(line), _MAX_ISOLATED) if _is_isolated(lines, line) else _weight(line)
        if total > best:
            best, first, last = total, start, line.number
    return first, last


def _is_isolated(lines: list[PageLine], line: PageLine) -> bool:
    """Whether no other paragraph is near, as in digests on a list of stories."""
    near = lines[max(0, line.number - _MAX_GAP) : line.number + _MAX_GAP + 1]
    return not any(other.is_prose and other.label == BODY for other in near if other is not line)


def is_clean(lines: list[PageLine]) -> bool:
    """Whether a page is a bare article: no boilerplate, and nearly all words in paragraphs."""
    if any(line.label not in (BODY, TITLE, *NEUTRAL) for line in lines):
        return False
    total = sum(line.size for line in lines)
    return sum(line.size for line in lines if line.is_prose) >= _CLEAN_SHARE * total


def cut_outside(lines: list[PageLine], first: int, last: int) -> None:
    """Label lines outside the block, except adjacent paragraphs."""
    for line in lines:
        distance = max(first - line.number, line.number - last, 0)
        if line.label == BODY and distance and not (distance <= _NEAR and line.is_prose):
            line.mark(OUTSIDE)


def cut_end(lines: list[PageLine]) -> None:
    """Label short lines after the last paragraph, and everything after the start of the comments."""
    body = [line for line in lines if line.label == BODY]
    last = max((line.number for line in body if line.size >= 18 and line.ends), default=-1)
    comments = _comments(lines)
    for line in body:
        if line.number > comments:
            line.mark(END, "among_comments")
        elif 0 <= last < line.number and not line.is_row and not (line.ends and line.size > 6):
            line.mark(END)


def cut_authors(lines: list[PageLine]) -> None:
    """Label paragraphs about the author at the end of the story."""
    names = {line.key.removeprefix("by ") for line in lines if line.label == "byline"}
    body = [line for line in lines if line.label == BODY]
    for line in body[-_CLOSING:] if len(body) > 2 * _CLOSING else []:
        if any(name and line.key.startswith(name + " ") for name in names) and _PROFESSION.search(line.text[:_OPENING]):
            line.mark("author")


def _comments(lines: list[PageLine]) -> int:
    """Number of the line at which reader comments start after a good part of the prose, or the number of lines."""
    total = sum(line.size for line in lines if line.label == BODY and line.is_prose)
    words = 0
    for line in lines:
        if line.label == BODY and line.is_prose:
            words += line.size
        elif line.label == "comments" and words >= max(_STORY, _STORY_SHARE * total):
            return line.number
    return len(lines)


def _weight(line: PageLine) -> int:
    """Weight of a line in its block: words for prose, negative for boilerplate and loose short lines."""
    if line.is_row:
        return 1
    if line.label in NEUTRAL:
        return -1
    if line.label != BODY:
        return -6
    if line.is_prose:
        return min(line.size, 60 if line.ends else 40)
    return 4 if line.ends and line.size >= 5 else -7
