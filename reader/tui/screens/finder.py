"""What a search shows: the query, what was found for it, the counts that narrow it, and a look into the marked story.

How it is asked stands in `seeking`, what is remembered and offered in `recalling`, what the keys do in `search`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.containers import Horizontal

from reader.models import FieldValue, Story, StoryHeader
from reader.presentation.search_results import GroupedResults, ResultRow
from reader.presentation.text_layout import Line
from reader.tui.commands.registry import Hint, hints
from reader.tui.controllers.prompt import InquiringScreen
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
from reader.tui.widgets.virtual_list import Rows, VirtualList

if TYPE_CHECKING:
    from reader.library import Library

COUNTS_FROM, PREVIEW_FROM = 100, 150
"""Columns from which counts and preview stand beside the results."""
AIRY_FROM, TALL_FROM = 17, 31
"""Rows from which results have air between them, and two lines of text."""
OFFERS_LEAVE = 6
"""Rows that values which are offered leave free."""
WORDY_FROM = 60
"""Columns from which hints are said in full."""


@dataclass(frozen=True, slots=True)
class SearchSelection:
    """What the search ended with: the story to open and its thread, the query whose hits are walked, all it found as shown."""

    story: str
    thread: str | None
    query: str
    stories: tuple[str, ...]


class Finder(InquiringScreen["SearchSelection | None"]):
    """The search screen without its commands."""

    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (COUNTS_FROM, "-wide"), (120, "-wider"), (PREVIEW_FROM, "-widest")]  # noqa: RUF012
    DEFAULT_CSS = """
    Finder { layers: base over; }
    Finder #results { width: 1fr; }
    Finder #counts { width: 26; }
    Finder StoryPreview { width: 1fr; }
    Finder.-narrow VerticalRule, Finder.-narrow StoryPreview { display: none; }
    Finder.-wide StoryPreview, Finder.-wider StoryPreview, Finder.-wide #beside, Finder.-wider #beside { display: none; }
    Finder.-wider #counts, Finder.-widest #counts { width: 34; }
    Finder.-widest #results { width: 84; }
    Finder.-narrow #counts, Finder.-narrow.-counting #results { display: none; }
    Finder.-narrow.-counting #counts { display: block; width: 1fr; }
    Finder.-bare VerticalRule { visibility: hidden; }
    Finder.-bare MessageBand { layer: over; dock: top; offset-y: 2; }
    """

    def __init__(self, library: Library, query: str = "") -> None:
        super().__init__()
        self.library = library
        self.edit = LineEditor(query, len(query))
        self.findings: GroupedResults | None = None
        self.fault: tuple[str, int] | None = None
        self.offers: Sequence[FieldValue] = ()
        """What the value that is being typed may be, the likeliest first."""
        self.ghost = ""
        """What is still to be typed of the likeliest."""
        self.counting = False

    def compose(self) -> ComposeResult:
        """The query, what is said of it, results, the story looked into, counts, hints."""
        yield QueryLine(self.edit)
        yield self.hints
        yield MessageBand()
        with Horizontal():
            yield VirtualList(id="results", ruled=False)
            yield VerticalRule(id="beside")
            yield StoryPreview()
            yield VerticalRule()
            yield VirtualList(id="counts", ruled=False)

    @property
    def results(self) -> VirtualList:
        """The list of stories found."""
        return self.query_one("#results", VirtualList)

    @property
    def counts(self) -> VirtualList:
        """The list of counts."""
        return self.query_one("#counts", VirtualList)

    @property
    def typed(self) -> str:
        """The query as typed, without blanks at its ends."""
        return self.edit.text.strip()

    def on_resize(self) -> None:
        """Another size: results have more lines of text, or fewer."""
        self.list_results(self.results.cursor)
        self.look_into()
        self.say()
        self.show_standing()

    # what is shown

    def list_results(self, cursor: int) -> None:
        """Put the findings into the lists."""
        self.set_class(not self.listed, "-bare")
        self.show_results(cursor)
        self.list_findings_counts()

    def show_results(self, cursor: int) -> None:
        """Put the findings into the list of results."""
        groups = self.findings.groups if self.findings else ()
        self.results.show(ResultRows(groups, *self.ample), cursor, still=cursor > 0)

    @property
    def ample(self) -> tuple[int, bool]:
        """How many lines of its text a result has, and whether a blank one follows it."""
        return 2 if self.size.height >= TALL_FROM else 1, self.size.height >= AIRY_FROM

    @property
    def in_sight(self) -> int:
        """As many results as there may be in sight."""
        return -(-self.size.height // (2 + sum(self.ample)))

    def list_findings_counts(self) -> None:
        """Put the counts of the findings into their list."""
        self.list_counts(FacetRows(self.findings.counts, self.findings.partial) if self.findings else FacetRows(()))

    def list_counts(self, rows: Rows) -> None:
        """Put counts into their list, the cursor where it is; without the keys none of them is marked."""
        self.counts.show(rows, self.counts.cursor if self.counting else None)

    def say(self) -> None:
        """Say how much was found, what is wrong, what to do."""
        size = self.size.width
        line = self.query_one(QueryLine)
        told = self.findings and not self.faulty and not (self.offers and not self.listed)
        said = self.findings.summary(size // 2 - 2) if self.findings and told else ""
        line.show(said, self.counts.size.width if self.counting and size >= COUNTS_FROM else 0, self.ghost)
        self.query_one(MessageBand).show(self.band())
        self.hints.show(*self.helpful())

    @property
    def listed(self) -> bool:
        """Whether any story stands in the list."""
        return self.findings is not None and bool(self.findings.groups)

    @property
    def faulty(self) -> bool:
        """Whether something is wrong with the query that is not about to be put right."""
        return self.fault is not None and not self.offers

    def band(self) -> list[Line]:
        """What stands above the results, or in their place."""
        size = self.size.width
        if self.fault and self.faulty:
            message, column = self.fault
            lead = len(self.edit.text) - len(self.edit.text.lstrip())
            return fault_lines(message, self.query_one(QueryLine).place_of(lead + column), size)
        if not self.typed:
            return example_lines(size)
        if self.offers and not self.listed:
            return offer_lines(self.offers[: max(1, self.size.height - OFFERS_LEAVE)], size)
        if self.findings is None:
            return self.query_one(MessageBand).lines  # they make room for what is found, not for nothing
        if not self.findings.groups:
            return advice_lines(self.findings, size)
        if size < COUNTS_FROM and self.size.height >= AIRY_FROM and not self.counting:
            return [summary(self.findings.counts, size), []]
        return []

    def helpful(self) -> tuple[list[Hint], str]:
        """The keys that help here, and what stands at the right of them."""
        if self.counting:
            other = {"result_down": "count", "result_up": "count", "open_result": "narrow", "counts": "results"}
            return hints(["result_down", "result_up", "open_result", "counts", "leave_search"], other), ""
        if self.offers:
            return offer_hint(self.offers, self.size.width)
        if self.fault:
            return hints(["clear", "leave_search"]), ""
        if self.findings and not self.findings.groups:
            taken = ["counts"] if self.findings.results.advice and self.findings.results.advice.query else []
            return hints([*taken, "clear", "leave_search"], {"counts": "take the suggestion"}), ""
        if self.findings:
            other = {} if self.size.width >= WORDY_FROM else {"open_result": "open"}
            other |= {"sort_results": "best first"} if self.findings.newest else {}
            more = ["sort_results", "save_search"] if self.size.width >= COUNTS_FROM else []
            return hints(["result_down", "result_up", "open_result", "counts", *more, "leave_search"], other), ""
        return hints(["leave_search"]), ""

    def look_into(self) -> None:
        """Show the marked story in the preview."""
        preview = self.query_one(StoryPreview)
        finding = self.marked
        if finding is None or self.findings is None:
            self.drop("look")
            preview.clear()
        elif self.size.width >= PREVIEW_FROM:
            library, query, head = self.library, self.findings.results.query, finding.match.head

            def read() -> tuple[StoryHeader, Story, Marks]:
                story = library.stories.get(head.id)
                return head, story, marks(story, lambda text: library.search.highlights(query, text))

            self.ask("look", read, lambda read: preview.show(*read))

    @property
    def marked(self) -> ResultRow | None:
        """The story the results' cursor is on."""
        rows = self.results.rows
        item = rows.items[self.results.cursor] if isinstance(rows, ResultRows) and len(rows) else None
        return item if isinstance(item, ResultRow) else None

    def turn(self, *, counting: bool) -> None:
        """Give the keys to the counts, or to the results."""
        turned, self.counting = self.counting != counting, counting
        self.set_class(counting, "-counting")
        self.results.focus_here(not counting)
        self.counts.focus_here(counting)
        if turned:
            self.list_counts(self.counts.rows)
