"""Setting text into cells: pieces of text with a role, lines of them, and the way from a line to what the terminal gets.

A `Span` is a text with the name of its role in the theme, a `Line` a list of spans. Nothing here parses markup: a text is painted
letter by letter as it stands. Only `strip` touches Textual, and only when called.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from rich.cells import cell_len

Span = tuple[str, str]
"""A piece of text and its role."""

Line = list[Span]
"""What stands in one row."""

Piece = tuple[Sequence[Span], int, str]
"""A part of a row: what stands in it, how many cells it takes, and its ground."""

JOINER = "\u200d"
NEVER_FIRST = frozenset("、。，．：；！？）］｝」』】〉》〕”’ー々…")
"""Signs that no line of Chinese, Japanese or Korean text may start with."""


def cells(text: str) -> int:
    """The number of terminal cells a text takes."""
    return cell_len(text)


def width(line: Iterable[Span]) -> int:
    """The number of cells a line takes."""
    return sum(cell_len(text) for text, _ in line)


def clusters(text: str) -> Iterator[tuple[int, int]]:
    """Start and end of every sign that must not be torn apart: a letter with its accents, an emoji joined of several."""
    start = 0
    for at in range(1, len(text)):
        letter = text[at]
        joined = letter == JOINER or text[at - 1] == JOINER
        if joined or (not letter.isascii() and not cell_len(letter)):
            continue
        yield start, at
        start = at
    if text:
        yield start, len(text)


def fit(text: str, room: int) -> int:
    """How many characters of a text go into `room` cells, whole signs only."""
    if len(text) <= room and cell_len(text) <= room:
        return len(text)
    used = 0
    for start, end in clusters(text):
        used += cell_len(text[start:end])
        if used > room:
            return start
    return len(text)


def cut(text: str, room: int) -> str:
    """Shorten a text to `room` cells, at a word where the second half has one, with … as the last sign."""
    if cell_len(text) <= room:
        return text
    if room < 1:
        return ""
    short = text[: fit(text, room - 1)]
    if text[len(short)] != " " and " " in short[len(short) // 2 :]:
        short = short[: short.rindex(" ")]
    return short.rstrip(" ,;:·–-") + "…"


def cut_line(line: Iterable[Span], room: int) -> Line:
    """Shorten a line to `room` cells, the span that passes the edge with …."""
    out: Line = []
    for text, role in line:
        if cell_len(text) > room:
            if short := cut(text, room):
                out.append((short, role))
            break
        out.append((text, role))
        room -= cell_len(text)
    return out


def pad(line: Iterable[Span], size: int, role: str = "ink") -> Line:
    """A line cut or filled with blanks to exactly `size` cells."""
    out = cut_line(line, size)
    missing = size - width(out)
    return [*out, (" " * missing, role)] if missing > 0 else out


def spread(left: Iterable[Span], right: Iterable[Span], size: int, role: str = "muted") -> Line:
    """A line of `size` cells with one part at its left and one at its right end; the left part gives way."""
    ends = cut_line(right, size)
    taken = width(ends)
    return [*pad(left, size - taken, role), *ends] if taken else pad(left, size, role)


def atoms(text: str) -> Iterator[tuple[int, int]]:
    """Start and end of every piece between whose borders a line may break: words, and single wide signs."""
    at = 0
    for word in text.split(" "):
        if len(word) == cell_len(word):
            if word:
                yield at, at + len(word)
        else:
            yield from _wide(word, at)
        at += len(word) + 1


def _wide(word: str, offset: int) -> Iterator[tuple[int, int]]:
    """The pieces of a word that holds signs two cells wide (or none): a break may stand beside each of the wide ones."""
    start, last_wide = 0, False
    for a, b in clusters(word):
        wide = cell_len(word[a:b]) > 1
        if a > start and (wide or last_wide) and word[a] not in NEVER_FIRST:
            yield offset + start, offset + a
            start = a
        last_wide = wide
    if start < len(word):
        yield offset + start, offset + len(word)


def breaks(text: str, room: int) -> list[tuple[int, int]]:
    """Where the lines of a text start and end when set ragged right into `room` cells; [] for a text without a word.

    A line breaks at a blank or beside a wide sign; what is longer than a line is torn between signs.
    """
    room = max(1, room)
    lines: list[tuple[int, int]] = []
    begin, stop, used = -1, 0, 0
    for start, end in atoms(text):
        size = cell_len(text[start:end])
        if begin >= 0 and used + (start - stop) + size > room:
            lines.append((begin, stop))
            begin = -1
        if begin < 0:
            begin, stop, used = start, start, 0
        while size > room:
            # A sign takes at most two cells and few characters: a short look ahead keeps the cost of a giant word linear.
            step = max(1, fit(text[start : min(end, start + 8 * room)], room))
            lines.append((start, start + step))
            size -= cell_len(text[start : start + step])
            start += step
            begin = stop = start
        used += start - stop + size
        stop = end
    if begin >= 0:
        lines.append((begin, stop))
    return [(start, end) for start, end in lines if end > start]


def wrap(line: Sequence[Span], room: int) -> list[Line]:
    """Set a line of spans ragged right into lines of at most `room` cells."""
    text = "".join(piece for piece, _ in line)
    return [cutting(line, start, end) for start, end in breaks(text, room)]


def cutting(line: Sequence[Span], start: int, end: int) -> Line:
    """The part of a line from one character to another, roles kept."""
    out: Line = []
    at = 0
    for text, role in line:
        if at >= end:
            break
        if piece := text[max(0, start - at) : end - at]:
            out.append((piece, role))
        at += len(text)
    return out


def mark(text: str, spans: Iterable[tuple[int, int]], role: str = "ink", hit: str = "hit") -> Line:
    """A text in one role, the spans (start, end; in order, not overlapping) in another."""
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
    """Pieces in a row with " · " between them; a line breaks between pieces, inside a long one at a comma, else at a word."""
    lines: list[str] = []
    for piece in pieces:
        if lines and cell_len(lines[-1]) + cell_len(by) + cell_len(piece) <= room:
            lines[-1] += by + piece
        else:
            lines += phrases(piece, room)
    return [set_line for line in lines for set_line in wrap([(line, role)], room)]


def phrases(text: str, room: int) -> list[str]:
    """A text too long for a line broken at commas, where that makes lines that fit; else the text as it is."""
    if cell_len(text) <= room:
        return [text]
    parts = text.split(", ")
    lines = [f"{part}," for part in parts[:-1]] + [parts[-1]]
    return lines if all(cell_len(line) <= room for line in lines) else [text]
