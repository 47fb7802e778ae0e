"""Links in view, and the letters that are shown over them so that a key opens one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from string import ascii_lowercase

from msgspec import Struct

from reader.presentation.styled_text import unstyled
from reader.presentation.text_layout import Line, cells, cutting, fit
from reader.tui.widgets.story_layout import LaidOutLine

ROLE = "here"
"""The role of the letters."""
Hints = Mapping[int, Sequence[tuple[int, str]]]
"""Letters by the line they are shown on: the character each one stands at, and the letters."""


class LinkPlace(Struct, frozen=True):
    """A link in view: its address, its line, the character at which it starts there, and the number of the medium it leads to."""

    href: str
    line: int
    at: int
    media: int | None = None


def visible_links(lines: Sequence[LaidOutLine], top: int, room: int) -> list[LinkPlace]:
    """Return the links in view in reading order; one that goes on in the next line is one link."""
    found: list[LinkPlace] = []
    last = ""
    block = None
    for number in range(top, min(top + room, len(lines))):
        line = lines[number]
        if line.block != block:
            last, block = "", line.block
        at = 0
        for text, role in line.text:
            href = unstyled(role)[2]
            if href and href != last:
                found.append(LinkPlace(href, number, at, line.block[1] if line.block and line.block[0] == "media" else None))
            if text.strip():
                last = href
            at += len(text)
    return found


def labels(count: int) -> list[str]:
    """Return letters for that many links: one each, or two if there are more than letters."""
    if count <= len(ascii_lowercase):
        return list(ascii_lowercase[:count])
    return [one + other for one in ascii_lowercase for other in ascii_lowercase][:count]


def hinted(line: Line, hints: Sequence[tuple[int, str]]) -> Line:
    """Return a line with letters over its characters; its width stays."""
    out: Line = []
    at = 0
    text = "".join(piece for piece, _ in line)
    for start, letters in hints:
        if start < at:
            continue
        covered = start + max(1, fit(text[start:], len(letters)))
        while cells(text[start:covered]) < len(letters) and covered < len(text):
            covered += 1
        out += cutting(line, at, start)
        out.append((letters + " " * (cells(text[start:covered]) - len(letters)), ROLE))
        at = covered
    return [*out, *cutting(line, at, len(text))]
