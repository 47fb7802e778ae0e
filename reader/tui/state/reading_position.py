"""The position in a thread: its stories in order, the related ones after them, the visible ones, the one being read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from msgspec import Struct
from msgspec.structs import replace

from reader.models import StoryHeader, Thread

TWO_FROM, THREE_FROM = 100, 150
"""Widths of the columns in cells from which two and three stories are side by side."""


def columns_at(width: int) -> int:
    """The number of stories side by side in this many cells."""
    return 3 if width >= THREE_FROM else 2 if width >= TWO_FROM else 1


class ReadingPosition(Struct):
    """An open thread: `heads` are its `own` stories, oldest first, then related ones, nearest first.

    `at` is the story being read, `first` the leftmost visible one. It depends on neither the library nor the screen.
    """

    thread: Thread
    heads: list[StoryHeader]
    own: int
    at: int = 0
    first: int = 0
    related_known: bool = False
    related_names: Mapping[str, str] = {}
    """The names of the threads of the related stories, by id."""

    @property
    def head(self) -> StoryHeader:
        """The story being read."""
        return self.heads[self.at]

    def wants_related(self, width: int) -> bool:
        """Whether a related story is shown beside the thread's own because these leave a column free."""
        return self.own < columns_at(width)

    def in_sight(self, width: int) -> range:
        """The places of the visible stories in columns of this width; the one being read is always among them."""
        count = min(columns_at(width), self.own + 1, len(self.heads))
        self.first = max(0, min(self.first, self.at, len(self.heads) - count))
        self.first = max(self.first, self.at - count + 1)
        return range(self.first, self.first + count)

    def page(self, size: int) -> range | None:
        """The places of `size` stories of the thread with the one being read, in pages; None among the related ones."""
        if self.at >= self.own:
            return None
        start = max(0, min(self.at // size * size, self.own - size))
        return range(start, min(start + size, self.own))

    def move(self, by: int) -> bool:
        """Move to an earlier or later story; returns whether there is one."""
        return self.go(self.at + by)

    def go(self, to: int) -> bool:
        """Move to the story at a place; returns whether there is one."""
        if not 0 <= to < len(self.heads):
            return False
        self.at = to
        return True

    def rename(self, thread: Thread) -> None:
        """Take over the thread as the library has it now: the same stories, another name or other flags."""
        self.thread = thread

    def place_of(self, story: str) -> int | None:
        """The place of a story by its id."""
        return next((place for place, head in enumerate(self.heads) if head.id == story), None)

    def unread(self, *, after: int | None = None, by: int = 1) -> int | None:
        """The place of the first unread story after a place, or of the last one before it with by=-1; None if there is none."""
        places = range(self.own)
        if after is not None:
            places = range(after + 1, self.own) if by > 0 else range(min(after, self.own))
        return next((place for place in places[::by] if not self.heads[place].read), None)

    def add_related(self, heads: Sequence[StoryHeader], names: Mapping[str, str] = MappingProxyType({})) -> None:
        """Put related stories after the thread's own, with the names of their threads by id."""
        self.related_known = True
        self.related_names = names
        self.heads[self.own :] = heads

    def mark(self, story: str, *, read: bool | None = None, starred: bool | None = None) -> None:
        """Set flags of a story."""
        place = self.place_of(story)
        if place is not None:
            head = self.heads[place]
            self.heads[place] = replace(
                head, read=head.read if read is None else read, starred=head.starred if starred is None else starred
            )
