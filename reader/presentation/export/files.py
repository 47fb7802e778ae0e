"""Files that the reader leaves for its owner: named after what they hold, never written over another."""

from __future__ import annotations

import itertools
import re
from pathlib import Path

_LONGEST = 60
"""Characters of a name, before its number and ending."""


def save(folder: Path, name: str, ending: str, text: str) -> Path:
    """Write a text into a new file of a folder, made if there is none; where it lies. Raises OSError.

    A file that is there already keeps its name, and the new one gets a number: `harbour-brief-2.md`.
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
    """A name that any disk and shell takes: letters and digits in lower case with hyphens between."""
    return "-".join(re.findall(r"[^\W_]+", name.casefold()))[:_LONGEST].strip("-") or "newsloom"
