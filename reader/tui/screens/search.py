"""Search as you type: results by thread, facets that narrow the query, and on wide screens a preview of the selected story."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, ClassVar

from msgspec import Struct
from textual import events
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal
from textual.screen import Screen
from textual.timer import Timer

from reader.models import SavedSearch, Story, StoryHeader
from reader.presentation.search_results import FacetRow, ResultRow, narrow_query
from reader.presentation.text_layout import Line
from reader.tui.commands.bindings import bindings, press
from reader.tui.commands.registry import Hint, hints, key_note
from reader.tui.controllers.prompt import Prompt
from reader.tui.controllers.query_completer import QueryCompleter
from reader.tui.controllers.requests import Requests
from reader.tui.controllers.search import SearchController
from reader.tui.state.query_history import QueryHistory
from reader.tui.state.search_session import Marks, marks
from reader.tui.widgets.line_editor import LineEditor
from reader.tui.widgets.search_rows import (
    FacetRows,
    ResultRows,
    advice_lines,
    example_lines,
    fault_lines,
    offer_hint,
    offer_lines,
    summary,
)
from reader.tui.widgets.search_widgets import MessageBand, QueryLine, StoryPreview, VerticalRule
from reader.tui.widgets.status_bars import StatusBar
from reader.tui.widgets.virtual_list import Rows, VirtualList

if TYPE_CHECKING:
    from reader.library import Library

FACETS_FROM, PREVIEW_FROM = 100, 150
"""Screen width in cells from which facets and preview stand beside the results."""
AIRY_FROM, TALL_FROM = 17, 31
"""Screen height in rows from which results have blank lines between them, and two lines of text."""
ROWS_BESIDE_COMPLETIONS = 6
"""Rows that a list of completions leaves free."""
WORDY_FROM = 60
"""Screen width in cells from which hints are spelled out."""
PAUSE = 0.25
"""Seconds without another search after which preview, remaining texts and facets are loaded."""


class SearchSelection(Struct, frozen=True):
    """The story to open, the query whose matches are highlighted, and all results in the order shown."""

    story: str
    query: str
    stories: tuple[str, ...]


class SearchScreen(Screen["SearchSelection | None"]):
    """Letters edit the query, arrows move in the results, Tab moves to the facets; `name` is the saved search being edited."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("searching")
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (FACETS_FROM, "-wide"), (120, "-wider"), (PREVIEW_FROM, "-widest")]  # noqa: RUF012
    DEFAULT_CSS = """
    SearchScreen { layers: base over; }
    SearchScreen #results { width: 1fr; }
    SearchScreen #facets { width: 26; }
    SearchScreen StoryPreview { width: 1fr; }
    SearchScreen.-narrow VerticalRule, SearchScreen.-narrow StoryPreview { display: none; }
    SearchScreen.-wide StoryPreview, SearchScreen.-wide #beside { display: none; }
    SearchScreen.-wider StoryPreview, SearchScreen.-wider #beside { display: none; }
    SearchScreen.-wider #facets, SearchScreen.-widest #facets { width: 34; }
    SearchScreen.-widest #results { width: 84; }
    SearchScreen.-narrow #facets, SearchScreen.-narrow.-on-facets #results { display: none; }
    SearchScreen.-narrow.-on-facets #facets { display: block; width: 1fr; }
    SearchScreen.-bare VerticalRule { visibility: hidden; }
    SearchScreen.-bare MessageBand { layer: over; dock: top; offset-y: 2; }
    """

    def __init__(self, library: Library, query: str = "", name: str = "") -> None:
        super().__init__()
        self.library = library
        self.editor = LineEditor(query, len(query))
        self.query_line = QueryLine(self.editor)
        self.band = MessageBand()
        self.result_list = VirtualList(id="results", ruled=False)
        self.preview = StoryPreview()
        self.facet_list = VirtualList(id="facets", ruled=False)
        self.status_bar = StatusBar()
        self.prompt = Prompt(self.status_bar)
        self.requests = Requests(self, self.show_error)
        self.search = SearchController(library, self.requests, self)
        self.completer = QueryCompleter(library, self.requests, self.editor, self.show_status)
        self.history = QueryHistory()
        self.on_facets = False
        """Whether the facets have the focus."""
        self._name = name
        self._open_when_found = False
        self._pause: Timer | None = None

    def compose(self) -> ComposeResult:
        """Query line, messages, results, preview, facets, status bar."""
        yield self.query_line
        yield self.status_bar
        yield self.band
        with Horizontal():
            yield self.result_list
            yield VerticalRule(id="beside")
            yield self.preview
            yield VerticalRule()
            yield self.facet_list

    def on_mount(self) -> None:
        """Search for the given query, and prepare the index and the earlier queries."""
        self.focus_list(facets=False)
        self.search.search()
        if not self.search.is_running:
            self.requests.run("prepare", self.library.search.prepare, lambda _: None, lambda _: None)
        self.requests.run("queries", self.library.search.recent_queries, self.history.load)

    # the query

    @property
    def typed_query(self) -> str:
        """The query as typed, without blanks at its ends."""
        return self.editor.text.strip()

    def on_key(self, event: events.Key) -> None:
        """Edit the query, or the answer to a question."""
        if self.prompt.is_open:
            self.prompt.on_key(event)
            return
        before = self.editor.text
        if not self.editor.press(event.key, event.character):
            return
        event.stop()
        event.prevent_default()
        self._edited(changed=self.editor.text != before)

    def on_paste(self, event: events.Paste) -> None:
        """Paste into the query, or into the answer to a question."""
        if self.prompt.is_open:
            self.prompt.on_paste(event)
            return
        event.stop()
        self.editor.insert(event.text)
        self._edited(changed=True)

    def _edited(self, *, changed: bool) -> None:
        """Search for the edited query; if only the cursor moved, show the completions there."""
        if changed:
            self.history.reset()
        self._show_query(changed=changed)

    def _show_query(self, *, changed: bool) -> None:
        self.focus_list(facets=False)
        if changed:
            self._open_when_found = False
            self.search.restart()
        self.show_status()

    def replace_query(self, query: str) -> None:
        """Search for another query."""
        self.editor.replace(query)
        self._edited(changed=True)

    def _step_history(self, by: int) -> None:
        query = self.history.step(by, self.editor.text)
        if query is None:
            self.status_bar.say("No later query" if by < 0 else "No earlier query")
            return
        self.editor.replace(query)
        self._show_query(changed=True)

    # results

    @property
    def selected(self) -> ResultRow | None:
        """The selected story."""
        rows = self.result_list.rows
        item = rows.items[self.result_list.cursor] if isinstance(rows, ResultRows) and len(rows) else None
        return item if isinstance(item, ResultRow) else None

    @property
    def text_lines(self) -> int:
        """Lines of text per result."""
        return 2 if self.size.height >= TALL_FROM else 1

    @property
    def airy(self) -> bool:
        """Whether a blank line follows each result."""
        return self.size.height >= AIRY_FROM

    @property
    def visible_results(self) -> int:
        """The number of results that fit the screen."""
        return -(-self.size.height // (2 + self.text_lines + self.airy))

    def show_results(self, *, more: bool) -> None:
        """Show new results from the top, or more of the same, the cursor on its story."""
        selected = self.selected.match.head.id if self.selected and more else ""
        results = self.search.results
        if self._pause is not None:
            self._pause.stop()
        self._fill(results.row_of(selected) if results else 0)
        self.show_status()
        if self._open_when_found and results:
            self._open_selected()
        elif results and results.groups:
            self._pause = self.set_timer(PAUSE, self.load_details)
        else:
            self.load_preview()

    def load_details(self) -> None:
        """Load preview, texts and facets after a pause in typing."""
        if self.search.results is not None and not self.search.is_running:
            self.load_preview()
            self.search.load_details()

    def _fill(self, cursor: int) -> None:
        self.set_class(not self._has_results, "-bare")
        self._fill_results(cursor)
        self._fill_facets()

    def _fill_results(self, cursor: int) -> None:
        groups = self.search.results.groups if self.search.results else ()
        self.result_list.show(ResultRows(groups, self.text_lines, self.airy), cursor, still=cursor > 0)

    def _fill_facets(self) -> None:
        results = self.search.results
        self._list_facets(FacetRows(results.counts, results.partial) if results else FacetRows(()))

    def _list_facets(self, rows: Rows) -> None:
        """Show facets; none is selected while the results have the focus."""
        self.facet_list.show(rows, self.facet_list.cursor if self.on_facets else None)

    def show_texts(self) -> None:
        """Show the texts of results that were out of view."""
        self._fill_results(self.result_list.cursor)

    def show_facets(self) -> None:
        """Show the facets of all results."""
        self._fill_facets()
        self.show_status()

    def show_error(self, error: Exception) -> None:
        """Show that the library failed."""
        self.status_bar.say(f"Search failed: {error}")

    def load_preview(self) -> None:
        """Show the selected story in the preview, if the screen is wide enough for one."""
        selected, results, library = self.selected, self.search.results, self.library
        if selected is None or results is None:
            self.requests.cancel("preview")
            self.preview.clear()
        elif self.size.width >= PREVIEW_FROM:
            query, head = results.results.query, selected.match.head

            def load() -> tuple[StoryHeader, Story, Marks]:
                story = library.stories.get(head.id)
                return head, story, marks(story, lambda text: library.search.highlights(query, text))

            self.requests.run("preview", load, lambda loaded: self.preview.show(*loaded))

    # status

    def on_resize(self) -> None:
        """Fit results, preview and hints to the new size."""
        self._fill(self.result_list.cursor)
        self.load_preview()
        self.show_status()
        self.prompt.refresh()

    @property
    def _has_results(self) -> bool:
        return self.search.results is not None and bool(self.search.results.groups)

    @property
    def _shows_error(self) -> bool:
        """Whether the query has an error that no completion is about to fix."""
        return self.search.query_error is not None and not self.completer.completions

    def show_status(self) -> None:
        """Show the number of results, messages, completions and key hints."""
        self.completer.update()
        size, results = self.size.width, self.search.results
        completing = self.completer.completions and not self._has_results
        total = results.summary(size // 2 - 2) if results and not self._shows_error and not completing else ""
        aside = self.facet_list.size.width if self.on_facets and size >= FACETS_FROM else 0
        self.query_line.show(total, aside, self.completer.ghost)
        self.band.show(self._messages())
        self.status_bar.show(*self._hints())

    def _messages(self) -> list[Line]:
        """Return the lines above the results, or in their place."""
        size, results, completions = self.size.width, self.search.results, self.completer.completions
        if self._shows_error and (error := self.search.query_error):
            lead = len(self.editor.text) - len(self.editor.text.lstrip())
            return fault_lines(error.message, self.query_line.place_of(lead + error.column), size)
        if not self.typed_query:
            return example_lines(size)
        if completions and not self._has_results:
            return offer_lines(completions[: max(1, self.size.height - ROWS_BESIDE_COMPLETIONS)], size)
        if results is None:
            return self.band.lines  # the examples stay until there are results
        if not results.groups:
            return advice_lines(results, size)
        if size < FACETS_FROM and self.airy and not self.on_facets:
            return [summary(results.counts, size), []]
        return []

    def _hints(self) -> tuple[list[Hint], str]:
        """Return the key hints, and the text to the right of them."""
        results, wide = self.search.results, self.size.width >= FACETS_FROM
        if self.on_facets:
            words = {"result_down": "facet", "result_up": "facet", "open_result": "narrow", "counts": "results"}
            return hints(["result_down", "result_up", "open_result", "counts", "leave_search"], words), ""
        if self.completer.completions:
            return offer_hint(self.completer.completions, self.size.width)
        if self.search.query_error:
            return hints(["clear", "leave_search"]), ""
        if results and not results.groups:
            suggested = ["counts"] if results.results.suggestion and results.results.suggestion.query else []
            return hints([*suggested, "clear", "leave_search"], {"counts": "use the suggestion"}), ""
        if results:
            words = {} if self.size.width >= WORDY_FROM else {"open_result": "open"}
            words |= {"sort_results": "best first"} if self.search.newest_first else {}
            more = ["sort_results", "save_search"] if wide else []
            return hints(["result_down", "result_up", "open_result", "counts", *more, "leave_search"], words), ""
        return hints(["leave_search"]), ""

    # commands

    def focus_list(self, *, facets: bool) -> None:
        """Give the focus to the facets or to the results."""
        changed, self.on_facets = self.on_facets != facets, facets
        self.set_class(facets, "-on-facets")
        self.result_list.focus_here(not facets)
        self.facet_list.focus_here(facets)
        if changed:
            self._list_facets(self.facet_list.rows)

    @property
    def focused_list(self) -> VirtualList:
        """The list that has the focus."""
        return self.facet_list if self.on_facets else self.result_list

    def action_result_down(self) -> None:
        """Move to the next row."""
        self.focused_list.move(1)

    def action_result_up(self) -> None:
        """Move to the previous row."""
        self.focused_list.move(-1)

    def action_results_down(self) -> None:
        """Move down a page."""
        self.focused_list.page(1)

    def action_results_up(self) -> None:
        """Move up a page."""
        self.focused_list.page(-1)

    def action_open_result(self) -> None:
        """Open the selected story, once the search is done; with the focus on the facets narrow the query."""
        if self.on_facets:
            self._narrow(self.facet_list.cursor)
        else:
            self._open_selected()

    def _open_selected(self) -> None:
        results = self.search.results
        if self.search.is_running:
            self._open_when_found = True
        elif results and self.selected and not self.search.query_error:
            head = self.selected.match.head
            self._leave(SearchSelection(head.id, results.results.query, results.stories))

    def _narrow(self, index: int) -> None:
        """Add the term of a facet to the query, or move to the stories of a thread."""
        rows, results = self.facet_list.rows, self.search.results
        facet = rows.items[index] if isinstance(rows, FacetRows) and index < len(rows) else None
        if not isinstance(facet, FacetRow):
            return
        if facet.term:
            self.replace_query(narrow_query(results.results.query if results else self.typed_query, facet.term))
        elif facet.facet == "thread" and isinstance(self.result_list.rows, ResultRows):
            self.result_list.go(self.result_list.rows.first_of(facet.label))
            self.focus_list(facets=False)
            self.show_status()

    def action_counts(self) -> None:
        """Accept a completion; otherwise move between results and facets, or use the suggestion if nothing was found."""
        if not self.on_facets and self.completer.accept():
            self._edited(changed=True)
            return
        results = self.search.results
        if results is None:
            return
        if results.groups:
            self.focus_list(facets=not self.on_facets)
            self.show_status()
        elif results.results.suggestion and results.results.suggestion.query:
            self.replace_query(results.results.suggestion.query)

    def action_older_query(self) -> None:
        """Show the previous query."""
        self._step_history(1)

    def action_newer_query(self) -> None:
        """Show the next query, finally the text that was typed."""
        self._step_history(-1)

    def action_sort_results(self) -> None:
        """Switch between best first and newest first."""
        self.search.toggle_order()
        self.show_status()

    async def action_save_search(self) -> None:
        """Save the query under a name."""
        if not self.typed_query or self.search.query_error:
            self.status_bar.say("Cannot save a query with errors" if self.typed_query else "Type a query to save it")
            return
        results = self.search.results
        query = results.results.query if results and results.typed == self.typed_query else self.typed_query
        if name := await self.prompt.line("Save as: ", self._name or query):
            self._save(name, query)

    def _save(self, name: str, query: str) -> None:
        def save() -> SavedSearch:
            before = self.library.saved_searches.named(name)
            return self.library.saved_searches.save(SavedSearch(name, query, before is not None and before.notify))

        def saved(search: SavedSearch) -> None:
            self._name = search.name
            self.status_bar.say(f"Saved as “{search.name}”", key_note("places", "lists it among the places"))

        self.requests.run("save", save, saved, lambda error: self.status_bar.say(f"Could not save the search: {error}"))

    def action_clear(self) -> None:
        """Clear the query."""
        self.replace_query("")

    def action_leave_search(self) -> None:
        """Return from the facets to the results, from the results to the previous screen."""
        if self.on_facets:
            self.action_counts()
        else:
            self._leave(None)

    def _leave(self, selection: SearchSelection | None) -> None:
        """Leave, and remember a query that had results."""
        results = self.search.results
        if results and results.groups and results.typed == self.typed_query:
            # run by the app, since the requests of a screen end with it
            self.app.run_worker(partial(self.library.search.remember_query, results.typed), thread=True, exit_on_error=False)
        self.dismiss(selection)

    # mouse

    def on_virtual_list_chosen(self, message: VirtualList.Chosen) -> None:
        """Preview the selected story; at the end of the list load more."""
        if message.sender is self.result_list:
            self.load_preview()
            if self.selected and self.result_list.at_end:
                self.search.load_more()

    def on_virtual_list_touched(self, message: VirtualList.Touched) -> None:
        """Focus the list that was clicked; a facet narrows the query."""
        if message.sender is self.facet_list and message.index is not None:
            self._narrow(message.index)
        else:
            self.focus_list(facets=message.sender is self.facet_list)
            self.show_status()

    def on_virtual_list_opened(self, message: VirtualList.Opened) -> None:
        """Open a story that was double-clicked."""
        if message.sender is self.result_list:
            self.action_open_result()

    async def on_status_bar_pressed(self, message: StatusBar.Pressed) -> None:
        """Run the command of the hint that was clicked."""
        await press(self, "searching", message.key)
