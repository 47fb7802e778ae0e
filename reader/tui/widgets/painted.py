"""The base of all widgets: a widget that paints its own lines in roles of the theme."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol, Self, cast

from textual.events import MouseDown, MouseMove, MouseUp
from textual.geometry import Region, Size
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from reader.presentation.styled_text import unstyled
from reader.presentation.text_layout import Line, Span, pad, width
from reader.tui.strips import strip
from reader.tui.theming.theme import Theme
from reader.tui.widgets.ansi_strip import AnsiStrip

Row = tuple[Line, str]
"""A line and the background it stands on."""

VERBATIM = frozenset(("ink", "head", "made", "read", "hit", "here", "pointed", "words_differ", "heading", "code", "link"))
"""Roles of text from outside, which stays as it is even when signs are drawn in ASCII."""
ASCII = str.maketrans("●○★▲◆▽▌▶┃━│║─╎·…⋯×›–↓↑▏“”", '*o^^@v>>#=|:-!.~.x>-v^|""')


class ThemedApp(Protocol):
    """The part of the app a widget needs: the theme, and whether signs are drawn in ASCII."""

    look: Theme
    ascii: bool


class PaintedWidget(Widget):
    """A widget of whole lines: subclasses return the row at each height, and `redraw` paints the lines that changed."""

    DEFAULT_CSS = "PaintedWidget { width: 1fr; height: 1fr; }"

    def __init__(self, *, id: str | None = None) -> None:
        self._strips: dict[int, Strip] = {}
        """The finished lines by their heights."""
        self._strips_key: tuple[object, ...] = ()
        """The size, theme and filters those lines were made for."""
        self._drawn: tuple[Size, list[Row]] | None = None
        """The rows at the last redraw, and the size of the widget then."""
        super().__init__(id=id)

    @property
    def themed(self) -> ThemedApp:
        """The app, as seen by a widget."""
        return cast(ThemedApp, self.app)

    def row(self, y: int) -> Row:
        """Return the line at a height, at most as wide as the widget, and its background."""
        raise NotImplementedError

    def render_line(self, y: int) -> Strip:
        """Return the strip for a line."""
        line, ground = self.row(y)
        if self.themed.ascii:
            line = plain(line)
        room = self.size.width
        return strip(pad(line, room), room, self.themed.look, ground)

    def render_lines(self, crop: Region) -> list[Strip]:
        """Return the strips for a part of the widget, each finished once until it is refreshed.

        Textual's own method would apply borders, padding and tints, which no widget here has.
        """
        filters, ground, size = self.get_line_filters(), self.background_colors[1], self.size
        key = (size, self.themed.look, self.themed.ascii, ground, *filters)
        if key != self._strips_key:
            self._strips, self._strips_key = {}, key
        for y in crop.line_range:
            if y not in self._strips:
                line = self.render_line(y)
                parts = list(line)
                for each in filters:
                    parts = each.apply(parts, ground)
                self._strips[y] = AnsiStrip(parts, line.cell_length)
        lines = [self._strips[y] for y in crop.line_range]
        return lines if crop.column_span == (0, size.width) else [line.crop(*crop.column_span) for line in lines]

    def refresh(self, *regions: Region, repaint: bool = True, layout: bool = False, recompose: bool = False) -> Self:
        """Paint all lines again, or those in some regions of the widget."""
        if repaint:
            for y in {y for region in regions for y in region.line_range} if regions else list(self._strips):
                self._strips.pop(y, None)
        return super().refresh(*regions, repaint=repaint, layout=layout, recompose=recompose)

    def redraw(self) -> None:
        """Paint the lines that changed since the last redraw; all of them after a resize."""
        size = self.size
        rows = [self.row(y) for y in range(size.height)]
        before, self._drawn = self._drawn, (size, rows)
        if before is None or before[0] != size:
            self.refresh()
        elif regions := changed_regions(before[1], rows, size.width):
            self.refresh(*regions)

    def on_resize(self) -> None:
        """Forget the drawn lines: all of them are painted again."""
        self._drawn = None


class Rule(PaintedWidget):
    """A rule between two panes; its first cell joins the rules above them."""

    DEFAULT_CSS = "Rule { width: 1; }"

    @dataclass
    class Dragged(Message):
        """The mouse moves the rule to a column of the screen; `dropped` when the button was released."""

        column: int
        dropped: bool

    def on_mouse_down(self, event: MouseDown) -> None:
        """Follow the mouse."""
        event.stop()
        self.capture_mouse()

    def on_mouse_move(self, event: MouseMove) -> None:
        """Move with the mouse."""
        if self.app.mouse_captured is self:
            self.post_message(self.Dragged(event.screen_x, dropped=False))

    def on_mouse_up(self, event: MouseUp) -> None:
        """Stay where the button is released."""
        if self.app.mouse_captured is self:
            self.release_mouse()
            self.post_message(self.Dragged(event.screen_x, dropped=True))

    def row(self, y: int) -> Row:
        """Return one cell of the rule."""
        return [("│" if y else "─", "rule")], "ground"


def rule_above(size: int, active: bool) -> Span:
    """Return the rule above a pane: heavy if the pane has the focus."""
    return ("━" * size, "focus") if active else ("─" * size, "rule")


def plain(line: Line) -> Line:
    """Return a line with the program's own signs in ASCII, cell for cell."""
    return [(text if unstyled(role)[0] in VERBATIM else text.translate(ASCII), role) for text, role in line]


def changed_regions(before: Sequence[Row], after: Sequence[Row], size: int) -> list[Region]:
    """Return the part of each line that differs, up to the last cell in use before or after, at most `size` cells wide."""
    regions = []
    for y, (old, new) in enumerate(zip(before, after, strict=True)):
        if old != new:
            end = min(size, max(width(old[0]), width(new[0]))) if old[1] == new[1] else size
            regions.append(Region(0, y, end, 1))
    return regions
