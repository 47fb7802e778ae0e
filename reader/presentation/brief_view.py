"""A brief as a page: sections of passages by the number of outlets that report them. Loaded in worker threads."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from msgspec import Struct

from reader.models import StoryHeader
from reader.presentation import formatting

if TYPE_CHECKING:
    from reader.library import Brief, Library, Passage, SharedPassage

NUMBERED = 9
"""Sources that have a digit key."""
LEAST_STORIES = 2
"""The fewest stories of a brief."""


class BriefPassage(Struct, frozen=True):
    """A passage of a brief, the note below it, and the passages that report the same, by digit key."""

    passage: Passage
    note: str
    sources: dict[int, Passage]


class BriefSection(Struct, frozen=True):
    """Passages under a heading, or a message if there are none. `unique` marks the section of unique passages."""

    heading: str
    pieces: tuple[BriefPassage, ...]
    message: str = ""
    unique: bool = False


class BriefView(Struct, frozen=True):
    """A brief and its sections."""

    brief: Brief
    parts: tuple[BriefSection, ...]

    @property
    def unique(self) -> list[Passage]:
        """The passages that only one story has."""
        return [piece.passage for part in self.parts if part.unique for piece in part.pieces]


def load_brief(library: Library, headers: Sequence[StoryHeader]) -> BriefView:
    """Load the brief of a thread's stories, the oldest first."""
    found = library.comparison.brief([header.id for header in headers])
    numbers = {header.id: number if len(headers) <= NUMBERED else 1 for number, header in enumerate(headers, 1)}
    unique = [BriefPassage(passage, "", {numbers[passage.story]: passage}) for passage in found.unique]
    return BriefView(found, (*_shared_sections(found, headers), _unique_section(unique)))


def _shared_sections(found: Brief, headers: Sequence[StoryHeader]) -> list[BriefSection]:
    """Sections of shared passages, those with the most outlets first; a story without a known outlet counts as one."""
    outlets = {header.id: header.outlet_id or header.id for header in headers}
    total = len({outlets[story] for story in found.stories})
    by_all = "Shared by both" if total == 2 else "Shared by all"
    sections: dict[str, list[BriefPassage]] = {by_all: [], "Shared by most": [], "Shared by some": []}
    for shared in found.passages:
        count = len({outlets[story] for story in shared.stories})
        heading = by_all if count == total else "Shared by most" if 2 * count > total else "Shared by some"
        sections[heading].append(
            BriefPassage(shared.passage, _note(shared, count, total, headers), dict(_sources(shared, headers)))
        )
    parts = [BriefSection(heading, tuple(pieces)) for heading, pieces in sections.items() if pieces]
    return parts or [BriefSection(by_all, (), "No passage is shared by two independent outlets.")]


def _unique_section(unique: Sequence[BriefPassage]) -> BriefSection:
    """The section of passages that only one story has."""
    message = "" if unique else "No passage is unique to one story."
    return BriefSection("In one story only", tuple(unique), message, unique=True)


def _note(shared: SharedPassage, count: int, total: int, headers: Iterable[StoryHeader]) -> str:
    """The note below a passage: by how many of all outlets it is shared, copies included, and which was first."""
    pieces = [f"shared by {count} of {total}"] if count < total else []
    if shared.outlets < count:
        pieces.append(formatting.count(shared.outlets, "outlet"))
    first = next((header for header in headers if header.id == shared.first), None)
    if first is not None:
        pieces.append(f"first reported by {first.outlet or f'“{first.title}”'}")
    return " · ".join(pieces)


def _sources(shared: SharedPassage, headers: Sequence[StoryHeader]) -> list[tuple[int, Passage]]:
    """The counterparts of a passage, numbered like the stories; with more stories than digits, numbered from the passage on."""
    passages = {passage.story: passage for passage in (shared.passage, *shared.others)}
    if len(headers) <= NUMBERED:
        return [(number, passages[header.id]) for number, header in enumerate(headers, 1) if header.id in passages]
    return list(enumerate(list(passages.values())[:NUMBERED], 1))
