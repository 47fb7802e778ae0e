"""What a search shows and holds: the query, what was found for it, the counts that narrow it, and a look into the marked story.

What the keys and the mouse do with it stands in `search`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.containers import Horizontal

from reader.model import Head, Story
from reader.ui.asking import AskingScreen
from reader.ui.commands import hints
from reader.ui.edit import Edit
from reader.ui.findings import Count, Finding, Findings, gather, narrowed
from reader.ui.hits import Marks, marks
from reader.ui.paint import Line
from reader.ui.screens.found import CountRows, FoundRows, advice_lines, example_lines, fault_lines, summary
from reader.ui.widgets.bars import Hints
from reader.ui.widgets.list import List, Rows
from reader.ui.widgets.search import Band, Preview, QueryLine, Upright

if TYPE_CHECKING:
    from reader.library import Library

COUNTS_FROM, PREVIEW_FROM = 100, 150
"""Columns from which counts and preview stand beside the results."""
AIRY_FROM, TALL_FROM = 17, 31
"""Rows from which results have air between them, and two lines of text."""
WORDY_FROM = 60
"""Columns from which hints and totals are said in full."""


@dataclass(frozen=True, slots=True)
class Picked:
    """What the search ended with: the story to open and its thread, the query whose hits are walked, all it found by score."""

    story: str
    thread: str | None
    query: str
    stories: tuple[str, ...]


class Finder(AskingScreen["Picked | None"]):
    """The search screen without its commands."""

    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (COUNTS_FROM, "-wide"), (PREVIEW_FROM, "-widest")]  # noqa: RUF012
    DEFAULT_CSS = """
    Finder #results { width: 1fr; }
    Finder #counts { width: 25; }
    Finder Preview { width: 1fr; }
    Finder.-narrow Upright, Finder.-narrow Preview, Finder.-wide Preview { display: none; }
    Finder.-wide #beside { display: none; }
    Finder.-widest #results { width: 84; }
    Finder.-narrow #counts, Finder.-narrow.-counting #results { display: none; }
    Finder.-narrow.-counting #counts { display: block; width: 1fr; }
    """

    def __init__(self, library: Library, query: str = "") -> None:
        super().__init__()
        self.library = library
        self.edit = Edit(query, len(query))
        self.findings: Findings | None = None
        self.fault: tuple[str, int] | None = None
        self.asking: str | None = None
        self.opening = False
        self.counting = False

    def compose(self) -> ComposeResult:
        """The query, what is said of it, results, the story looked into, counts, hints."""
        yield QueryLine(self.edit)
        yield Hints()
        yield Band()
        with Horizontal():
            yield List(id="results", ruled=False)
            yield Upright(id="beside")
            yield Preview()
            yield Upright()
            yield List(id="counts", ruled=False)

    @property
    def results(self) -> List:
        """The list of stories found."""
        return self.query_one("#results", List)

    @property
    def counts(self) -> List:
        """The list of counts."""
        return self.query_one("#counts", List)

    @property
    def typed(self) -> str:
        """The query as typed, without blanks at its ends."""
        return self.edit.text.strip()

    def on_mount(self) -> None:
        """Begin with the query given."""
        self.turn(counting=False)
        self.look()

    def on_resize(self) -> None:
        """Another size: results have more lines of text, or fewer."""
        self.list_results(self.results.cursor)
        self.say()

    # the query

    def typed_in(self, *, changed: bool) -> None:
        """The query or its cursor changed."""
        self.turn(counting=False)
        if changed:
            self.opening = False
            self.look()
        self.say()

    def look(self) -> None:
        """Search for what is typed. One search runs at a time; what was typed meanwhile is searched for after it."""
        if not self.typed:
            self.findings = self.fault = None
            self.list_results(0)
        elif self.asking is None and (self.findings is None or self.findings.typed != self.typed or self.fault):
            query = self.asking = self.typed
            library = self.library
            self.ask("search", lambda: gather(library, query), self.found)

    def found(self, findings: Findings) -> None:
        """An answer came: show it, if it is still the one wanted."""
        self.asking = None
        if findings.typed != self.typed:
            self.look()
            return
        self.findings, self.fault = findings, None
        self.list_results(0)
        self.say()
        if self.opening:
            self.open_marked()

    def failed(self, fault: Exception) -> None:
        """A query that cannot be understood is said to be so; what the last one that could found stays."""
        from reader.model import QueryError

        asked, self.asking = self.asking, None
        if not isinstance(fault, QueryError):
            self.query_one(Hints).say(f"That could not be searched: {fault}")
        elif asked != self.typed:
            self.look()
        else:
            self.fault = fault.message, fault.column
            self.say()

    # what is shown

    def list_results(self, cursor: int) -> None:
        """Put the findings into the lists."""
        groups, counts = (self.findings.groups, self.findings.counts) if self.findings else ((), ())
        rows = FoundRows(groups, 2 if self.size.height >= TALL_FROM else 1, self.size.height >= AIRY_FROM)
        self.results.show(rows, cursor)
        self.list_counts(CountRows(counts))
        self.look_into()

    def list_counts(self, rows: Rows) -> None:
        """Put counts into their list; without the keys none of them is marked."""
        self.counts.show(rows)
        if not self.counting:
            self.counts.cursor = 0

    def say(self) -> None:
        """Say how much was found, what is wrong, what to do."""
        size = self.size.width
        line = self.query_one(QueryLine)
        said = self.findings.said(in_full=size >= WORDY_FROM) if self.findings and not self.fault else ""
        line.show(said, self.counts.size.width if self.counting and size >= COUNTS_FROM else 0)
        self.query_one(Band).show(self.band())
        self.query_one(Hints).show(hints(*self.helpful()))

    def band(self) -> list[Line]:
        """What stands above the results, or in their place."""
        size = self.size.width
        if self.fault:
            message, column = self.fault
            lead = len(self.edit.text) - len(self.edit.text.lstrip())
            return fault_lines(message, self.query_one(QueryLine).place_of(lead + column), size)
        if not self.typed:
            return example_lines(size)
        if self.findings is None:
            return []
        if not self.findings.groups:
            return advice_lines(self.findings, size)
        if size < COUNTS_FROM and self.size.height >= AIRY_FROM and not self.counting:
            return [summary(self.findings.counts, size), []]
        return []

    def helpful(self) -> tuple[list[str], dict[str, str]]:
        """The commands that help here, and other words for some."""
        if self.counting:
            return ["result_down", "result_up", "open_result", "counts", "leave_search"], {
                "result_down": "count",
                "result_up": "count",
                "open_result": "narrow",
                "counts": "results",
            }
        if self.fault:
            return ["clear", "leave_search"], {}
        if self.findings and not self.findings.groups:
            taken = ["counts"] if self.findings.results.advice and self.findings.results.advice.query else []
            return [*taken, "clear", "leave_search"], {"counts": "take the suggestion"}
        if self.findings:
            shorter = {} if self.size.width >= WORDY_FROM else {"open_result": "open"}
            return ["result_down", "result_up", "open_result", "counts", "leave_search"], shorter
        return ["leave_search"], {}

    def look_into(self) -> None:
        """Show the marked story in the preview."""
        preview = self.query_one(Preview)
        finding = self.marked
        if finding is None or self.findings is None:
            self.drop("look")
            preview.clear()
        elif self.size.width >= PREVIEW_FROM:
            library, query, head = self.library, self.findings.results.query, finding.match.head

            def read() -> tuple[Head, Story, Marks]:
                story = library.story(head.id)
                return head, story, marks(story, lambda text: library.hits(query, text))

            self.ask("look", read, lambda read: preview.show(*read))

    @property
    def marked(self) -> Finding | None:
        """The story the results' cursor is on."""
        rows = self.results.rows
        item = rows.items[self.results.cursor] if isinstance(rows, FoundRows) and len(rows) else None
        return item if isinstance(item, Finding) else None

    def turn(self, *, counting: bool) -> None:
        """Give the keys to the counts, or to the results."""
        self.counting = counting
        self.set_class(counting, "-counting")
        self.results.focus_here(not counting)
        self.counts.focus_here(counting)
        self.list_counts(self.counts.rows)

    # what follows

    def open_marked(self) -> None:
        """End with the marked story; an answer still awaited is waited for."""
        if self.asking is not None:
            self.opening = True
        elif self.findings and self.marked and not self.fault:
            head, results = self.marked.match.head, self.findings.results
            self.dismiss(Picked(head.id, head.thread, results.query, tuple(match.head.id for match in results.matches)))

    def ask_for(self, query: str) -> None:
        """Put another query in place of the one typed."""
        self.edit.replace(query)
        self.typed_in(changed=True)

    def narrow(self, index: int) -> None:
        """Add the term of a count to the query, or go to the stories of a thread."""
        rows = self.counts.rows
        count = rows.items[index] if isinstance(rows, CountRows) and index < len(rows) else None
        if not isinstance(count, Count):
            return
        if count.term:
            self.ask_for(narrowed(self.findings.results.query if self.findings else self.typed, count.term))
        elif count.facet == "thread" and isinstance(self.results.rows, FoundRows):
            self.results.go(self.results.rows.first_of(count.label))
            self.turn(counting=False)
            self.say()
