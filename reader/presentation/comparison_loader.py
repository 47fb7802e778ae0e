"""Setting stories side by side for the screen: which count, which are left out and why. It runs in worker threads."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from reader.models import StoryHeader
from reader.presentation import formatting
from reader.presentation.comparison_view import ComparisonView, mark_up

if TYPE_CHECKING:
    from reader.library import Comparison, Library

MOST = 8
"""Stories that are compared at once."""
FEWEST_PASSAGES = 4
"""A story of fewer is too short to count."""
_TURN = threading.Lock()
"""One at a time: a second comparison finds the stories prepared by the first, and the keys have no two workers beside them."""
ONE = "One story: nothing to compare yet."
NOTHING = "These stories tell nothing in common."


@dataclass(frozen=True)
class LoadedComparison:
    """Stories set side by side; `compared` is None where nothing is to be marked, and `why` says it then in words.

    `left_out` says of each story that does not count why. What is `found` beside them is kept, to mark it anew.
    """

    found: Comparison | None = None
    compared: ComparisonView | None = None
    why: str = ""
    left_out: Mapping[str, str] = field(default_factory=dict)
    counting: tuple[str, ...] = ()
    outlets: Mapping[str, str | None] = field(default_factory=dict)
    guests: Mapping[str, Comparison] = field(default_factory=dict)

    def marked(self, *, faint: bool, guests: Mapping[str, Comparison]) -> LoadedComparison:
        """The same marked anew, with guests beside."""
        if self.found is None:
            return self
        compared = mark_up(self.found, self.counting, self.outlets, faint=faint)
        for guest, found in guests.items():
            compared = compared.welcome(guest, found)
        return LoadedComparison(self.found, compared, "", self.left_out, self.counting, self.outlets, guests)


def collate(library: Library, heads: Sequence[StoryHeader], *, faint: bool = False) -> LoadedComparison:
    """Set two to eight stories side by side; one in another language is left out, one that is too short only echoes the others."""
    with _TURN:
        return _collate(library, heads, faint)


def _collate(library: Library, heads: Sequence[StoryHeader], faint: bool) -> LoadedComparison:
    outlets = {head.id: head.outlet for head in heads}
    english = _english(library, outlets)
    left_out = {story: "not in English" for story in outlets if story not in english}
    if len(english) < 2:
        return LoadedComparison(why="Only stories in English can be compared.", left_out=left_out)
    found = library.comparison.compare(english)
    short = [story for story in english if len(found.passages[story]) < FEWEST_PASSAGES]
    left_out |= dict.fromkeys(short, "too short")
    counting = tuple(story for story in english if story not in left_out)
    if len(counting) < 2:
        few = formatting.count(FEWEST_PASSAGES, "passage")
        return LoadedComparison(why=f"Too short to compare: under {few}.", left_out=left_out)
    collated = LoadedComparison(found, None, "", left_out, counting, outlets).marked(
        faint=faint, guests=dict.fromkeys(short, found)
    )
    if collated.compared is None or not collated.compared.units:
        return LoadedComparison(why=NOTHING, left_out=left_out)
    return collated


def beside(library: Library, counting: Sequence[str], guests: Sequence[str]) -> dict[str, Comparison]:
    """What guests have in common with the stories that count, each guest by itself; nothing for one in another language."""
    with _TURN:
        return {guest: library.comparison.compare([*counting[: MOST - 1], guest]) for guest in _english(library, guests)}


def prepare(library: Library, stories: Sequence[str]) -> None:
    """Set stories side by side ahead, so that they need only be marked when that is asked for: the library keeps what it found."""
    with _TURN:
        english = _english(library, stories)
        if len(english) > 1:
            library.comparison.compare(english)


def _english(library: Library, stories: Iterable[str]) -> list[str]:
    """Those of some stories that can be compared."""
    asked = list(stories)
    foreign = set(library.comparison.not_english(asked))
    return [story for story in asked if story not in foreign]


def window(ids: Sequence[str], at: int) -> tuple[str, ...]:
    """The stories that are compared with the one at a place: all where they are few enough, else the nearest."""
    first = max(0, min(at - MOST // 2, len(ids) - MOST))
    return tuple(ids[first : first + MOST])
