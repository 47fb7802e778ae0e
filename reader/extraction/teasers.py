"""Digests of other stories within or after a story, as aggregators insert them."""

from __future__ import annotations

import re
from itertools import pairwise

from reader.extraction.page_lines import BODY, PageLine
from reader.text.tokens import sentences

DIGEST = "digest"

_LONGEST_HEADING = 30  # words
_LONGEST_BLURB = 32  # words
_LIST = 3  # minimum number of headings in a list
_SPACED_STOP = re.compile(r"\w\s[.,;](?=\s|$)|\w\s['’]s\b")
_HEADING_SPACED = re.compile(r"\w\s\.$")
_GLUED = re.compile(  # one sentence is truncated and the next begins: `in the The letter came`
    r"\b(?:the|a|an|of|in|to|and|or|from|for|with|by|on|at|all|as|that|this|its|his|her|their|was|were|is|are|has|have|had|will)\s"
    r"(?:(?:The|It|He|She|They|We|But|This|That|These|His|Her|Its|Their|There|In|On|At|After|As|An?|If|When)\s[a-z]|(?:Neither|However|Meanwhile)\s)"
)
_COMMON = 0.3  # above this share of lines, spaced stops are the page's style


def mark_teasers(lines: list[PageLine]) -> None:
    """Label digests: a heading that the next line repeats, truncated sentences, a heading with a spaced period."""
    for number, (heading, text) in enumerate(pairwise(lines)):
        if number and heading.label == text.label == BODY and _repeats(heading, text):
            heading.mark(DIGEST, "digest_heading")
            text.mark(DIGEST, "digest_repeats_heading")
    _mark_lists(lines)
    prose = [line for line in lines if line.label == BODY and line.is_prose]
    if sum(bool(_SPACED_STOP.search(line.text)) for line in prose) > max(3, _COMMON * len(prose)):
        return
    for number, line in enumerate(lines):
        if line.label != BODY:
            continue
        following = lines[number + 1] if number + 1 < len(lines) else None
        if number and following and following.label == BODY and not following.apart and _is_spaced_heading(line):
            line.mark(DIGEST, "digest_heading")
            following.mark(DIGEST, "digest_under_heading")
        elif line.size >= 12 and _snippet_signs(line) >= 2:
            line.mark(DIGEST, "digest_broken")


def _mark_lists(lines: list[PageLine]) -> None:
    """Label lists of other stories: consecutive headings, each with a short text."""
    shown = [line for line in lines if line.label == BODY]
    start = 0
    while start < len(shown):
        end = start
        while end + 1 < len(shown) and _is_heading(shown[end]) and _is_blurb(shown[end + 1]):
            end += 2
        if end - start >= 2 * _LIST:
            for line in shown[start:end]:
                line.mark(DIGEST, "digest_list")
        start = max(end, start + 1)


def _is_heading(line: PageLine) -> bool:
    """Whether a line can be the heading of another story."""
    return 4 <= line.size <= _LONGEST_HEADING and not line.ends and not line.text.endswith((":", ",", ";"))


def _is_blurb(line: PageLine) -> bool:
    """Whether a line can be the short text below a heading."""
    return 6 <= line.size <= _LONGEST_BLURB and line.text.endswith((".", "…", "..."))


def _is_spaced_heading(line: PageLine) -> bool:
    """Whether a line is one short sentence with a space before its period."""
    return line.size <= _LONGEST_HEADING and bool(_HEADING_SPACED.search(line.text)) and len(sentences(line.text)) == 1


def _repeats(heading: PageLine, text: PageLine) -> bool:
    """Whether a text starts with a heading and continues well beyond it."""
    return (
        4 <= heading.size <= _LONGEST_HEADING and len(text.key) > len(heading.key) + 40 and text.key.startswith(heading.key + " ")
    )


def _snippet_signs(line: PageLine) -> int:
    """Number of signs that a line consists of joined snippets, 0 to 3."""
    return bool(_SPACED_STOP.search(line.text)) + bool(_GLUED.search(line.text)) + (not line.ends)
