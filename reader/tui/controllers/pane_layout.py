"""The panes of the main screen: which are visible, and which one has the focus."""

from __future__ import annotations

from reader.tui.controllers.status_lines import StatusLines
from reader.tui.controllers.story_display import StoryDisplay
from reader.tui.state.reader_state import Pane, ReaderState
from reader.tui.state.signal import Signal
from reader.tui.widgets.painted import Rule
from reader.tui.widgets.story_columns import StoryColumns
from reader.tui.widgets.thread_rows import WIDE_FROM, rail_width
from reader.tui.widgets.virtual_list import VirtualList


class PaneLayout:
    """Arranges the list of threads and the columns for the size of the screen; emits `arranged` when it has."""

    def __init__(
        self,
        state: ReaderState,
        rail: VirtualList,
        rule: Rule,
        columns: StoryColumns,
        display: StoryDisplay,
        status: StatusLines,
    ) -> None:
        self.arranged: Signal[[]] = Signal()
        self._state = state
        self._rail = rail
        self._rule = rule
        self._columns = columns
        self._display = display
        self._status = status

    def arrange(self) -> None:
        """Show the panes that fit the screen, and mark the focused one."""
        state, columns, width = self._state, self._columns, self._columns.app.size.width
        narrow = width < WIDE_FROM
        rail = not columns.full and (state.pane == "rail" if narrow else not state.rail_hidden)
        self._rail.display = rail
        self._rail.styles.width = rail_width(width)
        self._rule.display = rail and not narrow
        columns.display = not (narrow and rail)
        self._rail.focus_here(state.pane == "rail")
        columns.focus_here(state.pane == "columns")
        self._status.refresh()
        self.arranged.emit()

    def focus(self, pane: Pane) -> None:
        """Focus a pane; for the list of threads, show it and leave full width."""
        self._state.focus(pane)
        if pane == "rail":
            self._state.hide_rail(False)
            if self._columns.full:
                self._columns.set_full(False)
                self._display.show()
        self.arrange()

    def next_pane(self) -> None:
        """Focus the other pane."""
        self.focus("columns" if self._state.pane == "rail" and self._state.reading else "rail")

    def toggle_full(self) -> None:
        """Show one story at full width, or columns."""
        if self._state.reading is None:
            return
        self._columns.set_full(not self._columns.full)
        self._state.focus("columns")
        self.arrange()
        self._display.show()

    def toggle_lock(self) -> None:
        """Scroll all columns together, or each by itself."""
        self._columns.set_locked(not self._columns.locked)
        self._status.say("Columns scroll together" if self._columns.locked else "Columns scroll separately", " · = toggles")
        self._status.refresh()

    def toggle_rail(self) -> None:
        """Hide the list of threads, or show it."""
        if self._columns.app.size.width < WIDE_FROM:
            self.next_pane()
            return
        self._state.hide_rail(not self._state.rail_hidden)
        if self._state.rail_hidden and self._state.reading:
            self._state.focus("columns")
        self.arrange()
