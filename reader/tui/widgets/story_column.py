"""One story in a column: its lines for a width, and how far it is scrolled. Knows nothing of Textual."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from reader.models import Span, Story, StoryHeader
from reader.presentation.comparison_view import MarkedPassage
from reader.tui.widgets.comparison_layout import marked_lines
from reader.tui.widgets.story_layout import Highlight, Key, LaidOutLine, LayoutOptions, TextLayers, body_lines

if TYPE_CHECKING:
    from reader.library import Passage

MARGIN = 3
"""Lines kept in sight below and above a passage that is gone to, where there is room."""


@dataclass(frozen=True, slots=True)
class ScrollAnchor:
    """A spot in a story that outlasts another width: a block, the character its line starts at, and the lines of air above it."""

    block: Key
    character: int
    above: int = 0


@dataclass
class StoryColumn:
    """A story, its number in the reading (the digit that opens it), where a related one is from, notes on its text, its hits.

    `known` is what the reader read elsewhere already, block by block (`spans_of`), and `news` says how much is new. `noted` are its
    passages as a comparison marks them, none without marks; `hidden` those left out with what is said of them, None where all are
    shown; `lit` the ones the reader is at, by their numbers, and `cursor` the one the keys are at, if it is in this column.
    """

    number: int
    head: StoryHeader
    story: Story
    related: str = ""
    notes: tuple[str, ...] = ()
    hits: Mapping[Key, Sequence[Span]] = field(default_factory=dict)
    here: Highlight | None = None
    known: Mapping[Key, Sequence[Span]] = field(default_factory=dict)
    news: str = ""
    noted: Sequence[MarkedPassage] = ()
    hidden: Mapping[int, str] | None = None
    lit: frozenset[int] = frozenset()
    cursor: int | None = None
    lines: list[LaidOutLine] = field(default_factory=list)
    top: int = 0
    room: int = 1
    _came_from: tuple[int, ScrollAnchor | None] = (0, None)
    _body: tuple[tuple[object, ...], list[LaidOutLine]] = ((), [])
    """The text as it was set last, and what it was set for."""

    def set(
        self, width: int, room: int, setting: LayoutOptions, before: Sequence[LaidOutLine] = (), place: ScrollAnchor | None = None
    ) -> None:
        """Set the text for a width under lines that scroll with it, the given place at the top."""
        layers = TextLayers(self.hits, self.here, self.known)
        asked = (self.story, width, setting, self.noted, layers, self.hidden)
        if asked != self._body[0]:
            if self.noted:
                body = marked_lines(self.story, width, setting, self.noted, layers, self.hidden)
            else:
                body = body_lines(self.story, width, setting, layers)
            self._body = asked, body
        self.room = max(1, room)
        self.lines = [*before, *self._body[1]]
        self.go_to(place)

    def take_over(self, other: StoryColumn) -> None:
        """Take the text as another column had it set, where it is to be set no otherwise."""
        self._body = other._body

    def go_to(self, place: ScrollAnchor | None) -> None:
        """Scroll to a place, the very top for none."""
        self.top = max(0, self._line_of(place.block, place.character) - place.above) if place else 0
        self.scroll(0)
        self._came_from = (self.top, place)

    @property
    def limit(self) -> int:
        """The furthest the column scrolls: its last line at the foot."""
        return max(0, len(self.lines) - self.room)

    @property
    def end(self) -> int:
        """How many lines there are to the last with text; lines that only keep columns level come after it."""
        return next((at for at in range(len(self.lines), 0, -1) if self.lines[at - 1].text), 0)

    @property
    def at_end(self) -> bool:
        """Whether the last line is in sight."""
        return self.top + self.room >= self.end

    @property
    def percent(self) -> int:
        """How much of the story is above or in sight, in percent."""
        return min(100, 100 * (self.top + self.room) // max(1, self.end))

    @property
    def place(self) -> ScrollAnchor | None:
        """What stands at the top, None at the very top; what was asked for, where nothing was scrolled since the text was set."""
        top, place = self._came_from
        if self.top == top and place:
            return place
        if not self.top:
            return None
        for above, line in enumerate(self.lines[self.top :]):
            if line.block:
                return ScrollAnchor(line.block, line.start, above)
        return None

    def anchor(self, passages: Iterable[Passage]) -> ScrollAnchor | None:
        """The first passage that begins in sight with its row, to keep it there when the text is set otherwise; else the place."""
        if not self.top:
            return None
        begins = {(("body", passage.paragraph), passage.start): passage for passage in passages}
        top, place = self._came_from
        if self.top == top and place and (place.block, place.character) in begins:
            return place
        rows = sorted((self._line_of(*at) - self.top, at) for at, passage in begins.items() if self._begins(at, passage))
        above, (block, character) = next((each for each in rows if each[0] >= 0), rows[-1] if rows else (0, (("", 0), 0)))
        return ScrollAnchor(block, character, max(0, min(above, self.room - 1))) if rows else self.place

    def _begins(self, at: tuple[Key, int], passage: Passage) -> bool:
        """Whether a passage stands in the column, marked or in its paragraph."""
        line = self.lines[self._line_of(*at)]
        return line.block == at[0] and (line.edge is None or line.edge.noted.passage == passage)

    @property
    def passage(self) -> str:
        """The passage the keys are at, else the paragraph at the top of the column."""
        if self.cursor is not None:
            return self.noted[self.cursor].passage.text
        key = next((line.block for line in self.lines[self.top :] if line.block and line.block[0] != "removed"), None)
        if key is None:
            return ""
        return (self.story.body if key[0] == "body" else self.story.captions)[key[1]]

    # passages

    def shown(self) -> list[int]:
        """The passages that stand in the column, by their numbers, in order."""
        return [line.edge.noted.passage.index for line in self.lines if line.edge is not None and line.edge.row == 0]

    def rows_of(self, passage: int) -> range:
        """The lines of a passage; none where it is not shown."""
        at = [row for row, line in enumerate(self.lines) if line.edge is not None and line.edge.noted.passage.index == passage]
        return range(at[0], at[-1] + 1) if at else range(0)

    def lit_rows(self) -> list[int]:
        """The lines in sight that are lit."""
        seen = range(self.top, min(self.top + self.room, len(self.lines)))
        return [at for at in seen if (edge := self.lines[at].edge) is not None and edge.noted.passage.index in self.lit]

    def in_sight(self, passage: int) -> bool:
        """Whether a passage stands on the screen, whole or filling it."""
        rows, seen = self.rows_of(passage), range(self.top, self.top + self.room)
        return bool(rows) and ((rows[0] in seen and rows[-1] in seen) or (rows[0] <= seen[0] and rows[-1] >= seen[-1]))

    def first_in_sight(self) -> int | None:
        """The first passage that begins in sight, else the one that fills the screen."""
        seen = [line.edge for line in self.lines[self.top : self.top + self.room] if line.edge is not None]
        found = next((edge for edge in seen if edge.row == 0), seen[0] if seen else None)
        return None if found is None else found.noted.passage.index

    def passage_at(self, row: int) -> int | None:
        """The passage at a row of the screen, counted from the column's first."""
        at = self.top + row
        edge = self.lines[at].edge if row >= 0 and at < len(self.lines) else None
        return None if edge is None else edge.noted.passage.index

    def step_to(self, passage: int) -> int:
        """By how many lines to scroll so that a passage is in sight with a margin; 0 where it is."""
        rows = self.rows_of(passage)
        if not rows or self.in_sight(passage):
            return 0
        margin = min(MARGIN, max(0, self.room - len(rows)) // 2)
        if rows[0] < self.top or len(rows) > self.room:
            return rows[0] - margin - self.top
        return rows[-1] + 1 + margin - self.room - self.top

    # scrolling

    def scroll(self, by: int) -> bool:
        """Scroll by lines; says whether that moved anything."""
        top = min(max(0, self.top + by), self.limit)
        moved = top != self.top
        self.top = top
        return moved

    def show(self, hit: Highlight) -> None:
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
