"""The feeds that a page names, to be chosen from."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.binding import BindingType

from reader.models import FeedCandidate
from reader.presentation import formatting
from reader.presentation.text_layout import Line, cut
from reader.tui.commands.registry import hints
from reader.tui.screens.list_screen import ListScreen
from reader.tui.widgets.virtual_list import Rows

ANOTHER = ""
"""What the screen ends with where another address is to be typed."""


class FeedCandidateRows(Rows):
    """Feeds that can be followed: name and address."""

    def __init__(self, offered: Sequence[FeedCandidate]) -> None:
        self.offered = offered

    def __len__(self) -> int:
        return len(self.offered)

    def lines(self, index: int, width: int, chosen: bool, focused: bool) -> list[Line]:
        """The name, and the address below it."""
        wanted = self.offered[index]
        name = cut(wanted.name or wanted.address, width)
        return [[(name, "chosen" if chosen and focused else "ink")], [(cut(wanted.address, width), "muted")], []]


class FeedPickerScreen(ListScreen[str]):
    """Ends with the address of a feed, or with `ANOTHER`."""

    BINDINGS: ClassVar[list[BindingType]] = [("a", "another")]

    def __init__(self, offered: Sequence[FeedCandidate]) -> None:
        super().__init__()
        self.offered = offered

    def on_mount(self) -> None:
        """Show what is offered, and which keys help."""
        super().on_mount()
        self.place_line.show([("Feeds", "name"), (f"  the page names {formatting.count(len(self.offered), 'feed')}", "muted")])
        self.hints.show([*hints(["take"], {"take": "follow it"}), ("a", "another address"), *hints(["leave_choice"])])
        self.list.show(FeedCandidateRows(self.offered))

    def action_take(self) -> None:
        """End with the marked feed."""
        self.dismiss(self.offered[self.list.cursor].address)

    def action_another(self) -> None:
        """End with the wish for another address."""
        self.dismiss(ANOTHER)
