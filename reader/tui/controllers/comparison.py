"""The comparison on the screen: started and ended, in step with the story being read, and walked through passage by passage."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

from textual.screen import Screen

from reader.presentation import comparison_summary
from reader.presentation.comparison_loader import ONE_STORY, LoadedComparison, load_comparison, load_guests, preload
from reader.presentation.comparison_summary import ORDER, PassageFilter
from reader.tui.commands.registry import key_note
from reader.tui.controllers.pane_layout import PaneLayout
from reader.tui.controllers.read_tracker import ReadTracker
from reader.tui.controllers.requests import Requests
from reader.tui.controllers.status_lines import StatusLines
from reader.tui.controllers.story_display import StoryDisplay
from reader.tui.controllers.thread_browser import ThreadBrowser
from reader.tui.state.comparison_state import ComparisonState
from reader.tui.state.reader_state import ReaderState
from reader.tui.state.reading_position import ReadingPosition
from reader.tui.widgets.story_column import ScrollAnchor, StoryColumn
from reader.tui.widgets.story_columns import StoryColumns

if TYPE_CHECKING:
    from reader.library import Comparison

AHEAD_AFTER = 0.4
"""Seconds in a thread after which its stories are compared ahead, so that the marks appear at once."""


class ComparisonMode:
    """Compares the stories of the open thread and marks their passages in the columns."""

    def __init__(
        self,
        screen: Screen[Any],
        state: ReaderState,
        requests: Requests,
        columns: StoryColumns,
        display: StoryDisplay,
        layout: PaneLayout,
        browser: ThreadBrowser,
        tracker: ReadTracker,
        status: StatusLines,
    ) -> None:
        self._screen = screen
        self._state = state
        self._requests = requests
        self._columns = columns
        self._display = display
        self._layout = layout
        self._tracker = tracker
        self._status = status
        display.showing.connect(self._before_showing)
        display.placed.connect(self._select_visible)
        display.shown.connect(self._after_showing)
        display.add_decorator(self._decorate)
        browser.opened.connect(self._compare_ahead)

    @property
    def _comparison(self) -> ComparisonState:
        return self._state.comparison

    # on and off

    def toggle(self) -> None:
        """Start the comparison, or end it."""
        if self._comparison.on:
            self._requests.cancel("compare")
            self._requests.cancel("guests")
            anchors = self._anchors()
            self._state.set_comparing(False)
            self._show_at(anchors)
        elif self._state.reading is not None:
            self._layout.focus("columns")
            self._state.set_comparing(True)
            self._compare(self._state.reading)

    def _compare(self, reading: ReadingPosition) -> None:
        """Compare the stories of a position; the columns stay as they are until that is done."""
        comparison, library = self._comparison, self._state.library
        wanted = comparison.begin(reading)
        heads = [head for head in reading.heads[: reading.own] if head.id in wanted]
        uncertain = comparison.uncertain

        def loaded(result: LoadedComparison) -> None:
            if comparison is not self._comparison or comparison.stories != wanted:
                return
            waiting = comparison.finish(result)
            self._show_at(self._anchors())
            for action in waiting:
                action()

        if len(heads) == 1:
            self._requests.cancel("compare")
            loaded(LoadedComparison(why=ONE_STORY))
        else:
            self._requests.run("compare", lambda: load_comparison(library, heads, faint=uncertain), loaded, self._failed)

    def _failed(self, error: Exception) -> None:
        self._state.set_comparing(False)
        self._display.show()
        self._status.show_error(error)

    def _compare_ahead(self, before: ReadingPosition | None, reading: ReadingPosition) -> None:
        """Compare the stories of a thread in the background if the reader stays in it."""
        library = self._state.library

        def check() -> None:
            if reading is self._state.reading and reading.own > 1 and not self._comparison.on:
                wanted = ComparisonState().begin(reading)
                self._requests.run("ahead", lambda: preload(library, wanted), lambda _: None)

        self._screen.set_timer(AHEAD_AFTER, check)

    def when_ready(self, action: Callable[[], None]) -> None:
        """Call `action` when the comparison is there; start it if it is off."""
        if not self._comparison.on:
            self.toggle()
        if self._comparison.pending:
            self._comparison.wait(action)
        elif self._comparison.on:
            action()

    # in the columns

    def _before_showing(self, reading: ReadingPosition) -> None:
        comparison = self._comparison
        if comparison.on and not comparison.covers(reading):
            self._compare(reading)
        self._columns.set_aligned(self._comparison.aligned and self._comparison.view is not None)

    def _decorate(self, column: StoryColumn) -> None:
        comparison, story = self._comparison, column.head.id
        if comparison.view is not None and not self._display.shows_older_version(story):
            noted = comparison.passages(story, column.story)
            hidden = comparison_summary.hidden_passages(comparison.view, story, comparison.shown) if noted else None
            column.mark_passages(noted, hidden)

    def _after_showing(self, reading: ReadingPosition) -> None:
        self._refresh_changed(reading)
        self._add_guests()

    def _anchors(self, shown: PassageFilter = "all") -> dict[str, ScrollAnchor | None]:
        """The scroll position of each column: its first visible passage among those that will be shown."""
        view = self._comparison.view
        if view is None:
            return {}
        anchors = {}
        for column in self._columns.columns:
            hidden = comparison_summary.hidden_passages(view, column.head.id, shown) or {}
            noted = view.of(column.head.id)
            anchors[column.head.id] = column.anchor([each.passage for each in noted if each.passage.index not in hidden])
        return anchors

    def _show_at(self, anchors: dict[str, ScrollAnchor | None]) -> None:
        self._columns.hold(anchors)
        self._display.show()

    def _refresh_changed(self, reading: ReadingPosition) -> None:
        """Keep the comparison and the visible texts in step: compare a changed text again, load an outdated one again."""
        comparison = self._comparison
        if comparison.view is None:
            return
        for column in self._columns.columns:
            story = column.head.id
            if self._display.shows_older_version(story) or not comparison.view.of(story):
                continue
            if not column.noted and story not in comparison.known_texts:
                comparison.note_text(story, column.story)
                self._display.reload([story])
                return
            if comparison.note_text(story, column.story):
                self._compare(reading)
                return

    def _add_guests(self) -> None:
        """Compare the visible related stories with those of the thread."""
        comparison, library = self._comparison, self._state.library
        loaded = comparison.loaded
        new = comparison.new_guests([column.head.id for column in self._columns.columns])
        if not new or loaded is None:
            return

        def compared(found: dict[str, Comparison]) -> None:
            if comparison is self._comparison and comparison.loaded is loaded:
                comparison.add_guests(found)
                self._show_at(self._anchors())

        self._requests.run("guests", lambda: load_guests(library, loaded.counting, new), compared)

    # the selected passage

    def _select_visible(self) -> None:
        """Keep a visible passage selected: the same one, its counterpart in another story, or the first visible one."""
        comparison, column = self._comparison, self._columns.current
        if comparison.view is None or column is None:
            return
        story, follow = column.head.id, False
        shown = column.shown()
        if comparison.selected is not None and comparison.selected[0] != story:
            counterparts = comparison_summary.counterparts(comparison.view, comparison.selected).get(story, [])
            visible = [other for other in counterparts if other in shown]
            follow = bool(visible)
            comparison.select((story, visible[0]) if visible else None)
        if comparison.selected is None or comparison.selected[1] not in shown:
            first = column.first_in_sight()
            comparison.select(None if first is None else (story, first))
        self._highlight(follow=follow)

    def _highlight(self, *, follow: bool) -> bool:
        """Highlight the selected passage and its counterparts; returns whether the current column scrolled."""
        comparison, column = self._comparison, self._columns.current
        if comparison.view is None or column is None:
            return False
        selected = comparison.selected
        lit = comparison_summary.counterparts(comparison.view, selected) if selected else {}
        cursor = selected[1] if selected and selected[0] == column.head.id else None
        return self._columns.light(lit, cursor, follow=follow)

    def select_passage(self, passage: int) -> None:
        """Select a passage of the story being read, and scroll to it."""
        column = self._columns.current
        if column is not None and passage in column.shown():
            self._comparison.select((column.head.id, passage))
            self._tracker.scrolled(self._highlight(follow=True))
            self._status.refresh()

    # commands

    def step(self, by: int) -> None:
        """Select the next or previous passage; scroll a passage longer than the screen by pages, and past the last by lines."""
        self.when_ready(partial(self._step, by))

    def _step(self, by: int) -> None:
        column = self._columns.current
        shown = column.shown() if column else []
        if column is None or not shown:
            self._tracker.scrolled(self._columns.scroll_lines(by))
            return
        at = column.cursor
        if at is None or at not in shown or not column.in_sight(at):
            first = column.first_in_sight()
            self.select_passage(first if first is not None else shown[0])
            return
        rows = column.rows_of(at)
        beyond = rows.stop - column.top - column.room if by > 0 else column.top - rows.start
        following = shown.index(at) + by
        if beyond > 0:
            self._tracker.scrolled(self._columns.scroll_lines(by * min(beyond, column.room - 1)))
        elif 0 <= following < len(shown):
            self.select_passage(shown[following])
        else:
            self._tracker.scrolled(self._columns.scroll_lines(by))

    def next_difference(self) -> None:
        """Select the next difference; if there is none, the next passage unique to this story."""
        self.when_ready(partial(self._step_difference, 1))

    def previous_difference(self) -> None:
        """Select the previous difference."""
        self.when_ready(partial(self._step_difference, -1))

    def _step_difference(self, by: int) -> None:
        view, column = self._comparison.view, self._columns.current
        if view is None or column is None:
            self._status.say(self._comparison.problem)
            return
        self._layout.focus("columns")
        story = column.head.id
        found, kind = comparison_summary.differences(view, story)
        at, first = column.cursor, column.first_in_sight() or 0
        if at is None or not column.in_sight(at):
            at = first - 1 if by > 0 else first
        ahead = [passage for passage in found if (passage > at if by > 0 else passage < at)]
        if not ahead:
            others = comparison_summary.elsewhere(view, story)
            more = f" · {others} between the other stories" if others else ""
            which = "further" if by > 0 else "earlier"
            self._status.say(f"No {which} {kind} in this story" if found else "No differences", more)
            return
        target = min(ahead) if by > 0 else max(ahead)
        if target not in column.shown():
            self.show_passages("all")
        self.select_passage(target)
        if kind != comparison_summary.DIFFERENCE:
            self._status.say("No differences in this story", key_note("next_difference", "goes to passages unique to it"))

    def filter_passages(self) -> None:
        """Show all passages, then only unique ones, shared ones, different ones."""
        self.when_ready(self._filter)

    def _filter(self) -> None:
        view, reading = self._comparison.view, self._state.reading
        if view is None or reading is None:
            self._status.say(self._comparison.problem)
            return
        shown = ORDER[(ORDER.index(self._comparison.shown) + 1) % len(ORDER)]
        self.show_passages(shown)
        self._status.say(comparison_summary.filter_note(view, shown, reading.head.id), key_note("filter_passages", "cycles"))

    def show_passages(self, shown: PassageFilter) -> None:
        """Show only some passages, or all."""
        anchors = self._anchors(shown)
        self._comparison.show(shown)
        self._show_at(anchors)

    def show_all(self) -> None:
        """Show all passages if some are hidden."""
        if self._comparison.shown != "all":
            self.show_passages("all")

    def toggle_alignment(self) -> None:
        """Align matching passages, or lay out each story by itself."""
        self.when_ready(self._align)

    def _align(self) -> None:
        comparison = self._comparison
        if comparison.view is None:
            self._status.say(comparison.problem)
        elif not comparison.aligned and (self._columns.full or len(self._columns.columns) < 2):
            self._status.say("Alignment needs two visible stories")
        else:
            anchors = self._anchors(comparison.shown)
            comparison.toggle_aligned()
            self._show_at(anchors)
            self._status.say("Matching passages aligned" if comparison.aligned else "Alignment off", key_note("align", "toggles"))

    def toggle_uncertain(self) -> None:
        """Mark uncertain matches too, or only sure ones."""
        self.when_ready(self._mark_uncertain)

    def _mark_uncertain(self) -> None:
        comparison = self._comparison
        if comparison.view is None:
            self._status.say(comparison.problem)
            return
        anchors = self._anchors(comparison.shown)
        comparison.toggle_uncertain()
        self._show_at(anchors)
        self._status.say(
            "Uncertain matches are marked ?" if comparison.uncertain else "Only certain matches are marked",
            key_note("uncertain", "toggles"),
        )
