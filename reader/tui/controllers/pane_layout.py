"""The panes of the main screen: which are visible, how wide they are, and which one has the focus."""

from __future__ import annotations

from collections.abc import Callable

from reader.tui.commands.registry import key_note
from reader.tui.controllers.status_lines import StatusLines
from reader.tui.controllers.story_display import StoryDisplay
from reader.tui.state.reader_state import Pane, ReaderState
from reader.tui.state.signal import Signal
from reader.tui.widgets.painted import Rule
from reader.tui.widgets.story_columns import StoryColumns
from reader.tui.widgets.virtual_list import VirtualList

WIDE_FROM = 72
"""Screen width in cells from which the list can stand beside the stories."""
BESIDE_FROM = 100
"""Screen width in cells from which it does, as long as the user has set no width."""
WIDEST_LIST = 76
NARROWEST_LIST, NARROWEST_COLUMNS = 30, 36
"""Minimum widths of the two panes, in cells."""
STEP = 4
"""Cells by which the list is made wider or narrower."""


def list_width(width: int, wanted: int = 0) -> int:
    """Return the width of the list on a screen of this width: the wanted one, or half of the screen; all of a narrow one."""
    if width < WIDE_FROM or (not wanted and width < BESIDE_FROM):
        return width
    if wanted > width - NARROWEST_COLUMNS:
        return width
    return max(NARROWEST_LIST, wanted) if wanted else min(WIDEST_LIST, width // 2 + 2)


class PaneLayout:
    """Arranges the list and the columns for the size of the screen; emits `arranged` when it has.

    While the list has the focus, the columns beside it show what is under its cursor. While a story is read, the columns have the
    whole width, unless the reader keeps the list beside them.
    """

    def __init__(
        self,
        state: ReaderState,
        list_view: VirtualList,
        rule: Rule,
        columns: StoryColumns,
        display: StoryDisplay,
        status: StatusLines,
        *,
        keep_setting: Callable[[str, str | int], None],
    ) -> None:
        self.arranged: Signal[[]] = Signal()
        self.wanted_width = 0
        """The width of the list that the user has set, 0 for none."""
        self._state = state
        self._list = list_view
        self._rule = rule
        self._columns = columns
        self._display = display
        self._status = status
        self._keep_setting = keep_setting

    def arrange(self) -> None:
        """Show the panes that fit the screen, and mark the focused one."""
        state, columns, width = self._state, self._columns, self._columns.app.size.width
        listed = list_width(width, self.wanted_width)
        alone = listed == width
        shown = state.pane == "list" or (state.keeps_list and not alone and not columns.full)
        self._list.display = shown
        self._list.styles.width = listed
        self._rule.display = shown and not alone
        columns.display = not (shown and alone)
        beside = width - listed - 1 if shown and not alone else width
        changed = beside != state.columns_width
        state.set_columns_width(beside)
        self._list.focus_here(state.pane == "list")
        columns.focus_here(state.pane == "columns")
        self._status.refresh()
        if changed:
            self._display.show()
        self.arranged.emit()

    def focus(self, pane: Pane) -> None:
        """Focus a pane; for the list, leave full width."""
        self._state.focus(pane)
        if pane == "list" and self._columns.full:
            self._columns.set_full(False)
            self._display.show()
        self.arrange()

    def next_pane(self) -> None:
        """Focus the other pane."""
        self.focus("columns" if self._state.pane == "list" and self._state.reading else "list")

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
        self._status.say(
            "Columns scroll together" if self._columns.locked else "Columns scroll separately", key_note("lock", "toggles")
        )
        self._status.refresh()

    def toggle_list(self) -> None:
        """Keep the list beside the stories while they are read, or give them the whole width."""
        if self._list_width == self._screen_width:
            self.next_pane()
            return
        self._state.keep_list(not self._state.keeps_list)
        if self._state.reading:
            self._state.focus("columns")
        self.arrange()

    def widen_list(self) -> None:
        """Make the list wider."""
        self._resize(STEP)

    def narrow_list(self) -> None:
        """Make the list narrower."""
        self._resize(-STEP)

    @property
    def _screen_width(self) -> int:
        return self._columns.app.size.width

    @property
    def _list_width(self) -> int:
        return list_width(self._screen_width, self.wanted_width)

    def _resize(self, by: int) -> None:
        width, now = self._screen_width, self._list_width
        if width < WIDE_FROM:
            self._status.say("The screen is too narrow for two panes")
            return
        wanted = max(NARROWEST_LIST, now + by) if now < width else width // 2 if by < 0 else width
        self.set_list_width(wanted)
        self._keep_setting("list_width", wanted)

    def drag_border(self, column: int, *, dropped: bool) -> None:
        """Move the border between the panes to a column of the screen, and save the width when it is dropped."""
        width = self._screen_width
        wanted = max(NARROWEST_LIST, min(column, width - NARROWEST_COLUMNS))
        if wanted != self.wanted_width:
            self.set_list_width(wanted)
        if dropped:
            self._keep_setting("list_width", wanted)

    def set_list_width(self, width: int) -> None:
        """Set the width of the list in cells; 0 for half of the screen."""
        self.wanted_width = width
        self.arrange()
