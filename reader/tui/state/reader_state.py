"""The state that the parts of the main screen share."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from reader.models import Thread
from reader.tui.state.comparison_state import ComparisonState
from reader.tui.state.reading_position import ReadingPosition
from reader.tui.state.search_session import SearchSession
from reader.tui.state.thread_list import ThreadList

if TYPE_CHECKING:
    from reader.library import Library

Pane = Literal["rail", "columns"]
"""The list of threads at the left, or the stories beside it."""


class ReaderState:
    """The library, the listed threads, the open thread and the position in it, the current search, and the focused pane.

    Every part of the main screen reads these attributes; they change only through the methods here.
    """

    def __init__(self, library: Library) -> None:
        self.library = library
        self.threads = ThreadList()
        self.reading: ReadingPosition | None = None
        self.search: SearchSession | None = None
        self.comparison = ComparisonState()
        self.pane: Pane = "columns"
        self.rail_hidden = False
        self.related = True
        """Whether related stories are shown after those of a thread."""

    def use_library(self, library: Library) -> None:
        """Read another library from now on."""
        self.library = library

    def set_threads(self, threads: ThreadList) -> None:
        """Replace the listed threads."""
        self.threads = threads

    def open(self, reading: ReadingPosition | None) -> None:
        """Make a thread the open one; None closes it."""
        self.reading = reading

    def set_search(self, search: SearchSession | None) -> None:
        """Start walking through the matches of a search; None ends that."""
        self.search = search

    def show_related(self, on: bool) -> None:
        """Show related stories after those of a thread, or not."""
        self.related = on

    def set_comparing(self, on: bool) -> None:
        """Start a comparison, or end it."""
        self.comparison = ComparisonState(on=on)

    def focus(self, pane: Pane) -> None:
        """Make a pane the focused one."""
        self.pane = pane

    def hide_rail(self, hidden: bool) -> None:
        """Hide the list of threads, or show it."""
        self.rail_hidden = hidden

    def thread_name(self, id: str | None) -> str:
        """The name of a listed thread."""
        index = self.threads.place(id)
        return "another thread" if index is None else self.threads[index].name

    @property
    def thread(self) -> Thread | None:
        """The thread of the story being read; for a saved search, the thread that the story belongs to."""
        if self.reading is None or not self.reading.thread.query:
            return self.reading.thread if self.reading else None
        index = self.threads.place(self.reading.head.thread)
        return None if index is None else self.threads[index]

    @property
    def thread_index(self) -> int | None:
        """The place of that thread in the list, found by its stories where its id has changed."""
        if self.reading is None:
            return None
        if self.reading.thread.query:
            return self.threads.place(self.reading.head.thread)
        return self.threads.heir(self.reading.thread, self.reading.heads[0].id)
