"""The timeline of a thread: its events by date with their stories; Enter opens one."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, ClassVar, cast

from textual.binding import BindingType

from reader.models import Thread
from reader.presentation import formatting
from reader.tui.commands.registry import hints
from reader.tui.loaders import newness, thread_names
from reader.tui.screens.list_screen import ListScreen
from reader.tui.widgets.timeline_rows import TimelineRows

if TYPE_CHECKING:
    from reader.library import Freshness, Library
    from reader.tui.app import Newsloom

FRESH = 40
"""Number of unread stories for which the amount of new text is shown, from the current story on."""
HINTS = {"choose_down": "story", "choose_up": "story", "take": "open", "leave_choice": "back"}


class TimelineScreen(ListScreen[str]):
    """The events of a thread with their stories; returns the id of a story."""

    BINDINGS: ClassVar[list[BindingType]] = [("t", "leave_choice")]

    def __init__(self, library: Library, thread: Thread, story: str) -> None:
        super().__init__()
        self.library = library
        self.thread = thread
        self.story = story

    def on_mount(self) -> None:
        """Load the events."""
        self.title_line.show([(self.thread.name, "name"), ("  timeline", "muted")])
        self.status_bar.show(hints(tuple(HINTS), HINTS))
        self.requests.run("timeline", self._load, self._show)

    def _load(self) -> tuple[str, TimelineRows]:
        events = self.library.threads.timeline(self.thread.id, self.requests.abandoned)
        heads = {head.id: head for head in self.library.threads.headers(self.thread.id)}
        also = self.library.threads.also_in(self.thread.id)
        names = thread_names(self.library, also)
        guests = [(head, names.get(head.thread or "", "another thread")) for head in also]
        totals = f"{formatting.count(len(events), 'event')}, {formatting.stories(sum(len(event.stories) for event in events))}"
        return totals, TimelineRows(events, heads, guests)

    def _show(self, loaded: tuple[str, TimelineRows]) -> None:
        totals, rows = loaded
        self.title_line.show([(self.thread.name, "name"), ("  timeline", "muted")], totals)
        self.list.show(rows, rows.place(self.story))
        if cast("Newsloom", self.app).settings.remember_passages:
            unread = rows.unread(self.list.cursor)[:FRESH]
            self.requests.run("news", partial(newness, self.library, unread), partial(self._show_news, rows))

    def _show_news(self, rows: TimelineRows, news: dict[str, Freshness]) -> None:
        """Show how much of the stories is new."""
        rows.news = news
        self.list.redraw()

    def action_take(self) -> None:
        """Return the selected story."""
        rows = self.list.rows
        if isinstance(rows, TimelineRows) and len(rows):
            self.dismiss(rows.story(self.list.cursor))
