"""Text in roles of the theme, with the styles and links of a story over them.

A styled role is the name of a role, then attributes after plus signs, then the address of a link after a blank:
`ink+bold+underline https://coast.example/`. Addresses have no blanks, and nothing in a story's text can become a part of it.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from reader.models import Inline, InlineKind, Span
from reader.presentation.text_layout import Line

ATTRIBUTES: dict[InlineKind, str] = {
    "link": "underline",
    "strong": "bold",
    "emphasis": "italic",
    "deleted": "strike",
    "inserted": "underline",
}
_RAISED = str.maketrans("0123456789+-−=()ni", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ⁿⁱ")
_LOWERED = str.maketrans("0123456789+-−=()", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎")
_SHIFTED: dict[InlineKind, dict[int, int]] = {"superscript": _RAISED, "subscript": _LOWERED}


def styled(role: str, attributes: Sequence[str] = (), href: str = "") -> str:
    """A role with attributes and the address of a link."""
    return "+".join([role, *attributes]) + (f" {href}" if href else "")


def unstyled(role: str) -> tuple[str, tuple[str, ...], str]:
    """The role, the attributes and the address in a styled role."""
    names, _, href = role.partition(" ")
    name, *attributes = names.split("+")
    return name, tuple(attributes), href


def layered(text: str, role: str, laid: Sequence[tuple[Span, str]], inline: Sequence[Inline] = ()) -> Line:
    """A text in one role with spans in others, of which later ones win, and with its styles and links over them."""
    layers: list[tuple[int, int, int, str | Inline]] = [(*span, order, other) for order, (span, other) in enumerate(laid)]
    layers += [(each.start, each.end, 0, each) for each in inline]
    size = len(text)
    edges = sorted({0, size, *(min(edge, size) for start, end, *_ in layers for edge in (start, end))})
    layers.sort(key=lambda layer: layer[0])
    out: Line = []
    active: list[tuple[int, int, int, str | Inline]] = []
    at = 0
    for start, end in pairwise(edges):
        while at < len(layers) and layers[at][0] <= start:
            active.append(layers[at])
            at += 1
        active = [layer for layer in active if layer[1] > start]
        over = max((layer for layer in active if isinstance(layer[3], str)), key=lambda layer: layer[2], default=None)
        styles = [layer[3] for layer in active if isinstance(layer[3], Inline)]
        out.append(_piece(text[start:end], str(over[3]) if over else role, styles, plain=over is None))
    return out


def _piece(text: str, role: str, styles: Sequence[Inline], *, plain: bool) -> tuple[str, str]:
    """A piece of text with the styles around it; `plain` if no layer gives it another role than the paragraph's."""
    attributes = dict.fromkeys(ATTRIBUTES[style.kind] for style in styles if style.kind in ATTRIBUTES)
    for style in styles:
        table = _SHIFTED.get(style.kind)
        if table and all(ord(letter) in table for letter in text):
            text = text.translate(table)
    href = next((style.href for style in styles if style.kind == "link"), "")
    if plain and role == "ink":
        role = "link" if href else "code" if any(style.kind == "code" for style in styles) else role
    return text, styled(role, tuple(attributes), href)
