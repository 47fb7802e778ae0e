"""How a search is asked: as it is typed, one question at a time, narrowed by counts, ended with a story."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from textual.timer import Timer

from reader.errors import QueryError
from reader.models import Facets
from reader.presentation.search_results import LIMIT, MOST, FacetRow, GroupedResults, load_results, load_snippets, narrow_query
from reader.tui.screens.finder import Finder, SearchSelection
from reader.tui.widgets.search_rows import FacetRows, ResultRows

if TYPE_CHECKING:
    from reader.library import Library

SETTLED_AFTER = 0.25
"""Seconds without another search after which the rest follows: the marked story, the texts out of sight, counts of all."""


class Seeking(Finder):
    """The search screen that asks the library."""

    def __init__(self, library: Library, query: str = "") -> None:
        super().__init__(library, query)
        self.newest = False
        """Whether the newest stories come first, not the best."""
        self.limit = LIMIT
        """How many stories are shown at most."""
        self.asking: str | None = None
        self.opening = False
        self._pause: Timer | None = None

    def on_mount(self) -> None:
        """Begin with the query given."""
        self.turn(counting=False)
        self.look()

    def typed_in(self, *, changed: bool) -> None:
        """The query or its cursor changed."""
        self.turn(counting=False)
        if changed:
            self.opening = False
            self.limit = LIMIT
            self.look()
        self.say()

    def look(self) -> None:
        """Search for what is typed. One search runs at a time; what was typed meanwhile is searched for after it."""
        self.drop("tally")
        self.drop("texts")
        if self._pause is not None:
            self._pause.stop()
        if not self.typed:
            self.findings = self.fault = None
            self.list_results(0)
            self.look_into()
        elif self.asking is None and (self.findings is None or self.fault or not self._answers(self.findings)):
            query, newest, limit, texts, library = self.typed, self.newest, self.limit, self.in_sight, self.library
            self.asking = query
            self.ask("search", lambda: load_results(library, query, newest=newest, limit=limit, texts=texts), self.found)

    def _answers(self, findings: GroupedResults) -> bool:
        """Whether these are the findings that are wanted now."""
        enough = findings.shown >= min(self.limit, findings.results.total)
        return findings.typed == self.typed and findings.newest == self.newest and enough

    def found(self, findings: GroupedResults) -> None:
        """An answer came: show it, if it is still the one wanted."""
        self.asking = None
        if not self._answers(findings):
            self.look()
            return
        self.findings, self.fault = findings, None
        marked = self.marked.match.head.id if self.marked and self.limit > LIMIT else ""
        self.list_results(findings.row_of(marked))
        self.say()
        if self.opening:
            self.open_marked()
        elif findings.groups:
            self._pause = self.set_timer(SETTLED_AFTER, self.settle)
        else:
            self.look_into()

    def look_further(self) -> None:
        """Where the last story shown is marked and there are more, show more, and stay on it."""
        findings = self.findings
        if findings and findings.partial and self.limit < MOST and self.marked and self.results.at_end:
            self.limit = min(MOST, 2 * self.limit)
            self.look()

    def settle(self) -> None:
        """Show the marked story, read the texts of those out of sight, and count all, those too that are not shown."""
        findings, library = self.findings, self.library
        if findings is None or self.asking is not None:
            return
        self.look_into()
        if rest := findings.stories[findings.texts :]:
            self.ask("texts", lambda: load_snippets(library, findings, rest), self._told)
        if findings.partial:
            self.ask("tally", lambda: library.search.facets(findings.results.query), self._tallied)

    def _told(self, findings: GroupedResults) -> None:
        """The texts of all stories are known."""
        if self.findings is not None:
            self.findings = replace(findings, counts=self.findings.counts)
            self.show_results(self.results.cursor)

    def _tallied(self, tally: Facets) -> None:
        """All stories that were found are counted."""
        if self.findings is not None:
            self.findings = self.findings.with_facets(tally)
            self.list_findings_counts()
            self.say()

    def failed(self, fault: Exception) -> None:
        """A query that cannot be understood is said to be so; what the last one that could found stays."""
        asked, self.asking = self.asking, None
        if not isinstance(fault, QueryError):
            self.hints.say(f"That could not be searched: {fault}")
        elif asked != self.typed:
            self.look()
        else:
            self.fault = fault.message, fault.column
            self.say()

    # what follows

    def open_marked(self) -> None:
        """End with the marked story; an answer still awaited is waited for."""
        if self.asking is not None:
            self.opening = True
        elif self.findings and self.marked and not self.fault:
            head = self.marked.match.head
            self.leave(SearchSelection(head.id, head.thread, self.findings.results.query, self.findings.stories))

    def leave(self, picked: SearchSelection | None) -> None:
        """End the search."""
        self.dismiss(picked)

    def ask_for(self, query: str) -> None:
        """Put another query in place of the one typed."""
        self.edit.replace(query)
        self.typed_in(changed=True)

    def narrow(self, index: int) -> None:
        """Add the term of a count to the query, or go to the stories of a thread."""
        rows = self.counts.rows
        count = rows.items[index] if isinstance(rows, FacetRows) and index < len(rows) else None
        if not isinstance(count, FacetRow):
            return
        if count.term:
            self.ask_for(narrow_query(self.findings.results.query if self.findings else self.typed, count.term))
        elif count.facet == "thread" and isinstance(self.results.rows, ResultRows):
            self.results.go(self.results.rows.first_of(count.label))
            self.turn(counting=False)
            self.say()
