"""The first and the last line of the main screen, kept in step with what the reader does."""

from __future__ import annotations

from reader.presentation import comparison_summary
from reader.tui import status_line
from reader.tui.state.reader_state import ReaderState
from reader.tui.state.reading_position import ReadingPosition
from reader.tui.state.signal import Signal
from reader.tui.widgets.status_bars import StatusBar, TitleLine
from reader.tui.widgets.story_columns import StoryColumns


class StatusLines:
    """Shows the place, the totals and the key hints; emits `refreshed` when the reader may have moved."""

    def __init__(self, state: ReaderState, columns: StoryColumns, title_line: TitleLine, status_bar: StatusBar) -> None:
        self.refreshed: Signal[[]] = Signal()
        self._state = state
        self._columns = columns
        self._title_line = title_line
        self._status_bar = status_bar

    def say(self, *pieces: str) -> None:
        """Show a message on the main screen for a while; pieces after the first are muted."""
        self._status_bar.say(*pieces)

    def announce(self, *pieces: str) -> None:
        """Show a message on whichever screen is open: for work that goes on in the background."""
        bars = self._status_bar.app.screen.query(StatusBar)
        (bars.first() if bars else self._status_bar).say(*pieces)

    def show_error(self, error: Exception) -> None:
        """Show that the library could not be read."""
        self._status_bar.log.error(error)
        self.announce(f"Could not read the library: {error}")

    @property
    def width(self) -> int:
        """The width of the screen in cells."""
        return self._status_bar.app.size.width

    def refresh(self) -> None:
        """Show both lines as they are now."""
        state, reading = self._state, self._state.reading
        compared = state.comparison.view or state.comparison.problem
        if reading is not None and compared and state.pane != "list":
            self._show_comparison(reading)
        else:
            self._show_place(reading)
        self.refreshed.emit()

    def _show_place(self, reading: ReadingPosition | None) -> None:
        state, columns, width = self._state, self._columns, self.width
        column = columns.current
        percent = column.percent if column else 0
        place = status_line.place(reading, width, full=columns.full)
        if columns.full and reading:
            self._title_line.show(place, f"{status_line.nth(reading)} · {percent} %")
        elif state.menu is not None:
            self._title_line.show([("Places", "name")], status_line.totals(state.listed, width))
        elif state.pane == "list":
            self._title_line.show(status_line.list_place(state.listed, width), status_line.totals(state.listed, width))
        else:
            self._title_line.show(place, status_line.totals(state.listed, width))
        if state.pane == "list" or reading is None:
            self._show_list_hints()
            return
        right = "" if columns.full else status_line.progress(reading, percent, width, locked=columns.locked)
        hints = status_line.story_hints(width, full=columns.full, search=state.search, story=reading.head.id)
        self._status_bar.show(hints, right)

    def _show_list_hints(self) -> None:
        self._status_bar.show(status_line.list_hints(places=self._state.menu is not None))

    def _show_comparison(self, reading: ReadingPosition) -> None:
        state, width, full, column = self._state, self.width, self._columns.full, self._columns.current
        alone = f"{status_line.nth(reading)} · {column.percent} %" if full and column else ""
        totals = alone or status_line.totals(state.listed, width)
        place = status_line.comparison_place(reading.thread.name, self._results(reading), self._selected(), totals, width)
        self._title_line.show(*place)
        story = reading.head.id
        if state.comparison.view is None:
            self._status_bar.show(status_line.story_hints(width, full=full, search=state.search, story=story, comparing=True))
        else:
            self._status_bar.show(*status_line.comparison_hints(width, full=full, search=state.search, story=story))

    def _results(self, reading: ReadingPosition) -> list[comparison_summary.Piece]:
        """The results of the comparison, piece by piece."""
        comparison = self._state.comparison
        loaded, view = comparison.loaded, comparison.view
        if loaded is None or view is None:
            return status_line.problem(comparison.problem)
        numbers = {head.id: place for place, head in enumerate(reading.heads, 1)}
        pieces = comparison_summary.summary(view, numbers, loaded.outlets, reading.head.id)
        pieces += [(f"{numbers[story]} is {why}",) * 2 for story, why in loaded.left_out.items() if story in numbers]
        if reading.own > len(comparison.stories):
            part = f"{len(comparison.stories)} of {reading.own}"
            pieces.insert(0, (f"{part} stories compared", f"{part} compared"))
        return pieces

    def _selected(self) -> str:
        """The text on the selected passage."""
        view, selected = self._state.comparison.view, self._state.comparison.selected
        return comparison_summary.passage_note(view, view.at(selected)) if view and selected else ""
