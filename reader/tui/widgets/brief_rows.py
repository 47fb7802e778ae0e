"""The parts of a brief's page: passages with their sources' digits, and the thread's events with theirs."""

from __future__ import annotations

from collections.abc import Sequence

from reader.models import StoryHeader, ThreadEvent
from reader.presentation import formatting
from reader.presentation.brief_view import NUMBERED, BriefPassage, BriefSection
from reader.presentation.text_layout import Line, cut, spread, width, wrap
from reader.tui.widgets.painted import PaintedWidget, Row, rule_above
from reader.tui.widgets.virtual_list import Rows

MEASURE = 72
"""The longest lines of a passage, in cells."""
BESIDE = 3
"""Digits that stand beside each other; further ones stand below."""
FEW = 3
"""Stories of an event whose digits are shown; more are counted."""


class BriefPassageRows(Rows):
    """Headings, and under each its passages; the cursor goes from passage to passage."""

    def __init__(self, parts: Sequence[BriefSection]) -> None:
        self.items: list[str | BriefPassage] = []
        self._words: set[int] = set()
        for part in parts:
            self.items.append(part.heading)
            self.items += part.pieces
            if part.words:
                self._words.add(len(self.items))
                self.items.append(part.words)
        beside = max((min(BESIDE, len(item.sources)) for item in self.items if isinstance(item, BriefPassage)), default=1)
        self._gutter = max(4, 2 * beside)

    def __len__(self) -> int:
        return len(self.items)

    def reachable(self, index: int) -> bool:
        """Whether it is a passage."""
        return isinstance(self.items[index], BriefPassage)

    def rest(self, index: int) -> int:
        """How many passages stand from here on."""
        return sum(isinstance(item, BriefPassage) for item in self.items[index:])

    def piece(self, index: int) -> BriefPassage | None:
        """The passage at a place."""
        item = self.items[index] if index < len(self.items) else None
        return item if isinstance(item, BriefPassage) else None

    def place(self, piece: BriefPassage) -> int | None:
        """The place of a passage, None if it is not among them."""
        return next((place for place, item in enumerate(self.items) if item == piece), None)

    def nth(self, index: int) -> tuple[int, int]:
        """Which of the passages stands at a place, and how many there are."""
        return self.rest(0) - self.rest(index) + 1, self.rest(0)

    def lines(self, index: int, width: int, chosen: bool, focused: bool) -> list[Line]:
        """A heading, or a passage with the digits of its sources before it and what is said of it below."""
        item = self.items[index]
        room = max(1, min(MEASURE, width - self._gutter - 2))
        if isinstance(item, str):
            if index in self._words:
                return [*wrap([(item, "editorial")], room), []]
            return [*[[]] * bool(index), [(item, "name")], []]
        said: list[Line] = wrap([(item.passage.text, "ink")], room)
        said += wrap([(item.note, "muted")], room) if item.note else []
        digits = [str(number) for number in sorted(item.sources)]
        rows = [digits[at : at + BESIDE] for at in range(0, len(digits), BESIDE)]
        said += [[]] * (len(rows) - len(said))
        gutters = [*map(self._digits, rows), *[self._digits([])] * (len(said) - len(rows))]
        return [[*gutter, *line] for gutter, line in zip(gutters, said, strict=True)] + [[]]

    def _digits(self, row: Sequence[str]) -> Line:
        """Digits of sources in the gutter."""
        line: Line = [piece for digit in row for piece in ((digit, "link"), (" ", "ink"))]
        return [*line, (" " * (self._gutter - width(line)), "ink")]


class EventRows(Rows):
    """The events of a thread by their days, each with what happened and which stories tell it."""

    def __init__(self, events: Sequence[ThreadEvent], heads: Sequence[StoryHeader]) -> None:
        self.events = events
        self.numbers = {head.id: number for number, head in enumerate(heads, 1)} if len(heads) <= NUMBERED else {}

    def __len__(self) -> int:
        return len(self.events) + 1

    def reachable(self, index: int) -> bool:
        """Whether it is an event."""
        return index > 0

    def rest(self, index: int) -> int:
        """How many events stand from here on."""
        return len(self.events) - max(0, index - 1)

    def event(self, index: int) -> ThreadEvent | None:
        """The event at a place."""
        return self.events[index - 1] if 0 < index <= len(self.events) else None

    def lines(self, index: int, width: int, chosen: bool, focused: bool) -> list[Line]:
        """The heading, or a day with the stories of its event, and below it what happened."""
        if not index:
            return [[("Timeline", "name")], []]
        event = self.events[index - 1]
        room = max(8, width - 1)
        label: list[Line] = [[("│ ", "rule"), *line] for line in wrap([(event.label, "ink")], room - 2)]
        return [
            spread(day(event), self._tellers(event), room),
            *label,
            [("│", "rule")] if index < len(self.events) else [],
        ]

    def _tellers(self, event: ThreadEvent) -> Line:
        """The digits of an event's stories, or how many there are."""
        stories = [*event.stories, *(copy for copies in event.copies.values() for copy in copies)]
        numbers = sorted(self.numbers[story] for story in stories if story in self.numbers)
        if 0 < len(numbers) <= FEW:
            return [piece for number in numbers for piece in ((" ", "ink"), (str(number), "link"))]
        return [(f" {formatting.stories(len(stories))}", "muted")]


class DaysLine(PaintedWidget):
    """The days of a thread in one line, under the rule of a pane: for screens too narrow for its events."""

    DEFAULT_CSS = "DaysLine { height: 3; }"

    def __init__(self) -> None:
        super().__init__()
        self._days: list[Line] = []

    def show(self, events: Sequence[ThreadEvent]) -> None:
        """Show the days of these events."""
        self._days = [day(event) for event in events]
        self.redraw()

    def row(self, y: int) -> Row:
        """The rule, the days that have room, and air."""
        size = self.size.width
        if y == 0:
            return [rule_above(size, True)], "ground"
        return (days_line(self._days, size - 3) if y == 1 else []), "ground"


def days_line(days: Sequence[Line], room: int) -> Line:
    """Days beside each other, as many as go into a line; the others are counted."""
    for kept in range(len(days), 0, -1):
        line: Line = [("  ", "ink")]
        for number, day in enumerate(days[:kept]):
            line += [*[("   ", "ink")] * bool(number), *day]
        if kept < len(days):
            line.append((f"   +{len(days) - kept} more", "muted"))
        if width(line) <= room:
            return line
    return [("  ", "ink"), *[(cut(text, room), role) for text, role in days[0]]] if days else []


def day(event: ThreadEvent) -> Line:
    """An event's day, and whether it is stated."""
    sign = "○" if event.about or not event.first else "●"
    return [(f"{sign} ", "told_all"), (formatting.span(event.first, event.last, about=event.about), "strong")]
