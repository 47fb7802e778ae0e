"""The list of threads, kept as the library has it, and the thread that is open."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from textual.screen import Screen

from reader.models import StoryHeader, Thread
from reader.tui.controllers.journal import Journal
from reader.tui.controllers.requests import Requests
from reader.tui.controllers.status_lines import StatusLines
from reader.tui.controllers.story_display import StoryDisplay
from reader.tui.loaders import OpenedThread, gather, list_threads, near
from reader.tui.state.reader_state import ReaderState
from reader.tui.state.reading_position import ReadingPosition
from reader.tui.state.signal import Signal
from reader.tui.state.thread_list import ThreadList
from reader.tui.widgets.thread_rows import TALL_FROM, ThreadListRows
from reader.tui.widgets.virtual_list import VirtualList

RELATED_AFTER = 0.2
"""Seconds in a thread after which its related stories are loaded."""


class ThreadBrowser:
    """Loads the threads, and opens one of them.

    Emits `loaded` when the list is new, `opened` with the position left and the position entered, and `empty` when there is no
    thread to open.
    """

    def __init__(
        self,
        screen: Screen[Any],
        state: ReaderState,
        requests: Requests,
        rail: VirtualList,
        display: StoryDisplay,
        journal: Journal,
        status: StatusLines,
    ) -> None:
        self.loaded: Signal[[]] = Signal()
        self.opened: Signal[[ReadingPosition | None, ReadingPosition]] = Signal()
        self.empty: Signal[[]] = Signal()
        self.seconds_to_load = 0.0
        """Seconds that the last loading of the threads took."""
        self._screen = screen
        self._state = state
        self._requests = requests
        self._rail = rail
        self._display = display
        self._journal = journal
        self._status = status
        self._problem = ""
        self._last_read: dict[str, str] = {}
        """The story last read of each thread."""
        self._waiting: Callable[[], None] | None = None
        display.shown.connect(self._remember_story)

    # the list

    def show_list(self, cursor: int, *, still: bool = False) -> None:
        """Show the threads with the cursor at a place; a `still` cursor opens nothing."""
        tall = self._screen.app.size.height >= TALL_FROM
        self._rail.show(ThreadListRows(self._state.threads, tall=tall), cursor, still=still)

    def load(self, then: Callable[[], None] | None = None) -> None:
        """Load the threads and show them, the cursor on the same thread; then call `then`."""
        version, shown = self._journal.version, self._state.threads

        def loaded(result: tuple[ThreadList, str]) -> None:
            threads, problem = result
            if version != self._journal.version:
                self.load(then)
                return
            if problem and problem != self._problem:
                self._status.announce(problem)
            self._problem = problem
            cursor = self._cursor_in(threads)
            self._state.set_threads(threads)
            self.show_list(cursor, still=True)
            self._status.refresh()
            if then:
                then()
            self.loaded.emit()

        self._requests.run("threads", lambda: self._fetch(shown), loaded)

    def _fetch(self, shown: ThreadList) -> tuple[ThreadList, str]:
        """The threads and saved searches once all changes are written, with a problem of the latter; runs in a worker thread."""
        self._journal.flush()
        start = time.monotonic()
        found = list_threads(self._state.library, shown)
        self.seconds_to_load = time.monotonic() - start
        return found

    def _cursor_in(self, threads: ThreadList) -> int:
        """The place in a newer list of the thread under the cursor; the cursor's own place if it is gone."""
        state, cursor = self._state, self._rail.cursor
        reading = state.reading
        if cursor >= len(state.threads):
            found = threads.heir(reading.thread, reading.head.id) if reading else 0
        else:
            chosen = state.threads[cursor]
            read = reading.head.id if reading and reading.thread.id == chosen.id and reading.at < reading.own else None
            found = threads.heir(chosen, read)
        return cursor if found is None else found

    @property
    def selected(self) -> Thread | None:
        """The thread or saved search under the cursor."""
        cursor = self._rail.cursor
        return self._state.threads[cursor] if cursor < len(self._state.threads) else None

    # the open thread

    def open(self, index: int, *, story: str | None = None, last: bool = False, then: Callable[[], None] | None = None) -> None:
        """Open a listed thread at a story: the given one, the one last read, the first unread one (or the last), the first."""
        state, thread = self._state, self._state.threads[index]
        self._waiting = None
        self._rail.put(index)
        width, search, library, before = self._screen.app.size.width, state.search, state.library, state.reading
        wanted = story or self._last_read.get(thread.id)

        def gathered(opened: OpenedThread | None) -> None:
            if opened is None:
                self._show_nothing(thread)
                return
            state.open(opened.reading)
            self._display.keep(opened.texts, search)
            self._display.show()
            self._load_related_later(opened.reading)
            self.opened.emit(before, opened.reading)
            if then:
                then()
            waiting, self._waiting = self._waiting, None
            if waiting:
                waiting()

        self._requests.run("thread", lambda: gather(library, thread, wanted, last, width, search, related=state.related), gathered)

    def _show_nothing(self, thread: Thread) -> None:
        """Handle a thread without stories: a saved search without results shows none, any other one is gone."""
        if not thread.query:
            self.load()
            return
        self._state.open(None)
        self._display.clear()
        self._status.refresh()
        self._status.say(f"No results for “{thread.name}”")

    def open_first(self) -> None:
        """Open the first thread with unread stories, one with several stories before single ones."""
        threads = self._state.threads
        if not threads:
            self.empty.emit()
            return
        unread = [place for place in range(len(threads)) if threads.is_next_unread(place)]
        several = [place for place in unread if len(threads[place].stories) > 1]
        self.open(next(iter(several or unread), min(threads.searches, len(threads) - 1)))

    def open_story(self, story: str, *, thread: str | None = None, then: Callable[[], None] | None = None) -> None:
        """Open a story in its thread; `thread` saves looking that up."""

        def found(thread: str | None) -> None:
            index = self._state.threads.place(thread)
            if index is None:
                self._status.say("This story is no longer in a thread")
            else:
                self.open(index, story=story, then=then)

        if thread is not None:
            found(thread)
        else:
            library = self._state.library
            self._requests.run("story", lambda: library.stories.header(story).thread, found)

    def reopen(self) -> None:
        """Open the thread of the story being read as it is now; if nothing is being read, open the first."""
        state = self._state
        if state.reading is None:
            self.open_first()
            return
        story, own, library = state.reading.head.id, state.reading.thread, state.library

        def found(head: StoryHeader) -> None:
            in_search = own.query and state.threads.place(own.id) is not None
            index = state.threads.place(own.id if in_search else head.thread)
            if index is not None:
                self.open(index, story=story)

        self._requests.run("story", lambda: library.stories.header(story), found)

    def update_open(self) -> None:
        """Bring the open thread up to date after a correction: rename it, or open it again if its stories have changed."""
        state, place = self._state, self._state.thread_index
        if state.reading is None:
            self.open_first()
        elif state.reading.thread.query:
            self._status.refresh()
        elif place is None or state.threads[place].stories != state.reading.thread.stories:
            self.reopen()
        else:
            state.reading.rename(state.threads[place])
            self._display.show()

    def with_reading(self, action: Callable[[ReadingPosition], None]) -> None:
        """Call `action` with the position, as soon as a thread that is being opened is open."""
        if self._requests.is_pending("thread"):
            self._waiting = lambda: self.with_reading(action)
        elif self._state.reading is not None:
            action(self._state.reading)
        else:
            self._status.say("Open a story first")

    @property
    def is_opening(self) -> bool:
        """Whether a thread is being opened."""
        return self._requests.is_pending("thread")

    def _remember_story(self, reading: ReadingPosition) -> None:
        self._last_read[reading.thread.id] = reading.head.id

    def forget_story(self, thread: str) -> None:
        """Open a thread at its first unread story next time."""
        self._last_read.pop(thread, None)

    # related stories

    def _load_related_later(self, reading: ReadingPosition) -> None:
        """Load related stories if the reader stays in the thread; not before a loading that is going on has ended."""

        def check() -> None:
            if reading is not self._state.reading:
                return
            if self._requests.is_pending("related"):
                self._load_related_later(reading)
            else:
                self.load_related()

        self._screen.set_timer(RELATED_AFTER, check)

    def load_related(self, then: Callable[[], None] | None = None) -> None:
        """Load the stories related to the open thread unless they are known, then call `then`."""
        reading, library = self._state.reading, self._state.library
        if reading is None or reading.related_known:
            return

        def loaded(heads: list[StoryHeader]) -> None:
            reading.add_related(heads)
            if reading is not self._state.reading:
                return
            if reading.wants_related(self._screen.app.size.width):
                self._display.show()
            if then:
                then()

        self._requests.run("related", lambda: near(library, reading.thread.id, reading.heads[: reading.own]), loaded)
