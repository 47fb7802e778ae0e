"""Text layout in terminal cells.

A `Span` is a text with the name of its role in the theme, a `Line` a list of spans. Nothing here parses markup.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence

from rich import cells as rich_cells

Span = tuple[str, str]
"""A piece of text and its role."""

Line = list[Span]
"""The content of one row."""

Piece = tuple[Sequence[Span], int, str]
"""A part of a row: its spans, its width in cells, and its background role."""

JOINER = "\u200d"
NEVER_FIRST = frozenset("、。，．：；！？）］｝」』】〉》〕”’ー々…")
"""Characters that may not start a line of Chinese, Japanese or Korean text."""

_INDIC = (range(0x0900, 0x1100), range(0x1700, 0x1D00), range(0xA800, 0xAC00))
_SPACING = re.compile(
    "[" + "".join(chr(code) for block in _INDIC for code in block if unicodedata.category(chr(code)) == "Mc") + "]"
)
"""Vowel signs that terminals give a cell of their own, and Rich gives none."""


def cells(text: str) -> int:
    """The width of a text as terminals show it, in cells."""
    if text.isascii() and text.isprintable():
        return len(text)
    return rich_cells.cell_len(text) + len(_SPACING.findall(text))


def width(line: Iterable[Span]) -> int:
    """The width of a line, in cells."""
    return sum(cells(text) for text, _ in line)


def clusters(text: str) -> Iterator[tuple[int, int]]:
    """Yield start and end of every grapheme: a letter with its accents, a joined emoji."""
    start = 0
    for at in range(1, len(text)):
        letter = text[at]
        joined = letter == JOINER or text[at - 1] == JOINER
        if joined or (not letter.isascii() and not rich_cells.cell_len(letter)):
            continue
        yield start, at
        start = at
    if text:
        yield start, len(text)


def fit(text: str, room: int) -> int:
    """The number of characters of a text that fit into `room` cells, whole graphemes only."""
    if len(text) <= room and cells(text) <= room:
        return len(text)
    used = 0
    for start, end in clusters(text):
        used += cells(text[start:end])
        if used > room:
            return start
    return len(text)


def cut(text: str, room: int) -> str:
    """Shorten a text to `room` cells, at a word boundary in its second half if there is one, with … at the end."""
    if cells(text) <= room:
        return text
    if room < 1:
        return ""
    short = text[: fit(text, room - 1)]
    if text[len(short)] != " " and " " in short[len(short) // 2 :]:
        short = short[: short.rindex(" ")]
    return short.rstrip(" ,;:·–-") + "…"


def cut_line(line: Iterable[Span], room: int) -> Line:
    """Shorten a line to `room` cells, with … at the end."""
    out: Line = []
    for text, role in line:
        if cells(text) > room:
            if short := cut(text, room):
                out.append((short, role))
            break
        out.append((text, role))
        room -= cells(text)
    return out


def pad(line: Iterable[Span], size: int, role: str = "ink") -> Line:
    """Cut or pad a line to exactly `size` cells."""
    out = cut_line(line, size)
    missing = size - width(out)
    return [*out, (" " * missing, role)] if missing > 0 else out


def spread(left: Iterable[Span], right: Iterable[Span], size: int, role: str = "muted") -> Line:
    """Lay out a line of `size` cells with a left and a right part; the left part is cut if needed."""
    ends = cut_line(right, size)
    taken = width(ends)
    return [*pad(left, size - taken, role), *ends] if taken else pad(left, size, role)


def atoms(text: str) -> Iterator[tuple[int, int]]:
    """Yield start and end of every unbreakable piece: words, and single wide characters."""
    at = 0
    for word in text.split(" "):
        if len(word) == cells(word):
            if word:
                yield at, at + len(word)
        else:
            yield from _wide(word, at)
        at += len(word) + 1


def _wide(word: str, offset: int) -> Iterator[tuple[int, int]]:
    """Yield the pieces of a word with characters of two cells (or none): a line may break beside each wide one."""
    start, last_wide = 0, False
    for a, b in clusters(word):
        wide = cells(word[a:b]) > 1
        if a > start and (wide or last_wide) and word[a] not in NEVER_FIRST:
            yield offset + start, offset + a
            start = a
        last_wide = wide
    if start < len(word):
        yield offset + start, offset + len(word)


def breaks(text: str, room: int) -> list[tuple[int, int]]:
    """Start and end of the lines of a text wrapped to `room` cells, ragged right; [] for a text without words.

    A line breaks at a space or beside a wide character; a longer word is broken between graphemes. Text with line breaks is
    preformatted: its lines stay as they are, and one that is too long goes on in the next.
    """
    room = max(1, room)
    if "\n" in text:
        return list(_preformatted(text, room))
    lines: list[tuple[int, int]] = []
    begin, stop, used = -1, 0, 0
    for start, end in atoms(text):
        size = cells(text[start:end])
        if begin >= 0 and used + (start - stop) + size > room:
            lines.append((begin, stop))
            begin = -1
        if begin < 0:
            begin, stop, used = start, start, 0
        while size > room:
            # A grapheme has at most two cells and few characters: a short look-ahead keeps the cost of a giant word linear.
            step = max(1, fit(text[start : min(end, start + 8 * room)], room))
            lines.append((start, start + step))
            size -= cells(text[start : start + step])
            start += step
            begin = stop = start
        used += start - stop + size
        stop = end
    if begin >= 0:
        lines.append((begin, stop))
    return [(start, end) for start, end in lines if end > start]


def _preformatted(text: str, room: int) -> Iterator[tuple[int, int]]:
    """Yield start and end of every line of preformatted text, of which only what is too long is broken, between graphemes."""
    start = 0
    for part in text.split("\n"):
        end = start + len(part)
        while cells(text[start:end]) > room:
            step = max(1, fit(text[start : min(end, start + 8 * room)], room))
            yield start, start + step
            start += step
        yield start, end
        start = end + 1


def wrap(line: Sequence[Span], room: int) -> list[Line]:
    """Wrap a line of spans into lines of at most `room` cells, ragged right."""
    text = "".join(piece for piece, _ in line)
    return [cutting(line, start, end) for start, end in breaks(text, room)]


def cutting(line: Sequence[Span], start: int, end: int) -> Line:
    """The part of a line between two characters, with its roles."""
    out: Line = []
    at = 0
    for text, role in line:
        if at >= end:
            break
        if piece := text[max(0, start - at) : end - at]:
            out.append((piece, role))
        at += len(text)
    return out


def cuttings(line: Sequence[Span], parts: Iterable[tuple[int, int]]) -> Iterator[Line]:
    """Yield the parts of a line between two characters each; they are in order and do not overlap, so each piece is met once."""
    first, begin = 0, 0
    for start, end in parts:
        while first < len(line) and begin + len(line[first][0]) <= start:
            begin += len(line[first][0])
            first += 1
        out: Line = []
        number, at = first, begin
        while number < len(line) and at < end:
            text, role = line[number]
            if piece := text[max(0, start - at) : end - at]:
                out.append((piece, role))
            at += len(text)
            number += 1
        yield out


def mark(text: str, spans: Iterable[tuple[int, int]], role: str = "ink", hit: str = "hit") -> Line:
    """A text in one role with spans (start, end; in order, not overlapping) in another."""
    out: Line = []
    at = 0
    for start, end in spans:
        if start > at:
            out.append((text[at:start], role))
        out.append((text[start:end], hit))
        at = end
    if at < len(text):
        out.append((text[at:], role))
    return out


def joined(pieces: Iterable[str], room: int, role: str = "muted", by: str = " · ") -> list[Line]:
    """Join pieces with " · " into lines; lines break between pieces, within a long one at a comma, else at a word."""
    lines: list[str] = []
    for piece in pieces:
        if lines and cells(lines[-1]) + cells(by) + cells(piece) <= room:
            lines[-1] += by + piece
        else:
            lines += phrases(piece, room)
    return [set_line for line in lines for set_line in wrap([(line, role)], room)]


def phrases(text: str, room: int) -> list[str]:
    """Break a text too long for a line at commas if the lines fit; else return it unchanged."""
    if cells(text) <= room:
        return [text]
    parts = text.split(", ")
    lines = [f"{part}," for part in parts[:-1]] + [parts[-1]]
    return lines if all(cells(line) <= room for line in lines) else [text]
