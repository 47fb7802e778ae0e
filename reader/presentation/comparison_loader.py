"""Comparisons for the screen: which stories count, and which are left out and why. Loaded in worker threads."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from msgspec import Struct

from reader.models import StoryHeader
from reader.presentation import formatting
from reader.presentation.comparison_view import ComparisonView, mark_up
from reader.presentation.excerpts import is_excerpt

if TYPE_CHECKING:
    from reader.library import Comparison, Library

MAX_STORIES = 8
"""Stories that are compared at once."""
MIN_PASSAGES = 4
"""A story with fewer passages is too short to count."""
ONE_STORY = "One story: nothing to compare yet."
NOTHING_SHARED = "These stories share no passages."
EXCERPTS = "Excerpts only"
"""The stories may have more in common on their pages."""
_LOCK = threading.Lock()
"""One comparison at a time: the next finds the stories preprocessed by the last, and key presses compete with one worker only."""


class LoadedComparison(Struct, frozen=True):
    """A comparison and its marked view; without a view (`compared`), `why` is the message to show instead.

    `left_out` maps each story that does not count to the reason. `found` and `guests` are kept to mark them again.
    """

    found: Comparison | None = None
    compared: ComparisonView | None = None
    why: str = ""
    left_out: Mapping[str, str] = {}
    counting: tuple[str, ...] = ()
    outlets: Mapping[str, str | None] = {}
    guests: Mapping[str, Comparison] = {}
    outlet_ids: Mapping[str, str | None] = {}

    def marked(self, *, faint: bool, guests: Mapping[str, Comparison]) -> LoadedComparison:
        """Return the comparison marked again, with guests and with or without uncertain matches."""
        if self.found is None:
            return self
        compared = mark_up(self.found, self.counting, self.outlet_ids, faint=faint)
        for guest, found in guests.items():
            compared = compared.with_guest(guest, found)
        return LoadedComparison(self.found, compared, "", self.left_out, self.counting, self.outlets, guests, self.outlet_ids)


def load_comparison(library: Library, headers: Sequence[StoryHeader], *, faint: bool = False) -> LoadedComparison:
    """Compare two to eight stories.

    A story in another language is left out. One that is too short is a guest: it gets marks, but does not count.
    """
    with _LOCK:
        return _load(library, headers, faint=faint)


def _load(library: Library, headers: Sequence[StoryHeader], *, faint: bool) -> LoadedComparison:
    outlets = {header.id: header.outlet for header in headers}
    alike = _in_one_language(library, outlets)
    left_out = {story: "in another language" for story in outlets if story not in alike}
    if len(alike) < 2:
        return LoadedComparison(why="Only stories in one language can be compared.", left_out=left_out)
    found = library.comparison.compare(alike)
    short = [story for story in alike if len(found.passages[story]) < MIN_PASSAGES]
    left_out |= dict.fromkeys(short, "too short")
    counting = tuple(story for story in alike if story not in left_out)
    if len(counting) < 2:
        few = formatting.count(MIN_PASSAGES, "passage")
        return LoadedComparison(why=_excerpts(library, alike) or f"Too short to compare: under {few}.", left_out=left_out)
    loaded = LoadedComparison(
        found, None, "", left_out, counting, outlets, outlet_ids={header.id: header.outlet_id for header in headers}
    ).marked(faint=faint, guests=dict.fromkeys(short, found))
    if loaded.compared is None or not loaded.compared.groups:
        return LoadedComparison(why=_excerpts(library, alike) or NOTHING_SHARED, left_out=left_out)
    return loaded


def _excerpts(library: Library, stories: Iterable[str]) -> str:
    """Why nothing is found where all stories are excerpts; "" where one is not."""
    return EXCERPTS if all(is_excerpt(library.stories.get(story)) for story in stories) else ""


def load_guests(library: Library, counting: Sequence[str], guests: Sequence[str]) -> dict[str, Comparison]:
    """Compare each guest with the stories that count; guests in another language are left out."""
    with _LOCK:
        return {
            guest: library.comparison.compare([*counting[: MAX_STORIES - 1], guest]) for guest in _in_one_language(library, guests)
        }


def preload(library: Library, stories: Sequence[str]) -> None:
    """Compare stories ahead of time: the library caches the result, so that marks appear at once when asked for."""
    with _LOCK:
        alike = _in_one_language(library, stories)
        if len(alike) > 1:
            library.comparison.compare(alike)


def _in_one_language(library: Library, stories: Iterable[str]) -> list[str]:
    """The stories in the language of most of them."""
    ids = list(stories)
    foreign = set(library.comparison.in_other_languages(ids))
    return [story for story in ids if story not in foreign]


def window(ids: Sequence[str], at: int) -> tuple[str, ...]:
    """The stories to compare around index `at`: all if they are few enough, else the nearest."""
    first = max(0, min(at - MAX_STORIES // 2, len(ids) - MAX_STORIES))
    return tuple(ids[first : first + MAX_STORIES])
