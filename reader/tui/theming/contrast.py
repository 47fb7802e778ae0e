"""Contrast ratios of a theme (WCAG 2.2)."""

from __future__ import annotations

from msgspec import Struct

from reader.tui.theming.roles import MARKS, ROLES, TEXT
from reader.tui.theming.theme import Theme

GROUNDS = ("ground", "tint", "lit")
"""The backgrounds any text can stand on."""


class Contrast(Struct, frozen=True):
    """The ratio of each role on each background it can stand on, and the lowest of text and of comparison marks.

    The two are None if a theme leaves its colors to the terminal.
    """

    ratios: dict[tuple[str, str], float]
    text: float | None
    marks: float | None


def contrast(theme: Theme) -> Contrast:
    """Compute a theme's ratios, from 1 to 21, for every pair of its own colors."""
    ratios = {}
    for name, role in ROLES.items():
        for ground in (role.on,) if role.on else GROUNDS:
            colors = theme.roles[name][0], theme.grounds[ground][0]
            if all(color.startswith("#") for color in colors):
                ratios[name, ground] = ratio(*colors)
    text = [value for (name, _), value in ratios.items() if ROLES[name].least == TEXT]
    marks = [value for (name, _), value in ratios.items() if name in MARKS]
    return Contrast(ratios, min(text, default=None), min(marks, default=None))


def ratio(one: str, other: str) -> float:
    """Return the contrast ratio of two colors `#rrggbb`, in either order."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def luminance(color: str) -> float:
    """Return the relative luminance of `#rrggbb`, from 0 to 1."""
    red, green, blue = linear(color)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def linear(color: str) -> tuple[float, float, float]:
    """Return the linear red, green and blue of `#rrggbb` (IEC 61966-2-1), each from 0 to 1."""
    parts = [int(color[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return red, green, blue
