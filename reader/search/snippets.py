"""Snippets: the passage of a story that best shows why a query matches."""

from __future__ import annotations

from collections.abc import Sequence

from reader.models import Span
from reader.search.query import ParsedQuery

WIDTH = 240
"""Length of a snippet in characters."""

_BEFORE = 0.25
"""Share of a snippet before its first hit."""

MORE = "…"


def snippet(paragraphs: Sequence[str], query: ParsedQuery, width: int = WIDTH) -> tuple[str, tuple[Span, ...]]:
    """Passage of `width` characters with the most distinct hits, cut between words, and the spans of its hits.

    Without hits it is the beginning of the text.
    """
    best = (0, 0)
    chosen, spans = (paragraphs[0].replace("\n", " ") if paragraphs else ""), list[Span]()
    start = 0
    for paragraph in (each.replace("\n", " ") for each in paragraphs):
        hits = query.hits(paragraph)
        for place, (first, _) in enumerate(hits):
            begin = max(0, first - int(width * _BEFORE))
            inside = [span for span in hits[place:] if span[1] <= begin + width]
            worth = (len({paragraph[slice(*span)].casefold() for span in inside}), len(inside))
            if worth > best:
                best, chosen, spans, start = worth, paragraph, hits, begin
    return _cut(chosen, spans, start, width)


def _cut(text: str, spans: Sequence[Span], start: int, width: int) -> tuple[str, tuple[Span, ...]]:
    """Text from about `start`, at most `width` characters, cut between words, and the spans within it."""
    end = min(len(text), start + width)
    if start:
        start = max(text.find(" ", start, end) + 1, start)
    if end < len(text) and (space := text.rfind(" ", start, end)) > start:  # else it is written without spaces
        end = space
    before = MORE if start else ""
    piece = text[start:end].rstrip(" ,;:–—-") if end < len(text) else text[start:end]
    shift = len(before) - start
    inside = [(first + shift, last + shift) for first, last in spans if first >= start and last <= start + len(piece)]
    return before + piece + (MORE if end < len(text) else ""), tuple(inside)
