"""Moving: by lines, pages, stories and threads.

A story is marked read when the reader scrolls to its end, or moves on from it with Space. Opening it marks nothing, so a story that
is in sight whole stays unread until then. `u` takes the last mark back. Which passages were read is noticed in `noticing`.
"""

from __future__ import annotations

from reader.tui.controllers.read_tracker import Noticing
from reader.tui.controllers.saved_searches import Saving


class Moving(Noticing, Saving):
    """The desk, with the keys that move in it."""

    def action_down(self) -> None:
        """One line, or one thread, down."""
        self._step(1)

    def action_up(self) -> None:
        """One line, or one thread, up."""
        self._step(-1)

    def _step(self, by: int) -> None:
        if self.pane == "rail":
            self.rail.move(by)
        else:
            self._scrolled(self.columns.scroll_lines(by))

    def action_page(self) -> None:
        """A page on; at the end of a story it is read, and the next unread one opens."""
        column = self.columns.current
        if self.pane == "rail" or column is None:
            if self.reading is not None:
                self.focus_pane("columns")
        elif column.at_end:
            self.finish_story()
            self.next_unread(finish=True)
        else:
            self._scrolled(self.columns.scroll_pages(1))

    def action_page_back(self) -> None:
        """A page back."""
        self._pages(-1)

    def action_screen_down(self) -> None:
        """A page on, of the list too."""
        self._pages(1)

    def action_screen_up(self) -> None:
        """A page back."""
        self._pages(-1)

    def action_half_down(self) -> None:
        """Half a page down."""
        self._pages(0.5)

    def action_half_up(self) -> None:
        """Half a page up."""
        self._pages(-0.5)

    def _pages(self, pages: float) -> None:
        if self.pane == "rail":
            self.rail.page(pages)
        else:
            self._scrolled(self.columns.scroll_pages(pages))

    def action_first(self) -> None:
        """To the first line or thread."""
        if self.pane == "rail":
            self.rail.first()
        else:
            self._scrolled(self.columns.scroll_to_end(top=True))

    def action_last(self) -> None:
        """To the last line or thread."""
        if self.pane == "rail":
            self.rail.last()
        else:
            self._scrolled(self.columns.scroll_to_end(top=False))

    def _scrolled(self, moved: bool) -> None:
        """A story whose end the reader scrolled to is read."""
        if moved:
            if self.columns.current and self.columns.current.at_end:
                self.read_now()
            self.signpost()

    def action_previous_story(self) -> None:
        """The story before."""
        self._turn(-1)

    def action_next_story(self) -> None:
        """The next story, beyond the thread's own the related ones."""
        self._turn(1)

    def _turn(self, by: int) -> None:
        if self.reading is None:
            return
        if self.pane == "rail":
            self.focus_pane("columns")
        elif self.reading.move(by):
            self.land()
        elif by > 0 and not self.reading.related_known:
            self.ask_related(self.action_next_story)
        else:
            self.hints.say("This is the first story" if by < 0 else "No more related stories")

    def action_nth_story(self, number: int) -> None:
        """The story with this number."""
        if self.reading is None:
            return
        if self.reading.go(number - 1):
            self.focus_pane("columns")
            self.land()
        else:
            self.hints.say(f"There is no story {number} here")

    def action_next_thread(self) -> None:
        """The next thread."""
        if not self.rail.move(1):
            self.hints.say("This is the last thread")

    def action_previous_thread(self) -> None:
        """The thread before."""
        if not self.rail.move(-1):
            self.hints.say("This is the first thread")

    def action_next_pane(self) -> None:
        """From the threads to the stories and back."""
        self.focus_pane("columns" if self.pane == "rail" and self.reading else "rail")
