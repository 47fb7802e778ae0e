"""One story in a column: its lines for a width, and how far it is scrolled. Knows nothing of Textual."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from reader.model import Head, Span, Story
from reader.ui.widgets.story import Hit, Key, SetLine, Setting, body_lines


@dataclass(frozen=True, slots=True)
class Place:
    """A spot in a story that outlasts another width: a block, the character its line starts at, and the lines of air above it."""

    block: Key
    character: int
    above: int = 0


@dataclass
class Column:
    """A story, its number in the reading (the digit that opens it), where a related one is from, notes on its text, its hits."""

    number: int
    head: Head
    story: Story
    related: str = ""
    notes: tuple[str, ...] = ()
    hits: Mapping[Key, Sequence[Span]] = field(default_factory=dict)
    here: Hit | None = None
    lines: list[SetLine] = field(default_factory=list)
    top: int = 0
    room: int = 1
    _came_from: tuple[int, Place | None] = (0, None)

    def set(self, width: int, room: int, setting: Setting, before: Sequence[SetLine] = (), place: Place | None = None) -> None:
        """Set the text for a width under lines that scroll with it, the given place at the top."""
        self.room = max(1, room)
        self.lines = [*before, *body_lines(self.story, width, setting, self.hits, self.here)]
        self.top = max(0, self._line_of(place.block, place.character) - place.above) if place else 0
        self.scroll(0)
        self._came_from = (self.top, place)

    @property
    def limit(self) -> int:
        """The furthest the column scrolls: its last line at the foot."""
        return max(0, len(self.lines) - self.room)

    @property
    def at_end(self) -> bool:
        """Whether the last line is in sight."""
        return self.top >= self.limit

    @property
    def percent(self) -> int:
        """How much of the story is above or in sight, in percent."""
        return min(100, 100 * (self.top + self.room) // max(1, len(self.lines)))

    @property
    def place(self) -> Place | None:
        """What stands at the top, None at the very top; what was asked for, where nothing was scrolled since the text was set."""
        top, place = self._came_from
        if self.top == top and place:
            return place
        if not self.top:
            return None
        for above, line in enumerate(self.lines[self.top :]):
            if line.block:
                return Place(line.block, line.start, above)
        return None

    @property
    def passage(self) -> str:
        """The paragraph at the top of the column."""
        key = next((line.block for line in self.lines[self.top :] if line.block and line.block[0] != "removed"), None)
        if key is None:
            return ""
        return (self.story.body if key[0] == "body" else self.story.captions)[key[1]]

    def scroll(self, by: int) -> bool:
        """Scroll by lines; says whether that moved anything."""
        top = min(max(0, self.top + by), self.limit)
        moved = top != self.top
        self.top = top
        return moved

    def show(self, hit: Hit) -> None:
        """Scroll so that a hit is in sight, with a third of the column above it where it was not."""
        line = self._line_of(hit.block, hit.span[0])
        if not self.top <= line < self.top + self.room:
            self.top = line - self.room // 3
            self.scroll(0)

    @property
    def thumb(self) -> range:
        """The rows of the scroll track that are heavy; none where the whole story is in sight."""
        total = len(self.lines)
        if total <= self.room:
            return range(0)
        start = self.room * self.top // total
        end = self.room if self.at_end else self.room * (self.top + self.room) // total
        return range(start, max(start + 1, end))

    def _line_of(self, block: Key, character: int) -> int:
        """The line that shows a character of a block; the first line for a block that is not shown."""
        found = 0
        for number, line in enumerate(self.lines):
            if line.block == block and line.start <= character:
                found = number
        return found
