"""Spans of quotations."""

from __future__ import annotations

import re

from reader.models import Span

_MARK = re.compile(r"[“”\"„«»「」『』]")
_SINGLE = re.compile(r"(?<!\w)['‘](?=\w)([^\"“”\n]{12,600}?[,.!?…])['’](?!\w)")
_LONGEST = 2500  # maximum number of characters between a pair of marks
_CLOSING = {"„": "“", "»": "«"}
"""Marks that close here and open elsewhere, by the mark before: `„Nein“`, `»Nein«`."""
_BEFORE_OPENING = "([—–-"


def quoted_spans(text: str) -> list[Span]:
    """Spans inside quotation marks; an unclosed quotation continues in the next paragraph if that starts with a mark."""
    spans: list[Span] = []
    opened: int | None = None
    for match in _MARK.finditer(text):
        at = match.start()
        if _opens(text, at, opened is not None) and not (opened and text[at] in _CLOSING.get(text[opened - 1], "")):
            if opened is None:
                opened = at + 1
            elif "\n" in text[opened:at]:
                spans.append((opened, text.index("\n", opened)))
                opened = at + 1
        elif opened is not None:
            if at - opened < _LONGEST:
                spans.append((opened, at))
            opened = None
    if "‘" in text or "'" in text:
        spans += [match.span(1) for match in _SINGLE.finditer(text) if not any(a <= match.start() < b for a, b in spans)]
        spans.sort()
    return spans


def _opens(text: str, at: int, inside: bool) -> bool:
    """Whether the mark at a position opens a quotation; for a straight mark, the adjacent characters decide."""
    if text[at] == "»" and not inside:
        return (text[at - 1 : at] or " ").isspace() and text[at + 1 : at + 2].isalnum()
    if text[at] != '"':
        return text[at] in "“„«「『"
    before, after = text[at - 1 : at] or " ", text[at + 1 : at + 2] or " "
    if before.isspace() or before in _BEFORE_OPENING:
        return not after.isspace()
    return not inside and not after.isspace() and after not in ",.;:)]"
