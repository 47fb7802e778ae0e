"""Quotations: what stands between quotation marks."""

from __future__ import annotations

import re

_QUOTATION = re.compile(
    r"“(?P<curly>[^“”]+)"
    r"|\"(?P<straight>[^\"]+)"
    r"|«(?P<pointed>[^«»]+)"
    r"|„(?P<low>[^„“”]+)"
    r"|(?<!\w)‘(?P<single>(?:[^‘’]|’(?=\w))+)"
)
_CLOSING = frozenset('”"»“’')


def quotations(text: str) -> list[str]:
    """The quotations of a paragraph without their marks, in order; one that is not closed goes on to the paragraph's end."""
    found = []
    at = 0
    while match := _QUOTATION.search(text, at):
        if quoted := match.group(match.lastgroup or 0).strip():
            found.append(quoted)
        at = match.end() + (text[match.end() : match.end() + 1] in _CLOSING)
    return found
