"""A thread as a timeline: its events by their days, below each its stories, below a story who else has the same text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from reader.model import Happening, Head
from reader.ui import words
from reader.ui.paint import Line, cells, cut, cut_line, pad, spread
from reader.ui.widgets.list import WIDEST, Rows
from reader.ui.widgets.story import outlet_span

WIDE_FROM = 70
"""Width of the list in cells from which outlet, headline and date stand in one line."""
OUTLET = 22
"""Cells an outlet takes at most in such a line."""
DATE = 17
"""Cells of the longest date: "about 21 Dec 2018"."""


@dataclass(frozen=True, slots=True)
class Told:
    """A story of a timeline: its head, those that repeat it, whether its day is told beside it, whether its event ends with it."""

    head: Head
    copies: Sequence[Head]
    dated: bool
    last: bool


class TimelineRows(Rows):
    """Events and their stories as rows of a list; the cursor goes from story to story."""

    def __init__(self, events: Sequence[Happening], heads: Mapping[str, Head]) -> None:
        self.items: list[Happening | Told] = []
        for event in events:
            dated = (event.first or "")[:10] != (event.last or "")[:10]
            self.items.append(event)
            for story in event.stories:
                copies = [heads[copy] for copy in event.copies.get(story, ())]
                self.items.append(Told(heads[story], copies, dated, story == event.stories[-1]))
        said = [words.outlet(item.head) for item in self.items if isinstance(item, Told)]
        self._outlet = min(OUTLET, max(map(cells, said), default=0))

    def __len__(self) -> int:
        return len(self.items)

    def reachable(self, index: int) -> bool:
        """Whether it is a story."""
        return isinstance(self.items[index], Told)

    def rest(self, index: int) -> int:
        """How many stories stand from here on."""
        return sum(isinstance(item, Told) for item in self.items[index:])

    def story(self, index: int) -> str:
        """The id of the story at a place."""
        item = self.items[index]
        return item.head.id if isinstance(item, Told) else ""

    def place(self, story: str) -> int:
        """The place of a story, or of the one that it repeats; the first story's where it is not among them."""
        for place, item in enumerate(self.items):
            if isinstance(item, Told) and story in (item.head.id, *(copy.id for copy in item.copies)):
                return place
        return 1

    def lines(self, index: int, width: int, chosen: bool, focused: bool) -> list[Line]:
        """An event's day and label, or a story."""
        item = self.items[index]
        room = min(width, WIDEST)
        if isinstance(item, Happening):
            day = words.span(item.first, item.last, about=item.about)
            sign = "○" if item.about or not item.first else "●"
            label: Line = [(": ", "accent"), (item.label, "name")] if item.label else []
            return [cut_line([(f"{sign} ", "accent"), (day, "accent"), *label], room)]
        title = "chosen" if chosen and focused else "made" if item.head.title_made else "muted" if item.head.read else "head"
        told = self._in_one(item, room, title) if width >= WIDE_FROM else _in_two(item, room, title)
        return [[("│ ", "rule"), *line] for line in told] + [[]] * item.last

    def _in_one(self, told: Told, width: int, title: str) -> list[Line]:
        """A story in one line, and its copies in another."""
        room = width - 2
        outlet = pad([*_signs(told.head), outlet_span(told.head, self._outlet + 4)], 4 + self._outlet + 2)
        date: Line = [(words.listed(told.head), "muted")] if told.dated else []
        left = room - 4 - self._outlet - 2 - (DATE + 2 if told.dated else 0)
        lines = [spread([*outlet, (cut(told.head.title, left), title)], date, room)]
        if told.copies:
            lines.append([(" " * (4 + self._outlet + 2), "ink"), (cut(words.also(told.head, told.copies), left), "editorial")])
        return lines


def _in_two(told: Told, width: int, title: str) -> list[Line]:
    """A story on a narrow screen: its headline, below it outlet and date, and its copies."""
    room = width - 6
    said = " · ".join([words.outlet(told.head), *([words.listed(told.head)] if told.dated else [])])
    lines: list[Line] = [[*_signs(told.head), (cut(told.head.title, room), title)], [("    ", "ink"), (cut(said, room), "muted")]]
    if told.copies:
        lines.append([("    ", "ink"), (cut(words.also(told.head, told.copies), room), "editorial")])
    return lines


def _signs(head: Head) -> Line:
    """Unread and starred, in four cells."""
    return [
        ("  ", "ink") if head.read else ("● ", "unread"),
        ("★ ", "star") if head.starred else ("  ", "ink"),
    ]
