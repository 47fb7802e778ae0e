"""Word lists as data files: one entry per line, a tab before a second column, `#` starts a comment line."""

from __future__ import annotations

from functools import cache
from pathlib import Path


@cache
def entries(name: str) -> tuple[str, ...]:
    """Entries of a list in file order; `name` is its file name without extension."""
    text = (Path(__file__).parent / f"{name}.txt").read_text(encoding="utf-8")
    return tuple(line for line in text.splitlines() if line and not line.startswith("#"))


@cache
def words(name: str) -> frozenset[str]:
    """Entries of a list as a set."""
    return frozenset(entries(name))


@cache
def pairs(name: str) -> dict[str, str]:
    """Entries of a two-column list, first column to second."""
    return dict(line.split("\t") for line in entries(name))
