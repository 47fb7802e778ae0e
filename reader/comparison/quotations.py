"""Quotations: the same words told differently."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import pairwise

from reader.comparison.terms import term
from reader.text.tokens import fold

_WORD = re.compile(r"\.\.\.|…|\w+(?:['’-]\w+)*")
_ELLIPSIS = "…"
_TITLE = 6  # words up to which a quotation of capitalised words is a name: “The Long Way Home”


@dataclass(frozen=True, slots=True)
class Quotation:
    """The words between two quotation marks, as written and folded; `…` stands for words left out."""

    written: tuple[str, ...]
    folded: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class QuotationAlignment:
    """Two tellings of a quotation set word by word: how many words are the same, and the words that differ between them."""

    same: int
    content: int
    differs: tuple[tuple[str, str], ...]


def quotation(text: str) -> Quotation | None:
    """The quotation a text between marks holds; None for a name in quotation marks and for nothing."""
    written = tuple(_ELLIPSIS if word in ("...", _ELLIPSIS) else word for word in _WORD.findall(text))
    if not written or _is_title(text, written):
        return None
    return Quotation(written, tuple(fold(word).replace("’", "'") for word in written))


def joined(parts: Sequence[Quotation]) -> Quotation:
    """Quotations that stand in one passage as one: `"We are," he said, "very close."`."""
    return Quotation(sum((part.written for part in parts), ()), sum((part.folded for part in parts), ()))


def _is_title(text: str, words: Sequence[str]) -> bool:
    content = [word for word in words if term(word)]
    capitals = all(word[0].isupper() or word[0].isdigit() for word in content)
    return len(content) <= _TITLE and capitals and not text.rstrip().endswith((",", ".", "!", "?"))


def align(left: Quotation, right: Quotation) -> QuotationAlignment:
    """Set two tellings word by word; what one leaves out at an ellipsis, before its start or after its end does not differ."""
    matcher = SequenceMatcher(None, left.folded, right.folded, autojunk=False)
    blocks = [block for block in matcher.get_matching_blocks() if block.size > 1 or (block.size and term(left.folded[block.a]))]
    differs: list[tuple[str, str]] = []
    for block, following in pairwise(blocks):
        a, b = slice(block.a + block.size, following.a), slice(block.b + block.size, following.b)
        if _ELLIPSIS not in left.folded[a] and _ELLIPSIS not in right.folded[b]:
            # The next word is shown too: an article or a word left out is not seen by itself.
            differs.append((" ".join(left.written[a.start : a.stop + 1]), " ".join(right.written[b.start : b.stop + 1])))
    same = {word for block in blocks for word in left.folded[block.a : block.a + block.size]}
    return QuotationAlignment(sum(block.size for block in blocks), sum(1 for word in same if term(word)), tuple(differs))
