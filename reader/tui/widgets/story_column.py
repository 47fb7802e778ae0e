"""One story in a column: its lines for a width, and its scroll position. Independent of Textual."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from msgspec import Struct

from reader.models import Span, Story, StoryHeader
from reader.presentation.comparison_view import MarkedPassage
from reader.tui.widgets.comparison_layout import marked_lines
from reader.tui.widgets.story_layout import Highlight, Key, LaidOutLine, LayoutOptions, TextLayers, body_lines

if TYPE_CHECKING:
    from reader.library import Passage

MARGIN = 3
"""Lines kept visible above and below a passage that is scrolled to, if there is room."""


class ScrollAnchor(Struct, frozen=True):
    """A place in a story that survives a change of width: block, first character of its line, and lines above it."""

    block: Key
    character: int
    above: int = 0


class StoryColumn(Struct):
    """A story with its number (the digit that opens it), the origin of a related one, notes on its text, and search matches.

    `known` holds the passages read elsewhere by block (`spans_of`), and `news` the amount that is new. `noted` are the passages as
    marked by a comparison, empty without one; `hidden` maps the hidden ones to their group's label, None shows all; `lit` are the
    highlighted passages by number, and `cursor` is the selected one, if it is in this column.
    """

    number: int
    head: StoryHeader
    story: Story
    related: str = ""
    notes: tuple[str, ...] = ()
    hits: Mapping[Key, Sequence[Span]] = {}
    here: Highlight | None = None
    known: Mapping[Key, Sequence[Span]] = {}
    news: str = ""
    noted: Sequence[MarkedPassage] = ()
    hidden: Mapping[int, str] | None = None
    lit: frozenset[int] = frozenset()
    cursor: int | None = None
    lines: list[LaidOutLine] = []
    top: int = 0
    room: int = 1
    _came_from: tuple[int, ScrollAnchor | None] = (0, None)
    _body: tuple[tuple[object, ...], list[LaidOutLine]] = ((), [])
    """The text as last laid out, after the key it was laid out for."""

    def mark_hits(self, hits: Mapping[Key, Sequence[Span]], current: Highlight | None) -> None:
        """Highlight search matches by block, and the current one."""
        self.hits, self.here = hits, current

    def mark_known(self, known: Mapping[Key, Sequence[Span]], news: str) -> None:
        """Dim passages read elsewhere by block, and note how much is new."""
        self.known, self.news = known, news

    def mark_passages(self, noted: Sequence[MarkedPassage], hidden: Mapping[int, str] | None) -> None:
        """Mark the passages as a comparison does, and hide some of them."""
        self.noted, self.hidden = noted, hidden

    def set(
        self, width: int, room: int, setting: LayoutOptions, before: Sequence[LaidOutLine] = (), place: ScrollAnchor | None = None
    ) -> None:
        """Lay out the text for a width, below lines that scroll with it, starting at the given place."""
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
        """Take over the laid-out text of another column of the same story."""
        self._body = other._body

    def go_to(self, place: ScrollAnchor | None) -> None:
        """Scroll to a place, to the top for None."""
        self.top = max(0, self._line_of(place.block, place.character) - place.above) if place else 0
        self.scroll(0)
        self._came_from = (self.top, place)

    @property
    def limit(self) -> int:
        """The maximum scroll offset, with the last line at the bottom."""
        return max(0, len(self.lines) - self.room)

    @property
    def end(self) -> int:
        """The number of lines up to the last one with text; padding for alignment may follow."""
        return next((at for at in range(len(self.lines), 0, -1) if self.lines[at - 1].text), 0)

    @property
    def at_end(self) -> bool:
        """Whether the last line is visible."""
        return self.top + self.room >= self.end

    @property
    def percent(self) -> int:
        """The share of the story above or in view, in percent."""
        return min(100, 100 * (self.top + self.room) // max(1, self.end))

    @property
    def place(self) -> ScrollAnchor | None:
        """The anchor of the top line, None at the very top; after layout without scrolling, the anchor that was asked for."""
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
        """Return the first passage that starts in view with its row, to keep it there in another layout; otherwise the place."""
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
        """Return whether a passage stands in the column, marked or within its paragraph."""
        line = self.lines[self._line_of(*at)]
        return line.block == at[0] and (line.edge is None or line.edge.noted.passage == passage)

    @property
    def passage(self) -> str:
        """The text of the selected passage, otherwise of the paragraph at the top."""
        if self.cursor is not None:
            return self.noted[self.cursor].passage.text
        key = next((line.block for line in self.lines[self.top :] if line.block and line.block[0] in ("body", "caption")), None)
        if key is None:
            return ""
        return (self.story.body if key[0] == "body" else self.story.captions)[key[1]]

    # passages

    def shown(self) -> list[int]:
        """Return the numbers of the passages in the column, in order."""
        return [line.edge.noted.passage.index for line in self.lines if line.edge is not None and line.edge.row == 0]

    def rows_of(self, passage: int) -> range:
        """Return the lines of a passage, an empty range if it is hidden."""
        at = [row for row, line in enumerate(self.lines) if line.edge is not None and line.edge.noted.passage.index == passage]
        return range(at[0], at[-1] + 1) if at else range(0)

    def lit_rows(self) -> list[int]:
        """Return the visible lines that are highlighted."""
        seen = range(self.top, min(self.top + self.room, len(self.lines)))
        return [at for at in seen if (edge := self.lines[at].edge) is not None and edge.noted.passage.index in self.lit]

    def in_sight(self, passage: int) -> bool:
        """Return whether a passage is visible as a whole, or fills the screen."""
        rows, seen = self.rows_of(passage), range(self.top, self.top + self.room)
        return bool(rows) and ((rows[0] in seen and rows[-1] in seen) or (rows[0] <= seen[0] and rows[-1] >= seen[-1]))

    def first_in_sight(self) -> int | None:
        """Return the first passage that starts in view, otherwise the one that fills the screen."""
        seen = [line.edge for line in self.lines[self.top : self.top + self.room] if line.edge is not None]
        found = next((edge for edge in seen if edge.row == 0), seen[0] if seen else None)
        return None if found is None else found.noted.passage.index

    def passage_at(self, row: int) -> int | None:
        """Return the passage at a screen row, counted from the column's first."""
        at = self.top + row
        edge = self.lines[at].edge if row >= 0 and at < len(self.lines) else None
        return None if edge is None else edge.noted.passage.index

    def step_to(self, passage: int) -> int:
        """Return the number of lines to scroll so that a passage is visible with a margin; 0 if it is visible."""
        rows = self.rows_of(passage)
        if not rows or self.in_sight(passage):
            return 0
        margin = min(MARGIN, max(0, self.room - len(rows)) // 2)
        if rows[0] < self.top or len(rows) > self.room:
            return rows[0] - margin - self.top
        return rows[-1] + 1 + margin - self.room - self.top

    # scrolling

    def scroll(self, by: int) -> bool:
        """Scroll by lines; return whether anything moved."""
        top = min(max(0, self.top + by), self.limit)
        moved = top != self.top
        self.top = top
        return moved

    def show(self, hit: Highlight) -> None:
        """Scroll to a match unless it is visible, with a third of the column above it."""
        line = self._line_of(hit.block, hit.span[0])
        if not self.top <= line < self.top + self.room:
            self.top = line - self.room // 3
            self.scroll(0)

    @property
    def thumb(self) -> range:
        """The rows of the scroll track that are heavy; empty if the whole story is visible."""
        total = len(self.lines)
        if total <= self.room:
            return range(0)
        start = self.room * self.top // total
        end = self.room if self.at_end else self.room * (self.top + self.room) // total
        return range(start, max(start + 1, end))

    def _line_of(self, block: Key, character: int) -> int:
        """Return the line that shows a character of a block; the first line for a hidden block."""
        found = 0
        for number, line in enumerate(self.lines):
            if line.block == block and line.start <= character:
                found = number
        return found
