"""Search results as the screen shows them: stories grouped by thread, and counts that narrow the search."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Literal

from msgspec import Struct
from msgspec.structs import replace

from reader.models import Facets, SearchAnswer, SearchMatch, Span, StoryHeader
from reader.presentation import formatting
from reader.presentation.formatting import MONTHS, NO_OUTLET
from reader.presentation.text_layout import Line, breaks, cells, cut, cutting, mark, wrap

if TYPE_CHECKING:
    from reader.library import Library

LIMIT = 50
"""The stories shown at first,"""
MOST = 800
"""and the most, after the user scrolled to the end repeatedly."""
MOST_OUTLETS = 12
"""Outlets with a row of their own."""
NO_THREAD = "no thread"

Facet = Literal["outlet", "month", "thread"]


class ResultRow(Struct, frozen=True):
    """A matching story with the matches in its title; these and its snippet are loaded when the row comes into view."""

    match: SearchMatch

    @property
    def hits(self) -> tuple[Span, ...]:
        """Where the words of the query are in the title."""
        return self.match.title_spans


class ResultGroup(Struct, frozen=True):
    """A thread with matching stories: its name, its number of stories, and the matches by score."""

    name: str
    size: int
    findings: tuple[ResultRow, ...]


class FacetRow(Struct, frozen=True):
    """A count of matching stories with a common property; `term` narrows the query to them, None if no term can."""

    facet: Facet
    label: str
    number: int
    term: str | None = None


class GroupedResults(Struct, frozen=True):
    """Results in the order of the screen: `typed` is the query as typed, `results.query` the one that found them."""

    typed: str
    results: SearchAnswer
    groups: tuple[ResultGroup, ...]
    counts: tuple[FacetRow, ...]
    newest: bool = False
    texts: int = 0
    """The number of first stories with snippets."""

    def summary(self, room: int) -> str:
        """The number of results and their order, as long as fits into `room` cells."""
        found = self.results.total
        if not found:
            return "no stories"
        stories, which = formatting.stories(found), "newest" if self.newest else "best"
        if self.partial:
            ways = [f"{which} {self.shown} of {stories}", f"{which} {self.shown} of {found:,}", f"{self.shown} of {found:,}"]
        else:
            order = f", {which} first" if found > 1 else ""
            ways = [f"{stories} in {formatting.count(len(self.groups), 'thread')}{order}", f"{stories}{order}", stories]
        return next((way for way in ways if cells(way) <= room), ways[-1])

    @property
    def shown(self) -> int:
        """The number of stories shown."""
        return sum(len(group.findings) for group in self.groups)

    @property
    def partial(self) -> bool:
        """Whether more stories match than are shown."""
        return self.shown < self.results.total

    @property
    def stories(self) -> tuple[str, ...]:
        """The ids of the stories in the order of the screen."""
        return tuple(finding.match.head.id for group in self.groups for finding in group.findings)

    def row_of(self, story: str) -> int:
        """The row of a story in the list, in which threads have rows too; 0 if it is missing."""
        rows = [id_ for group in self.groups for id_ in ("", *(finding.match.head.id for finding in group.findings))]
        return rows.index(story) if story and story in rows else 0

    def with_facets(self, facets: Facets) -> GroupedResults:
        """Return the results with counts of all matching stories."""
        return replace(self, counts=tuple(facet_rows(self.groups, facets)))


def load_results(library: Library, query: str, *, newest: bool = False, limit: int = LIMIT, texts: int = LIMIT) -> GroupedResults:
    """Search the library; if nothing matches, search again with the last word as a prefix.

    The best stories come first, or the `newest`. Only the first `texts` stories on the screen get snippets: reading texts is
    most of the work. Raises `QueryError`.
    """
    answer = library.search.run(query, limit, newest=newest, unfinished=True, snippets=texts)
    found: dict[str | None, list[ResultRow]] = {}
    for match in answer.matches:
        found.setdefault(match.head.thread, []).append(ResultRow(match))
    groups = []
    for id_, rows in found.items():
        heading = answer.threads.get(id_) if id_ else None
        name, size = (heading.name, heading.size) if heading else (NO_THREAD, len(rows))
        groups.append(ResultGroup(name, size, tuple(rows)))
    return GroupedResults(query, answer, tuple(groups), tuple(facet_rows(groups)), newest, texts)


def load_snippets(library: Library, results: GroupedResults, stories: Sequence[str]) -> GroupedResults:
    """Return the results with the snippets of these stories and the matches in their titles."""
    snippets = library.search.snippets(results.results.query, stories)

    def with_snippet(row: ResultRow) -> ResultRow:
        found = snippets.get(row.match.head.id)
        if found is None:
            return row
        return ResultRow(replace(row.match, snippet=found.text, spans=found.spans, title_spans=found.title_spans))

    groups = (replace(group, findings=tuple(map(with_snippet, group.findings))) for group in results.groups)
    return replace(results, groups=tuple(groups))


def facet_rows(groups: Sequence[ResultGroup], facets: Facets | None = None) -> Iterator[FacetRow]:
    """Count by outlet, month (newest first, estimates separate) and thread; `facets` count all matches instead of those shown."""
    facets = facets or count_facets([finding.match.head for group in groups for finding in group.findings])
    for outlet, number in facets.outlets[:MOST_OUTLETS]:
        yield FacetRow("outlet", outlet or NO_OUTLET, number, f'outlet:"{outlet.replace(chr(34), " ")}"' if outlet else None)
    if len(facets.outlets) > MOST_OUTLETS:
        rest = facets.outlets[MOST_OUTLETS:]
        yield FacetRow("outlet", f"{len(rest):,} other outlets", sum(number for _, number in rest))
    for (when, stated), number in facets.months:
        label = f"{MONTHS[int(when[5:]) - 1]} {when[:4]}"
        yield FacetRow("month", label if stated else f"about {label}", number, f"date:{when}" if stated else None)
    for group in sorted(groups, key=lambda group: (-len(group.findings), group.name)):
        yield FacetRow("thread", group.name, len(group.findings))


def count_facets(heads: Sequence[StoryHeader]) -> Facets:
    """Count stories by outlet and by month."""
    outlets = sorted(Counter(head.outlet for head in heads).items(), key=lambda item: (-item[1], item[0] is None, item[0] or ""))
    months = sorted(Counter(filter(None, map(month, heads))).items(), key=lambda item: (item[0][0], not item[0][1]), reverse=True)
    return Facets(len(heads), tuple(outlets), tuple(months))


def month(head: StoryHeader) -> tuple[str, bool] | None:
    """The month of publication (`2018-12`), and whether it is stated; None if nothing is known."""
    if head.published:
        return formatting.local_time(head.published)[:7], True
    return (head.estimate.time[:7], False) if head.estimate else None


def narrow_query(query: str, term: str) -> str:
    """Add a term that must match as well."""
    if term in query:
        return query
    whole = f"({query})" if re.search(r"\bOR\b", query) else query
    return f"{whole} {term}".strip()


def excerpt(text: str, spans: Sequence[Span], room: int, lines: int) -> list[Line]:
    """Wrap a snippet to at most `lines` lines of `room` cells, cut at words so that the first match is visible."""
    if len(breaks(text, room)) <= lines:
        return wrap(mark(text, spans), room)
    first, last = spans[0] if spans else (0, 0)
    # A third of the room goes before the match, more near the end of the text; with ragged lines that may be too much.
    start = word_from(text, min(first - room * lines // 3, len(text) - room * lines + 1), first)
    found, end = set_from(text, spans, start, room, lines)
    while end < last and start < first:
        start = word_from(text, start + 1, first)
        found, end = set_from(text, spans, start, room, lines)
    return found


def word_from(text: str, at: int, limit: int) -> int:
    """The start of the first word after `at`, at most `limit`; 0 if `at` is before the text."""
    if at <= 0:
        return 0
    return text.find(" ", at, limit) + 1 or limit


def shorten_title(text: str, spans: Sequence[Span], role: str, room: int) -> Line:
    """A title in one line of `room` cells with its matches marked, cut at a word."""
    lines, _ = set_from(text, spans, 0, room, 1, role)
    return lines[0] if lines else []


def set_from(text: str, spans: Sequence[Span], start: int, room: int, lines: int, role: str = "ink") -> tuple[list[Line], int]:
    """Wrap a text from a character on, with … where it is cut; also return the last visible character."""
    lead = "…" * bool(start)
    text_shown = lead + text[start:]
    whole: Line = [(lead, role), *cutting(mark(text, spans, role), start, len(text))]
    places = breaks(text_shown, room)
    found = [cutting(whole, begin, end) for begin, end in places[:lines]]
    kept = len(text_shown)
    if len(places) > lines:
        begin = places[lines - 1][0]
        kept = begin + len(cut(text_shown[begin:], room)) - 1
        found[-1] = [*cutting(whole, begin, kept), ("…", role)]
    return found, start + kept - len(lead)
