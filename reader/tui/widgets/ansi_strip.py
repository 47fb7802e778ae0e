"""Finished lines that reach the terminal in few bytes: a style is told where it changes, and of it only what changes.

Textual tells each piece of a line its whole style and takes it back behind it, which is three bytes of four where a page turns, and
a terminal has to hear all of them before the page stands. Here a piece is told what sets it apart from the one before, blanks
only what is seen of them, and one reset ends the line.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache

from rich.console import COLOR_SYSTEMS, Console
from rich.style import Style
from textual.strip import Strip

STYLES = 4096
"""Changes of style that are kept: a theme has some dozens of roles on some grounds."""
RESET = "\x1b[0m"
UNSEEN = frozenset(("", "1", "2", "3"))
"""Codes of attributes that a blank does not show: bold, dim, italic."""


class AnsiStrip(Strip):
    """A line of a widget."""

    def render(self, console: Console) -> str:
        """The line as the terminal gets it, no style in force before and after."""
        if self._render_cache is None:
            system = console.color_system or "truecolor"
            out: list[str] = []
            style: Style | None = None
            for text, wanted, _ in self:
                if wanted is not style and not (text.isspace() and looks_blank(style, wanted, system)):
                    out.append(change(style, wanted, system))
                    style = wanted
                out.append(text)
            self._render_cache = "".join(out) + change(style, None, system)
        return self._render_cache

    def divide(self, cuts: Iterable[int]) -> Sequence[Strip]:
        """The line cut into parts; a whole one does not keep itself, as Textual's would, for the search for cycles to find."""
        ends = [cut for cut in cuts if cut <= self.cell_length]
        return [self] if ends == [self.cell_length] else super().divide(ends)

    def crop(self, start: int, end: int | None = None) -> Strip:
        """A part of the line, from one cell to another, as lean."""
        part = super().crop(start, end)
        return part if isinstance(part, AnsiStrip) else AnsiStrip(part, part.cell_length)


@lru_cache(STYLES)
def change(before: Style | None, after: Style | None, system: str) -> str:
    """What a terminal is told to go from a style to another in a system of colours that Rich knows; None is no style."""
    old, new = codes(before, system), codes(after, system)
    if old == new:
        return ""
    if old[0] == new[0] and all(now or not then for then, now in zip(old, new, strict=True)):
        return f"\x1b[{';'.join(now for then, now in zip(old, new, strict=True) if now != then)}m"
    anew = ";".join(filter(None, new))
    return (f"\x1b[0;{anew}m" if any(old) else f"\x1b[{anew}m") if anew else RESET


@lru_cache(STYLES)
def looks_blank(before: Style | None, after: Style | None, system: str) -> bool:
    """Whether a blank looks the same in two styles."""
    (old, _, below), (new, _, ground) = codes(before, system), codes(after, system)
    return below == ground and {*old.split(";"), *new.split(";")} <= UNSEEN


@lru_cache(STYLES)
def codes(style: Style | None, system: str) -> tuple[str, str, str]:
    """The codes of a style's attributes, of its colour and of its ground."""
    if style is None:
        return "", "", ""
    palette = COLOR_SYSTEMS[system]
    colour, ground = (each.downgrade(palette) if each else None for each in (style.color, style.bgcolor))
    return (
        Strip.render_ansi(style.without_color, palette),
        ";".join(colour.get_ansi_codes()) if colour else "",
        ";".join(ground.get_ansi_codes(foreground=False)) if ground else "",
    )
