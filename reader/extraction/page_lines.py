"""Lines of a plain-text page with labels."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cached_property
from itertools import groupby, pairwise

from msgspec import Struct

from reader.text.sanitize import clean
from reader.text.scripts import word_count
from reader.text.tokens import CLOSING_MARKS, SENTENCE_MARKS, fold, is_stop, stem, tokens

BODY = "body"
TITLE = "title"
CAPTION = "caption"
DOUBLED = "doubled"
NAVIGATION = "navigation"

_WRAP_WIDTH = (40, 110)  # the longest line of a text that was broken to a width, in characters
_WRAPPED_BREAKS = 0.85  # the share of line breaks that a width explains, in such a text
_WITHIN_SENTENCES = 0.5  # the share of its line breaks that fall within a sentence
_LIST_MARK = re.compile(r"[-*•·–—]\s|\d{1,3}[.)]\s")
_FEWEST_ROWS = 3  # a table of fewer is a widget of the page
_ROW = re.compile(r"\|[^|]*\|[^|]*\|.*")
_RULE = re.compile(r"\|(?:\s?-{2,}\s?\|)+")
_END = re.compile(
    rf"[{SENTENCE_MARKS}][{CLOSING_MARKS}*]{{0,3}}(?:\s?[(（][^()（）]{{1,40}}[)）])?$"
)  # an agency may sign the end: `he said. (AFP)`


class PageLine(Struct, dict=True):
    """A line of a page: text, number, whether it follows a blank line, label with reason, and whether it is a table row."""

    text: str
    number: int
    apart: bool
    label: str = BODY
    why: str = ""
    is_row: bool = False

    @cached_property
    def size(self) -> int:
        """Number of words."""
        return word_count(self.text)

    @cached_property
    def ends(self) -> bool:
        """Whether the line ends like a sentence."""
        return bool(_END.search(self.text[-60:]))

    @cached_property
    def key(self) -> str:
        """Folded words, for finding repetitions."""
        return key_of(self.text)

    @cached_property
    def stems(self) -> frozenset[str]:
        """Stems without stop words."""
        return frozenset(stem(token) for token in tokens(self.text) if not is_stop(token) and len(token) > 1)

    @property
    def is_prose(self) -> bool:
        """Whether the line is a paragraph: at least 12 words that end a sentence, or 25 words."""
        return not self.is_row and ((self.size >= 12 and self.ends) or self.size >= 25)

    def mark(self, label: str, why: str = "") -> None:
        """Set the label; the reason is the label itself unless given."""
        self.label, self.why = label, why or label


def split(text: str) -> list[PageLine]:
    """Lines of a page with text, sanitized; lines wrapped to a fixed width are joined."""
    blocks: list[list[str]] = [[]]
    for raw in clean(text).split("\n"):
        line = " ".join(raw.split())
        if _RULE.fullmatch(line):  # separator between the header of a table and its rows
            continue
        if line:
            blocks[-1].append(line)
        elif blocks[-1]:
            blocks.append([])
    blocks = [block for block in blocks if block]
    if is_broken_to_width(blocks):
        blocks = [list(joined_lines(block)) for block in blocks]
    placed = [(text, place == 0) for block in blocks for place, text in enumerate(block)]
    lines = [PageLine(text, number, apart) for number, (text, apart) in enumerate(placed)]
    for is_row, found in groupby(lines, key=lambda line: bool(_ROW.fullmatch(line.text))):
        rows = list(found)
        for row in rows if is_row else ():
            row.text = " | ".join(filter(None, (cell.strip() for cell in row.text.split("|"))))
            row.is_row = len(rows) >= _FEWEST_ROWS
    return lines


def key_of(text: str) -> str:
    """Folded words of a text."""
    return " ".join(fold(token) for token in tokens(text))


def labelled(lines: Iterable[PageLine], *labels: str) -> list[PageLine]:
    """Lines with one of these labels."""
    return [line for line in lines if line.label in labels]


def is_broken_to_width(blocks: list[list[str]]) -> bool:
    """Whether a text was broken to a width: at nearly every break the next word would not have fitted any more."""
    width = max((len(line) for block in blocks for line in block), default=0)
    breaks = [(left, right) for block in blocks for left, right in pairwise(block) if not _LIST_MARK.match(right)]
    within = sum(not _END.search(left) for left, _ in breaks)
    if not breaks or within < _WITHIN_SENTENCES * len(breaks) or not _WRAP_WIDTH[0] <= width <= _WRAP_WIDTH[1]:
        return False
    forced = sum(len(left) + 1 + len(right.split(maxsplit=1)[0]) > width for left, right in breaks)
    return forced >= _WRAPPED_BREAKS * len(breaks)


def joined_lines(block: list[str]) -> Iterable[str]:
    """The paragraphs of a block of broken lines; an item of a list begins a new one."""
    paragraph = block[0]
    for line in block[1:]:
        if _LIST_MARK.match(line):
            yield paragraph
            paragraph = line
        else:
            paragraph += " " + line
    yield paragraph
