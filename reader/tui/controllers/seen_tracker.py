"""The stories of followed threads that the reader has seen."""

from __future__ import annotations

from reader.tui.controllers.journal import Journal
from reader.tui.controllers.pane_layout import PaneLayout
from reader.tui.controllers.thread_browser import ThreadBrowser
from reader.tui.state.reader_state import ReaderState
from reader.tui.state.reading_position import ReadingPosition
from reader.tui.widgets.virtual_list import VirtualList


class SeenTracker:
    """Marks the stories of a followed thread seen when the reader leaves it after having been in its columns."""

    def __init__(
        self, state: ReaderState, list_view: VirtualList, layout: PaneLayout, journal: Journal, browser: ThreadBrowser
    ) -> None:
        self._state = state
        self._list = list_view
        self._journal = journal
        self._browser = browser
        self._entered: ReadingPosition | None = None
        """The open thread if its columns had the focus: one passed in the list has not been seen."""
        browser.opened.connect(self._opened)
        layout.arranged.connect(self._arranged)

    def _opened(self, before: ReadingPosition | None, reading: ReadingPosition) -> None:
        self._mark_seen(before)
        self._enter()

    def _arranged(self) -> None:
        if not self._browser.is_opening:
            self._enter()

    def _enter(self) -> None:
        if self._state.pane == "columns":
            self._entered = self._state.reading

    def close(self) -> None:
        """Mark the open thread seen: the reader quits."""
        self._mark_seen(self._state.reading)

    def _mark_seen(self, reading: ReadingPosition | None) -> None:
        if reading is None or reading is not self._entered:
            return
        if reading.thread.followed:
            stories, ids = self._state.library.stories, [head.id for head in reading.heads[: reading.own]]
            self._journal.write(lambda: stories.mark_seen(ids))
            self._state.listed.mark_seen(reading.thread.id)
            self._list.redraw()
