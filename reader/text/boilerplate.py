"""What a line of a page is when it is no part of the story: by its words alone."""

from __future__ import annotations

import re
from functools import cache

from reader.text import wordlists

_REACH = 400
_HEADING = re.compile(r"\[(?P<label>[a-z]+)\] (?P<why>.+)")


def furniture(text: str) -> tuple[str, str] | None:
    """The label of a line that belongs to the page, not the story, and what such lines are; None for any other line."""
    start = text[:_REACH]
    return next(((label, why) for label, why, pattern in _patterns() if pattern.search(start)), None)


@cache
def _patterns() -> tuple[tuple[str, str, re.Pattern[str]], ...]:
    """The table `furniture`, compiled: label, what such lines are, pattern."""
    found: list[tuple[str, str, re.Pattern[str]]] = []
    label = why = ""
    for entry in wordlists.entries("boilerplate"):
        if heading := _HEADING.fullmatch(entry):
            label, why = heading["label"], heading["why"]
        else:
            found.append((label, why, re.compile(entry, re.IGNORECASE)))
    return tuple(found)
