"""What may be said of the thread at hand and of the story being read, each with its letter."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual.binding import BindingType

from reader.models import StoryHeader, Thread
from reader.presentation.text_layout import Line, cells, cut, cut_line
from reader.tui.commands.registry import BY_ID, commands, hints
from reader.tui.screens.list_screen import ListScreen
from reader.tui.widgets.virtual_list import WIDEST, Rows

INDENT = 6
"""Cells before the words: the letter and air."""


@dataclass(frozen=True, slots=True)
class MenuItem:
    """A thing that may be said: the command that does it, and the words for it here."""

    command: str
    words: str


@dataclass(frozen=True, slots=True)
class MenuSection:
    """What the things below are said of: the kind of it, and its name."""

    kind: str
    name: str


def sayings(thread: Thread, head: StoryHeader | None) -> list[MenuItem | MenuSection]:
    """What may be said of a thread, and of a story if one is read; what would make no sense here is left out."""
    found: list[MenuItem | MenuSection] = [
        MenuSection("Thread", thread.name),
        MenuItem("rename_thread", "rename it"),
        MenuItem("pin_thread", "let it be pinned no longer" if thread.pinned else "pin it: it stands before all others"),
        MenuItem("follow_thread", "follow it no longer" if thread.followed else "follow it: what is new in it is told"),
        MenuItem(
            "mute_thread", "let it be muted no longer" if thread.muted else "mute it: it stands last and is never next unread"
        ),
        MenuItem("merge_thread", "merge it with another thread"),
    ]
    if len(thread.stories) > 1:
        found.append(MenuItem("split_thread", "split it: some of its stories stand alone"))
    if head is not None:
        found += [MenuSection("Story", head.title), MenuItem("move_story", "it belongs elsewhere")]
        if len(thread.stories) > 1:
            found.append(MenuItem("part_story", "it and another one are not the same"))
    return [*found, MenuSection("All", "what you said so far"), MenuItem("corrections", "all corrections")]


class MenuRows(Rows):
    """Things that may be said, under what they are said of."""

    def __init__(self, items: Sequence[MenuItem | MenuSection]) -> None:
        self.items = items

    def __len__(self) -> int:
        return len(self.items)

    def selectable(self, index: int) -> bool:
        """Whether it can be said."""
        return isinstance(self.items[index], MenuItem)

    def remaining(self, index: int) -> int:
        """How many things that may be said stand from here on."""
        return sum(isinstance(item, MenuItem) for item in self.items[index:])

    def lines(self, index: int, width: int, chosen: bool, focused: bool) -> list[Line]:
        """A heading, or a letter and the words; a blank before the next heading."""
        item, room = self.items[index], min(width, WIDEST)
        if isinstance(item, MenuSection):
            return [cut_line([(f"{item.kind}  ", "accent"), (item.name, "muted")], room)]
        said = item.words if cells(item.words) <= room - INDENT else item.words.partition(":")[0]
        line: Line = [
            (f"  {BY_ID[item.command].label}".ljust(INDENT), "key"),
            (cut(said, room - INDENT), "chosen" if chosen else "ink"),
        ]
        last = index + 1 < len(self.items) and isinstance(self.items[index + 1], MenuSection)
        return [line, *[[]] * last]


class CorrectionMenu(ListScreen[str]):
    """Ends with the command of what was chosen."""

    BINDINGS: ClassVar[list[BindingType]] = [
        ("C", "leave_choice"),
        *((command.keys[0], f"say('{command.id}')") for command in commands("correcting")),
    ]

    def __init__(self, thread: Thread, head: StoryHeader | None) -> None:
        super().__init__()
        self.thread = thread
        self.head = head

    def on_mount(self) -> None:
        """Show what may be said."""
        super().on_mount()
        self.place_line.show([(self.thread.name, "name"), ("  correct", "muted")])
        self.list.show(MenuRows(sayings(self.thread, self.head)))
        said = {"choose_down": "choose", "choose_up": "choose", "take": "do it"}
        self.hints.show([("a letter", "does it at once"), *hints(("choose_down", "choose_up", "take", "leave_choice"), said)])

    def action_take(self) -> None:
        """Say the one under the cursor."""
        item = sayings(self.thread, self.head)[self.list.cursor]
        if isinstance(item, MenuItem):
            self.action_say(item.command)

    def action_say(self, command: str) -> None:
        """Say this."""
        self.dismiss(command)
