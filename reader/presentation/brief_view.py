"""The brief of a thread as a page shows it: passages by how many tell them, each with its sources. It runs in worker threads."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from reader.models import StoryHeader
from reader.presentation import formatting
from reader.presentation.comparison_loader import MOST

if TYPE_CHECKING:
    from reader.library import Brief, Library, Passage, SharedPassage

NUMBERED = 9
"""Sources that have a digit."""
ALONE = (2, MOST)
"""The fewest and the most stories of which it is set out what one alone tells."""


@dataclass(frozen=True, slots=True)
class BriefPassage:
    """A passage of the brief, the words that stand below it, and the passages that tell it, by the digits they stand under."""

    passage: Passage
    note: str
    sources: dict[int, Passage]


@dataclass(frozen=True, slots=True)
class BriefSection:
    """Pieces under a heading; words in their place where there are none. `alone` are those that one story tells."""

    heading: str
    pieces: tuple[BriefPassage, ...]
    words: str = ""
    alone: bool = False


@dataclass(frozen=True, slots=True)
class BriefView:
    """What was found, and the page made of it."""

    brief: Brief
    parts: tuple[BriefSection, ...]

    @property
    def alone(self) -> list[Passage]:
        """The passages that one story alone tells."""
        return [piece.passage for part in self.parts if part.alone for piece in part.pieces]


def brief_of(library: Library, heads: Sequence[StoryHeader]) -> BriefView:
    """The brief of stories, those of a thread, the oldest first."""
    found = library.comparison.brief([head.id for head in heads])
    alone: list[BriefPassage] = []
    if ALONE[0] <= len(heads) <= ALONE[1]:
        compared = library.comparison.compare([head.id for head in heads])
        numbers = {head.id: number for number, head in enumerate(heads, 1)}
        alone = [BriefPassage(passage, "", {numbers[story]: passage}) for story in numbers for passage in compared.only[story]]
    return BriefView(found, (*_several(found, heads), _one(alone, heads)))


def _several(found: Brief, heads: Sequence[StoryHeader]) -> list[BriefSection]:
    """What several tell, those parts first that most tell."""
    of = len(found.stories)
    groups: dict[str, list[BriefPassage]] = {
        "Told by both" if of == 2 else "Told by all": [],
        "Told by most": [],
        "Told by some": [],
    }
    all_of_them = next(iter(groups))
    for told in found.passages:
        tellers = len(told.stories)
        heading = all_of_them if tellers == of else "Told by most" if 2 * tellers > of else "Told by some"
        groups[heading].append(BriefPassage(told.passage, _note(told, of, heads), dict(_sources(told, heads))))
    parts = [BriefSection(heading, tuple(pieces)) for heading, pieces in groups.items() if pieces]
    return parts or [BriefSection(all_of_them, (), "No passage is told by two independent outlets.")]


def _one(alone: Sequence[BriefPassage], heads: Sequence[StoryHeader]) -> BriefSection:
    """What one alone tells."""
    if len(heads) > ALONE[1]:
        said = f"What one story alone tells is set out for {ALONE[0]} to {ALONE[1]} stories; here are {len(heads)}."
    else:
        said = "" if alone else "No passage is told by one story alone."
    return BriefSection("Told by one", tuple(alone), said, alone=True)


def _note(told: SharedPassage, of: int, heads: Iterable[StoryHeader]) -> str:
    """What is said of a passage: how many tell it, where that is not all, and who did first."""
    said = [f"told by {len(told.stories)} of {of}"] if len(told.stories) < of else []
    if told.outlets < len(told.stories):
        said.append(formatting.count(told.outlets, "outlet"))
    first = next((head for head in heads if head.id == told.first), None)
    if first is not None:
        said.append(f"first told by {first.outlet or f'“{first.title}”'}")
    return " · ".join(said)


def _sources(told: SharedPassage, heads: Sequence[StoryHeader]) -> list[tuple[int, Passage]]:
    """The passages that tell the same, numbered as the stories are; of more stories than have a digit, from the one quoted on."""
    passages = {passage.story: passage for passage in (told.passage, *told.others)}
    if len(heads) <= NUMBERED:
        return [(number, passages[head.id]) for number, head in enumerate(heads, 1) if head.id in passages]
    return list(enumerate(list(passages.values())[:NUMBERED], 1))
