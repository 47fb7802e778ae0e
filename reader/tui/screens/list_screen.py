"""A screen that is one list: what it is of, the list, the keys that help; left by `Esc`."""

from __future__ import annotations

from typing import ClassVar, TypeVar

from textual.app import ComposeResult
from textual.binding import BindingType

from reader.tui.commands.bindings import bindings, press
from reader.tui.controllers.requests import AskingScreen
from reader.tui.widgets.status_bars import StatusBar, TitleLine
from reader.tui.widgets.virtual_list import VirtualList

R = TypeVar("R")


class ListScreen(AskingScreen[R]):
    """The screen; it ends with what was taken, or with None."""

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
        self.place_line = TitleLine()
        self.list = VirtualList()
        self.hints = StatusBar()

    def compose(self) -> ComposeResult:
        """Place line, list, hints."""
        yield self.place_line
        yield self.list
        yield self.hints

    def on_mount(self) -> None:
        """Give the list the keys."""
        self.list.focus_here(True)

    def action_choose_down(self) -> None:
        """The next in the list."""
        self.list.move(1)

    def action_choose_up(self) -> None:
        """The one before."""
        self.list.move(-1)

    def action_first(self) -> None:
        """The first in the list."""
        self.list.first()

    def action_last(self) -> None:
        """The last in the list."""
        self.list.last()

    def action_page(self) -> None:
        """A page on."""
        self.list.page(1)

    def action_page_back(self) -> None:
        """A page back."""
        self.list.page(-1)

    def action_leave_choice(self) -> None:
        """Back to where the reader was."""
        self.dismiss(None)

    def action_take(self) -> None:
        """Take the one under the cursor."""
        raise NotImplementedError

    def on_virtual_list_opened(self, message: VirtualList.Opened) -> None:
        """A double click takes."""
        self.action_take()

    async def on_status_bar_pressed(self, message: StatusBar.Pressed) -> None:
        """A click on a hint does what its key does."""
        await press(self, "choosing", message.key)

    def failed(self, fault: Exception) -> None:
        """Say that the library could not answer."""
        self.hints.say(f"That could not be read: {fault}")
