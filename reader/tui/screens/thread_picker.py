"""The choice of another thread: a list that narrows as you type, the most likely threads first."""

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
from reader.tui.widgets.list_rows import flags
from reader.tui.widgets.virtual_list import WIDEST, Rows

if TYPE_CHECKING:
    from reader.library import Library

NEAR = 20
"""Number of related stories whose threads are listed first."""
SearchableThreads = list[tuple[Thread, str]]
"""Threads with the text they are matched by."""


class ThreadPickerRows(Rows):
    """Threads in two lines: name, stories and dates; key words."""

    def __init__(self, threads: Sequence[Thread], typed: str) -> None:
        self.threads = threads
        self.typed = typed

    def __len__(self) -> int:
        return len(self.threads) or 1

    def selectable(self, index: int) -> bool:
        """Return whether the row is a thread."""
        return bool(self.threads)

    def lines(self, index: int, width: int, chosen: bool, focused: bool) -> list[Line]:
        """Return a thread in two lines, or a note that none matches."""
        room = min(width, WIDEST)
        if not self.threads:
            return [[(cut(f"No other thread matches “{self.typed}”.", room), "muted")]]
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
    """Letters narrow the list; returns the id of a thread. Threads with stories related to `near` come first."""

    def __init__(self, library: Library, heading: str, threads: Sequence[Thread], near: str) -> None:
        super().__init__()
        self.library = library
        self.heading = heading
        self.edit = LineEditor()
        self._threads = threads
        self._near = near
        self._ordered: SearchableThreads | None = None
        self._matching: SearchableThreads = []
        self._take_when_loaded = False

    def on_mount(self) -> None:
        """Load the order of the threads."""
        words = {"choose_down": "thread", "choose_up": "thread"}
        self.status_bar.show(hints(("choose_down", "choose_up", "take", "leave_choice"), words))
        self._show_query()
        self.requests.run("order", self._order, self._show)

    def _order(self) -> SearchableThreads:
        """Return the threads, those of related stories first; runs in a worker thread."""
        near = [found.head.thread for found in self.library.stories.related(self._near, NEAR)]
        place = {thread: number for number, thread in reversed(list(enumerate(near)))}
        ordered = sorted(self._threads, key=lambda thread: place.get(thread.id, NEAR))
        return [(thread, " ".join((thread.name, thread.automatic, *thread.terms)).casefold()) for thread in ordered]

    def _show(self, ordered: SearchableThreads) -> None:
        self._ordered = self._matching = ordered
        self._narrow(ordered)
        if self._take_when_loaded:
            self.action_take()

    def _narrow(self, among: SearchableThreads) -> None:
        """Show the threads among some that match every word typed."""
        words = self.edit.text.casefold().split()
        self._matching = [(thread, text) for thread, text in among if all(word in text for word in words)]
        self.list.show(ThreadPickerRows([thread for thread, _ in self._matching], self.edit.text.strip()))
        self._show_query()

    def _show_query(self) -> None:
        width = self.size.width or self.app.size.width
        typed: Line = self.edit.paint(width // 3) if self.edit.text else [("type to filter ▏", "muted")]
        self.title_line.show([("Which thread?  ", "name"), (self.heading, "muted")], typed)

    def on_key(self, event: events.Key) -> None:
        """Edit the query."""
        before = self.edit.text
        if not self.edit.press(event.key, event.character):
            return
        event.stop()
        event.prevent_default()
        if self.edit.text != before and self._ordered is not None:
            self._narrow(self._matching if self.edit.text.startswith(before) else self._ordered)
        self._show_query()

    def on_paste(self, event: events.Paste) -> None:
        """Paste into the query."""
        event.stop()
        self.edit.insert(event.text)
        if self._ordered is not None:
            self._narrow(self._ordered)

    def on_resize(self) -> None:
        """Fit the query to the new width."""
        self._show_query()

    def action_take(self) -> None:
        """Return the selected thread, once the list is loaded."""
        if self._ordered is None:
            self._take_when_loaded = True
        elif self._matching:
            self.dismiss(self._matching[self.list.cursor][0].id)
