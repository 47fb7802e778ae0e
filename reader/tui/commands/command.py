"""One command: its keys, its texts, the context in which it is available, and the method it runs."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from reader.tui.commands.key_names import shown

Context = Literal["reading", "brief", "correcting", "marking", "searching", "choosing", "feeds"]
"""What is on the screen: stories, a brief, the correction menu, the menu of marks, the search, a list to choose from, or feeds."""

MENUS: tuple[tuple[str, Context], ...] = (("mark", "marking"), ("correct", "correcting"))
"""Commands that open a menu, and the context of its commands."""


class ScreenCommand(Struct, frozen=True):
    """One command, one entry of the table.

    `keys` are Textual's names, the one shown first; in the table they are one text, separated by blanks. `palette` is the line in
    the command palette, `help` the text in the key table (neighbors with the same text share a row: "j k  down, up"), `hint` the
    word in the status bar (neighbors with the same word share a hint). `run` is the method, looked up from the screen
    ("navigation.next_thread"). `show` is the key as printed, where it differs from its name. `numbered` commands have the
    digits as keys and take them as a number; `steps` are the commands that a key of
    the user's runs in order.
    """

    id: str
    keys: tuple[str, ...]
    palette: str
    help: str
    run: str
    hint: str = ""
    show: str = ""
    group: str = ""
    context: Context = "reading"
    numbered: bool = False
    steps: tuple[str, ...] = ()

    @property
    def label(self) -> str:
        """The key as shown, "" if there is none."""
        return self.show or (shown(self.keys[0]) if self.keys else "")


def command(id: str, keys: str, palette: str, help: str, run: str, hint: str = "", show: str = "") -> ScreenCommand:
    """Write an entry of the table; `section` adds its group and context."""
    return ScreenCommand(id, tuple(keys.split()), palette, help, run, hint, show, numbered=keys[:1].isdigit())


def section(group: str, context: Context, *entries: ScreenCommand) -> tuple[ScreenCommand, ...]:
    """A group of the key table whose commands are available in a context."""
    return tuple(replace(entry, group=group, context=context) for entry in entries)
