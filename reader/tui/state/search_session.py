"""A search whose matches are walked through: its query, the stories it found, and the current match."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from msgspec import Struct

from reader.models import Span, Story
from reader.tui.widgets.story_layout import Highlight, Key, texts

Marks = Mapping[Key, Sequence[Span]]


def marks(story: Story, find: Callable[[str], Sequence[Span]]) -> dict[Key, Sequence[Span]]:
    """The matches of a query in a story, block by block."""
    found = {key: tuple(find(text)) for key, text in texts(story)}
    return {key: spans for key, spans in found.items() if spans}


def in_order(hits: Marks) -> list[Highlight]:
    """The matches of a story in reading order."""
    return [Highlight(key, span) for key, spans in hits.items() for span in spans]


class SearchSession(Struct):
    """A query and the ids of the stories it found, best first; `at` is the number of the current match in its story, from 0."""

    query: str
    stories: Sequence[str]
    hits: dict[str, Marks] = {}
    at: int = 0

    def of(self, story: str) -> list[Highlight]:
        """The matches of a story in order."""
        return in_order(self.hits.get(story, {}))

    def here(self, story: str) -> Highlight | None:
        """The current match, if the story has one."""
        found = self.of(story)
        return found[self.at] if 0 <= self.at < len(found) else None

    def place(self, story: str) -> int | None:
        """The place of a story among those found, from 0; None for another one."""
        return self.stories.index(story) if story in self.stories else None

    def step(self, story: str, by: int) -> str | None:
        """Move to the next match, or the previous one; returns the id of the story to go to if this one has no further match."""
        if 0 <= self.at + by < len(self.of(story)):
            self.at += by
            return None
        if not self.stories:
            return None
        place = self.place(story)
        now = min(-by, 0) if place is None else place
        return self.stories[(now + by) % len(self.stories)]

    def add_hits(self, hits: Mapping[str, Marks]) -> None:
        """Add the matches of stories by their ids."""
        self.hits |= hits

    def land(self, story: str, *, last: bool = False) -> None:
        """Start at the first match of a story, or the last."""
        self.at = max(0, len(self.of(story)) - 1) if last else 0
