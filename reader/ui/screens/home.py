"""Home: what every key does over threads and stories.

A story is marked read when the reader scrolls to its end, or moves on from it with Space. Opening it marks nothing, so a story that
is in sight whole stays unread until then. `u` takes the last mark back.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar, cast

from textual.binding import BindingType

from reader.ui import words
from reader.ui.bindings import bindings
from reader.ui.commands import COMMANDS
from reader.ui.screens.hunting import Hunting
from reader.ui.widgets.bars import Hints
from reader.ui.widgets.columns import Columns
from reader.ui.widgets.list import List
from reader.ui.widgets.rail import WIDE_FROM
from reader.ui.widgets.story import Setting

if TYPE_CHECKING:
    from reader.library import Library
    from reader.ui.app import Newsloom


SOON = 5.0
"""Seconds after the start when feeds are first asked by themselves."""


class Home(Hunting):
    """The home screen."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("reading")

    def __init__(self, library: Library, *, add: Sequence[str] = ()) -> None:
        super().__init__(library)
        self._to_add = list(add)

    def on_mount(self) -> None:
        """Show the threads, and stand in the first unread story of the newest unread thread."""
        self.columns.set_as(Setting(indent=self.scene.settings.paragraphs == "indent"))
        self.lay_out()
        self.load_threads(self._begin)
        if self.scene.problem:
            self.hints.say(self.scene.problem)
        if minutes := self.scene.settings.refresh_minutes:
            self.set_timer(SOON, self.refresh_due)
            self.set_interval(minutes * 60, self.refresh_due)

    def refresh_due(self) -> None:
        """Ask the feeds whose time has come, if there are any, while nothing else goes on."""
        if self.stop is None:
            self.ask("feeds", self.library.feeds, lambda feeds: self.refresh_feeds(due=True) if feeds else None)

    @property
    def scene(self) -> Newsloom:
        """The app."""
        return cast("Newsloom", self.app)

    def _begin(self) -> None:
        self.begin()
        if self._to_add:
            self.add(self._to_add)
        elif self.library.behind():
            self.catch_up()
        elif not self.threads:
            self.first_start()

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
        if self.stop_work():
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

    def action_keys(self) -> None:
        """Every key; the one chosen is done."""
        from reader.ui.screens.keys import KeysScreen

        self.app.push_screen(KeysScreen(), self._do)

    def action_palette(self) -> None:
        """Every act by its name; the one chosen is done."""
        from reader.ui.screens.palette import PaletteScreen

        self.app.push_screen(PaletteScreen(), self._do)

    async def _do(self, command: str | None) -> None:
        if command is not None:
            await self.run_action(command)

    def action_refresh(self) -> None:
        """Ask all feeds what is new."""
        self.refresh_feeds()

    def action_full_text(self) -> None:
        """Fetch the full text of the story."""
        self.fetch_full_text()

    def action_feeds(self) -> None:
        """The feeds; one of them may be chosen to see its stories."""
        from reader.ui.screens.feeds import FeedsScreen

        self.app.push_screen(FeedsScreen(self), self._feed_chosen)

    def _feed_chosen(self, name: str | None) -> None:
        if name is not None:
            self.search(f'outlet:"{name}"')

    def action_theme(self) -> None:
        """Choose a theme."""
        from reader.ui.screens.themes import ThemeScreen

        self.app.push_screen(ThemeScreen())

    def first_start(self) -> None:
        """The empty library's screen: what to fill it with."""
        from reader.ui.screens.first import SAMPLES, FirstScreen

        def chosen(source: str | None) -> None:
            if source is not None and source != SAMPLES:
                self.add([source])
            elif source is not None:
                self.library, seeds = self.scene.borrow_samples()
                self.add([str(seeds)])

        self.app.push_screen(FirstScreen(), chosen)

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
        """Other lines are in sight: say how far the reader is."""
        self.signpost()

    async def on_hints_pressed(self, message: Hints.Pressed) -> None:
        """A click on a hint does what its key does."""
        command = next((each for each in COMMANDS if each.where == "reading" and each.label == message.key), None)
        if command is not None:
            await self.run_action(command.id)
