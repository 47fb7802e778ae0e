"""The search behind the search screen: one query runs at a time, and the latest one wins."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from msgspec.structs import replace

from reader.errors import QueryError
from reader.models import Facets
from reader.presentation.search_results import LIMIT, MOST, GroupedResults, load_results, load_snippets
from reader.tui.controllers.requests import Requests

if TYPE_CHECKING:
    from reader.library import Library


class SearchView(Protocol):
    """The screen as the search sees it."""

    @property
    def typed_query(self) -> str:
        """The query being typed."""

    @property
    def visible_results(self) -> int:
        """The number of results that fit the screen; their texts are loaded at once."""

    def show_results(self, *, more: bool) -> None:
        """Show new results from the top, or `more` results of the same query."""

    def show_texts(self) -> None:
        """Show the texts of results that were out of view."""

    def show_facets(self) -> None:
        """Show the facets of all results."""

    def show_error(self, error: Exception) -> None:
        """Show that the library failed."""

    def show_status(self) -> None:
        """Show the number of results, or the error in the query."""


class SearchController:
    """Runs the queries of a search screen.

    While a query runs, further typing only changes the text; when the answer arrives, a new search starts if the text has changed.
    """

    def __init__(self, library: Library, requests: Requests, view: SearchView) -> None:
        self._library = library
        self._requests = requests
        self._view = view
        self._running: str | None = None
        self._limit = LIMIT
        self.newest_first = False
        self.results: GroupedResults | None = None
        """The latest results; after an error in the query, those of the last valid one."""
        self.query_error: QueryError | None = None

    @property
    def is_running(self) -> bool:
        """Whether a query is waiting for its results."""
        return self._running is not None

    def restart(self) -> None:
        """Search for a query that was edited."""
        self._limit = LIMIT
        self.search()

    def search(self) -> None:
        """Search for the query as typed, unless its results are shown already."""
        self._requests.cancel("facets")
        self._requests.cancel("texts")
        query = self._view.typed_query
        if not query:
            self.results = self.query_error = None
            self._view.show_results(more=False)
        elif not self.is_running and (self.results is None or self.query_error or not self._is_current(self.results)):
            library, newest, limit, texts = self._library, self.newest_first, self._limit, self._view.visible_results
            self._running = query
            self._requests.run(
                "search", lambda: load_results(library, query, newest=newest, limit=limit, texts=texts), self._found, self._failed
            )

    def _is_current(self, results: GroupedResults) -> bool:
        """Return whether results answer the present query, order and limit."""
        enough = results.shown >= min(self._limit, results.results.total)
        return results.typed == self._view.typed_query and results.newest == self.newest_first and enough

    def _found(self, results: GroupedResults) -> None:
        self._running = None
        if self._is_current(results):
            self.results, self.query_error = results, None
            self._view.show_results(more=self._limit > LIMIT)
        else:
            self.search()

    def _failed(self, error: Exception) -> None:
        query, self._running = self._running, None
        if not isinstance(error, QueryError):
            self._view.show_error(error)
        elif query != self._view.typed_query:
            self.search()
        else:
            self.query_error = error
            self._view.show_status()

    def toggle_order(self) -> None:
        """Switch between best first and newest first."""
        self.newest_first = not self.newest_first
        self.search()

    def load_more(self) -> None:
        """Double the number of results if there are more."""
        if self.results and self.results.partial and self._limit < MOST:
            self._limit = min(MOST, 2 * self._limit)
            self.search()

    def load_details(self) -> None:
        """Load the texts of results out of view, and the facets of all results."""
        results, library = self.results, self._library
        if results is None or self.is_running:
            return
        if rest := results.stories[results.texts :]:
            self._requests.run("texts", lambda: load_snippets(library, results, rest), self._texts_loaded)
        if results.partial:
            self._requests.run("facets", lambda: library.search.facets(results.results.query), self._facets_loaded)

    def _texts_loaded(self, results: GroupedResults) -> None:
        if self.results is not None:
            self.results = replace(results, counts=self.results.counts)
            self._view.show_texts()

    def _facets_loaded(self, facets: Facets) -> None:
        if self.results is not None:
            self.results = self.results.with_facets(facets)
            self._view.show_facets()
