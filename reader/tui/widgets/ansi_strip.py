"""Finished lines in few bytes: only the part of a style that changes is sent.

Textual writes the whole style of every segment and resets it afterwards, which makes up three quarters of the bytes when a page
turns. Here each segment sends only its difference from the one before, blanks ignore attributes nobody can see on them, and one
reset ends the line.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from functools import lru_cache
from zlib import crc32

from rich.console import COLOR_SYSTEMS, Console
from rich.style import Style
from textual.strip import Strip

STYLES = 4096
"""How many style changes are cached: a theme has a few dozen roles on a few backgrounds."""
LINKS = os.environ.get("TERM") != "linux"
"""Whether the terminal may be sent hyperlinks: only the console of Linux shows them as text."""
RESET = "\x1b[0m"
UNSEEN = frozenset(("", "1", "2", "3"))
"""Attributes that do not show on a blank: bold, dim, italic."""


class AnsiStrip(Strip):
    """One line of a widget."""

    def render(self, console: Console) -> str:
        """Return the line as ANSI text; no style is active before or after it."""
        if self._render_cache is None:
            system = console.color_system or "truecolor"
            out: list[str] = []
            style: Style | None = None
            href = ""
            for text, wanted, _ in self:
                if (wanted.link if wanted and LINKS else None) != (href or None):
                    href = (wanted.link if wanted else None) or ""
                    out.append(hyperlink(href))
                if wanted is not style and not (text.isspace() and looks_blank(style, wanted, system)):
                    out.append(change(style, wanted, system))
                    style = wanted
                out.append(text)
            out.append(hyperlink("") if href else "")
            self._render_cache = "".join(out) + change(style, None, system)
        return self._render_cache

    def divide(self, cuts: Iterable[int]) -> Sequence[Strip]:
        """Cut the line into parts. A whole line is returned uncached: Textual's cache would make it part of a reference cycle."""
        ends = [cut for cut in cuts if cut <= self.cell_length]
        return [self] if ends == [self.cell_length] else super().divide(ends)

    def crop(self, start: int, end: int | None = None) -> Strip:
        """Return the cells from `start` to `end` as an AnsiStrip."""
        part = super().crop(start, end)
        return part if isinstance(part, AnsiStrip) else AnsiStrip(part, part.cell_length)


def hyperlink(href: str) -> str:
    """Return the sequence that starts a hyperlink (OSC 8), or ends one; parts of a link on several lines have the same id."""
    return f"\x1b]8;id={crc32(href.encode()):x};{href}\x1b\\" if href.isprintable() and href else "\x1b]8;;\x1b\\"


@lru_cache(STYLES)
def change(before: Style | None, after: Style | None, system: str) -> str:
    """Return the escape sequence from one style to another in a Rich color system; None stands for no style."""
    old, new = codes(before, system), codes(after, system)
    if old == new:
        return ""
    if old[0] == new[0] and all(now or not then for then, now in zip(old, new, strict=True)):
        return f"\x1b[{';'.join(now for then, now in zip(old, new, strict=True) if now != then)}m"
    anew = ";".join(filter(None, new))
    return (f"\x1b[0;{anew}m" if any(old) else f"\x1b[{anew}m") if anew else RESET


@lru_cache(STYLES)
def looks_blank(before: Style | None, after: Style | None, system: str) -> bool:
    """Return whether a blank looks the same in both styles."""
    (old, _, below), (new, _, ground) = codes(before, system), codes(after, system)
    return below == ground and {*old.split(";"), *new.split(";")} <= UNSEEN


@lru_cache(STYLES)
def codes(style: Style | None, system: str) -> tuple[str, str, str]:
    """Return the SGR codes of a style's attributes, foreground and background."""
    if style is None:
        return "", "", ""
    palette = COLOR_SYSTEMS[system]
    color, ground = (each.downgrade(palette) if each else None for each in (style.color, style.bgcolor))
    return (
        Strip.render_ansi(style.without_color, palette),
        ";".join(color.get_ansi_codes()) if color else "",
        ";".join(ground.get_ansi_codes(foreground=False)) if ground else "",
    )
