"""The first and the last line of every screen: where you are, and which keys help here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from textual import events
from textual.message import Message
from textual.timer import Timer

from reader.presentation.text_layout import Line, cells, cut, cut_line, spread, width
from reader.tui.commands.registry import Hint
from reader.tui.widgets.painted import PaintedWidget, Row

PLATE = "Newsloom"
PLATE_FROM = 60
"""Screen width in cells from which the nameplate stands."""
SAID_FOR = 4.0
"""Seconds a message stands in the hints' place."""


class TitleLine(PaintedWidget):
    """Where you are: the nameplate, the place, and at the right what there is in all."""

    DEFAULT_CSS = "TitleLine { height: 1; dock: top; }"

    def __init__(self) -> None:
        super().__init__()
        self._place: Line = []
        self._right: Line = []

    def show(self, place: Line, right: str | Line = "") -> None:
        """Say the place (its pieces separated as they stand) and what stands at the right end."""
        ends: Line = [(right, "muted")] if isinstance(right, str) else right
        if (place, ends) != (self._place, self._right):
            self._place, self._right = place, ends
            self.redraw()

    def row(self, y: int) -> Row:
        """The line."""
        size = self.size.width
        plate: Line = [(f" {PLATE}  ", "accent")] if size >= PLATE_FROM else [(" ", "accent")]
        right = cut_line(self._right, size // 2)
        room = size - width(plate) - width(right) - 3
        return spread([*plate, *cut_line(self._place, room)], [*right, (" ", "muted")], size), "ground"


class NoteLine(PaintedWidget):
    """A line below a list: what is known of the row under the cursor."""

    DEFAULT_CSS = "NoteLine { height: 1; }"

    def __init__(self) -> None:
        super().__init__()
        self._note = ""

    def show(self, note: str) -> None:
        """Say this."""
        if note != self._note:
            self._note = note
            self.redraw()

    def row(self, y: int) -> Row:
        """The line."""
        return [(" ", "muted"), (cut(self._note, max(1, self.size.width - 2)), "muted")], "ground"


class StatusBar(PaintedWidget):
    """The keys that help here, and for a while what was just done; a question or a progress stands until it is taken away."""

    DEFAULT_CSS = "StatusBar { height: 1; dock: bottom; }"

    @dataclass
    class Pressed(Message):
        """A hint was clicked: its first key as shown."""

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
        """Show these hints, and at the right end where you are in the text."""
        ends: Line = [(right, "muted")] if isinstance(right, str) else right
        if (list(hints), ends) != (self._hints, self._right):
            self._hints, self._right = list(hints), ends
            self.redraw()

    def say(self, *pieces: str) -> None:
        """Say for a while what was done; pieces after the first are muted."""
        if self._timer is not None:
            self._timer.stop()
        self._said = [(piece, "muted" if number else "ink") for number, piece in enumerate(pieces)]
        self._timer = self.set_timer(SAID_FOR, self.hush)
        self.redraw()

    def hush(self) -> None:
        """Take what was said away."""
        if self._timer is not None:
            self._timer.stop()
            self._timer = None
        if self._said:
            self._said = []
            self.redraw()

    def stand(self, line: Line) -> None:
        """Show a line in the hints' place until an empty one takes it away."""
        if line != self._standing:
            self._standing = line
            self.redraw()

    @property
    def said(self) -> str:
        """What is being said."""
        return "".join(text for text, _ in self._said)

    def row(self, y: int) -> Row:
        """The line."""
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
        """A click on a hint does what its first key does."""
        event.stop()
        for start, end, key in self._spots:
            if start <= event.x < end:
                self.post_message(self.Pressed(key))


def fitting(hints: Sequence[Hint], room: int) -> list[Hint]:
    """The hints that go into a line of `room` cells: the middle ones give way first, the first and the last never."""
    kept = list(hints)
    while len(kept) > 2 and sum(cells(key) + 1 + cells(word) + 3 for key, word in kept) - 3 > room:
        kept.pop(-2)
    return kept
