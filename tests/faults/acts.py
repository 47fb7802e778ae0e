"""A small library, everything that writes to it, and what must be found there afterwards."""

from __future__ import annotations

import random
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

from reader.library import Library
from reader.models import FeedCandidate, SavedSearch
from reader.settings import load_settings, save_setting
from tests.support.flags import set_flag

FEED = "https://courier.example/feed"
STORIES = 5

Act = tuple[str, Any]
"""What is written, and its value."""


def make_library(folder: Path) -> None:
    """Make a library of five invented stories and a feed."""
    texts = folder.parent / "texts"
    texts.mkdir()
    for number in range(STORIES):
        write_story(texts, number)
    library = Library.open(folder)
    library.importer.add([str(texts)])
    library.feeds.subscribe(FeedCandidate(FEED))
    library.close()
    shutil.rmtree(texts)


def write_story(folder: Path, number: int) -> Path:
    """Write a text about a ferry, and return its path."""
    path = folder / f"{number}.txt"
    path.write_text(
        f"Ferry {number} leaves the harbor\n\nThe ferry number {number} left the harbor on Monday with {number} tons of coal, the "
        f"port office said.\n\nIts captain expects to reach the islands on Tuesday after a night of {number} hours at sea.\n"
    )
    return path


class Acts:
    """Random writes to an open library, and the state they lead to."""

    def __init__(self, library: Library, draw: random.Random) -> None:
        self._library = library
        self._draw = draw
        self._stories = sorted(story for thread in library.threads.all() for story in thread.stories)[:STORIES]
        self._thread = library.threads.all()[0].id

    def next(self) -> tuple[Act, Callable[[], object]]:
        """Choose a write: what will be found, and the call."""
        library, number = self._library, self._draw.randrange(1, 1000)
        story, on = self._draw.choice(self._stories), self._draw.random() < 0.6
        settings = library.folder / "settings.yaml"
        choices: list[tuple[Act, Callable[[], object]]] = [
            ((f"starred {story}", on), lambda: set_flag(library, "starred", [story], on)),
            ((f"read {story}", on), lambda: set_flag(library, "read", [story], on)),
            (("thread", f"Name {number}"), lambda: library.corrections.rename(self._thread, f"Name {number}")),
            (("feed", f"Feed {number}"), lambda: library.feeds.change(FEED, name=f"Feed {number}")),
            (("host", on), lambda: library.feeds.allow_host("intranet.example", on)),
            (("query", f"ferry {number}"), lambda: library.search.remember_query(f"ferry {number}")),
            (("search", f"coal {number}"), lambda: library.saved_searches.save(SavedSearch("Coal", f"coal {number}"))),
            (("setting", number), lambda: save_setting(settings, "refresh_minutes", number)),
            ((f"story {number}", True), lambda: self._add(number)),
        ]
        return self._draw.choice(choices)

    def _add(self, number: int) -> None:
        path = write_story(self._library.folder, 10_000 + number)
        report = self._library.importer.add([str(path)])
        path.unlink()
        if report.refused:
            raise OSError(report.refused[0].why)


def found(library: Library) -> dict[str, Any]:
    """Read the state that acts lead to."""
    state: dict[str, Any] = {}
    threads = library.threads.all()
    for head in (head for thread in threads for head in library.threads.headers(thread.id)):
        state[f"starred {head.id}"], state[f"read {head.id}"] = head.starred, head.read
        if head.title.startswith("Ferry 1") and len(head.title.split()[1]) == 5:
            state[f"story {int(head.title.split()[1]) - 10_000}"] = True
    renames = [correction.text for correction in library.corrections.log() if correction.kind == "rename"]
    state["thread"] = renames[-1] if renames else None
    state["feed"] = library.feeds.all()[0].name
    state["host"] = "intranet.example" in library.feeds.allowed_hosts()
    state["query"] = next(iter(library.search.recent_queries()), None)
    state["search"] = next((saved.query for saved in library.saved_searches.all()), None)
    state["setting"] = load_settings(library.folder / "settings.yaml").refresh_minutes
    return state


def problems(folder: Path, kept: dict[str, Any], open_ended: Act | None = None) -> list[str]:
    """Open a library, and list what is wrong: acknowledged writes that are missing, and parts that disagree.

    The write that was going on, `open_ended`, may be there or not.
    """
    library = Library.open(folder)
    try:
        library.synchronizer.catch_up()
        state = found(library)
        wrong = [
            f"{key}: {state.get(key)!r} instead of {value!r}"
            for key, value in kept.items()
            if state.get(key, False) != value and (open_ended is None or (key, state.get(key)) != open_ended)
        ]
        report = library.synchronizer.check()
        if not report.sound or "rebuilt" in " ".join(report.lines):
            wrong.append(" / ".join(report.lines))
        return wrong
    finally:
        library.close()
