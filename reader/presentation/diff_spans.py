"""The spans of the words in which two passages differ."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

from reader.models import Span

if TYPE_CHECKING:
    from reader.library import Passage


def differing(left: Passage, right: Passage, pairs: Iterable[tuple[str, str]]) -> tuple[tuple[Span, ...], tuple[Span, ...]]:
    """The spans of the words that differ between two versions of a quotation, in characters of their paragraphs.

    Each pair ends with the word that follows; it is left out if both sides have words of their own before it.
    """
    found: tuple[list[Span], list[Span]] = ([], [])
    begun = [0, 0]
    for pair in pairs:
        ends = [words.casefold().split() for words in pair]
        shared = all(len(words) > 1 for words in ends) and ends[0][-1] == ends[1][-1]
        for side, passage in enumerate((left, right)):
            words = pair[side].split()
            span = _find(words, passage.text, begun[side])
            if span is None:
                continue
            begun[side] = span[1]
            start, end = _find(words[:-1], passage.text, span[0]) or span if shared else span
            found[side].append((passage.start + start, passage.start + end))
    return tuple(found[0]), tuple(found[1])


def figure_span(passage: Passage, figure: str) -> tuple[Span, ...]:
    """The span of a figure in its passage, in characters of the paragraph."""
    span = _find(figure.split(), passage.text, 0)
    return ((passage.start + span[0], passage.start + span[1]),) if span else ()


def _find(words: list[str], text: str, begin: int) -> Span | None:
    """The span of some words in a text, with anything but words between them, from a character on or else anywhere."""
    if not words:
        return None
    pattern = re.compile(r"(?<!\w)" + r"\W+".join(map(re.escape, words)) + r"(?!\w)")
    match = pattern.search(text, begin) or pattern.search(text)
    return match.span() if match else None
