"""The main screen: the list of a place at the left, the stories of one thread side by side at the right."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar, cast

from textual import events
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Container
from textual.screen import Screen

from reader.models import Feed, Place
from reader.presentation import formatting
from reader.presentation.brief_view import LEAST_STORIES
from reader.presentation.comparison_loader import ONE_STORY
from reader.tui.commands.bindings import WORKERS, bindings, press, run_command
from reader.tui.commands.key_file import near_keys
from reader.tui.commands.key_names import shown
from reader.tui.commands.registry import commands, key_note
from reader.tui.controllers.comparison import ComparisonMode
from reader.tui.controllers.corrections import CorrectionController
from reader.tui.controllers.job_runner import JobRunner
from reader.tui.controllers.journal import Journal
from reader.tui.controllers.library_jobs import LibraryJobs
from reader.tui.controllers.link_actions import LinkActions
from reader.tui.controllers.list_pane import ListPane
from reader.tui.controllers.navigation import Navigation
from reader.tui.controllers.pane_layout import PaneLayout
from reader.tui.controllers.prompt import Prompt
from reader.tui.controllers.read_tracker import ReadTracker
from reader.tui.controllers.requests import Requests
from reader.tui.controllers.saved_searches import SavedSearchController
from reader.tui.controllers.seen_tracker import SeenTracker
from reader.tui.controllers.status_lines import StatusLines
from reader.tui.controllers.story_actions import StoryActions
from reader.tui.controllers.story_display import StoryDisplay
from reader.tui.controllers.thread_browser import ThreadBrowser
from reader.tui.controllers.triage import Triage
from reader.tui.screens.export_prompt import ExportPrompt
from reader.tui.state.reader_state import ReaderState
from reader.tui.widgets.painted import Rule
from reader.tui.widgets.status_bars import StatusBar, TitleLine
from reader.tui.widgets.story_columns import StoryColumns
from reader.tui.widgets.story_layout import LayoutOptions
from reader.tui.widgets.virtual_list import VirtualList

if TYPE_CHECKING:
    from reader.library import Library, Passage
    from reader.presentation.text_layout import Line
    from reader.tui.app import Newsloom
    from reader.tui.screens.brief import BriefSource
    from reader.tui.state.reading_position import ReadingPosition
    from reader.tui.widgets.list_rows import Density

ADDRESS = ("http://", "https://", "feed:")
"""The beginnings of the addresses that can be pasted."""
ADD_OR_NOT = (("Enter", "key"), (" adds   ", "muted"), ("Esc", "key"), (" cancels", "muted"))
MOST_NEAR = 3
"""Keys that are named as near to one without a command."""
REFRESH_AFTER = 5.0
"""Seconds after the start when due feeds are refreshed for the first time."""


class MainScreen(Screen[None]):
    """Composes the widgets and the controllers of the main screen, and opens the other screens.

    The controllers share `state` and are public, since the command table names their methods.
    """

    BINDINGS: ClassVar[list[BindingType]] = bindings("reading")

    def __init__(self, library: Library, *, add: Sequence[str] = ()) -> None:
        super().__init__()
        self._to_add = list(add)
        state = self.state = ReaderState(library)
        self.title_line = TitleLine()
        self.list_view = list_view = VirtualList(id="list", dense=True)
        self.rule = Rule()
        self.columns = columns = StoryColumns()
        self.status_bar = StatusBar()

        status = self.status = StatusLines(state, columns, self.title_line, self.status_bar)
        requests = self.requests = Requests(self, status.show_error)
        prompt = self.prompt = Prompt(self.status_bar)
        display = self.story_display = StoryDisplay(state, requests, columns, status)
        layout = self.panes = PaneLayout(state, list_view, self.rule, columns, display, status, keep_setting=self._keep_setting)
        journal = self.journal = Journal(self, state, list_view, columns, status)
        pane = self.list_pane = ListPane(self, state, requests, list_view, prompt, journal, status, keep_setting=self._keep_setting)
        browser = self.browser = ThreadBrowser(self, state, requests, list_view, pane, display, status)
        tracker = self.tracker = ReadTracker(
            state, requests, columns, prompt, display, journal, status, enabled=lambda: self.newsloom.settings.remember_passages
        )
        self.seen = SeenTracker(state, list_view, layout, journal, browser)
        self.comparison = ComparisonMode(self, state, requests, columns, display, layout, browser, tracker, status)
        self.navigation = Navigation(
            self, state, list_view, columns, display, layout, pane, browser, tracker, self.comparison, status
        )
        self.runner = JobRunner(self, state, requests, prompt, pane, browser, status, last_key=lambda: self.newsloom.pressed)
        self.searches = SavedSearchController(
            self,
            state,
            requests,
            list_view,
            prompt,
            layout,
            journal,
            pane,
            self.navigation,
            status,
            notify=lambda text: self.newsloom.call_attention(text),
        )
        self.jobs = LibraryJobs(state, self.runner, display, self.searches, status)
        self.corrections = CorrectionController(self, state, requests, list_view, prompt, journal, pane, browser, status)
        export = ExportPrompt(prompt, requests, self.status_bar)
        self.stories = StoryActions(state, columns, prompt, export, requests, status, settings=lambda: self.newsloom.settings)
        self.links = LinkActions(columns, prompt, self.jobs, status, settings=lambda: self.newsloom.settings)
        self.triage = Triage(self, state, requests, prompt, journal, pane, browser, status)
        browser.empty.connect(self._no_threads)

    def compose(self) -> ComposeResult:
        """Title line, panes, status bar."""
        yield self.title_line
        with Container(id="panes"):
            yield self.list_view
            yield self.rule
            yield self.columns
        yield self.status_bar

    @property
    def newsloom(self) -> Newsloom:
        """The app."""
        return cast("Newsloom", self.app)

    # start and end

    def on_mount(self) -> None:
        """Open the place where the reader was left."""
        settings = self.newsloom.settings
        self.columns.set_as(LayoutOptions(indent=settings.paragraphs == "indent"))
        self.state.show_related(settings.related)
        self.panes.set_list_width(settings.list_width)
        self.list_pane.set_density(cast("Density", settings.density))
        self.list_pane.start(self._start)
        if self.newsloom.problem:
            self.status.say(self.newsloom.problem)
        if minutes := settings.refresh_minutes:
            self.set_timer(REFRESH_AFTER, self._refresh_due)
            self.set_interval(minutes * 60, self._refresh_due)

    def _start(self) -> None:
        if self.state.library.read_only:
            self.status.say("This library is read-only; changes are not saved")
        elif self._to_add:
            self.jobs.add(self._to_add)
        elif self.state.library.synchronizer.is_behind():
            self.jobs.catch_up()
        self.browser.open_selected()

    def _refresh_due(self) -> None:
        """Refresh the feeds that are due, if there are any and nothing else is running."""
        if not self.runner.is_running:
            feeds = self.state.library.feeds.all
            self.requests.run("feeds", feeds, lambda found: self.jobs.refresh_feeds(due=True) if found else None)

    def _keep_setting(self, name: str, value: str | int) -> None:
        """Save a setting that was changed with a key."""
        app = self.newsloom

        def kept(problem: str) -> None:
            if problem:
                self.status.announce(problem)

        self.requests.run(f"setting {name}", lambda: app.keep_setting(name, value), kept)

    def _no_threads(self) -> None:
        if not self.runner.is_running:
            self.requests.run("empty", self.state.library.feeds.all, self._show_empty)

    def _show_empty(self, feeds: Sequence[Feed]) -> None:
        if feeds:
            self.status.announce("No stories yet", key_note("refresh", "refreshes the feeds"), key_note("feeds", "shows them"))
        else:
            self._welcome()

    def _welcome(self) -> None:
        """Show how to fill an empty library."""
        from reader.tui.screens.welcome import SAMPLES, WelcomeScreen

        def chosen(source: str | None) -> None:
            if source is not None and source != SAMPLES:
                self.jobs.add([source])
            elif source is not None:
                library, seeds = self.newsloom.borrow_samples()
                self.state.use_library(library)
                self.jobs.add([str(seeds)])

        self.app.push_screen(WelcomeScreen(self.jobs.problem), chosen)

    def on_unmount(self) -> None:
        """Cancel what is running, and write what was read and changed last."""
        self.runner.close()
        self.seen.close()
        self.list_pane.close()
        self.tracker.close()
        self.journal.close()

    def back(self) -> None:
        """Go back one level; at the top level do nothing."""
        self.navigation.back()

    def back_or_quit(self) -> None:
        """Go back one level; at the top level quit."""
        if not self.navigation.back():
            self.quit()

    def quit(self) -> None:
        """Quit."""
        self.app.exit(0)

    # other screens

    def explain(self) -> None:
        """Show why the stories of the thread are together."""
        self.browser.with_reading(self._explain)

    def _explain(self, reading: ReadingPosition) -> None:
        from reader.tui.screens.explanation import ThreadExplanationScreen

        self.app.push_screen(ThreadExplanationScreen(self.state.library, reading.thread, reading.heads[: reading.own]))

    def show_timeline(self) -> None:
        """Show the events of the thread, day by day, and open the chosen story."""
        self.browser.with_reading(self._show_timeline)

    def _show_timeline(self, reading: ReadingPosition) -> None:
        from reader.tui.screens.timeline import TimelineScreen

        def chosen(story: str | None) -> None:
            if story is not None:
                self.navigation.open_match(story)

        self.app.push_screen(TimelineScreen(self.state.library, reading.thread, reading.head.id), chosen)

    def show_brief(self) -> None:
        """Show the brief of the thread, and open the chosen source at its passage."""
        self.browser.with_reading(self._show_brief)

    def _show_brief(self, reading: ReadingPosition) -> None:
        if reading.own < LEAST_STORIES:
            self.status.say(ONE_STORY)
            return
        from reader.tui.screens.brief import BriefScreen

        heads = reading.heads[: reading.own]
        self.app.push_screen(BriefScreen(self.state.library, reading.thread, heads), self._open_source)

    def _open_source(self, source: BriefSource | None) -> None:
        if source is not None:
            self.state.set_search(None)
            passage = source.passage
            self.navigation.open_match(source.story, then=lambda: self._show_passage(passage) if passage else None)

    def _show_passage(self, passage: Passage) -> None:
        if self.state.comparison.on:
            self.comparison.when_ready(lambda: self.comparison.select_passage(passage.index))
        else:
            self.story_display.point_at(passage)

    def show_keys(self) -> None:
        """Show all keys, and run the chosen command."""
        from reader.tui.screens.key_help import KeyHelpScreen

        self.app.push_screen(KeyHelpScreen(), self._run_command)

    def show_palette(self) -> None:
        """Show the command palette, and run the chosen command."""
        from reader.tui.screens.key_help import PaletteScreen

        self.app.push_screen(PaletteScreen(), self._run_command)

    async def _run_command(self, command: str | None) -> None:
        if command is not None:
            await run_command(self, command)

    def show_feeds(self) -> None:
        """Show the feeds, and list the stories of the chosen one."""
        from reader.tui.screens.feeds import FeedsScreen

        def chosen(feed: Place | None) -> None:
            if feed is not None:
                self.panes.focus("list")
                self.list_pane.open(feed)

        self.app.push_screen(FeedsScreen(self.state.library, self.runner, self.jobs, self.journal), chosen)

    def choose_theme(self) -> None:
        """Choose a theme."""
        from reader.tui.screens.theme_picker import ThemePickerScreen

        self.app.push_screen(ThemePickerScreen())

    # events

    def on_key(self, event: events.Key) -> None:
        """Pass keys to an open question; name the keys near one that has no command."""
        asked = self.prompt.is_open
        self.prompt.on_key(event)
        table = commands("reading")
        if asked or any(event.key in command.keys for command in table):
            return
        near = " · ".join(f"{key} {words}" for key, words in near_keys(event.key, table)[:MOST_NEAR])
        self.status.say(f"{shown(event.key)} has no command", f" · {near}" if near else key_note("keys", "shows all keys"))

    def on_paste(self, event: events.Paste) -> None:
        """Pass pasted text to an open question; without one, offer to add the addresses in it."""
        if self.prompt.is_open:
            self.prompt.on_paste(event)
            return
        if addresses := [word for word in event.text.split() if word.lower().startswith(ADDRESS)]:
            self.run_worker(self._add_pasted(addresses), group=WORKERS)
        else:
            self.status.say("No address in the pasted text")

    async def _add_pasted(self, addresses: Sequence[str]) -> None:
        question: Line = [(f"Add {formatting.count(len(addresses), 'pasted address', 'pasted addresses')}?   ", "ink"), *ADD_OR_NOT]
        if await self.prompt.key(question) == "enter":
            self.jobs.add(addresses)

    def on_resize(self, event: events.Resize) -> None:
        """Arrange the panes for the new size."""
        self.list_pane.show()
        self.panes.arrange()
        self.story_display.show()
        self.prompt.refresh()

    def on_virtual_list_chosen(self, message: VirtualList.Chosen) -> None:
        """Show what is under the cursor beside the list."""
        if self.state.menu is None:
            self.browser.open(message.index)

    def on_virtual_list_touched(self, message: VirtualList.Touched) -> None:
        """Focus the list when it is clicked."""
        self.panes.focus("list")

    def on_virtual_list_opened(self, message: VirtualList.Opened) -> None:
        """Open what was double-clicked in the list."""
        self.navigation.open()

    def on_story_columns_touched(self, message: StoryColumns.Touched) -> None:
        """Go to the story and the passage that were clicked."""
        if self.state.reading is not None:
            self.panes.focus("columns")
            self.state.reading.go(self.columns.columns[message.index].number - 1)
            passage = message.passage
            self.story_display.show(None if passage is None else lambda: self.comparison.select_passage(passage))

    def on_story_columns_scrolled(self, message: StoryColumns.Scrolled) -> None:
        """Follow the mouse wheel in the status lines."""
        self.status.refresh()

    def on_rule_dragged(self, message: Rule.Dragged) -> None:
        """Move the border between the panes."""
        self.panes.drag_border(message.column, dropped=message.dropped)

    async def on_status_bar_pressed(self, message: StatusBar.Pressed) -> None:
        """Run the command whose hint was clicked."""
        await press(self, "reading", message.key)
