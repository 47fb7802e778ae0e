"""Words kept as data: one entry a line, `#` begins a comment line."""

from __future__ import annotations

from pathlib import Path


def entries(name: str) -> tuple[str, ...]:
    """The entries of a table by its file name without the ending, in the order of the file."""
    text = (Path(__file__).parent / f"{name}.txt").read_text(encoding="utf-8")
    return tuple(line for line in text.splitlines() if line and not line.startswith("#"))
