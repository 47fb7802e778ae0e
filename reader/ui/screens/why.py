"""Why a thread's stories are together: the words they share, and what ties each of them to the stories nearest to it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType

from reader.model import Head, Related, Thread
from reader.ui import words
from reader.ui.asking import AskingScreen
from reader.ui.bindings import bindings
from reader.ui.commands import hints
from reader.ui.paint import Line, cut, wrap
from reader.ui.widgets.bars import Hints, PlaceLine
from reader.ui.widgets.list import List, Rows

if TYPE_CHECKING:
    from reader.library import Library

WIDEST = 118
"""Cells a list outside reading takes at most."""
NEAREST = 3
"""How many near stories are told of each."""


class WhyRows(Rows):
    """The thread's words, then its stories with what ties each to the nearest ones."""

    def __init__(self, thread: Thread, terms: Sequence[str], stories: Sequence[tuple[Head, Sequence[Related]]]) -> None:
        self.thread = thread
        self.terms = terms
        self.stories = stories

    def __len__(self) -> int:
        return 1 + len(self.stories)

    def reachable(self, index: int) -> bool:
        """The cursor goes from story to story."""
        return index > 0

    def lines(self, index: int, width: int, chosen: bool, focused: bool) -> list[Line]:
        """The words that hold the thread together, or one story and its ties."""
        room = min(width, WIDEST) - 2
        if index == 0:
            terms = ", ".join(self.terms) or "No words: a thread of one story stands alone."
            return [[("Words that hold the thread together, the weightiest first", "accent")], *wrap([(terms, "ink")], room), []]
        head, related = self.stories[index - 1]
        title: Line = [(cut(head.title, room), "made" if head.title_made else "chosen" if chosen and focused else "head")]
        lines: list[Line] = [title, [(cut(f"{words.outlet(head)} · {words.listed(head)}", room), "muted")]]
        for near in related:
            inside = near.head.thread == self.thread.id
            name = f"{words.outlet(near.head)}, {words.listed(near.head)}{'' if inside else ', outside the thread'}: "
            lines += wrap([(name, "muted"), (", ".join(near.why) or "no word in common", "ink")], room)
        return [*lines, []]


class Why(AskingScreen[None]):
    """The screen: a list to read, left by `Esc`."""

    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings("choosing"),
        ("q,w", "leave_choice"),
        ("j", "choose_down"),
        ("k", "choose_up"),
    ]

    def __init__(self, library: Library, thread: Thread, heads: Sequence[Head]) -> None:
        super().__init__()
        self.library = library
        self.thread = thread
        self.heads = heads
        self.place_line = PlaceLine()
        self.list = List()
        self.hints = Hints()

    def compose(self) -> ComposeResult:
        """Place line, list, hints."""
        yield self.place_line
        yield self.list
        yield self.hints

    def on_mount(self) -> None:
        """Ask for the words."""
        self.place_line.show([(self.thread.name, "name"), ("  why together", "muted")], words.stories(len(self.heads)))
        self.hints.show(hints(("choose_down", "choose_up", "leave_choice"), {"choose_down": "story", "choose_up": "story"}))
        self.list.focus_here(True)
        self.ask("why", self._gather, lambda rows: self.list.show(rows, 1))

    def _gather(self) -> WhyRows:
        ties = [(head, self.library.related(head.id, NEAREST)) for head in self.heads]
        return WhyRows(self.thread, self.thread.terms, ties)

    def action_choose_down(self) -> None:
        """The next story."""
        self.list.move(1)

    def action_choose_up(self) -> None:
        """The story before."""
        self.list.move(-1)

    def action_take(self) -> None:
        """Nothing is to be taken here: back."""
        self.dismiss(None)

    def action_leave_choice(self) -> None:
        """Back to the stories."""
        self.dismiss(None)

    def failed(self, fault: Exception) -> None:
        """Say that the library could not answer."""
        self.hints.say(f"That could not be read: {fault}")
