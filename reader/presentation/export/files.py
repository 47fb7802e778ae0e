"""Exported files: named after their content, never overwriting another."""

from __future__ import annotations

import itertools
import re
from pathlib import Path

_LONGEST = 60
"""Characters of a file name before its number and extension."""


def save(folder: Path, name: str, ending: str, text: str) -> Path:
    """Write text to a new file in a folder, created if needed, and return its path. Raises `OSError`.

    If the name is taken, the new file gets a number: `harbour-brief-2.md`.
    """
    folder = folder.expanduser().absolute()
    folder.mkdir(parents=True, exist_ok=True)
    plain = plain_name(name)
    for number in itertools.count(1):
        path = folder / (f"{plain}-{number}.{ending}" if number > 1 else f"{plain}.{ending}")
        try:
            with path.open("x", encoding="utf-8") as file:
                file.write(text)
        except FileExistsError:
            continue
        return path
    raise AssertionError


def plain_name(name: str) -> str:
    """A name that is safe on any disk and in any shell: lower-case letters and digits with hyphens between."""
    return "-".join(re.findall(r"[^\W_]+", name.casefold()))[:_LONGEST].strip("-") or "newsloom"
