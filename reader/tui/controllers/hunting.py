"""Ways through a library: to the next unread story, through the hits of a search, to a story in whatever thread it is."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from reader.tui.controllers.journal import Keeping
from reader.tui.state.search_session import SearchSession

if TYPE_CHECKING:
    from reader.tui.screens.search import SearchSelection


class Hunting(Keeping):
    """The desk, with the ways from story to story."""

    def land(self) -> None:
        """Show the story the reader went to."""
        if self.hunt is not None and self.reading is not None:
            self.hunt.land(self.reading.head.id)
        self.show_reading()

    def next_unread(self, by: int = 1, *, finish: bool = False) -> None:
        """To the next unread story, or the one before, through this thread and the others round the list.

        `finish` stays in this thread as long as any story of it is unread.
        """
        reading = self.reading
        if reading is None:
            return
        place = reading.unread(after=reading.at, by=by)
        others = ((self.rail.cursor + by * step) % len(self.threads) for step in range(1, len(self.threads)))
        index = next((number for number in others if self.threads.calls(number)), None)
        if place is None and (finish or index is None):
            place = next((place for place in range(reading.own) if place != reading.at and not reading.heads[place].read), None)
        if place is not None:
            reading.go(place)
            self.land()
        elif index is not None:
            self.forget_visit(self.threads[index].id)
            self.open_thread(index, last=by < 0)
        else:
            self.hints.say("Nothing unread" if reading.head.read else "Nothing else is unread")

    def action_next_mark(self) -> None:
        """The next hit while a search is on, else the next unread story."""
        self._mark_step(1)

    def action_previous_mark(self) -> None:
        """The hit before while a search is on, else the unread story before."""
        self._mark_step(-1)

    def _mark_step(self, by: int) -> None:
        if self.reading is None:
            return
        self.focus_pane("columns")
        if self.hunt is None:
            self.next_unread(by)
            return
        before = self.hunt.place(self.reading.head.id)
        story = self.hunt.step(self.reading.head.id, by)
        if story is None:
            self._show_hit()
            return
        self.open_story(story, last=by < 0)
        after = self.hunt.place(story)
        if before is not None and after is not None and before != after and (after > before) != (by > 0):
            self.hints.say("The first story found again" if by > 0 else "The last story found again")

    def _show_hit(self) -> None:
        if self.hunt is not None and self.reading is not None:
            self.columns.show_hit(self.hunt.here(self.reading.head.id))
            self.signpost()

    def open_story(
        self, story: str, *, thread: str | None = None, last: bool = False, then: Callable[[], None] | None = None
    ) -> None:
        """Open a story in its thread, at its first hit or its last where a search is on."""

        def came(thread: str | None) -> None:
            index = self.thread_index(thread)
            if index is None:
                self.hints.say("That story is not in any thread any more")
                return
            self.focus_pane("columns")
            self.open_thread(index, story=story, then=landed)

        def landed() -> None:
            if self.hunt is not None:
                self.hunt.land(story, last=last)
                self._show_hit()
            if then:
                then()

        if thread is not None:
            came(thread)
        else:
            self.ask("story", lambda: self.library.stories.header(story).thread, came)

    def action_search(self) -> None:
        """Search as you type."""
        self.search(self.hunt.query if self.hunt else "")

    def search(self, query: str, name: str = "") -> None:
        """Search, beginning with a query; `name` is that of the saved search it is."""
        from reader.tui.screens.search import SearchScreen

        screen = SearchScreen(self.library, query, name)

        def found(picked: SearchSelection | None) -> None:
            if screen.saved:
                self.load_threads()
            if picked is not None:
                self.hunt = SearchSession(picked.query, picked.stories)
                self.open_story(picked.story, thread=picked.thread)

        self.app.push_screen(screen, found)
