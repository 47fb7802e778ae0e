"""The search that is on: its query, the stories it found, and the hit the reader is at."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from reader.models import Span, Story
from reader.tui.widgets.story_layout import Highlight, Key, texts

Marks = Mapping[Key, Sequence[Span]]


def marks(story: Story, find: Callable[[str], Sequence[Span]]) -> dict[Key, Sequence[Span]]:
    """Where the words of a query stand in a story, block by block."""
    found = {key: tuple(find(text)) for key, text in texts(story)}
    return {key: spans for key, spans in found.items() if spans}


def in_order(hits: Marks) -> list[Highlight]:
    """The hits of a story in the order they are read."""
    return [Highlight(key, span) for key, spans in hits.items() for span in spans]


@dataclass
class SearchSession:
    """A query and the stories it found, the best first; `at` is the number of the hit the reader is at in a story, from 0."""

    query: str
    stories: Sequence[str]
    hits: dict[str, Marks] = field(default_factory=dict)
    at: int = 0

    def of(self, story: str) -> list[Highlight]:
        """The hits of a story in order."""
        return in_order(self.hits.get(story, {}))

    def here(self, story: str) -> Highlight | None:
        """The hit the reader is at, if the story has any."""
        found = self.of(story)
        return found[self.at] if 0 <= self.at < len(found) else None

    def place(self, story: str) -> int | None:
        """Which of the stories found a story is, from 0; None for another one."""
        return self.stories.index(story) if story in self.stories else None

    def step(self, story: str, by: int) -> str | None:
        """To the next hit, or the one before; the id of the story to go to where this one has no more."""
        if 0 <= self.at + by < len(self.of(story)):
            self.at += by
            return None
        if not self.stories:
            return None
        place = self.place(story)
        now = min(-by, 0) if place is None else place
        return self.stories[(now + by) % len(self.stories)]

    def land(self, story: str, *, last: bool = False) -> None:
        """Start at the first hit of a story, or the last."""
        self.at = max(0, len(self.of(story)) - 1) if last else 0
