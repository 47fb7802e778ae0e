"""The first and last line of every screen: title line and status bar; and a line for notes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from textual import events
from textual.message import Message
from textual.timer import Timer

from reader.presentation.text_layout import Line, breaks, cells, cut, cut_line, spread, width
from reader.tui.commands.registry import Hint
from reader.tui.widgets.painted import PaintedWidget, Row

PLATE = "Newsloom"
PLATE_FROM = 60
"""Screen width in cells from which the program's name is shown."""
SAID_FOR = 4.0
"""Seconds a message stays in the status bar."""


class TitleLine(PaintedWidget):
    """The name of the program, the current place, and totals at the right."""

    DEFAULT_CSS = "TitleLine { height: 1; dock: top; }"

    def __init__(self) -> None:
        super().__init__()
        self._place: Line = []
        self._right: Line = []

    def show(self, place: Line, right: str | Line = "") -> None:
        """Show the place (pieces as they stand) and the text at the right end."""
        ends: Line = [(right, "muted")] if isinstance(right, str) else right
        if (place, ends) != (self._place, self._right):
            self._place, self._right = place, ends
            self.redraw()

    def row(self, y: int) -> Row:
        """Return the line."""
        size = self.size.width
        plate: Line = [(f" {PLATE}  ", "accent")] if size >= PLATE_FROM else [(" ", "accent")]
        right = cut_line(self._right, size // 2)
        room = size - width(plate) - width(right) - 3
        return spread([*plate, *cut_line(self._place, room)], [*right, (" ", "muted")], size), "ground"


class NoteLine(PaintedWidget):
    """Details of the selected row below a list: one line, or up to `most` lines if the note needs them."""

    DEFAULT_CSS = "NoteLine { height: 1; }"

    def __init__(self, most: int = 1) -> None:
        super().__init__()
        self._most = most
        self._note = ""

    def show(self, note: str) -> None:
        """Show a note."""
        if note != self._note:
            self._note = note
            self._fit()
            self.redraw()

    def on_resize(self) -> None:
        """Break the note again for another width."""
        self._fit()

    def _fit(self) -> None:
        """Take as many lines as the note has."""
        self.styles.height = min(max(1, len(self._breaks())), self._most)

    def _breaks(self) -> list[tuple[int, int]]:
        return breaks(self._note, max(1, self.size.width - 2)) if self.size.width else []

    def row(self, y: int) -> Row:
        """Return a line of the note, the last one cut with … if the note is longer."""
        lines = self._breaks()
        start, end = lines[y] if y < len(lines) else (0, 0)
        text = cut(self._note[start:], max(1, self.size.width - 2)) if y == self._most - 1 else self._note[start:end]
        return [(" ", "muted"), (text, "muted")], "ground"


class StatusBar(PaintedWidget):
    """Key hints, replaced by a message for a while, or by a question or progress until that is cleared."""

    DEFAULT_CSS = "StatusBar { height: 1; dock: bottom; }"

    @dataclass
    class Pressed(Message):
        """A hint was clicked; `key` is its first key as shown."""

        key: str

    def __init__(self) -> None:
        super().__init__()
        self._hints: list[Hint] = []
        self._right: Line = []
        self._said: Line = []
        self._standing: Line = []
        self._timer: Timer | None = None
        self._spots: list[tuple[int, int, str]] = []

    def show(self, hints: Sequence[Hint], right: str | Line = "") -> None:
        """Show key hints, and the text at the right end."""
        ends: Line = [(right, "muted")] if isinstance(right, str) else right
        if (list(hints), ends) != (self._hints, self._right):
            self._hints, self._right = list(hints), ends
            self.redraw()

    def say(self, *pieces: str) -> None:
        """Show a message for a few seconds; pieces after the first are muted."""
        if self._timer is not None:
            self._timer.stop()
        self._said = [(piece, "muted" if number else "ink") for number, piece in enumerate(pieces)]
        self._timer = self.set_timer(SAID_FOR, self.hush)
        self.redraw()

    def hush(self) -> None:
        """Clear the message."""
        if self._timer is not None:
            self._timer.stop()
            self._timer = None
        if self._said:
            self._said = []
            self.redraw()

    def stand(self, line: Line) -> None:
        """Show a line in place of the hints until it is replaced by an empty one."""
        if line != self._standing:
            self._standing = line
            self.redraw()

    @property
    def said(self) -> str:
        """The message being shown."""
        return "".join(text for text, _ in self._said)

    def row(self, y: int) -> Row:
        """Return the line."""
        size = self.size.width
        self._spots = []
        if line := self._said or self._standing:
            return [(" ", "ink"), *cut_line(line, size - 2)], "tint"
        right = cut_line(self._right, size // 2)
        left = fitting(self._hints, size - 2 - (width(right) + 3 if width(right) else 0))
        out: Line = [(" ", "ink")]
        for number, (key, word) in enumerate(left):
            start = width(out)
            out += [("   ", "muted")] * bool(number) + [(key, "key"), (f" {word}", "muted")]
            self._spots.append((start, width(out), key.split()[0]))
        return spread(out, [*right, (" ", "muted")], size), "tint"

    def on_click(self, event: events.Click) -> None:
        """Press the first key of the hint that was clicked."""
        event.stop()
        for start, end, key in self._spots:
            if start <= event.x < end:
                self.post_message(self.Pressed(key))


def fitting(hints: Sequence[Hint], room: int) -> list[Hint]:
    """Return the hints that fit `room` cells: those before the last are dropped first, the first and the last never."""
    kept = list(hints)
    while len(kept) > 2 and sum(cells(key) + 1 + cells(word) + 3 for key, word in kept) - 3 > room:
        kept.pop(-2)
    return kept
