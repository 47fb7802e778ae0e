"""A screen that is one list: title line, list, key hints; `Esc` leaves it."""

from __future__ import annotations

from typing import ClassVar, TypeVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.screen import Screen

from reader.tui.commands.bindings import bindings, press
from reader.tui.controllers.requests import Requests
from reader.tui.widgets.status_bars import StatusBar, TitleLine
from reader.tui.widgets.virtual_list import VirtualList

R = TypeVar("R")


class ListScreen(Screen[R]):
    """The base of the list screens; it returns the selection, or None."""

    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings("choosing"),
        ("q", "leave_choice"),
        ("j", "choose_down"),
        ("k", "choose_up"),
        ("g,home", "first"),
        ("G,end", "last"),
        ("space,pagedown", "page"),
        ("b,pageup", "page_back"),
    ]

    def __init__(self) -> None:
        super().__init__()
        self.title_line = TitleLine()
        self.list = VirtualList(active=True)
        self.status_bar = StatusBar()
        self.requests = Requests(self, self.show_error)

    def compose(self) -> ComposeResult:
        """Title line, list, status bar."""
        yield self.title_line
        yield self.list
        yield self.status_bar

    def action_choose_down(self) -> None:
        """Move to the next row."""
        self.list.move(1)

    def action_choose_up(self) -> None:
        """Move to the previous row."""
        self.list.move(-1)

    def action_first(self) -> None:
        """Move to the first row."""
        self.list.first()

    def action_last(self) -> None:
        """Move to the last row."""
        self.list.last()

    def action_page(self) -> None:
        """Move down a page."""
        self.list.page(1)

    def action_page_back(self) -> None:
        """Move up a page."""
        self.list.page(-1)

    def action_leave_choice(self) -> None:
        """Leave without a selection."""
        self.dismiss(None)

    def action_take(self) -> None:
        """Accept the selected row."""
        raise NotImplementedError

    def on_virtual_list_opened(self, message: VirtualList.Opened) -> None:
        """Accept a row that was double-clicked."""
        self.action_take()

    async def on_status_bar_pressed(self, message: StatusBar.Pressed) -> None:
        """Run the command of the hint that was clicked."""
        await press(self, "choosing", message.key)

    def show_error(self, error: Exception) -> None:
        """Show why the library could not be read."""
        self.status_bar.say(f"Could not read the library: {error}")
