"""Quotations, and the differences between two versions of one."""

from __future__ import annotations

import re
from collections.abc import Sequence
from difflib import SequenceMatcher
from itertools import pairwise

from msgspec import Struct

from reader.comparison.terms import term
from reader.text.tokens import fold

_WORD = re.compile(r"\.\.\.|…|\w+(?:['’-]\w+)*")
_ELLIPSIS = "…"
_TITLE = 6  # words up to which a quotation of capitalized words is a title: “The Long Way Home”


class Quotation(Struct, frozen=True):
    """The words between two quotation marks, as written and folded; `…` stands for an omission."""

    written: tuple[str, ...]
    folded: tuple[str, ...]


class QuotationAlignment(Struct, frozen=True):
    """Two versions of a quotation aligned by word: equal words, equal content words, and the words that differ."""

    same: int
    content: int
    differs: tuple[tuple[str, str], ...]


def quotation(text: str) -> Quotation | None:
    """The quotation in a text between marks; None for a title in quotation marks and for no words."""
    written = tuple(_ELLIPSIS if word in ("...", _ELLIPSIS) else word for word in _WORD.findall(text))
    if not written or _is_title(text, written):
        return None
    return Quotation(written, tuple(fold(word).replace("’", "'") for word in written))


def join(parts: Sequence[Quotation]) -> Quotation:
    """Join the quotations of one passage: `"We are," he said, "very close."`."""
    return Quotation(sum((part.written for part in parts), ()), sum((part.folded for part in parts), ()))


def _is_title(text: str, words: Sequence[str]) -> bool:
    content = [word for word in words if term(word)]
    capitals = all(word[0].isupper() or word[0].isdigit() for word in content)
    return len(content) <= _TITLE and capitals and not text.rstrip().endswith((",", ".", "!", "?"))


def align_quotations(left: Quotation, right: Quotation) -> QuotationAlignment:
    """Align two versions by word; words missing at an ellipsis, before the start or after the end do not differ."""
    matcher = SequenceMatcher(None, left.folded, right.folded, autojunk=False)
    blocks = [block for block in matcher.get_matching_blocks() if block.size > 1 or (block.size and term(left.folded[block.a]))]
    differs: list[tuple[str, str]] = []
    for block, following in pairwise(blocks):
        a, b = slice(block.a + block.size, following.a), slice(block.b + block.size, following.b)
        if _ELLIPSIS not in left.folded[a] and _ELLIPSIS not in right.folded[b]:
            # The next word is included: a missing article or word would not be visible by itself.
            differs.append((" ".join(left.written[a.start : a.stop + 1]), " ".join(right.written[b.start : b.stop + 1])))
    same = {word for block in blocks for word in left.folded[block.a : block.a + block.size]}
    return QuotationAlignment(sum(block.size for block in blocks), sum(1 for word in same if term(word)), tuple(differs))
