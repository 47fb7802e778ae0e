"""Saved searches: changed and removed among the places, and announced when they have new results."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from textual.screen import Screen

from reader.models import Place, SavedSearch
from reader.presentation.text_layout import Line
from reader.tui.commands.registry import BY_ID, key_note
from reader.tui.controllers.journal import Journal
from reader.tui.controllers.list_pane import ListPane
from reader.tui.controllers.navigation import Navigation
from reader.tui.controllers.pane_layout import PaneLayout
from reader.tui.controllers.prompt import Prompt
from reader.tui.controllers.requests import Requests
from reader.tui.controllers.status_lines import StatusLines
from reader.tui.state.reader_state import ReaderState
from reader.tui.state.undo import UndoableAction
from reader.tui.widgets.virtual_list import VirtualList

T = TypeVar("T")

MENU: Line = [
    *[("r", "key"), (" rename   ", "muted"), ("e", "key"), (" edit query   ", "muted"), ("d", "key"), (" remove   ", "muted")],
    *[("n", "key"), (" notify   ", "muted"), ("Esc", "key"), (" cancel", "muted")],
]


class SavedSearchController:
    """Changes saved searches, and announces their new results."""

    def __init__(
        self,
        screen: Screen[Any],
        state: ReaderState,
        requests: Requests,
        list_view: VirtualList,
        prompt: Prompt,
        layout: PaneLayout,
        journal: Journal,
        pane: ListPane,
        navigation: Navigation,
        status: StatusLines,
        *,
        notify: Callable[[str], None],
    ) -> None:
        self._screen = screen
        self._state = state
        self._requests = requests
        self._list = list_view
        self._prompt = prompt
        self._layout = layout
        self._journal = journal
        self._pane = pane
        self._navigation = navigation
        self._status = status
        self._notify = notify

    # commands

    @property
    def selected(self) -> str | None:
        """The name of the saved search under the cursor among the places, or of the one that is listed."""
        place = self._pane.place if self._state.menu is not None else self._pane.view.place
        return place.key if place is not None and place.kind == "search" else None

    def search(self) -> None:
        """Search as you type: start with the current query, or with the selected saved search."""
        search, library = self._state.search, self._state.library
        name = self.selected if self._state.pane == "list" else None
        if search is not None or name is None:
            self._navigation.start_search(search.query if search else "")
            return

        def found(saved: SavedSearch | None) -> None:
            self._navigation.start_search(saved.query if saved else "", saved.name if saved else "")

        self._requests.run("saved search", lambda: library.saved_searches.named(name), found)

    async def change(self) -> None:
        """Ask how to change the selected saved search; if none is selected, show the places with the cursor on the first."""
        name = self.selected
        if name is not None:
            await self._change(name)
            return

        def listed(places: Sequence[Place]) -> None:
            first = next((number for number, place in enumerate(places) if place.kind == "search"), None)
            if first is None:
                self._pane.close_menu()
                self._status.say("No saved searches", f"{key_note('search', 'searches')}, then {BY_ID['save_search'].label} saves")
            else:
                self._layout.focus("list")
                self._list.go(first)
                self._status.say("Saved searches", key_note("change_search", "on one of them changes it"))

        self._pane.list_places(listed)

    async def _change(self, name: str) -> None:
        saved_searches = self._state.library.saved_searches
        key = await self._prompt.key(MENU)
        if key == "r":
            if typed := await self._prompt.line("Name: ", name):
                self._run(lambda: saved_searches.change(name, name=typed), lambda saved: self._renamed(saved, name))
        elif key == "e":
            self._run(
                lambda: saved_searches.named(name), lambda saved: self._navigation.start_search(saved.query if saved else "", name)
            )
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
        self._pane.open(search_place(saved))
        self._status.say(f"Renamed to “{saved.name}”", key_note("undo", "undoes"))

    def _removed(self, removed: tuple[SavedSearch, int]) -> None:
        saved_searches = self._state.library.saved_searches
        self._journal.push(UndoableAction(lambda: self._run(lambda: saved_searches.save(*removed), self._restored)))
        self._pane.forget(search_place(removed[0]))
        self._status.say(f"Removed “{removed[0].name}”", key_note("undo", "undoes"))

    def _restored(self, saved: SavedSearch) -> None:
        self._pane.open(search_place(saved))
        self._status.say(f"Restored “{saved.name}”")

    def _toggle_notice(self, name: str) -> SavedSearch:
        """Switch the notices of a saved search on or off; runs in a worker thread."""
        saved_searches = self._state.library.saved_searches
        saved = saved_searches.named(name)
        return saved_searches.change(name, notify=not (saved and saved.notify))

    def _notice_changed(self, saved: SavedSearch) -> None:
        self._status.say(f"Notices {'on' if saved.notify else 'off'}: “{saved.name}”")

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


def search_place(saved: SavedSearch) -> Place:
    """Return the place of a saved search."""
    return Place(kind="search", key=saved.name, name=saved.name)
