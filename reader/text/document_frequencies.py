"""How common words are in the news at large: the packaged background against which words of a story weigh."""

from __future__ import annotations

from functools import cache

from reader.text import wordlists

_ALL = "*"


@cache
def documents() -> int:
    """The number of documents in the background."""
    return _counts()[_ALL]


def holding(stem: str) -> int:
    """In how many documents of the background a stem stands; 0 for one that is not among the commonest."""
    return _counts().get(stem, 0)


@cache
def stems() -> tuple[str, ...]:
    """The stems the background knows, the commonest first."""
    return tuple(stem for stem in _counts() if stem != _ALL)


@cache
def _counts() -> dict[str, int]:
    pairs = (entry.split("\t") for entry in wordlists.entries("document_frequencies"))
    return {stem: int(count) for stem, count in pairs}
