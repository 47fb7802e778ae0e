"""Moving: by lines, pages, stories and threads, to unread stories, and through the matches of a search."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from textual.screen import Screen

from reader.models import Thread
from reader.tui.controllers.comparison import ComparisonMode
from reader.tui.controllers.list_pane import ListPane
from reader.tui.controllers.pane_layout import PaneLayout
from reader.tui.controllers.read_tracker import ReadTracker
from reader.tui.controllers.status_lines import StatusLines
from reader.tui.controllers.story_display import StoryDisplay
from reader.tui.controllers.thread_browser import ThreadBrowser
from reader.tui.state.place_list import MoreStories
from reader.tui.state.reader_state import ReaderState
from reader.tui.state.reading_position import ReadingPosition
from reader.tui.state.search_session import SearchSession
from reader.tui.widgets.story_columns import StoryColumns
from reader.tui.widgets.virtual_list import VirtualList

if TYPE_CHECKING:
    from collections.abc import Callable

    from reader.tui.screens.search import SearchSelection


class Navigation:
    """Moves the reader; in the list the same keys move the cursor."""

    def __init__(
        self,
        screen: Screen[Any],
        state: ReaderState,
        list_view: VirtualList,
        columns: StoryColumns,
        display: StoryDisplay,
        layout: PaneLayout,
        pane: ListPane,
        browser: ThreadBrowser,
        tracker: ReadTracker,
        comparison: ComparisonMode,
        status: StatusLines,
    ) -> None:
        self._screen = screen
        self._state = state
        self._list = list_view
        self._columns = columns
        self._display = display
        self._layout = layout
        self._pane = pane
        self._browser = browser
        self._tracker = tracker
        self._comparison = comparison
        self._status = status

    # lines and pages

    def down(self) -> None:
        """Move down by a line or a row, or to the next passage of a comparison."""
        self._step(1)

    def up(self) -> None:
        """Move up by a line or a row, or to the previous passage of a comparison."""
        self._step(-1)

    def _step(self, by: int) -> None:
        if self._state.pane == "list":
            self._list.move(by)
        elif self._state.comparison.on:
            self._comparison.step(by)
        else:
            self._tracker.scrolled(self._columns.scroll_lines(by))

    def page(self) -> None:
        """Scroll a page down; at the end of a story mark it read and open the next unread one."""
        column = self._columns.current
        if self._state.pane == "list" or column is None:
            self.open()
        elif column.at_end:
            self._tracker.finish_story()
            self.next_unread(finish_thread=True)
        else:
            self._tracker.scrolled(self._columns.scroll_pages(1))

    def page_down(self) -> None:
        """Move a page down."""
        self._page(1)

    def page_up(self) -> None:
        """Move a page up."""
        self._page(-1)

    def half_page_down(self) -> None:
        """Move half a page down."""
        self._page(0.5)

    def half_page_up(self) -> None:
        """Move half a page up."""
        self._page(-0.5)

    def _page(self, pages: float) -> None:
        if self._state.pane == "list":
            self._list.page(pages)
        else:
            self._tracker.scrolled(self._columns.scroll_pages(pages))

    def first(self) -> None:
        """Move to the first line or row."""
        if self._state.pane == "list":
            self._list.first()
        else:
            self._tracker.scrolled(self._columns.scroll_to_end(top=True))

    def last(self) -> None:
        """Move to the last line or row."""
        if self._state.pane == "list":
            self._list.last()
        else:
            self._tracker.scrolled(self._columns.scroll_to_end(top=False))

    # stories and threads

    def previous_story(self) -> None:
        """Go to the previous story; in the list, to the places."""
        self._turn(-1)

    def next_story(self) -> None:
        """Go to the next story; after the last one of the thread, to related ones. In the list, open the row."""
        self._turn(1)

    def _turn(self, by: int) -> None:
        reading = self._state.reading
        if self._state.pane == "list":
            if by > 0:
                self.open()
            elif self._state.menu is None:
                self._pane.choose_place()
            return
        if reading is None:
            return
        if reading.move(by):
            self._show_story()
        elif by > 0 and not reading.related_known:
            self._browser.load_related(self.next_story)
        else:
            self._status.say("This is the first story" if by < 0 else "No more related stories")

    def nth_story(self, number: int) -> None:
        """Go to a story by its number."""
        if self._state.reading is None:
            return
        if self._state.reading.go(number - 1):
            self._layout.focus("columns")
            self._show_story()
        else:
            self._status.say(f"No story {number} here")

    def _show_story(self) -> None:
        if self._state.search is not None and self._state.reading is not None:
            self._state.search.land(self._state.reading.head.id)
        self._display.show()

    def next_thread(self) -> None:
        """Open the next row of the list."""
        if not self._list.move(1):
            self._status.say("This is the last row of the list")

    def previous_thread(self) -> None:
        """Open the previous row of the list."""
        if not self._list.move(-1):
            self._status.say("This is the first row of the list")

    # unread stories

    def next_unread(self, by: int = 1, *, finish_thread: bool = False) -> None:
        """Go to the next unread story, or the previous one, through the list in a circle; in the list, to the next unread row.

        `finish_thread` stays in this thread as long as one of its stories is unread.
        """
        reading = self._state.reading
        row = self._pane.row
        is_selected = reading is not None and isinstance(row, Thread) and row.id == reading.thread.id
        within = reading if is_selected and self._state.pane == "columns" else None
        place = within.unread(after=within.at, by=by) if within else None
        if place is None and finish_thread and within:
            place = self._other_unread(within)
        if place is not None and within:
            self._go(within, place)
            return

        def found(index: int | None) -> None:
            if index is not None:
                self._browser.open(index, last=by < 0, first=by > 0)
                return
            other = self._other_unread(within) if within else None
            if other is not None and within:
                self._go(within, other)
            else:
                self._status.say("No other unread stories here" if reading and not reading.head.read else "No unread stories here")

        self._pane.find_unread(by, found)

    def _other_unread(self, reading: ReadingPosition) -> int | None:
        return next((place for place in range(reading.own) if place != reading.at and not reading.heads[place].read), None)

    def _go(self, reading: ReadingPosition, place: int) -> None:
        reading.go(place)
        self._show_story()

    # matches of a search

    def next_mark(self) -> None:
        """Go to the next match of the search, or without a search to the next unread story."""
        self._step_mark(1)

    def previous_mark(self) -> None:
        """Go to the previous match of the search, or without a search to the previous unread story."""
        self._step_mark(-1)

    def _step_mark(self, by: int) -> None:
        reading, search = self._state.reading, self._state.search
        self._pane.close_menu()
        if search is None:
            self.next_unread(by)
            return
        if reading is None:
            return
        self._layout.focus("columns")
        before = search.place(reading.head.id)
        story = search.step(reading.head.id, by)
        if story is None:
            self._show_match()
            return
        self.open_match(story, last=by < 0)
        after = search.place(story)
        if before is not None and after is not None and before != after and (after > before) != (by > 0):
            self._status.say("Wrapped to the first result" if by > 0 else "Wrapped to the last result")

    def _show_match(self) -> None:
        if self._state.search is not None and self._state.reading is not None:
            self._comparison.show_all()
            self._columns.show_hit(self._state.search.here(self._state.reading.head.id))
            self._status.refresh()

    def open_match(self, story: str, *, last: bool = False, then: Callable[[], None] | None = None) -> None:
        """Open a story in its thread, at its first match or its last while a search is on."""

        def opened() -> None:
            if self._state.search is not None:
                self._state.search.land(story, last=last)
                self._show_match()
            if then:
                then()

        self._pane.close_menu()
        self._layout.focus("columns")
        self._browser.open_story(story, then=opened)

    def start_search(self, query: str, name: str = "") -> None:
        """Open the search screen with a query; `name` is that of the saved search it comes from."""
        from reader.tui.screens.search import SearchScreen

        search = SearchScreen(self._state.library, query, name)

        def selected(selection: SearchSelection | None) -> None:
            if selection is not None:
                self._state.set_search(SearchSession(selection.query, selection.stories))
                self.open_match(selection.story)

        self._screen.app.push_screen(search, selected)

    # back

    def back(self) -> bool:
        """Go back one level: from full width to the columns, from the stories to the list, to the list before it.

        Going back to the list ends the search. Returns whether there was another level.
        """
        if self._columns.full:
            self._layout.toggle_full()
            return True
        if self._state.pane == "columns":
            self.show_list()
            return True
        return self._pane.back()

    def show_list(self) -> None:
        """Go to the list as it was left, and end the search."""
        self._state.set_search(None)
        self._layout.focus("list")
        self._browser.open_selected()

    def open(self) -> None:
        """Open the place or the row under the cursor, and from a column its story at full width."""
        if self._state.pane == "columns":
            if self._state.reading is not None and not self._columns.full:
                self._layout.toggle_full()
            return
        if self._pane.take_place():
            return
        row = self._pane.row
        if isinstance(row, MoreStories):
            self._pane.open(row.place)
        else:
            self._browser.open_selected(lambda: self._layout.focus("columns") if self._state.reading else None)
