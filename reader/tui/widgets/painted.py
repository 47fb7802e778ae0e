"""The base of all parts: a widget that paints its own lines in roles of the theme."""

from __future__ import annotations

from typing import Protocol, Self, cast

from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget

from reader.presentation.text_layout import Line, Span, pad
from reader.tui.strips import strip
from reader.tui.theming.theme import Theme
from reader.tui.widgets.ansi_strip import AnsiStrip

Row = tuple[Line, str]
"""A line and the ground it stands on."""

VERBATIM = frozenset(("ink", "head", "made", "read", "hit", "here", "pointed", "words_differ"))
"""Roles of text from outside, which is shown as it stands even where signs are drawn in ASCII."""
ASCII = str.maketrans("●○★▲◆▽▌▶┃━│║─╎·…⋯×›–↓↑▏“”", '*o^^@v>>#=|:-!.~.x>-v^|""')


class ThemedApp(Protocol):
    """What a part needs of its app: the theme, and whether signs are drawn in ASCII."""

    look: Theme
    ascii: bool


class PaintedWidget(Widget):
    """A widget of whole lines: subclasses give the row at each height, `redraw` paints them again."""

    DEFAULT_CSS = "PaintedWidget { width: 1fr; height: 1fr; }"

    def __init__(self, *, id: str | None = None) -> None:
        self._finished: dict[int, Strip] = {}
        """The finished lines by their heights, and below what they were made for."""
        self._finished_for: tuple[object, ...] = ()
        super().__init__(id=id)

    @property
    def dress(self) -> ThemedApp:
        """The app as a part sees it."""
        return cast(ThemedApp, self.app)

    def row(self, y: int) -> Row:
        """The line at a height, at most as wide as the widget, and its ground."""
        raise NotImplementedError

    def render_line(self, y: int) -> Strip:
        """What the terminal gets for a line."""
        line, ground = self.row(y)
        if self.dress.ascii:
            line = plain(line)
        return strip(pad(line, self.size.width), self.size.width, self.dress.look, ground)

    def render_lines(self, crop: Region) -> list[Strip]:
        """What the terminal gets for a part of the widget; lines are finished once, and again when they are to be painted again.

        Textual's own way would set them into borders, padding and tints, of which no part has any.
        """
        filters, ground = self.get_line_filters(), self.background_colors[1]
        finished_for = (self.size, self.dress.look, self.dress.ascii, ground, *filters)
        if finished_for != self._finished_for:
            self._finished, self._finished_for = {}, finished_for
        for y in crop.line_range:
            if y not in self._finished:
                line = self.render_line(y)
                parts = list(line)
                for each in filters:
                    parts = each.apply(parts, ground)
                self._finished[y] = AnsiStrip(parts, line.cell_length)
        lines = [self._finished[y] for y in crop.line_range]
        return lines if crop.column_span == (0, self.size.width) else [line.crop(*crop.column_span) for line in lines]

    def refresh(self, *regions: Region, repaint: bool = True, layout: bool = False, recompose: bool = False) -> Self:
        """Paint all lines again, or those in some regions of the widget."""
        if repaint:
            for y in {y for region in regions for y in region.line_range} if regions else list(self._finished):
                self._finished.pop(y, None)
        return super().refresh(*regions, repaint=repaint, layout=layout, recompose=recompose)

    def redraw(self) -> None:
        """Paint all lines again."""
        self.refresh()


class Rule(PaintedWidget):
    """A rule between two panes; its first cell closes the rules above them."""

    DEFAULT_CSS = "Rule { width: 1; }"

    def row(self, y: int) -> Row:
        """One sign."""
        return [("│" if y else "─", "rule")], "ground"


def rule_above(size: int, active: bool) -> Span:
    """The rule above a pane: heavy where the keys are."""
    return ("━" * size, "focus") if active else ("─" * size, "rule")


def plain(line: Line) -> Line:
    """A line with every sign of the program's own in ASCII, cell for cell."""
    return [(text if role in VERBATIM else text.translate(ASCII), role) for text, role in line]
