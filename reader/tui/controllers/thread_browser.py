"""The open thread: opened from a row of the list, or by one of its stories."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from textual.screen import Screen

from reader.models import StoryHeader, Thread
from reader.tui.controllers.list_pane import ListPane, row_id
from reader.tui.controllers.requests import Requests
from reader.tui.controllers.status_lines import StatusLines
from reader.tui.controllers.story_display import StoryDisplay
from reader.tui.loaders import OpenedThread, gather, near
from reader.tui.state.place_list import ListRow
from reader.tui.state.reader_state import ReaderState
from reader.tui.state.reading_position import ReadingPosition
from reader.tui.state.signal import Signal
from reader.tui.widgets.virtual_list import VirtualList

RELATED_AFTER = 0.2
"""Seconds in a thread after which its related stories are loaded."""


class ThreadBrowser:
    """Opens threads. Emits `opened` with the position left and the position entered, and `empty` when there is nothing to open."""

    def __init__(
        self,
        screen: Screen[Any],
        state: ReaderState,
        requests: Requests,
        list_view: VirtualList,
        pane: ListPane,
        display: StoryDisplay,
        status: StatusLines,
    ) -> None:
        self.opened: Signal[[ReadingPosition | None, ReadingPosition]] = Signal()
        self.empty: Signal[[]] = Signal()
        self._screen = screen
        self._state = state
        self._requests = requests
        self._list = list_view
        self._pane = pane
        self._display = display
        self._status = status
        self._row = ""
        """The thread or story of the row that is open; "" after a jump to another one."""
        self._last_read: dict[str, str] = {}
        """The story last read of each thread."""
        self._waiting: Callable[[], None] | None = None
        display.shown.connect(self._remember_story)
        pane.opened.connect(self.open_selected)

    # opening

    def open_selected(self, then: Callable[[], None] | None = None, *, again: bool = False) -> None:
        """Open the row under the cursor unless it is open already, or in any case with `again`; then call `then`."""
        if self._state.menu is not None:
            return
        if not len(self._state.listed):
            self._close()
            view = self._state.listed.view
            if view.place.kind == "front" and not view.text and not view.unread:
                self.empty.emit()
            return
        row = self._pane.row
        if not again and row is not None and row_id(row) and row_id(row) == self._row:
            self.with_reading(lambda _: then() if then else None)
        else:
            self.open(self._list.cursor, then=then)

    def open(self, index: int, *, last: bool = False, first: bool = False, then: Callable[[], None] | None = None) -> None:
        """Open a row at the story last read, else at its first unread one (or the `last`), else at its first.

        With `first`, the story last read does not matter.
        """
        self._list.put(index)
        self._waiting = None

        def loaded(row: ListRow) -> None:
            if isinstance(row, Thread):
                self._open(row, None if first or last else self._last_read.get(row.id), last=last, then=then)
            elif isinstance(row, StoryHeader):
                self._open(row, row.id, then=then)
            else:
                self._close()
                if then:
                    then()

        self._pane.with_row(index, loaded)

    def _open(
        self,
        row: Thread | StoryHeader,
        story: str | None,
        *,
        last: bool = False,
        jump: bool = False,
        then: Callable[[], None] | None = None,
    ) -> None:
        state = self._state
        # as wide as the columns become when the thread is read, so that nothing is left to load then
        width = self._screen.app.size.width
        search, library, before = state.search, state.library, state.reading
        self._row = "" if jump else row.id

        def gathered(opened: OpenedThread | None) -> None:
            if opened is None:
                self._pane.load()
                return
            state.open(opened.reading)
            self._display.keep(opened.texts, search)
            self._display.show()
            self._load_related_later(opened.reading)
            self.opened.emit(before, opened.reading)
            if then:
                then()
            waiting, self._waiting = self._waiting, None
            if waiting:
                waiting()

        related = state.related
        self._requests.run("thread", lambda: gather(library, row, story, last, width, search, related=related), gathered)

    def _close(self) -> None:
        """Show no thread: the row under the cursor is none."""
        self._requests.cancel("thread")
        self._row = ""
        self._state.open(None)
        self._display.clear()
        self._status.refresh()

    def open_story(self, story: str, *, then: Callable[[], None] | None = None) -> None:
        """Open a story in its thread, wherever it is listed; the list stays as it is."""
        library = self._state.library

        def found(head: StoryHeader) -> None:
            self._open(head, head.id, jump=not self._is_selected(head), then=then)

        self._requests.run("story", lambda: library.stories.header(story), found)

    def _is_selected(self, head: StoryHeader) -> bool:
        """Whether the row under the cursor is a story, or its thread."""
        row = self._pane.row
        return (isinstance(row, Thread) and row.id == head.thread) or (isinstance(row, StoryHeader) and row.id == head.id)

    def reopen(self) -> None:
        """Open the thread of the story being read as it is now; if nothing is being read, open the selected row."""
        if self._state.reading is None or (self._state.pane == "list" and not self._shows_selected()):
            self.open_selected()
        else:
            self.open_story(self._state.reading.head.id)

    def _shows_selected(self) -> bool:
        """Whether the open thread is that of the row under the cursor."""
        reading = self._state.reading
        return reading is not None and self._is_selected(reading.head)

    def with_reading(self, action: Callable[[ReadingPosition], None]) -> None:
        """Call `action` with the position, as soon as a thread that is being opened, or selected but not open yet, is open."""
        row = self._pane.row
        if self._requests.is_pending("thread"):
            self._waiting = lambda: self.with_reading(action)
        elif self._row and row is not None and row_id(row) != self._row:
            self.open(self._list.cursor, then=lambda: self.with_reading(action))
        elif self._state.reading is not None:
            action(self._state.reading)
        else:
            self._status.say("Open a story first")

    @property
    def is_opening(self) -> bool:
        """Whether a thread is being opened."""
        return self._requests.is_pending("thread")

    def _remember_story(self, reading: ReadingPosition) -> None:
        self._last_read[reading.thread.id] = reading.head.id

    # related stories

    def _load_related_later(self, reading: ReadingPosition) -> None:
        """Load related stories if the reader stays in the thread; not before a loading that is going on has ended."""

        def check() -> None:
            if reading is not self._state.reading:
                return
            if self._requests.is_pending("related"):
                self._load_related_later(reading)
            else:
                self.load_related()

        self._screen.set_timer(RELATED_AFTER, check)

    def load_related(self, then: Callable[[], None] | None = None) -> None:
        """Load the stories related to the open thread unless they are known, then call `then`."""
        reading, library = self._state.reading, self._state.library
        if reading is None or reading.related_known:
            return

        def loaded(found: tuple[list[StoryHeader], dict[str, str]]) -> None:
            reading.add_related(*found)
            if reading is not self._state.reading:
                return
            if reading.wants_related(self._state.columns_width):
                self._display.show()
            if then:
                then()

        self._requests.run("related", lambda: near(library, reading.thread.id, reading.heads[: reading.own]), loaded)
