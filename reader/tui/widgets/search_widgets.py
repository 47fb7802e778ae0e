"""Widgets of the search screen: query line, messages and story preview."""

from __future__ import annotations

from textual.geometry import Offset

from reader.models import Story, StoryHeader
from reader.presentation.text_layout import Line, cells, cut, spread, width
from reader.tui.state.search_session import Marks, in_order
from reader.tui.widgets.line_editor import LineEditor
from reader.tui.widgets.painted import PaintedWidget, Row
from reader.tui.widgets.story_column import StoryColumn
from reader.tui.widgets.story_layout import LayoutOptions, head_lines, status

PROMPT = " / "
MEASURE = 72
GUTTER = 4
"""Cells left of the text, as in a story column."""


class QueryLine(PaintedWidget):
    """The query being typed, the number of results, and the rule below."""

    DEFAULT_CSS = "QueryLine { height: 2; dock: top; }"

    def __init__(self, edit: LineEditor) -> None:
        super().__init__()
        self.edit = edit
        self._said = ""
        self._aside = 0
        self._ghost = ""

    def show(self, said: str, aside: int = 0, ghost: str = "") -> None:
        """Show the number of results; the rule is heavy, or only over the last `aside` cells if the facets have the focus.

        `ghost` is a completion, shown after a cursor at the end of the query.
        """
        self._said, self._aside, self._ghost = said, aside, ghost
        self.redraw()
        self.app.cursor_position = self.region.offset + Offset(self.place_of(self.edit.cursor), 0)

    @property
    def said(self) -> str:
        """The number of results, cut so that the query has room."""
        return cut(self._said, max(0, self.size.width // 2 - 2))

    @property
    def room(self) -> int:
        """Cells for the query."""
        return max(4, self.size.width - len(PROMPT) - cells(self.said) - 3)

    def place_of(self, character: int) -> int:
        """Return the screen column of a character of the query."""
        start, end = self.edit.window(self.room)
        return len(PROMPT) + cells(self.edit.text[start : min(end, max(start, character))])

    def row(self, y: int) -> Row:
        """Return the query, or the rule."""
        size = self.size.width
        if y:
            light = size - self._aside if self._aside else 0
            return [("─" * light, "rule"), ("━" * (size - light), "focus")], "ground"
        typed = self.edit.paint(self.room)
        if self._ghost and self.edit.cursor == len(self.edit.text):
            typed.append((cut(self._ghost, self.room - width(typed)), "muted"))
        return spread([(PROMPT, "accent"), *typed], [(self.said, "muted"), (" ", "ink")], size), "ground"


class MessageBand(PaintedWidget):
    """Message lines above the results or in their place; as high as its content."""

    DEFAULT_CSS = "MessageBand { height: auto; }"

    def __init__(self) -> None:
        super().__init__()
        self.lines: list[Line] = []

    def show(self, lines: list[Line]) -> None:
        """Show these lines."""
        if lines != self.lines:
            self.lines = lines
            self.styles.height = len(lines)
            self.display = bool(lines)
            self.redraw()

    def row(self, y: int) -> Row:
        """Return a line."""
        return (self.lines[y] if y < len(self.lines) else []), "ground"


class VerticalRule(PaintedWidget):
    """A rule between two panes."""

    DEFAULT_CSS = "VerticalRule { width: 1; }"

    def row(self, y: int) -> Row:
        """Return one cell of the rule."""
        return [("│", "rule")], "ground"


class StoryPreview(PaintedWidget):
    """A story as in its column on the main screen, scrolled to its first match."""

    def __init__(self) -> None:
        super().__init__()
        self._column: StoryColumn | None = None
        self._head: list[Line] = []

    @property
    def story(self) -> str | None:
        """The id of the story shown."""
        return self._column.head.id if self._column else None

    def clear(self) -> None:
        """Show nothing."""
        self._column = None
        self.redraw()

    def show(self, head: StoryHeader, story: Story, hits: Marks) -> None:
        """Show a story with its matches highlighted."""
        self._column = StoryColumn(1, head, story, hits=hits)
        self._set()
        self.redraw()

    def on_resize(self) -> None:
        """Lay out the text again."""
        self._set()

    def _set(self) -> None:
        if self._column is None or not self.size.width:
            return
        room = max(1, min(MEASURE, self.size.width - GUTTER - 2))
        self._head = head_lines(self._column.head, room)
        signs = status(self._column.head, words_too=True)
        self._head[0] = spread(self._head[0], signs, room) if signs else self._head[0]
        self._column.set(room, self.size.height - len(self._head) - 1, LayoutOptions())
        first = next(iter(in_order(self._column.hits)), None)
        if first:
            self._column.show(first)

    def row(self, y: int) -> Row:
        """Return a line of the head, or of the text below it."""
        if self._column is None:
            return [], "ground"
        below = y - len(self._head) - 1
        if below < 0:
            line = self._head[y] if y < len(self._head) else []
            return [(" " * GUTTER, "ink"), *line], "ground"
        at = self._column.top + below
        line = self._column.lines[at].text if at < len(self._column.lines) else []
        return [(" " * GUTTER, "ink"), *line], "ground"
