"""Opening threads: the list of them kept as the library has it, one of them shown, and the stories related to it asked for."""

from __future__ import annotations

import time
from collections.abc import Callable

from reader.models import StoryHeader, Thread
from reader.tui.loaders import OpenedThread, gather, near
from reader.tui.screens.desk import Desk
from reader.tui.state.reading_position import ReadingPosition
from reader.tui.state.thread_list import ThreadList

RELATED_AFTER = 0.2
"""Seconds in a thread after which the related stories are asked for."""


class Opening(Desk):
    """The desk, with the threads that come onto it."""

    # the threads

    def load_threads(self, then: Callable[[], None] | None = None) -> None:
        """Ask for the threads and show them, the cursor on the thread it is on when they have come."""
        made = self.marks_made

        def came(threads: ThreadList) -> None:
            if made != self.marks_made:
                self.load_threads(then)
                return
            cursor = self._heir(threads)
            self.threads = threads
            self._show_rail(cursor, still=True)
            self.signpost()
            if then:
                then()

        self.ask("threads", self.count_threads, came)

    def count_threads(self) -> ThreadList:
        """The threads as the library has them now; runs in a worker thread."""
        begun = time.monotonic()
        threads = ThreadList(self.library.threads.all())
        self.counted_in = time.monotonic() - begun
        return threads

    def _heir(self, threads: ThreadList) -> int:
        """Where the thread under the cursor stands in a newer list; the cursor's own place for one that is no more."""
        reading = self.reading
        if self.rail.cursor >= len(self.threads):
            found = threads.heir(reading.thread, reading.head.id) if reading else 0
        else:
            chosen = self.threads[self.rail.cursor]
            read = reading.head.id if reading and reading.thread.id == chosen.id and reading.at < reading.own else None
            found = threads.heir(chosen, read)
        return self.rail.cursor if found is None else found

    # one of them

    def open_thread(
        self, index: int, *, story: str | None = None, last: bool = False, then: Callable[[], None] | None = None
    ) -> None:
        """Show a thread at a story: the one given, the one last read there, its first unread one (or its last), its first."""
        thread = self.threads[index]
        self.rail.put(index)
        width, hunt = self.app.size.width, self.hunt
        wanted = story or self._visited.get(thread.id)

        def came(opened: OpenedThread | None) -> None:
            if opened is None:
                self.nothing_in(thread)
                return
            self.reading = opened.reading
            self._keep(opened.fetched, hunt)
            self.show_reading()
            self._related_later(opened.reading)
            if then:
                then()

        self.ask("thread", lambda: gather(self.library, thread, wanted, last, width, hunt), came)

    def nothing_in(self, thread: Thread) -> None:
        """A thread was to be opened that holds nothing any more."""
        self.load_threads()

    def begin(self) -> None:
        """Show the newest thread with anything unread, one that several stories tell before one that stands alone."""
        if self.threads:
            unread = [number for number in range(len(self.threads)) if self.threads.calls(number)]
            told_by_several = [number for number in unread if len(self.threads[number].stories) > 1]
            self.open_thread(next(iter(told_by_several or unread), min(self.threads.searches, len(self.threads) - 1)))

    def read_anew(self) -> None:
        """Show the thread of the story being read as it is now; where nothing was read, begin."""
        if self.reading is None:
            self.begin()
            return
        story, own = self.reading.head.id, self.reading.thread

        def came(head: StoryHeader) -> None:
            index = self.thread_index(own.id if own.query and self.thread_index(own.id) is not None else head.thread)
            if index is not None:
                self.open_thread(index, story=story)

        self.ask("story", lambda: self.library.stories.header(story), came)

    # the stories related to it

    def _related_later(self, reading: ReadingPosition) -> None:
        """Ask for related stories once the reader stays in a thread; not while they are asked for, with what follows from it."""

        def stayed() -> None:
            if reading is not self.reading:
                return
            if self.awaits("related"):
                self._related_later(reading)
            else:
                self.ask_related()

        self.set_timer(RELATED_AFTER, stayed)

    def ask_related(self, then: Callable[[], None] | None = None) -> None:
        """Ask for the stories related to the thread, if they are not known."""
        reading = self.reading
        if reading is None or reading.related_known:
            return

        def came(heads: list[StoryHeader]) -> None:
            reading.add_related(heads)
            if reading is not self.reading:
                return
            if reading.wants_related(self.app.size.width):
                self.show_reading()
            if then:
                then()

        self.ask("related", lambda: near(self.library, reading.thread.id, reading.heads[: reading.own]), came)
