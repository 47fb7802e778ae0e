"""What a search found, put in order for the screen: stories by thread, and counts that narrow the search."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from reader.models import Facets, SearchMatch, SearchResults, Span, StoryHeader
from reader.presentation import formatting
from reader.presentation.formatting import MONTHS, NO_OUTLET
from reader.presentation.text_layout import Line, breaks, cells, cut, cutting, mark, wrap

if TYPE_CHECKING:
    from reader.library import Library

LIMIT = 50
"""Stories that are shown at first,"""
MOST = 800
"""and at most, after the reader went to the end of them again and again."""
MOST_OUTLETS = 12
"""Outlets that are counted one by one."""
ALONE = "in no thread"
OPERATORS = frozenset(("AND", "OR", "NOT", "TO"))
LAST_WORD = re.compile(r"(?:^|[\s(:])([^\W\d_][\w’'-]{1,40})$")

Facet = Literal["outlet", "month", "thread"]


@dataclass(frozen=True, slots=True)
class ResultRow:
    """A story found, and where the query's words stand in its title; that and its text are looked for when it comes into sight."""

    match: SearchMatch
    hits: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class ResultGroup:
    """A thread some of whose stories were found: its name, how many stories it has, those found by score."""

    name: str
    size: int
    findings: tuple[ResultRow, ...]


@dataclass(frozen=True, slots=True)
class FacetRow:
    """How many of the stories found have something in common; `term` narrows the query to them, None: no term can."""

    facet: Facet
    label: str
    number: int
    term: str | None = None


@dataclass(frozen=True, slots=True)
class GroupedResults:
    """The answer to a query in the order of the screen: `typed` is what was asked, `results.query` what found them."""

    typed: str
    results: SearchResults
    groups: tuple[ResultGroup, ...]
    counts: tuple[FacetRow, ...]
    newest: bool = False
    texts: int = 0
    """How many of the first stories have their text."""

    def said(self, room: int) -> str:
        """How much was found and in which order, as fully as there is room for."""
        found = self.results.total
        if not found:
            return "no stories"
        stories, which = formatting.stories(found), "newest" if self.newest else "best"
        if self.partial:
            ways = [f"the {which} {self.shown} of {stories}", f"{which} {self.shown} of {found:,}", f"{self.shown} of {found:,}"]
        else:
            order = f", {which} first" if found > 1 else ""
            ways = [f"{stories} in {formatting.count(len(self.groups), 'thread')}{order}", f"{stories}{order}", stories]
        return next((way for way in ways if cells(way) <= room), ways[-1])

    @property
    def shown(self) -> int:
        """How many stories are shown."""
        return sum(len(group.findings) for group in self.groups)

    @property
    def partial(self) -> bool:
        """Whether more stories were found than are shown."""
        return self.shown < self.results.total

    @property
    def stories(self) -> tuple[str, ...]:
        """The ids of the stories in the order in which they are shown."""
        return tuple(finding.match.head.id for group in self.groups for finding in group.findings)

    def row_of(self, story: str) -> int:
        """The row of a story in the list, where each thread has one too; 0 for one that is not there."""
        rows = [id_ for group in self.groups for id_ in ("", *(finding.match.head.id for finding in group.findings))]
        return rows.index(story) if story and story in rows else 0

    def tallied(self, tally: Facets) -> GroupedResults:
        """The same with counts of all stories that were found."""
        return replace(self, counts=tuple(counted(self.groups, tally)))


def gather(library: Library, query: str, *, newest: bool = False, limit: int = LIMIT, texts: int = LIMIT) -> GroupedResults:
    """Search; where nothing is found and the last word may be unfinished, search for words that begin with it.

    The best stories come first, or the `newest`. The first of them in the order of the screen come with their `texts`, as many as
    are in sight: to read them is most of the work of a search. Raises the library's QueryError.
    """
    results = library.search.run(query, limit, newest=newest, snippets=False)
    if not results.matches and (begun := unfinished(query)):
        begun_results = library.search.run(begun, limit, newest=newest, snippets=False)
        results = begun_results if begun_results.matches else results
    if not results.matches:
        results = replace(results, advice=library.search.suggest(query))
    found: dict[str | None, list[ResultRow]] = {}
    for match in results.matches:
        found.setdefault(match.head.thread, []).append(ResultRow(match))
    headings = library.threads.headings(filter(None, found))
    groups = []
    for id_, findings in found.items():
        heading = headings.get(id_) if id_ else None
        name, size = (heading.name, heading.size) if heading else (ALONE, len(findings))
        groups.append(ResultGroup(name, size, tuple(findings)))
    whole = GroupedResults(query, results, tuple(groups), tuple(counted(groups)), newest, texts)
    return told(library, whole, whole.stories[:texts])


def told(library: Library, findings: GroupedResults, stories: Sequence[str]) -> GroupedResults:
    """The findings with the texts of these stories, and the hits in their titles."""
    query = findings.results.query
    texts = library.search.snippets(query, stories)

    def with_text(finding: ResultRow) -> ResultRow:
        head = finding.match.head
        if head.id not in texts:
            return finding
        text, spans = texts[head.id]
        return ResultRow(replace(finding.match, snippet=text, spans=spans), tuple(library.search.highlights(query, head.title)))

    groups = (replace(group, findings=tuple(map(with_text, group.findings))) for group in findings.groups)
    return replace(findings, groups=tuple(groups))


def unfinished(query: str) -> str | None:
    """The query with its last word taken as the beginning of one, or None where that makes no other query."""
    last = LAST_WORD.search(query)
    return f"{query}*" if last and last[1] not in OPERATORS and query.count('"') % 2 == 0 else None


def counted(groups: Sequence[ResultGroup], tally: Facets | None = None) -> Iterator[FacetRow]:
    """Counts by outlet, by month (the newest first, estimated apart) and by thread; of more stories than are shown by a `tally`."""
    tally = tally or tallied([finding.match.head for group in groups for finding in group.findings])
    for outlet, number in tally.outlets[:MOST_OUTLETS]:
        yield FacetRow("outlet", outlet or NO_OUTLET, number, f'outlet:"{outlet.replace(chr(34), " ")}"' if outlet else None)
    if len(tally.outlets) > MOST_OUTLETS:
        rest = tally.outlets[MOST_OUTLETS:]
        yield FacetRow("outlet", f"{len(rest):,} other outlets", sum(number for _, number in rest))
    for (when, stated), number in tally.months:
        label = f"{MONTHS[int(when[5:]) - 1]} {when[:4]}"
        yield FacetRow("month", label if stated else f"about {label}", number, f"date:{when}" if stated else None)
    for group in sorted(groups, key=lambda group: (-len(group.findings), group.name)):
        yield FacetRow("thread", group.name, len(group.findings))


def tallied(heads: Sequence[StoryHeader]) -> Facets:
    """How many stories there are by outlet and by month."""
    outlets = sorted(Counter(head.outlet for head in heads).items(), key=lambda item: (-item[1], item[0] is None, item[0] or ""))
    months = sorted(Counter(filter(None, map(month, heads))).items(), key=lambda item: (item[0][0], not item[0][1]), reverse=True)
    return Facets(len(heads), tuple(outlets), tuple(months))


def month(head: StoryHeader) -> tuple[str, bool] | None:
    """The month a story was published in (`2018-12`), and whether that is stated; None where nothing is known."""
    if head.published:
        return head.published[:7], True
    return (head.estimate.time[:7], False) if head.estimate else None


def narrowed(query: str, term: str) -> str:
    """The query with a term that must hold too."""
    if term in query:
        return query
    whole = f"({query})" if re.search(r"\bOR\b", query) else query
    return f"{whole} {term}".strip()


def excerpt(text: str, spans: Sequence[Span], room: int, lines: int) -> list[Line]:
    """A snippet in at most `lines` lines of `room` cells, cut at words so that its first hit shows."""
    if len(breaks(text, room)) <= lines:
        return wrap(mark(text, spans), room)
    first, last = spans[0] if spans else (0, 0)
    # A third of the room stands before the hit, more where the text ends soon. Lines are ragged, so that can be too much.
    start = word_from(text, min(first - room * lines // 3, len(text) - room * lines + 1), first)
    found, end = set_from(text, spans, start, room, lines)
    while end < last and start < first:
        start = word_from(text, start + 1, first)
        found, end = set_from(text, spans, start, room, lines)
    return found


def word_from(text: str, at: int, limit: int) -> int:
    """Where the first word begins that begins after `at`, `limit` at the latest; 0 where `at` is no place in the text."""
    if at <= 0:
        return 0
    return text.find(" ", at, limit) + 1 or limit


def shortened(text: str, spans: Sequence[Span], role: str, room: int) -> Line:
    """A text in one line of `room` cells, its hits marked, cut at a word."""
    lines, _ = set_from(text, spans, 0, room, 1, role)
    return lines[0] if lines else []


def set_from(text: str, spans: Sequence[Span], start: int, room: int, lines: int, role: str = "ink") -> tuple[list[Line], int]:
    """A text set from a character on, with … where it goes on before and after; and the character up to which it shows."""
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
