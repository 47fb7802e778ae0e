"""The timeline: what happened in a thread, day by day, and who told it; one story may be chosen to be read."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, ClassVar, cast

from textual.binding import BindingType

from reader.models import Thread
from reader.presentation import formatting
from reader.tui.commands.registry import hints
from reader.tui.loaders import newness
from reader.tui.screens.list_screen import ListScreen
from reader.tui.widgets.timeline_rows import TimelineRows

if TYPE_CHECKING:
    from reader.library import Freshness, Library
    from reader.tui.app import Newsloom

FRESH = 40
"""Unread stories of which it is told how much is new: those from the one that was read on."""
HINTS = {"choose_down": "story", "choose_up": "story", "take": "read it", "leave_choice": "back"}


class TimelineScreen(ListScreen[str]):
    """The events of a thread with their stories; it ends with the id of the story to be read. `name_of` names other threads."""

    BINDINGS: ClassVar[list[BindingType]] = [("t", "leave_choice")]

    def __init__(self, library: Library, thread: Thread, story: str, name_of: Callable[[str | None], str]) -> None:
        super().__init__()
        self.name_of = name_of
        self.library = library
        self.thread = thread
        self.story = story

    def on_mount(self) -> None:
        """Ask for the events; the cursor stands on the story that was read."""
        super().on_mount()
        self.place_line.show([(self.thread.name, "name"), ("  timeline", "muted")])
        self.hints.show(hints(tuple(HINTS), HINTS))
        self.ask("timeline", self._gather, self._show)

    def _gather(self) -> tuple[str, TimelineRows]:
        events = self.library.threads.timeline(self.thread.id)
        heads = {head.id: head for head in self.library.threads.headers(self.thread.id)}
        guests = [(head, self.name_of(head.thread)) for head in self.library.threads.also_in(self.thread.id)]
        told = f"{formatting.count(len(events), 'event')}, {formatting.stories(sum(len(event.stories) for event in events))}"
        return told, TimelineRows(events, heads, guests)

    def _show(self, found: tuple[str, TimelineRows]) -> None:
        told, rows = found
        self.place_line.show([(self.thread.name, "name"), ("  timeline", "muted")], told)
        self.list.show(rows, rows.place(self.story))
        if cast("Newsloom", self.app).settings.remember_passages:
            self.ask("news", partial(newness, self.library, rows.unread(self.list.cursor)[:FRESH]), partial(self._tell_news, rows))

    def _tell_news(self, rows: TimelineRows, found: dict[str, Freshness]) -> None:
        """Say how much of the stories is new."""
        rows.news = found
        self.list.redraw()

    def action_take(self) -> None:
        """Read the story under the cursor."""
        rows = self.list.rows
        if isinstance(rows, TimelineRows) and len(rows):
            self.dismiss(rows.story(self.list.cursor))
