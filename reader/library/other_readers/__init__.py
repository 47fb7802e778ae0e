"""Libraries of other readers: one module for each, and the table of them."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack
from importlib import import_module
from pathlib import Path

from reader.models import MovedLibrary

OTHER_READERS = {
    "freshrss": "FreshRSS: the zip file of its export",
    "google_reader": "exports in the JSON of Google Reader: Google Takeout, Inoreader, The Old Reader",
    "newsboat": "Newsboat: urls, cache.db and config",
}
"""Readers whose libraries can be moved in: module below this package, and what is read."""


def read_library(name: str, place: Path | None, opened: ExitStack) -> MovedLibrary:
    """The library of another reader at `place`, or at its usual place; `opened` closes its files when its items have been read.

    Raises `SourceError`, and ValueError for an unknown reader.
    """
    if name not in OTHER_READERS:
        raise ValueError(f"unknown reader: {name}")
    read: Callable[[Path | None, ExitStack], MovedLibrary] = import_module(f"{__name__}.{name}").read_library
    return read(place, opened)
