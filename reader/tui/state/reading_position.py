"""Where the reader is in a thread: its stories in order with the related ones after them, which are in sight, which is read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from reader.models import StoryHeader, Thread

TWO_FROM, THREE_FROM = 100, 150
"""Screen widths in cells from which two and three stories stand side by side."""


def columns_at(width: int) -> int:
    """How many stories stand side by side on a screen of this width."""
    return 3 if width >= THREE_FROM else 2 if width >= TWO_FROM else 1


@dataclass
class ReadingPosition:
    """A thread opened: `heads` are its `own` stories, the oldest first, then related ones, the nearest first.

    `at` is the story being read, `first` the one that stands leftmost. Nothing here knows the library or the screen.
    """

    thread: Thread
    heads: list[StoryHeader]
    own: int
    at: int = 0
    first: int = 0
    related_known: bool = False

    @property
    def head(self) -> StoryHeader:
        """The story being read."""
        return self.heads[self.at]

    def wants_related(self, width: int) -> bool:
        """Whether the nearest related story stands beside the thread's own: where these leave a column free."""
        return self.own < columns_at(width)

    def in_sight(self, width: int) -> range:
        """The places of the stories that stand side by side on a screen of this width; the one being read is always among them."""
        count = min(columns_at(width), self.own + 1, len(self.heads))
        self.first = max(0, min(self.first, self.at, len(self.heads) - count))
        self.first = max(self.first, self.at - count + 1)
        return range(self.first, self.first + count)

    def move(self, by: int) -> bool:
        """To a story before or after; says whether there is one."""
        return self.go(self.at + by)

    def go(self, to: int) -> bool:
        """To the story at a place; says whether there is one."""
        if not 0 <= to < len(self.heads):
            return False
        self.at = to
        return True

    def place_of(self, story: str) -> int | None:
        """The place of a story by its id."""
        return next((place for place, head in enumerate(self.heads) if head.id == story), None)

    def unread(self, *, after: int | None = None, by: int = 1) -> int | None:
        """The place of the thread's first unread story, of those after a place (before it, and the last, by -1)."""
        places = range(self.own)
        if after is not None:
            places = range(after + 1, self.own) if by > 0 else range(min(after, self.own))
        return next((place for place in places[::by] if not self.heads[place].read), None)

    def add_related(self, heads: Sequence[StoryHeader]) -> None:
        """Set related stories after the thread's own."""
        self.related_known = True
        self.heads[self.own :] = heads

    def mark(self, story: str, *, read: bool | None = None, starred: bool | None = None) -> None:
        """Note that a story was marked."""
        place = self.place_of(story)
        if place is not None:
            head = self.heads[place]
            self.heads[place] = replace(
                head, read=head.read if read is None else read, starred=head.starred if starred is None else starred
            )
