"""A thread as a timeline: its events by their days, below each its stories; then stories of other threads that belong here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from reader.models import StoryHeader, ThreadEvent
from reader.presentation import formatting
from reader.presentation.text_layout import Line, cells, cut, cut_line, pad, spread
from reader.tui.widgets.story_layout import outlet_span
from reader.tui.widgets.virtual_list import WIDEST, Rows

if TYPE_CHECKING:
    from reader.library import Freshness

WIDE_FROM = 70
"""Width of the list in cells from which outlet, headline and date stand in one line."""
LONG_FROM = 100
"""Width of the list in cells from which it is said of what so many are new."""
GUESTS = "Belong here too, from other threads"
OUTLET = 22
"""Cells an outlet takes at most in such a line."""


@dataclass(frozen=True, slots=True)
class TimelineStory:
    """A story of a timeline: its head, those that repeat it, a note below it, whether its day is told, whether air follows."""

    head: StoryHeader
    copies: tuple[str, ...]
    note: str
    dated: bool
    last: bool
    guest: bool = False


class TimelineRows(Rows):
    """Events and their stories as rows of a list, then stories of other threads that belong here too, each with its thread's name.

    The cursor goes from story to story. `news` says of unread stories how much of them is new, by their ids.
    """

    def __init__(
        self, events: Sequence[ThreadEvent], heads: Mapping[str, StoryHeader], guests: Sequence[tuple[StoryHeader, str]] = ()
    ) -> None:
        self.items: list[ThreadEvent | TimelineStory | str] = []
        self.news: dict[str, Freshness] = {}
        for event in events:
            dated = (event.first or "")[:10] != (event.last or "")[:10]
            self.items.append(event)
            for story in event.stories:
                copies = event.copies.get(story, ())
                note = formatting.also(heads[story], [heads[copy] for copy in copies]) if copies else ""
                self.items.append(TimelineStory(heads[story], copies, note, dated, story == event.stories[-1]))
        if guests:
            self.items.append(GUESTS)
            self.items += [TimelineStory(head, (), f"in {thread}", True, head is guests[-1][0], True) for head, thread in guests]
        said = [formatting.outlet(item.head) for item in self.items if isinstance(item, TimelineStory)]
        self._outlet = min(OUTLET, max(map(cells, said), default=0))

    def __len__(self) -> int:
        return len(self.items)

    def reachable(self, index: int) -> bool:
        """Whether it is a story."""
        return isinstance(self.items[index], TimelineStory)

    def rest(self, index: int) -> int:
        """How many stories stand from here on."""
        return sum(isinstance(item, TimelineStory) for item in self.items[index:])

    def story(self, index: int) -> str:
        """The id of the story at a place."""
        item = self.items[index]
        return item.head.id if isinstance(item, TimelineStory) else ""

    def place(self, story: str) -> int:
        """The place of a story, or of the one that it repeats; the first story's where it is not among them."""
        for place, item in enumerate(self.items):
            if isinstance(item, TimelineStory) and story in (item.head.id, *item.copies):
                return place
        return 1

    def unread(self, index: int) -> list[StoryHeader]:
        """The unread stories from a place on, then those before it."""
        return [
            item.head
            for item in (*self.items[index:], *self.items[:index])
            if isinstance(item, TimelineStory) and not item.head.read
        ]

    def lines(self, index: int, width: int, chosen: bool, focused: bool) -> list[Line]:
        """An event's day and label, a story, or the heading of those from other threads."""
        item = self.items[index]
        room = min(width, WIDEST)
        if isinstance(item, str):
            return [[(cut(item, room), "accent")]]
        if isinstance(item, ThreadEvent):
            day = formatting.span(item.first, item.last, about=item.about)
            sign = "○" if item.about or not item.first else "●"
            label: Line = [(": ", "accent"), (item.label, "name")] if item.label else []
            return [cut_line([(f"{sign} ", "accent"), (day, "accent"), *label], room)]
        title = "chosen" if chosen and focused else "made" if item.head.title_made else "muted" if item.head.read else "head"
        told = self._in_one(item, room, title) if width >= WIDE_FROM else self._in_two(item, room, title)
        return [[("╎ " if item.guest else "│ ", "rule"), *line] for line in told] + [[]] * item.last

    def _in_one(self, told: TimelineStory, width: int, title: str) -> list[Line]:
        """A story in one line, and its copies in another."""
        room = width - 2
        outlet = pad([*_signs(told.head), outlet_span(told.head, self._outlet + 4)], 4 + self._outlet + 2)
        end = "  ".join(
            [*self._news(told.head, "passages" if width >= LONG_FROM else ""), *[formatting.listed(told.head)] * told.dated]
        )
        left = room - 4 - self._outlet - 2 - (cells(end) + 2 if end else 0)
        lines = [spread([*outlet, (cut(told.head.title, left), title)], [(end, "muted")] if end else [], room)]
        if told.note:
            lines.append([(" " * (4 + self._outlet + 2), "ink"), (cut(told.note, left), "editorial")])
        return lines

    def _news(self, head: StoryHeader, noun: str = "") -> list[str]:
        """How much of an unread story is new, where that is known."""
        return [formatting.news(self.news[head.id], noun)] if head.id in self.news else []

    def _in_two(self, told: TimelineStory, width: int, title: str) -> list[Line]:
        """A story on a narrow screen: its headline, below it outlet, date and how much is new, and its copies."""
        room = width - 6
        said = " · ".join([formatting.outlet(told.head), *[formatting.listed(told.head)] * told.dated, *self._news(told.head)])
        lines: list[Line] = [[*_signs(told.head), (cut(told.head.title, room), title)]]
        lines.append([("    ", "ink"), (cut(said, room), "muted")])
        if told.note:
            lines.append([("    ", "ink"), (cut(told.note, room), "editorial")])
        return lines


def _signs(head: StoryHeader) -> Line:
    """Unread and starred, in four cells."""
    return [
        ("  ", "ink") if head.read else ("● ", "unread"),
        ("★ ", "star") if head.starred else ("  ", "ink"),
    ]
