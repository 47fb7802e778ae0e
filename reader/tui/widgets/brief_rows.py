"""Rows of the brief: passages with the numbers of their sources, and the events of the thread."""

from __future__ import annotations

from collections.abc import Sequence

from reader.models import StoryHeader, ThreadEvent
from reader.presentation import formatting
from reader.presentation.brief_view import NUMBERED, BriefPassage, BriefSection
from reader.presentation.text_layout import Line, cut, spread, width, wrap
from reader.tui.widgets.painted import PaintedWidget, Row, rule_above
from reader.tui.widgets.virtual_list import Rows

MEASURE = 72
"""Maximum width of a passage, in cells."""
BESIDE = 3
"""Source numbers in one line of the gutter; further ones go below."""
FEW = 3
"""Maximum number of stories of an event that are listed by number; more are counted."""


class BriefPassageRows(Rows):
    """Headings, each followed by its passages; the cursor moves from passage to passage."""

    def __init__(self, parts: Sequence[BriefSection]) -> None:
        self.items: list[str | BriefPassage] = []
        self._words: set[int] = set()
        for part in parts:
            self.items.append(part.heading)
            self.items += part.pieces
            if part.message:
                self._words.add(len(self.items))
                self.items.append(part.message)
        beside = max((min(BESIDE, len(item.sources)) for item in self.items if isinstance(item, BriefPassage)), default=1)
        self._gutter = max(4, 2 * beside)

    def __len__(self) -> int:
        return len(self.items)

    def selectable(self, index: int) -> bool:
        """Return whether the row is a passage."""
        return isinstance(self.items[index], BriefPassage)

    def remaining(self, index: int) -> int:
        """Return the number of passages from this row on."""
        return sum(isinstance(item, BriefPassage) for item in self.items[index:])

    def piece(self, index: int) -> BriefPassage | None:
        """Return the passage in a row, None for a heading."""
        item = self.items[index] if index < len(self.items) else None
        return item if isinstance(item, BriefPassage) else None

    def place(self, piece: BriefPassage) -> int | None:
        """Return the row of a passage, None if it is not listed."""
        return next((place for place, item in enumerate(self.items) if item == piece), None)

    def nth(self, index: int) -> tuple[int, int]:
        """Return the position of a passage among all passages, from 1, and their number."""
        return self.remaining(0) - self.remaining(index) + 1, self.remaining(0)

    def lines(self, index: int, width: int, chosen: bool, focused: bool) -> list[Line]:
        """Return a heading, or a passage with the numbers of its sources before it and a note below."""
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
        """Return one gutter line of source numbers."""
        line: Line = [piece for digit in row for piece in ((digit, "link"), (" ", "ink"))]
        return [*line, (" " * (self._gutter - width(line)), "ink")]


class EventRows(Rows):
    """The events of a thread by date, each with its label and the stories that report it."""

    def __init__(self, events: Sequence[ThreadEvent], heads: Sequence[StoryHeader]) -> None:
        self.events = events
        self.numbers = {head.id: number for number, head in enumerate(heads, 1)} if len(heads) <= NUMBERED else {}

    def __len__(self) -> int:
        return len(self.events) + 1

    def selectable(self, index: int) -> bool:
        """Return whether the row is an event."""
        return index > 0

    def remaining(self, index: int) -> int:
        """Return the number of events from this row on."""
        return len(self.events) - max(0, index - 1)

    def event(self, index: int) -> ThreadEvent | None:
        """Return the event in a row, None for the heading."""
        return self.events[index - 1] if 0 < index <= len(self.events) else None

    def lines(self, index: int, width: int, chosen: bool, focused: bool) -> list[Line]:
        """Return the heading, or the date of an event with its stories and its label below."""
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
        """Return the numbers of an event's stories, or their count."""
        stories = [*event.stories, *(copy for copies in event.copies.values() for copy in copies)]
        numbers = sorted(self.numbers[story] for story in stories if story in self.numbers)
        if 0 < len(numbers) <= FEW:
            return [piece for number in numbers for piece in ((" ", "ink"), (str(number), "link"))]
        return [(f" {formatting.stories(len(stories))}", "muted")]


class DaysLine(PaintedWidget):
    """The dates of a thread in one line, for screens too narrow for the list of events."""

    DEFAULT_CSS = "DaysLine { height: 3; }"

    def __init__(self) -> None:
        super().__init__()
        self._days: list[Line] = []

    def show(self, events: Sequence[ThreadEvent]) -> None:
        """Show the dates of these events."""
        self._days = [day(event) for event in events]
        self.redraw()

    def row(self, y: int) -> Row:
        """Return the rule, the dates that fit, or a blank line."""
        size = self.size.width
        if y == 0:
            return [rule_above(size, True)], "ground"
        return (days_line(self._days, size - 3) if y == 1 else []), "ground"


def days_line(days: Sequence[Line], room: int) -> Line:
    """Return as many dates as fit into one line; the rest are counted."""
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
    """Return the date of an event with a sign: filled if the date is stated, hollow if estimated."""
    sign = "○" if event.about or not event.first else "●"
    return [(f"{sign} ", "told_all"), (formatting.span(event.first, event.last, about=event.about), "strong")]
