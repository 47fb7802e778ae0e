"""The feeds that a page names, to be chosen from."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.screen import Screen

from reader.model import Wanted
from reader.ui import words
from reader.ui.bindings import bindings
from reader.ui.commands import hints
from reader.ui.paint import Line, cut
from reader.ui.widgets.bars import Hints, PlaceLine
from reader.ui.widgets.list import List, Rows

ANOTHER = ""
"""What the screen ends with where another address is to be typed."""


class WantedRows(Rows):
    """Feeds that can be followed: name and address."""

    def __init__(self, offered: Sequence[Wanted]) -> None:
        self.offered = offered

    def __len__(self) -> int:
        return len(self.offered)

    def lines(self, index: int, width: int, chosen: bool, focused: bool) -> list[Line]:
        """The name, and the address below it."""
        wanted = self.offered[index]
        name = cut(wanted.name or wanted.address, width)
        return [[(name, "chosen" if chosen and focused else "ink")], [(cut(wanted.address, width), "muted")], []]


class OfferScreen(Screen[str]):
    """Ends with the address of a feed, or with `ANOTHER`."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("choosing")

    def __init__(self, offered: Sequence[Wanted]) -> None:
        super().__init__()
        self.offered = offered
        self.list = List()

    def compose(self) -> ComposeResult:
        """Place, feeds, hints."""
        yield PlaceLine()
        yield self.list
        yield Hints()

    def on_mount(self) -> None:
        """Show what is offered, and which keys help."""
        told = words.count(len(self.offered), "feed")
        self.query_one(PlaceLine).show([("Feeds", "name"), (f"  the page names {told}", "muted")])
        self.query_one(Hints).show([*hints(["take"], {"take": "follow it"}), ("a", "another address"), *hints(["leave_choice"])])
        self.list.focus_here(True)
        self.list.show(WantedRows(self.offered))

    def on_key(self, event: events.Key) -> None:
        """Letters act as they do elsewhere."""
        if event.key in ("j", "k", "a"):
            event.stop()
            if event.key == "a":
                self.dismiss(ANOTHER)
            else:
                self.list.move(1 if event.key == "j" else -1)

    def action_choose_down(self) -> None:
        """The next feed."""
        self.list.move(1)

    def action_choose_up(self) -> None:
        """The feed before."""
        self.list.move(-1)

    def action_take(self) -> None:
        """End with the marked feed."""
        self.dismiss(self.offered[self.list.cursor].address)

    def action_leave_choice(self) -> None:
        """End with nothing."""
        self.dismiss(None)

    def on_list_opened(self, message: List.Opened) -> None:
        """A double click takes a feed."""
        self.action_take()
