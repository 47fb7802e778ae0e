"""Boilerplate lines of a page, recognized by their wording alone."""

from __future__ import annotations

import re
from functools import cache

from reader.text import wordlists

_EXAMINED = 400
_HEADING = re.compile(r"\[(?P<label>[a-z]+)\]")


def boilerplate_label(text: str) -> str | None:
    """Kind of a boilerplate line; None for any other line."""
    start = text[:_EXAMINED]
    return next((label for label, pattern in _patterns() if pattern.search(start)), None)


@cache
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Compiled word list `boilerplate`: label and pattern."""
    found: list[tuple[str, re.Pattern[str]]] = []
    label = ""
    for entry in wordlists.entries("boilerplate"):
        if heading := _HEADING.fullmatch(entry):
            label = heading["label"]
        else:
            found.append((label, re.compile(entry, re.IGNORECASE)))
    return tuple(found)
