"""The saved searches above the threads: counted, changed and removed there, and announced when they have new results."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from textual.screen import Screen
from textual.timer import Timer

from reader.models import SavedSearch, Thread
from reader.presentation.text_layout import Line
from reader.tui.controllers.journal import Journal
from reader.tui.controllers.navigation import Navigation
from reader.tui.controllers.pane_layout import PaneLayout
from reader.tui.controllers.prompt import Prompt
from reader.tui.controllers.requests import Requests
from reader.tui.controllers.status_lines import StatusLines
from reader.tui.controllers.thread_browser import ThreadBrowser
from reader.tui.state.reader_state import ReaderState
from reader.tui.state.undo import FlagAction, UndoableAction
from reader.tui.widgets.virtual_list import VirtualList

T = TypeVar("T")

COUNT_AFTER = 2.0
"""Seconds after the last change of a flag until the saved searches are counted again."""

MENU: Line = [
    *[("r", "key"), (" rename   ", "muted"), ("e", "key"), (" edit query   ", "muted"), ("d", "key"), (" remove   ", "muted")],
    *[("n", "key"), (" notify   ", "muted"), ("Esc", "key"), (" cancel", "muted")],
]


class SavedSearchController:
    """Keeps the counts of the saved searches up to date, and changes them."""

    def __init__(
        self,
        screen: Screen[Any],
        state: ReaderState,
        requests: Requests,
        rail: VirtualList,
        prompt: Prompt,
        layout: PaneLayout,
        journal: Journal,
        browser: ThreadBrowser,
        navigation: Navigation,
        status: StatusLines,
        *,
        is_busy: Callable[[], bool],
        notify: Callable[[str], None],
    ) -> None:
        self._screen = screen
        self._state = state
        self._requests = requests
        self._rail = rail
        self._prompt = prompt
        self._layout = layout
        self._journal = journal
        self._browser = browser
        self._navigation = navigation
        self._status = status
        self._is_busy = is_busy
        self._notify = notify
        self._timer: Timer | None = None
        browser.loaded.connect(self.count)
        journal.flag_changed.connect(self._flag_changed)

    # counts

    def count(self) -> None:
        """Count the unread results of the saved searches.

        This needs the search index, which is up to date only when no stories are being added: until then nothing is counted.
        """
        version, library = self._journal.version, self._state.library

        def fetch() -> list[Thread]:
            self._journal.flush()
            return library.saved_searches.threads()

        def counted(searches: list[Thread]) -> None:
            if version != self._journal.version:
                self._count_later()
            elif self._state.threads.put_searches(searches):
                self._rail.redraw()
                self._status.refresh()
            else:
                self._browser.load()

        if self._state.threads.searches and not self._is_busy():
            self._requests.run("saved searches", fetch, counted)

    def _flag_changed(self, change: FlagAction) -> None:
        if self._state.threads.searches:
            self._count_later()

    def _count_later(self) -> None:
        if self._timer is not None:
            self._timer.stop()
        self._timer = self._screen.set_timer(COUNT_AFTER, self.count)

    @property
    def selected(self) -> Thread | None:
        """The saved search under the cursor of the list."""
        cursor = self._rail.cursor
        return self._state.threads[cursor] if cursor < self._state.threads.searches else None

    # commands

    def search(self) -> None:
        """Search as you type: start with the current query, or with the selected saved search."""
        selected, search = self.selected, self._state.search
        if search is not None:
            self._navigation.start_search(search.query)
        elif selected is not None:
            self._navigation.start_search(selected.query, selected.name)
        else:
            self._navigation.start_search("")

    async def change(self) -> None:
        """Ask how to change the selected saved search; if none is selected, go to the first."""
        selected = self.selected
        if selected is not None:
            await self._change(selected)
        elif self._state.threads.searches:
            self._layout.focus("rail")
            self._rail.go(0)
            self._status.say("Saved searches", " · S on one of them changes it")
        else:
            self._status.say("No saved searches", " · / searches, then ctrl+s saves")

    async def _change(self, selected: Thread) -> None:
        saved_searches, name = self._state.library.saved_searches, selected.name
        key = await self._prompt.key(MENU)
        if key == "r":
            if typed := await self._prompt.line("Name: ", name):
                self._run(lambda: saved_searches.change(name, name=typed), lambda saved: self._renamed(saved, name))
        elif key == "e":
            self._navigation.start_search(selected.query, name)
        elif key == "d":
            self._run(lambda: saved_searches.remove(name), self._removed)
        elif key == "n":
            self._run(lambda: self._toggle_notice(name), self._notice_changed)

    def _run(self, call: Callable[[], T], then: Callable[[T], None]) -> None:
        self._requests.run("saved search", call, then, lambda error: self._status.say(f"Saved search not changed: {error}"))

    def _renamed(self, saved: SavedSearch, before: str) -> None:
        saved_searches = self._state.library.saved_searches
        undo = UndoableAction(lambda: self._run(lambda: saved_searches.change(saved.name, name=before), self._restored))
        self._journal.push(undo)
        self._open(saved)
        self._status.say(f"Renamed to “{saved.name}”", " · u undoes")

    def _removed(self, removed: tuple[SavedSearch, int]) -> None:
        saved_searches = self._state.library.saved_searches
        self._journal.push(UndoableAction(lambda: self._run(lambda: saved_searches.save(*removed), self._restored)))
        self._browser.load(self._browser.reopen)
        self._status.say(f"Removed “{removed[0].name}”", " · u undoes")

    def _restored(self, saved: SavedSearch) -> None:
        self._open(saved)
        self._status.say(f"Restored “{saved.name}”")

    def _toggle_notice(self, name: str) -> SavedSearch:
        """Switch the notices of a saved search on or off; runs in a worker thread."""
        saved_searches = self._state.library.saved_searches
        saved = saved_searches.named(name)
        return saved_searches.change(name, notify=not (saved and saved.notify))

    def _notice_changed(self, saved: SavedSearch) -> None:
        self._status.say(f"Notices {'on' if saved.notify else 'off'}: “{saved.name}”")

    def _open(self, saved: SavedSearch) -> None:
        def loaded() -> None:
            threads = self._state.threads
            place = next((place for place in range(threads.searches) if threads[place].name == saved.name), None)
            if place is not None:
                self._browser.open(place)

        self._browser.load(loaded)

    # new results

    def announce_new(self, refreshed: Sequence[str]) -> None:
        """Announce the result of a refresh, with the new results of the saved searches that notify."""
        library = self._state.library

        def found(news: list[tuple[SavedSearch, int]]) -> None:
            text = ", ".join(f"{number:,} new in {saved.name}" for saved, number in news)
            if refreshed or news:
                self._status.announce(*refreshed, *[f" · {text}" if refreshed else text] * bool(news))
            if news:
                self._notify(text)

        def failed(error: Exception) -> None:
            self._screen.log.error(error)
            self._status.announce(*refreshed, f"{' · ' if refreshed else ''}Saved searches not checked: {error}")

        self._requests.run("new results", library.saved_searches.news, found, failed)
