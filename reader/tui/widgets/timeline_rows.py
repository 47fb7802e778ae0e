"""Rows of the timeline: events by date, each with its stories; then stories of other threads that belong here too."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from msgspec import Struct

from reader.models import StoryHeader, ThreadEvent
from reader.presentation import formatting
from reader.presentation.text_layout import Line, cells, cut, cut_line, pad, spread
from reader.tui.widgets.story_layout import outlet_span
from reader.tui.widgets.virtual_list import WIDEST, Rows

if TYPE_CHECKING:
    from reader.library import Freshness

WIDE_FROM = 70
"""Width in cells from which outlet, headline and date stand in one line."""
LONG_FROM = 100
"""Width in cells from which the number of new passages has a noun."""
GUESTS = "Also from other threads"
OUTLET = 22
"""Maximum width of an outlet, in cells."""


class TimelineStory(Struct, frozen=True):
    """A story with its copies, a note below it, whether to show its date, and whether a blank line follows."""

    head: StoryHeader
    copies: tuple[str, ...]
    note: str
    dated: bool
    last: bool
    guest: bool = False


class TimelineRows(Rows):
    """Events and their stories, then stories of other threads that belong here too, with the names of those threads.

    The cursor moves from story to story. `news` maps the ids of unread stories to the amount that is new.
    """

    def __init__(
        self, events: Sequence[ThreadEvent], heads: Mapping[str, StoryHeader], guests: Sequence[tuple[StoryHeader, str]] = ()
    ) -> None:
        self.items: list[ThreadEvent | TimelineStory | str] = []
        self.news: dict[str, Freshness] = {}
        for event in events:
            dated = bool(event.first and event.last) and formatting.day(event.first or "") != formatting.day(event.last or "")
            self.items.append(event)
            for story in event.stories:
                copies = event.copies.get(story, ())
                note = formatting.copies_note(heads[story], [heads[copy] for copy in copies]) if copies else ""
                self.items.append(TimelineStory(heads[story], copies, note, dated, story == event.stories[-1]))
        if guests:
            self.items.append(GUESTS)
            self.items += [TimelineStory(head, (), f"in {thread}", True, head is guests[-1][0], True) for head, thread in guests]
        said = [formatting.outlet(item.head) for item in self.items if isinstance(item, TimelineStory)]
        self._outlet = min(OUTLET, max(map(cells, said), default=0))

    def __len__(self) -> int:
        return len(self.items)

    def selectable(self, index: int) -> bool:
        """Return whether the row is a story."""
        return isinstance(self.items[index], TimelineStory)

    def remaining(self, index: int) -> int:
        """Return the number of stories from this row on."""
        return sum(isinstance(item, TimelineStory) for item in self.items[index:])

    def story(self, index: int) -> str:
        """Return the id of the story in a row."""
        item = self.items[index]
        return item.head.id if isinstance(item, TimelineStory) else ""

    def place(self, story: str) -> int:
        """Return the row of a story or of its original; the first story's if it is not listed."""
        for place, item in enumerate(self.items):
            if isinstance(item, TimelineStory) and story in (item.head.id, *item.copies):
                return place
        return 1

    def unread(self, index: int) -> list[StoryHeader]:
        """Return the unread stories from a row on, then those before it."""
        return [
            item.head
            for item in (*self.items[index:], *self.items[:index])
            if isinstance(item, TimelineStory) and not item.head.read
        ]

    def lines(self, index: int, width: int, chosen: bool, focused: bool) -> list[Line]:
        """Return the date and label of an event, a story, or the heading of the stories from other threads."""
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
        """Return a story in one line, and its copies in another."""
        room = width - 2
        outlet = pad([*_signs(told.head), outlet_span(told.head, self._outlet + 4)], 4 + self._outlet + 2)
        end = "  ".join(
            [*self._news(told.head, "passages" if width >= LONG_FROM else ""), *[formatting.published_day(told.head)] * told.dated]
        )
        left = room - 4 - self._outlet - 2 - (cells(end) + 2 if end else 0)
        lines = [spread([*outlet, (cut(told.head.title, left), title)], [(end, "muted")] if end else [], room)]
        if told.note:
            lines.append([(" " * (4 + self._outlet + 2), "ink"), (cut(told.note, left), "editorial")])
        return lines

    def _news(self, head: StoryHeader, noun: str = "") -> list[str]:
        """Return how much of an unread story is new, if that is known."""
        return [formatting.new_passages(self.news[head.id], noun)] if head.id in self.news else []

    def _in_two(self, told: TimelineStory, width: int, title: str) -> list[Line]:
        """Return a story for narrow screens: headline; outlet, date and amount new; copies."""
        room = width - 6
        said = " · ".join(
            [formatting.outlet(told.head), *[formatting.published_day(told.head)] * told.dated, *self._news(told.head)]
        )
        lines: list[Line] = [[*_signs(told.head), (cut(told.head.title, room), title)]]
        lines.append([("    ", "ink"), (cut(said, room), "muted")])
        if told.note:
            lines.append([("    ", "ink"), (cut(told.note, room), "editorial")])
        return lines


def _signs(head: StoryHeader) -> Line:
    """Return the signs for unread and starred, in four cells."""
    return [
        ("  ", "ink") if head.read else ("● ", "unread"),
        ("★ ", "star") if head.starred else ("  ", "ink"),
    ]
