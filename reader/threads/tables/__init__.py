"""Words kept as data: one entry a line, a tab before a second word, `#` begins a comment line."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path


def _lines(name: str) -> Iterator[str]:
    text = (Path(__file__).parent / f"{name}.txt").read_text(encoding="utf-8")
    return (line for line in text.splitlines() if line and not line.startswith("#"))


@cache
def words(name: str) -> frozenset[str]:
    """The words of a table by its file name without the ending."""
    return frozenset(_lines(name))


@cache
def pairs(name: str) -> dict[str, str]:
    """The entries of a table of two columns."""
    return dict(line.split("\t") for line in _lines(name))
