"""Home: what every key does over threads and stories.

A story is marked read when the reader scrolls to its end, or moves on from it with Space. Opening it marks nothing, so a story that
is in sight whole stays unread until then. `u` takes the last mark back.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar

from textual.binding import BindingType

from reader.ui import words
from reader.ui.bindings import bindings
from reader.ui.commands import COMMANDS
from reader.ui.hits import Hunt
from reader.ui.screens.keeping import Keeping
from reader.ui.widgets.bars import Hints
from reader.ui.widgets.columns import Columns
from reader.ui.widgets.list import List
from reader.ui.widgets.rail import WIDE_FROM

if TYPE_CHECKING:
    from reader.library import Library
    from reader.ui.screens.search import Opened


class Home(Keeping):
    """The home screen."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("reading")

    def __init__(self, library: Library, *, add: Sequence[str] = ()) -> None:
        super().__init__(library)
        self._to_add = list(add)

    def on_mount(self) -> None:
        """Show the threads, and stand in the first unread story of the newest unread thread."""
        self.lay_out()
        self.load_threads(self._begin)

    def _begin(self) -> None:
        if self._to_add:
            self.add(self._to_add)
        elif not self.threads:
            self.first_start()
        self.begin()

    # moving

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
            self.action_open()
        elif column.at_end:
            self.read_now()
            self._next_unread()
        else:
            self._scrolled(self.columns.scroll_pages(1))

    def action_page_back(self) -> None:
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
            self._land()
        else:
            self.hints.say("This is the first story" if by < 0 else "No more related stories")

    def action_nth_story(self, number: int) -> None:
        """The story with this number."""
        if self.reading is None:
            return
        if self.reading.go(number - 1):
            self.focus_pane("columns")
            self._land()
        else:
            self.hints.say(f"There is no story {number} here")

    def _land(self) -> None:
        """Show the story the reader went to."""
        if self.hunt is not None and self.reading is not None:
            self.hunt.land(self.reading.head.id)
        self.show_reading()

    def action_next_thread(self) -> None:
        """The next thread."""
        if not self.rail.move(1):
            self.hints.say("This is the last thread")

    def action_previous_thread(self) -> None:
        """The thread before."""
        if not self.rail.move(-1):
            self.hints.say("This is the first thread")

    # unread stories and hits

    def _next_unread(self, by: int = 1) -> None:
        """To the next unread story, or the one before: in this thread first, then in the others round the list."""
        if self.reading is None:
            return
        place = self.reading.unread(after=self.reading.at, by=by)
        if place is not None:
            self.reading.go(place)
            self._land()
            return
        here, count = self.rail.cursor, len(self.threads)
        index = next((n for n in ((here + by * step) % count for step in range(1, count)) if self.threads[n].unread), None)
        if index is None:
            self.hints.say("Nothing unread")
        else:
            self.forget_visit(self.threads[index].id)
            self.open_thread(index)

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
            self._next_unread(by)
            return
        story = self.hunt.step(self.reading.head.id, by)
        if story is None:
            self._show_hit()
        else:
            self.open_story(story, last=by < 0)

    def _show_hit(self) -> None:
        if self.hunt is not None and self.reading is not None:
            self.columns.show_hit(self.hunt.here(self.reading.head.id))
            self.signpost()

    def open_story(self, story: str, *, thread: str | None = None, last: bool = False) -> None:
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

        if thread is not None:
            came(thread)
        else:
            self.ask("story", lambda: self.library.head(story).thread, came)

    # in and out

    def action_next_pane(self) -> None:
        """From the threads to the stories and back."""
        self.focus_pane("columns" if self.pane == "rail" and self.reading else "rail")

    def action_open(self) -> None:
        """From the list into the thread; from a column to its story alone."""
        if self.reading is None:
            return
        if self.pane == "rail":
            self.focus_pane("columns")
        elif not self.columns.full:
            self.action_full()

    def action_back(self) -> None:
        """One level out: end the search, leave the story that stands alone, go to the list. At the outermost nothing."""
        self._outward()

    def action_leave(self) -> None:
        """One level out; from the outermost, quit."""
        if not self._outward():
            self.app.exit(0)

    def _outward(self) -> bool:
        """Go one level out; says whether there was one."""
        if self.stop_adding():
            return True
        if self.hunt is not None:
            self.hunt = None
            self.show_reading()
            self.hints.say("The search is over", " · n goes to unread stories again")
            return True
        if self.columns.full:
            self.action_full()
            return True
        if self.pane == "columns":
            self.focus_pane("rail")
            return True
        return False

    def action_quit(self) -> None:
        """Quit."""
        self.app.exit(0)

    # how it is shown

    def action_full(self) -> None:
        """One story alone, or columns."""
        if self.reading is None:
            return
        self.columns.set_full(not self.columns.full)
        self.pane = "columns"
        self.lay_out()
        self.show_reading()

    def action_lock(self) -> None:
        """Scroll the columns together, or each alone."""
        self.columns.locked = not self.columns.locked
        self.hints.say("Columns scroll together" if self.columns.locked else "Each column scrolls alone", " · = changes it")
        self.signpost()

    def action_fold(self) -> None:
        """Hide the list of threads, or show it."""
        if self.app.size.width < WIDE_FROM:
            self.action_next_pane()
            return
        self.folded = not self.folded
        if self.folded and self.reading:
            self.pane = "columns"
        self.lay_out()

    def action_removed(self) -> None:
        """Show what was left out of the stories, or hide it."""
        setting = self.columns.setting
        self.columns.set_as(replace(setting, removed=not setting.removed))
        story = self.columns.current.story if self.columns.current else None
        if story is not None and not setting.removed:
            count = len(story.removed)
            shown = f"{words.count(count, 'line')} left out, shown with ×"
            self.hints.say(*([shown, " · v hides"] if count else ["Nothing was left out of this story"]))
        self.signpost()

    # other screens

    def action_why(self) -> None:
        """Why the thread's stories are together."""
        if self.reading is not None:
            from reader.ui.screens.why import Why

            self.app.push_screen(Why(self.library, self.reading.thread, self.reading.heads[: self.reading.own]))

    def action_search(self) -> None:
        """Search as you type."""
        from reader.ui.screens.search import SearchScreen

        self.app.push_screen(SearchScreen(self.hunt.query if self.hunt else ""), self._found)

    def _found(self, opened: Opened | None) -> None:
        if opened is not None:
            self.hunt = Hunt(opened.query, opened.stories)
            self.open_story(opened.story, thread=opened.thread)

    def first_start(self) -> None:
        """The empty library's screen."""

    # the mouse

    def on_list_chosen(self, message: List.Chosen) -> None:
        """Another thread: show it."""
        self.open_thread(message.index)

    def on_list_touched(self, message: List.Touched) -> None:
        """A click in the list takes the keys there."""
        self.focus_pane("rail")

    def on_list_opened(self, message: List.Opened) -> None:
        """A double click opens the thread."""
        self.focus_pane("columns")

    def on_columns_touched(self, message: Columns.Touched) -> None:
        """A click in a column takes the keys there."""
        if self.reading is not None:
            self.focus_pane("columns")
            self.reading.go(self.columns.columns[message.index].number - 1)
            self.show_reading()

    def on_columns_scrolled(self, message: Columns.Scrolled) -> None:
        """The wheel turned: say how far."""
        self.signpost()

    async def on_hints_pressed(self, message: Hints.Pressed) -> None:
        """A click on a hint does what its key does."""
        command = next((each for each in COMMANDS if each.where == "reading" and each.label == message.key), None)
        if command is not None:
            await self.run_action(command.id)
