"""The choice among the feeds that a web page links to."""

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
"""The result if the reader wants to type another address."""


class FeedCandidateRows(Rows):
    """Feeds to subscribe to: name and address."""

    def __init__(self, candidates: Sequence[FeedCandidate]) -> None:
        self.candidates = candidates

    def __len__(self) -> int:
        return len(self.candidates)

    def lines(self, index: int, width: int, chosen: bool, focused: bool) -> list[Line]:
        """Return the name, and the address below it."""
        candidate = self.candidates[index]
        name = cut(candidate.name or candidate.address, width)
        return [[(name, "chosen" if chosen and focused else "ink")], [(cut(candidate.address, width), "muted")], []]


class FeedPickerScreen(ListScreen[str]):
    """Returns the address of a feed, or `ANOTHER`."""

    BINDINGS: ClassVar[list[BindingType]] = [("a", "another")]

    def __init__(self, candidates: Sequence[FeedCandidate]) -> None:
        super().__init__()
        self.candidates = candidates

    def on_mount(self) -> None:
        """Show the feeds."""
        found = formatting.count(len(self.candidates), "feed")
        self.title_line.show([("Feeds", "name"), (f"  this page has {found}", "muted")])
        self.status_bar.show([*hints(["take"], {"take": "subscribe"}), ("a", "another address"), *hints(["leave_choice"])])
        self.list.show(FeedCandidateRows(self.candidates))

    def action_take(self) -> None:
        """Return the address of the selected feed."""
        self.dismiss(self.candidates[self.list.cursor].address)

    def action_another(self) -> None:
        """Return `ANOTHER`."""
        self.dismiss(ANOTHER)
