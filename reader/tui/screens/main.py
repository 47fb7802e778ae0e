"""Home: how the reader begins, and what leads in, out and to other screens."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from textual.binding import BindingType

from reader.models import Feed
from reader.tui.commands.bindings import bindings, press
from reader.tui.controllers.correcting import Correcting
from reader.tui.screens.reporting import Reporting
from reader.tui.widgets.status_bars import StatusBar
from reader.tui.widgets.story_columns import StoryColumns
from reader.tui.widgets.story_layout import LayoutOptions
from reader.tui.widgets.virtual_list import VirtualList

if TYPE_CHECKING:
    from reader.library import Library


SOON = 5.0
"""Seconds after the start when feeds are first asked by themselves."""
QUOTES = re.compile(r'["“”„‟«»]')
"""Signs that would end a quotation within a query."""


class Home(Reporting, Correcting):
    """The home screen."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("reading")

    def __init__(self, library: Library, *, add: Sequence[str] = ()) -> None:
        super().__init__(library)
        self._to_add = list(add)

    def on_mount(self) -> None:
        """Show the threads, and stand in the first unread story of the newest unread thread."""
        self.columns.set_as(LayoutOptions(indent=self.scene.settings.paragraphs == "indent"))
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
            self.ask("feeds", self.library.feeds.all, lambda feeds: self.refresh_feeds(due=True) if feeds else None)

    def _begin(self) -> None:
        if self._to_add:
            self.add(self._to_add)
        elif self.library.synchronizer.is_behind():
            self.catch_up()
        self.begin()

    def begin(self) -> None:
        """Show what is to be read first; where there is nothing and nothing is on its way, what the library can be filled with."""
        super().begin()
        if not self.threads and self.stop is None:
            self.ask("empty", self.library.feeds.all, self._empty)

    def _empty(self, feeds: Sequence[Feed]) -> None:
        if feeds:
            self.tell("There are no stories yet", " · R asks the feeds, F shows them")
        else:
            self.first_start()

    # in and out

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

    # other screens

    def action_why(self) -> None:
        """Why the thread's stories are together."""
        if self.reading is not None and self.reading.thread.query:
            self.hints.say(f"They answer “{self.reading.thread.query}”", " · w in a thread says why its stories are together")
        elif self.reading is not None:
            from reader.tui.screens.explanation import ThreadExplanationScreen

            self.app.push_screen(ThreadExplanationScreen(self.library, self.reading.thread, self.reading.heads[: self.reading.own]))

    def action_timeline(self) -> None:
        """The thread's events, day by day; the story chosen there is read."""
        if self.reading is not None and self.thread_read is not None:
            from reader.tui.screens.timeline import TimelineScreen

            def chosen(story: str | None) -> None:
                if story is not None:
                    self.open_story(story)

            screen = TimelineScreen(self.library, self.thread_read, self.reading.head.id, self.thread_name)
            self.app.push_screen(screen, chosen)

    def action_keys(self) -> None:
        """Every key; the one chosen is done."""
        from reader.tui.screens.key_help import KeyHelpScreen

        self.app.push_screen(KeyHelpScreen(), self.do)

    def action_palette(self) -> None:
        """Every act by its name; the one chosen is done."""
        from reader.tui.screens.key_help import PaletteScreen

        self.app.push_screen(PaletteScreen(), self.do)

    def action_refresh(self) -> None:
        """Ask all feeds what is new."""
        self.refresh_feeds()

    def action_full_text(self) -> None:
        """Fetch the full text of the story."""
        self.fetch_full_text()

    def action_feeds(self) -> None:
        """The feeds; one of them may be chosen to see its stories."""
        from reader.tui.screens.feeds import FeedsScreen

        self.app.push_screen(FeedsScreen(self), self._feed_chosen)

    def _feed_chosen(self, name: str | None) -> None:
        if name is not None:
            self.search(f'outlet:"{QUOTES.sub(" ", name).strip()}"')

    def action_theme(self) -> None:
        """Choose a theme."""
        from reader.tui.screens.theme_picker import ThemePickerScreen

        self.app.push_screen(ThemePickerScreen())

    def first_start(self) -> None:
        """The empty library's screen: what to fill it with."""
        from reader.tui.screens.welcome import SAMPLES, WelcomeScreen

        def chosen(source: str | None) -> None:
            if source is not None and source != SAMPLES:
                self.add([source])
            elif source is not None:
                self.library, seeds = self.scene.borrow_samples()
                self.add([str(seeds)])

        self.app.push_screen(WelcomeScreen(self.problem), chosen)

    # the mouse

    def on_virtual_list_chosen(self, message: VirtualList.Chosen) -> None:
        """Another thread: show it."""
        self.open_thread(message.index)

    def on_virtual_list_touched(self, message: VirtualList.Touched) -> None:
        """A click in the list takes the keys there."""
        self.focus_pane("rail")

    def on_virtual_list_opened(self, message: VirtualList.Opened) -> None:
        """A double click opens the thread."""
        self.focus_pane("columns")

    def on_story_columns_touched(self, message: StoryColumns.Touched) -> None:
        """A click in a column takes the keys there."""
        if self.reading is not None:
            self.focus_pane("columns")
            self.reading.go(self.columns.columns[message.index].number - 1)
            passage = message.passage
            self.show_reading(None if passage is None else lambda: self.go_to_passage(passage))

    def on_story_columns_scrolled(self, message: StoryColumns.Scrolled) -> None:
        """Other lines are in sight: say how far the reader is."""
        self.signpost()

    async def on_status_bar_pressed(self, message: StatusBar.Pressed) -> None:
        """A click on a hint does what its key does."""
        await press(self, "reading", message.key)
