"""The list pane: the place it shows, its rows, loaded as far as they are looked at, and the way back to other places."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from typing import Any

from msgspec.structs import replace
from textual.screen import Screen

from reader.errors import QueryError
from reader.models import LastPlace, Place, Thread
from reader.presentation.formatting import place_name
from reader.tui.commands.registry import key_note
from reader.tui.controllers.journal import Journal
from reader.tui.controllers.prompt import Prompt
from reader.tui.controllers.requests import Requests
from reader.tui.controllers.status_lines import StatusLines
from reader.tui.loaders import ListPosition, LoadedList, load_last, load_list
from reader.tui.state.place_list import FRONT, WINDOW, ListRow, ListView, PlaceList
from reader.tui.state.reader_state import ReaderState
from reader.tui.state.signal import Signal
from reader.tui.widgets.list_rows import DENSITIES, Density, PlaceRows
from reader.tui.widgets.place_menu_rows import PlaceMenuRows
from reader.tui.widgets.virtual_list import VirtualList

LONGEST_TRAIL = 50
"""Lists to go back to."""
BEFORE = 20
"""Rows that are loaded above one that is missing."""


class ListPane:
    """Opens places in the list pane, and keeps the row and the scroll position of each.

    Emits `opened` when another list is shown, and `loaded` also when the same one was loaded again.
    """

    def __init__(
        self,
        screen: Screen[Any],
        state: ReaderState,
        requests: Requests,
        list_view: VirtualList,
        prompt: Prompt,
        journal: Journal,
        status: StatusLines,
        *,
        keep_setting: Callable[[str, str | int], None],
    ) -> None:
        self.loaded: Signal[[]] = Signal()
        self.opened: Signal[[]] = Signal()
        self.density: Density = "normal"
        self.seconds_to_load = 0.0
        """Seconds that the last loading of a list took."""
        self._screen = screen
        self._state = state
        self._requests = requests
        self._list = list_view
        self._prompt = prompt
        self._journal = journal
        self._status = status
        self._keep_setting = keep_setting
        self._problem = ""
        self._kept: dict[tuple[str, str], ListPosition] = {}
        """The position in each place that was left."""
        self._trail: list[tuple[ListView, ListPosition]] = []
        """The lists to go back to, the last one at the end."""
        self._reading: range = range(0)
        """The rows that are being loaded."""
        self._waiting: tuple[int, Callable[[ListRow], None]] | None = None
        self._row_before_menu = (0, 0)
        self._places: Sequence[Place] = ()
        """All places, of which the menu may list a part."""

    # what is shown

    @property
    def view(self) -> ListView:
        """The place that is listed, and how."""
        return self._state.listed.view

    @property
    def row(self) -> ListRow | None:
        """The row under the cursor; None if there is none, it is not loaded, or places are listed."""
        return None if self._state.menu is not None else self._state.listed.row(self._list.cursor)

    @property
    def place(self) -> Place | None:
        """The place under the cursor while places are listed."""
        menu = self._state.menu
        return menu[self._list.cursor] if menu is not None and self._list.cursor < len(menu) else None

    @property
    def position(self) -> ListPosition:
        """The row under the cursor, and the first one in sight."""
        if self._state.menu is not None:
            index, scroll = self._row_before_menu
            return ListPosition(row_id(self._state.listed.row(index)), index, scroll)
        row, reading = self.row, self._state.reading
        story = row.stories[0] if isinstance(row, Thread) else row_id(row)
        if isinstance(row, Thread) and reading is not None and reading.thread.id == row.id:
            story = reading.head.id
        return ListPosition(row_id(row), self._list.cursor, self._list.top, story)

    @property
    def last_place(self) -> LastPlace:
        """Where the reader is left."""
        place, at = self.view.place, self.position
        return LastPlace(kind=place.kind, key=place.key, folder=place.folder, item=at.item, row=at.row, scroll=at.scroll)

    def show(self) -> None:
        """Show the rows of the list again, the cursor and the first row in sight where they are."""
        if self._state.menu is not None:
            self._list.show(PlaceMenuRows(self._state.menu), self._list.cursor, top=self._list.top)
        else:
            self._list.show(self._rows(), self._list.cursor, top=self._list.top)

    def _rows(self) -> PlaceRows:
        return PlaceRows(self._state.listed, self.density, self._load_rows)

    # opening and loading

    def start(self, then: Callable[[], None]) -> None:
        """Begin a visit, and open the place where the reader was left, or the front page."""
        library = self._state.library
        self._journal.submit(library.places.begin_visit)

        def fetch() -> LoadedList:
            self._journal.flush()
            return load_last(library)

        def loaded(found: LoadedList) -> None:
            self._take(found, close_menu=True)
            then()

        self._requests.run("list", fetch, loaded)

    def close(self) -> None:
        """Remember where the reader is left, and end the visit."""
        places, last = self._state.library.places, self.last_place
        self._journal.submit(lambda: places.remember(last))
        self._journal.submit(places.end_visit)

    def open(self, place: Place) -> None:
        """Open a place where it was left."""
        view = self.view
        if (place.kind, place.key) == (view.place.kind, view.place.key) and not view.text:
            self.close_menu()
            return
        self._leave()
        at = self._kept.get((place.kind, place.key), ListPosition())
        self._load(replace(view, place=place, text=""), at, self.opened.emit)

    def _leave(self) -> None:
        """Remember the list that is shown, to go back to it."""
        view, at = self.view, self.position
        if not view.text:
            self._kept[view.place.kind, view.place.key] = at
        self._trail.append((view, at))
        del self._trail[:-LONGEST_TRAIL]

    def load(self, then: Callable[[], None] | None = None, *, still: bool = False) -> None:
        """Load the list again, the cursor on the same thread or story, or with `still` on the same row; then call `then`."""
        self._load(self.view, self.position, then, still=still, close_menu=False)

    def _load(
        self,
        view: ListView,
        at: ListPosition,
        then: Callable[[], None] | None = None,
        *,
        still: bool = False,
        close_menu: bool = True,
    ) -> None:
        version, library, before = self._journal.version, self._state.library, self._state.listed

        def fetch() -> LoadedList:
            self._journal.flush()
            start = time.monotonic()
            found = load_list(library, view, at, still=still)
            self.seconds_to_load = time.monotonic() - start
            return found

        def loaded(found: LoadedList) -> None:
            again = view == before.view and self._state.listed is before
            if version != self._journal.version:
                self._load(view, self.position if again else at, then, still=still, close_menu=close_menu)
                return
            self._take(followed(found, at, self.position) if again else found, close_menu=close_menu)
            if then:
                then()
            self.loaded.emit()

        def failed(error: Exception) -> None:
            if not isinstance(error, QueryError):
                self._status.show_error(error)
                return
            self._status.say(f"“{view.place.name}” cannot be searched: {error}")
            if self._trail and self._trail[-1][0] == self.view:
                self._trail.pop()

        self._requests.run("list", fetch, loaded, failed)

    def _announce(self, problem: str) -> None:
        if problem and problem != self._problem:
            self._status.announce(problem)
        self._problem = problem

    def _take(self, found: LoadedList, *, close_menu: bool) -> None:
        """Show a list that was loaded; with `close_menu` also where places are listed to choose from."""
        self._announce(found.problem)
        listed = found.listed
        listed.put(found.rows)
        self._state.list(listed)
        self._reading, self._waiting = range(0), None
        if close_menu:
            self._state.list_places(None)
        if self._state.menu is None:
            self._list.show(self._rows(), found.cursor, top=found.top)
        else:
            self._row_before_menu = found.cursor, found.top
        self._status.refresh()
        if listed.is_growing or listed.has_sections:

            def grown(sizes: tuple[list[int], Sequence[int]]) -> None:
                if listed is self._state.listed:
                    listed.take_sizes(sizes)
                    self._redraw()

            self._requests.run("grow", listed.grow, grown)

    def _redraw(self) -> None:
        if self._state.menu is None:
            self._list.redraw()
            self._status.refresh()

    def _load_rows(self, index: int) -> None:
        """Load the rows around one that is missing."""
        if index in self._reading:
            return
        listed = self._state.listed
        wanted = listed.missing(index - BEFORE, index + WINDOW)
        if not wanted:
            return
        self._reading = wanted

        def loaded(rows: dict[int, ListRow]) -> None:
            if listed is self._state.listed:
                self._put(listed, rows, wanted)

        self._requests.run("rows", lambda: listed.fetch(wanted.start, wanted.stop), loaded)

    def _put(self, listed: PlaceList, rows: dict[int, ListRow], wanted: range) -> None:
        listed.put(rows, wanted)
        self._reading = range(0)
        self._redraw()
        if self._waiting is not None and (row := listed.row(self._waiting[0])) is not None:
            action = self._waiting[1]
            self._waiting = None
            action(row)

    def with_row(self, index: int, action: Callable[[ListRow], None]) -> None:
        """Call `action` with a row, as soon as it is loaded."""
        row = self._state.listed.row(index)
        self._waiting = None
        if row is not None:
            action(row)
        elif index < len(self._state.listed):
            self._waiting = index, action
            self._load_rows(index)

    def find_unread(self, by: int, then: Callable[[int | None], None]) -> None:
        """Find the next row with something unread, or the previous one, in a circle; pass its number to `then`."""
        listed, start = self._state.listed, self._list.cursor

        def fetch() -> int | None:
            self._journal.flush()
            return listed.next_unread(start, by)

        self._requests.run("unread", fetch, lambda found: then(found) if listed is self._state.listed else None)

    # commands: places

    def front(self) -> None:
        """Open the front page."""
        self.open(FRONT)

    def all_stories(self) -> None:
        """List all stories."""
        self.open(Place(kind="all"))

    def unread(self) -> None:
        """List the unread stories."""
        self.open(Place(kind="unread"))

    def starred(self) -> None:
        """List the starred stories."""
        self.open(Place(kind="starred"))

    def choose_place(self) -> None:
        """List all places to choose from; the second time, the rows of the current place again."""
        if self._state.menu is not None:
            self.close_menu()
            return
        self.list_places()

    def list_places(self, then: Callable[[Sequence[Place]], None] | None = None) -> None:
        """List all places to choose from, then call `then` with them."""
        library, current = self._state.library, self.view.place

        def loaded(places: list[Place]) -> None:
            if self._state.menu is None:
                self._row_before_menu = self._list.cursor, self._list.top
            self._places = places
            self._state.list_places(places)
            here = [number for number, place in enumerate(places) if (place.kind, place.key) == (current.kind, current.key)]
            same_folder = [number for number in here if places[number].folder == current.folder]
            self._list.show(PlaceMenuRows(places), next(iter(same_folder or here), 0), top=0)
            self._status.refresh()
            if any(place.kind == "search" for place in places):
                self._requests.run("place counts", library.places.counted_searches, self._count_searches)
            if then:
                then(places)

        self._requests.run("places", library.places.all, loaded)

    def _count_searches(self, searches: Sequence[Place]) -> None:
        """Show how much the saved searches find."""
        counted = {place.key: place for place in searches}

        def fill(places: Sequence[Place]) -> list[Place]:
            return [counted.get(place.key, place) if place.kind == "search" else place for place in places]

        self._places = fill(self._places)
        if self._state.menu is not None:
            self._state.list_places(fill(self._state.menu))
            self.show()

    def close_menu(self) -> bool:
        """Show the rows of the current place again; returns whether places were listed."""
        self._requests.cancel("places")
        if self._state.menu is None:
            return False
        self._state.list_places(None)
        row, scroll = self._row_before_menu
        self._list.show(self._rows(), row, top=scroll)
        self._status.refresh()
        return True

    def take_place(self) -> bool:
        """Open the place under the cursor; returns whether places are listed."""
        if self.place is not None:
            self.open(self.place)
        return self._state.menu is not None

    def back(self) -> bool:
        """Go back to the list before this one, or to the front page; returns whether this is another one."""
        if self.close_menu():
            return True
        if self._trail:
            view, at = self._trail.pop()
            if not self.view.text:
                self._kept[self.view.place.kind, self.view.place.key] = self.position
            self._load(view, at, self.opened.emit)
            return True
        if self.view.place.kind != "front":
            self._load(replace(self.view, place=FRONT, text=""), ListPosition(), self.opened.emit)
            return True
        return False

    def forget(self, place: Place) -> None:
        """Drop a place that is gone; if it is listed, go back."""
        self.close_menu()
        self._trail = [(view, at) for view, at in self._trail if (view.place.kind, view.place.key) != (place.kind, place.key)]
        if (self.view.place.kind, self.view.place.key) == (place.kind, place.key):
            self.back()

    # commands: how the list is shown

    def toggle_read(self) -> None:
        """Hide the rows that are read, or show them."""
        hide = not self.view.unread
        self._load(replace(self.view, unread=hide), self.position, self.opened.emit)
        self._status.say("Read rows are hidden" if hide else "All rows are shown", key_note("toggle_read_rows", "toggles"))

    def toggle_order(self) -> None:
        """Order the front page by the newest first, or by weight."""
        if self.view.place.kind != "front":
            self._status.say("Stories are listed newest first; the front page can be ordered")
            return
        newest = not self.view.newest
        self._load(replace(self.view, newest=newest), ListPosition(), self.opened.emit)
        self._status.say("Newest first" if newest else "By number of outlets, what is new, and age", key_note("order", "toggles"))

    async def filter(self) -> None:
        """Ask for words that title and outlet, or the name of a place, must contain; the list follows as they are typed."""
        if self._state.menu is not None:
            await self._filter_places()
            return
        view, at = self.view, self.position
        plain = replace(view, text="")
        canceled = busy = False
        wanted = shown = view.text

        def follow() -> None:
            nonlocal shown, busy
            busy = shown != wanted and not canceled
            if busy:
                shown = wanted
                self._load(replace(view, text=wanted), ListPosition() if wanted else at, follow)

        def typed(text: str) -> None:
            nonlocal wanted
            wanted = text.strip()
            if not busy or not self._requests.is_running("list"):  # one at a time, since reading a long list takes a while
                follow()

        def cancel() -> None:
            nonlocal canceled
            canceled = True
            self._load(view, at, self.opened.emit)

        words = await self._prompt.line("Filter: ", view.text, on_change=typed, on_cancel=cancel)
        if canceled:
            return
        if words and not view.text:
            self._trail.append((plain, at))
        at = self.position if self.view.text == words else ListPosition()
        self._load(replace(view, text=words), at, self.opened.emit)

    async def _filter_places(self) -> None:
        """Ask for words that the name of a place must contain; the only place left is opened."""
        found = self._places

        def typed(text: str) -> None:
            nonlocal found
            words = text.casefold().split()
            found = [place for place in self._places if has_words(place, words)]
            self._state.list_places(found)
            self._list.show(PlaceMenuRows(found), 0, top=0)

        typed("")
        if await self._prompt.line("Filter places: ", on_change=typed, on_cancel=lambda: typed("")) and len(found) == 1:
            self.open(found[0])

    def next_density(self) -> None:
        """Show one line for each row, then two, then more room."""
        density = DENSITIES[(DENSITIES.index(self.density) + 1) % len(DENSITIES)]
        self.set_density(density)
        self._keep_setting("density", density)
        self._status.say(f"{density.capitalize()} rows", key_note("density", "cycles"))

    def set_density(self, density: Density) -> None:
        """Show rows with less or more room."""
        self.density = density
        self.show()


def followed(found: LoadedList, at: ListPosition, now: ListPosition) -> LoadedList:
    """Return a list that was loaded for one position of the cursor for the position it has now."""
    if now == at:
        return found
    same = (index for index, row in found.rows.items() if now.item and row_id(row) == now.item)
    cursor = next(same, now.row)
    return replace(found, cursor=cursor, top=max(0, now.scroll + cursor - now.row))


def has_words(place: Place, words: Sequence[str]) -> bool:
    """Return whether the name of a place contains all these lowercase words."""
    name = place_name(place).casefold()
    return all(word in name for word in words)


def row_id(row: ListRow | None) -> str:
    """Return the id of the thread or story in a row, "" for any other row."""
    return "" if row is None else getattr(row, "id", "")
