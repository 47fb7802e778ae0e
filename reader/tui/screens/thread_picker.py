"""Which other thread: a list that narrows as you type, the likeliest first."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from textual import events

from reader.models import Thread
from reader.presentation import formatting
from reader.presentation.text_layout import Line, cells, cut, spread
from reader.tui.commands.registry import hints
from reader.tui.screens.list_screen import ListScreen
from reader.tui.widgets.line_editor import LineEditor
from reader.tui.widgets.thread_rows import flags
from reader.tui.widgets.virtual_list import WIDEST, Rows, VirtualList

if TYPE_CHECKING:
    from reader.library import Library

NEAR = 20
"""How many stories near to the one at hand say which threads stand first."""
Known = list[tuple[Thread, str]]
"""Threads, each with the words it is found by."""


class ThreadPickerRows(Rows):
    """Threads as rows: name, stories and days, and below them the words that hold it together."""

    def __init__(self, threads: Sequence[Thread], typed: str) -> None:
        self.threads = threads
        self.typed = typed

    def __len__(self) -> int:
        return len(self.threads) or 1

    def selectable(self, index: int) -> bool:
        """Whether it is a thread."""
        return bool(self.threads)

    def lines(self, index: int, width: int, chosen: bool, focused: bool) -> list[Line]:
        """A thread in two lines, or that there is none."""
        room = min(width, WIDEST)
        if not self.threads:
            return [[(cut(f"No other thread is called “{self.typed}” or tells of it.", room), "muted")]]
        thread = self.threads[index]
        right = f"{formatting.stories(len(thread.stories))} · {formatting.thread_span(thread)}"
        if cells(right) > room // 2:
            right = formatting.stories(len(thread.stories))
        left: Line = [(f"{signs} ", "muted")] if (signs := flags(thread)) else []
        name = cut(thread.name, room - cells(right) - 3 - sum(cells(text) for text, _ in left))
        return [
            spread([*left, (name, "chosen" if chosen else "ink")], [(right, "muted")], room),
            [(cut(", ".join(thread.terms), room), "muted")],
            [],
        ]


class ThreadPickerScreen(ListScreen[str]):
    """Letters narrow the list, arrows choose, Enter ends with a thread's id; `near` is the story that it is to be near to."""

    def __init__(self, library: Library, heading: str, threads: Sequence[Thread], near: str) -> None:
        super().__init__()
        self.library = library
        self.heading = heading
        self.edit = LineEditor()
        self._given = threads
        self._near = near
        self._known: Known | None = None
        self._found: Known = []
        self._taking = False

    def on_mount(self) -> None:
        """Ask which threads are the likeliest."""
        super().on_mount()
        said = {"choose_down": "thread", "choose_up": "thread"}
        self.hints.show(hints(("choose_down", "choose_up", "take", "leave_choice"), said))
        self._say()
        self.ask("known", self._order, self._ordered)

    def _order(self) -> Known:
        """The threads, those of near stories first; runs in a worker thread."""
        near = [found.head.thread for found in self.library.stories.related(self._near, NEAR)]
        place = {thread: number for number, thread in reversed(list(enumerate(near)))}
        ordered = sorted(self._given, key=lambda thread: place.get(thread.id, NEAR))
        return [(thread, " ".join((thread.name, thread.automatic, *thread.terms)).casefold()) for thread in ordered]

    def _ordered(self, known: Known) -> None:
        self._known = self._found = known
        self._narrow(known)
        if self._taking:
            self.action_take()

    def _narrow(self, among: Known) -> None:
        """Show those of some threads that hold every word typed."""
        wanted = self.edit.text.casefold().split()
        self._found = [(thread, text) for thread, text in among if all(word in text for word in wanted)]
        self.list.show(ThreadPickerRows([thread for thread, _ in self._found], self.edit.text.strip()))
        self._say()

    def _say(self) -> None:
        """Say what is asked, and show what is typed."""
        width = self.size.width or self.app.size.width
        typed: Line = self.edit.paint(width // 3) if self.edit.text else [("type to find one ▏", "muted")]
        self.place_line.show([("Which thread?  ", "name"), (self.heading, "muted")], typed)

    def on_key(self, event: events.Key) -> None:
        """Letters narrow the list."""
        before = self.edit.text
        if not self.edit.press(event.key, event.character):
            return
        event.stop()
        event.prevent_default()
        if self.edit.text != before and self._known is not None:
            self._narrow(self._found if self.edit.text.startswith(before) else self._known)
        self._say()

    def on_paste(self, event: events.Paste) -> None:
        """A name can be pasted."""
        event.stop()
        self.edit.insert(event.text)
        if self._known is not None:
            self._narrow(self._known)

    def on_resize(self) -> None:
        """Another size: what is typed has another width."""
        self._say()

    def action_take(self) -> None:
        """End with the thread under the cursor; one that is still being looked for is waited for."""
        if self._known is None:
            self._taking = True
        elif self._found:
            self.dismiss(self._found[self.list.cursor][0].id)

    def on_virtual_list_opened(self, message: VirtualList.Opened) -> None:
        """A double click takes."""
        self.action_take()
