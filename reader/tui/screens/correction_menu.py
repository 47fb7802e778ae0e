"""The menu of corrections for a thread and a story, each with its letter."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from msgspec import Struct
from textual.binding import BindingType

from reader.models import StoryHeader, Thread
from reader.presentation.text_layout import Line, cells, cut, cut_line
from reader.tui.commands.registry import BY_ID, commands, hints
from reader.tui.screens.list_screen import ListScreen
from reader.tui.widgets.virtual_list import WIDEST, Rows

INDENT = 6
"""Cells before the label: the letter and blanks."""


class MenuItem(Struct, frozen=True):
    """A correction: its command, and its label. The part of a label after a colon is dropped on narrow screens."""

    command: str
    label: str


class MenuSection(Struct, frozen=True):
    """A heading: the kind and the name of the thing the items below apply to."""

    kind: str
    name: str


def menu_items(thread: Thread, head: StoryHeader | None) -> list[MenuItem | MenuSection]:
    """Return the corrections that make sense for a thread, and for a story if one is open."""
    items: list[MenuItem | MenuSection] = [
        MenuSection("Thread", thread.name),
        MenuItem("rename_thread", "rename…"),
        MenuItem("pin_thread", "unpin" if thread.pinned else "pin: keep it at the top of the list"),
        MenuItem("follow_thread", "unfollow" if thread.followed else "follow: announce new stories"),
        MenuItem("mute_thread", "unmute" if thread.muted else "mute: move it to the end and skip it when going to unread stories"),
        MenuItem("merge_thread", "merge with another thread…"),
    ]
    if len(thread.stories) > 1:
        items.append(MenuItem("split_thread", "split: choose stories to take out…"))
    if head is not None:
        items += [MenuSection("Story", head.title), MenuItem("move_story", "move to another thread…")]
        if len(thread.stories) > 1:
            items.append(MenuItem("part_story", "keep two stories apart…"))
    return [*items, MenuSection("Corrections", "newest first"), MenuItem("corrections", "show all")]


class MenuRows(Rows):
    """Menu items under their headings."""

    def __init__(self, items: Sequence[MenuItem | MenuSection]) -> None:
        self.items = items

    def __len__(self) -> int:
        return len(self.items)

    def selectable(self, index: int) -> bool:
        """Return whether the row is a menu item."""
        return isinstance(self.items[index], MenuItem)

    def remaining(self, index: int) -> int:
        """Return the number of menu items from this row on."""
        return sum(isinstance(item, MenuItem) for item in self.items[index:])

    def lines(self, index: int, width: int, chosen: bool, focused: bool) -> list[Line]:
        """Return a heading, or letter and label; a blank line before the next heading."""
        item, room = self.items[index], min(width, WIDEST)
        if isinstance(item, MenuSection):
            return [cut_line([(f"{item.kind}  ", "accent"), (item.name, "muted")], room)]
        label = item.label if cells(item.label) <= room - INDENT else item.label.partition(":")[0]
        line: Line = [
            (f"  {BY_ID[item.command].label}".ljust(INDENT), "key"),
            (cut(label, room - INDENT), "chosen" if chosen else "ink"),
        ]
        last = index + 1 < len(self.items) and isinstance(self.items[index + 1], MenuSection)
        return [line, *[[]] * last]


class CorrectionMenu(ListScreen[str]):
    """Returns the id of the chosen command."""

    BINDINGS: ClassVar[list[BindingType]] = [
        *((key, "leave_choice") for key in BY_ID["correct"].keys),
        *((key, f"choose('{command.id}')") for command in commands("correcting") for key in command.keys),
    ]

    def __init__(self, thread: Thread, head: StoryHeader | None) -> None:
        super().__init__()
        self.thread = thread
        self.items = menu_items(thread, head)

    def on_mount(self) -> None:
        """Show the menu."""
        self.title_line.show([(self.thread.name, "name"), ("  correct", "muted")])
        self.list.show(MenuRows(self.items))
        words = {"choose_down": "choose", "choose_up": "choose", "take": "apply"}
        keys = hints(("choose_down", "choose_up", "take", "leave_choice"), words)
        self.status_bar.show([("letter", "apply at once"), *keys])

    def action_take(self) -> None:
        """Return the selected command."""
        item = self.items[self.list.cursor]
        if isinstance(item, MenuItem):
            self.action_choose(item.command)

    def action_choose(self, command: str) -> None:
        """Return a command."""
        self.dismiss(command)
