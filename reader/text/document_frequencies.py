"""Document frequencies of stems in news at large: the packaged background for tf-idf weights."""

from __future__ import annotations

from functools import cache

from reader.text import wordlists

_ALL = "*"


@cache
def documents() -> int:
    """Number of documents in the background."""
    return _counts()[_ALL]


def document_frequency(stem: str) -> int:
    """Document frequency of a stem in the background; 0 if it is not among the most frequent."""
    return _counts().get(stem, 0)


@cache
def stems() -> tuple[str, ...]:
    """Stems of the background, most frequent first."""
    return tuple(stem for stem in _counts() if stem != _ALL)


@cache
def _counts() -> dict[str, int]:
    pairs = (entry.split("\t") for entry in wordlists.entries("document_frequencies"))
    return {stem: int(count) for stem, count in pairs}
