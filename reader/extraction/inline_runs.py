"""Runs of text with links and styles to cleaned paragraphs and the spans in them.

A paragraph is cleaned as a whole, because a character may be spelled across the border of two elements; the spans follow from the
runs cleaned one by one. Where both ways disagree, a run is looked for in the paragraph near the place where it should stand.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from reader.models import Inline, InlineKind, Span
from reader.text.sanitize import clean, clean_line

TAB = 4
"""Columns between the tab stops of preformatted text."""
_NEAR = 200  # characters after its expected place in which a run is looked for


class Mark(NamedTuple):
    """A link or style around runs, or the cell with that number; `number` tells two neighbors apart."""

    number: int
    kind: InlineKind | int
    href: str = ""


Run = tuple[str, tuple[Mark, ...]]
"""A piece of text as its source has it, and the marks around it."""


class _Piece(NamedTuple):
    """A run without the blanks around it, the character of the paragraph at which it should stand, and its marks."""

    text: str
    start: int
    marks: tuple[Mark, ...]


class MarkedText(NamedTuple):
    """A cleaned paragraph, its inline spans in order, and the spans of its cells by number."""

    text: str
    inline: tuple[Inline, ...] = ()
    cells: tuple[tuple[int, Span], ...] = ()


def lines(runs: Iterable[Run]) -> Iterator[list[Run]]:
    """Yield the runs of each line."""
    line: list[Run] = []
    for text, marks in runs:
        first, *rest = text.split("\n")
        line.append((first, marks))
        for part in rest:
            yield line
            line = [(part, marks)]
    yield line


def joined_line(text: str, runs: Sequence[Run]) -> MarkedText:
    """Clean a line and find the marks of its runs in it."""
    text = clean_line(text)
    if all(not marks for _, marks in runs):
        return MarkedText(text)
    pieces: list[_Piece] = []
    size, apart = 0, False
    for raw, marks in runs:
        words = " ".join((cleaned := clean(raw)).split())
        if words:
            size += bool(pieces and (apart or cleaned[0].isspace()))
            pieces.append(_Piece(words, size, marks))
            size += len(words)
        apart = cleaned[-1:].isspace() or (apart and not words)
    return _marked(text, pieces)


def joined_lines(text: str, runs: Sequence[Run]) -> MarkedText:
    """Clean preformatted text: its lines as they are, with spaces for tabs and hard spaces, and no blank lines around it."""
    text = as_written(text)
    if all(not marks for _, marks in runs):
        return MarkedText(text)
    pieces: list[_Piece] = []
    size = column = blanks = 0
    for raw, marks in runs:
        for number, part in enumerate(clean(raw).replace("\u00a0", " ").split("\n")):
            if number:
                size, column, blanks = size - blanks + bool(pieces), 0, 0
            words = (" " * (column % TAB) + part).expandtabs(TAB)[column % TAB :]
            column += len(words)
            if words.strip():
                pieces.append(_Piece(words.strip(), size + len(words) - len(words.lstrip()), marks))
                blanks = len(words) - len(words.rstrip())
            else:
                blanks += len(words)
            size += len(words) if words.strip() or pieces or not number else 0
    return _marked(text, pieces)


def as_written(text: str) -> str:
    """Preformatted text with its lines, without blank lines around it; hard spaces and tabs become spaces."""
    parts = [part.replace("\u00a0", " ").expandtabs(TAB).rstrip() for part in clean(text).split("\n")]
    while parts and not parts[0]:
        parts.pop(0)
    while parts and not parts[-1]:
        parts.pop()
    return "\n".join(parts) if len(parts) > 1 else "".join(parts).strip()


def _marked(text: str, pieces: Sequence[_Piece]) -> MarkedText:
    """The text with the spans of all marks; a piece that is not where it should be is looked for behind that place."""
    spans: dict[Mark, Span] = {}
    shift = text.find(pieces[0].text, 0, pieces[0].start + len(pieces[0].text) + _NEAR) - pieces[0].start if pieces else 0
    for piece in pieces:
        place = max(0, piece.start + shift)
        start = text.find(piece.text, place, place + len(piece.text) + _NEAR)
        if start < 0:
            continue
        shift = start - piece.start
        for mark in piece.marks:
            spans[mark] = (spans[mark][0] if mark in spans else start, start + len(piece.text))
    found = [(mark, span) for mark, span in spans.items() if text[slice(*span)].strip()]
    inline = [Inline(*span, mark.kind, mark.href) for mark, span in found if isinstance(mark.kind, str)]
    cells = tuple((mark.kind, span) for mark, span in found if isinstance(mark.kind, int))
    return MarkedText(text, tuple(sorted(inline, key=lambda each: (each.start, -each.end))), cells)
