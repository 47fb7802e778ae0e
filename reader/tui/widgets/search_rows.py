"""Rows of the search screen: stories by thread, facets, and the messages shown when nothing is listed."""

from __future__ import annotations

from collections.abc import Sequence

from reader.models import FieldValue, Suggestion
from reader.presentation import formatting
from reader.presentation.query_examples import EXAMPLES
from reader.presentation.search_results import Facet, FacetRow, GroupedResults, ResultGroup, ResultRow, excerpt, shorten_title
from reader.presentation.text_layout import Line, cells, cut, cut_line, pad, spread, wrap
from reader.tui.commands.registry import BY_ID, Hint
from reader.tui.widgets.virtual_list import Rows

MEASURE = 76
FACETS: dict[Facet, str] = {"outlet": "By outlet", "month": "By month", "thread": "By thread"}
COUNTS_WIDTH = 44
BAR = 12
"""Maximum width of a facet's bar, in cells."""
LEAST_BAR = 3
"""Minimum width of the longest bar, in cells."""
EXAMPLES_WIDTH = 16, 50
"""Minimum and maximum width of the example queries, in cells."""
BESIDE = ("older_query", "sort_results", "save_search")
"""Commands listed below the examples."""


class ResultRows(Rows):
    """Each thread's name, then its matching stories: title, outlet and date, and the text around the first match.

    `lines_each` is the number of text lines per story; `airy` adds a blank line after each.
    """

    def __init__(self, groups: Sequence[ResultGroup], lines_each: int = 1, airy: bool = True) -> None:
        self.items: list[ResultGroup | ResultRow] = []
        self.left: list[int] = []
        self.lines_each = lines_each
        self.airy = airy
        for group in groups:
            self.items += [group, *group.findings]
        rest = sum(len(group.findings) for group in groups)
        for item in self.items:
            self.left.append(rest)
            rest -= isinstance(item, ResultRow)

    def __len__(self) -> int:
        return len(self.items)

    def selectable(self, index: int) -> bool:
        """Return whether the row is a story."""
        return isinstance(self.items[index], ResultRow)

    def remaining(self, index: int) -> int:
        """Return the number of stories from this row on."""
        return self.left[index] if index < len(self.items) else 0

    def lines(self, index: int, width: int, chosen: bool, focused: bool) -> list[Line]:
        """Return the heading of a thread, or a story."""
        item = self.items[index]
        if isinstance(item, ResultGroup):
            return [group_line(item, width)]
        return story_lines(item, width, self.lines_each) + [[]] * self.airy

    def first_of(self, name: str) -> int:
        """Return the row of the first story of a thread."""
        return 1 + next(place for place, item in enumerate(self.items) if isinstance(item, ResultGroup) and item.name == name)


def group_line(group: ResultGroup, width: int) -> Line:
    """Return the name of a thread and how many of its stories match."""
    said = f"{len(group.findings)} of {formatting.stories(group.size)}"
    return cut_line([(cut(group.name, max(1, width - cells(said) - 2)), "accent"), (f"  {said}", "muted")], width)


def story_lines(finding: ResultRow, width: int, lines_each: int) -> list[Line]:
    """Return a matching story: sign and title, outlet and date, text around the first match."""
    head = finding.match.head
    room = min(MEASURE, width - 4)
    title = shorten_title(head.title, finding.hits, "made" if head.title_made else "head", room)
    text = excerpt(finding.match.snippet, finding.match.spans, room, lines_each)
    return [
        [("  ", "ink") if head.read else ("● ", "unread"), *title],
        cut_line([("  ", "ink"), (formatting.outlet(head), "muted"), (f" · {formatting.published_day(head)}", "muted")], room + 2),
        *([("  ", "ink"), *line] for line in text),
    ]


class FacetRows(Rows):
    """Facet counts under their headings, with bars; those that narrow the search or lead to a thread can be selected.

    `partial` if the threads are counted in the stories shown only.
    """

    def __init__(self, counts: Sequence[FacetRow], partial: bool = False) -> None:
        self.items: list[FacetRow | str] = []
        self.most: dict[Facet, int] = {}
        self.longest = max((cells(count.label) for count in counts), default=0)
        for facet, heading in FACETS.items():
            some = [count for count in counts if count.facet == facet]
            if some:
                shown = f"{heading}, results shown" if partial and facet == "thread" else heading
                self.items += ["", shown, *some] if self.items else [shown, *some]
                self.most[facet] = max(count.number for count in some)
        self.items += ["", "note"] if self.items else []

    def __len__(self) -> int:
        return len(self.items)

    def selectable(self, index: int) -> bool:
        """Return whether selecting the row does anything."""
        item = self.items[index]
        return isinstance(item, FacetRow) and (item.term is not None or item.facet == "thread")

    def lines(self, index: int, width: int, chosen: bool, focused: bool) -> list[Line]:
        """Return a heading or a count."""
        item = self.items[index]
        if isinstance(item, FacetRow):
            return [self._count(item, min(width - 1, COUNTS_WIDTH), chosen and focused)]
        if item == "note":
            return [[(f"{BY_ID['counts'].label}, Enter to narrow", "editorial")]]
        return [[(item, "strong")]] if item else [[]]

    def _count(self, count: FacetRow, size: int, chosen: bool) -> Line:
        """Return a label, its bar and its number; all bars start in the same column."""
        number = f" {count.number:,}"
        digits = len(f" {max(self.most.values()):,}")
        room = max(LEAST_BAR, min(BAR, size - digits - self.longest - 1))
        label = size - digits - room - 1
        bar = "━" * max(1, round(room * count.number / self.most[count.facet]))
        named = pad([(cut(count.label, label), "chosen" if chosen else "muted")], label + 1)
        return spread([*named, (bar, "thumb")], [(number, "ink")], size)


def summary(counts: Sequence[FacetRow], room: int) -> Line:
    """Return months and outlets in one line, as many as fit."""
    by_month: dict[str, int] = {}
    for count in counts:
        if count.facet == "month":
            label = count.label.removeprefix("about ")
            by_month[label] = by_month.get(label, 0) + count.number
    months = ", ".join(f"{label}: {number:,}" for label, number in sorted(by_month.items(), key=lambda item: -item[1]))
    outlets = ", ".join(f"{count.label}: {count.number:,}" for count in counts if count.facet == "outlet")
    return [("  ", "ink"), (cut(" · ".join(filter(None, (months, outlets))), room - 4), "muted")]


def advice_lines(findings: GroupedResults, room: int) -> list[Line]:
    """Return suggestions for a search without results."""
    advice = findings.results.suggestion or Suggestion(f"No story contains “{findings.typed}”.")
    keys: list[Line] = []
    if advice.query:
        tab: Line = [("search for ", "ink"), (advice.query, "strong"), (f" instead ({formatting.stories(advice.count)})", "ink")]
        keys += act("counts", tab, room)
    keys += act("clear", [("clear the query", "ink")], room)
    keys += act("leave_search", [("go back", "ink")], room)
    return [[], [], *indented(wrap([(advice.message, "strong")], room - 8)), [], *keys]


def act(id_: str, what: Line, room: int) -> list[Line]:
    """Return a key and a description of what it does, wrapped."""
    first, *more = wrap(what, room - 16)
    return [[("    ", "ink"), (f"{BY_ID[id_].label:<8}", "key"), *first], *([(" " * 12, "ink"), *line] for line in more)]


def offer_hint(offers: Sequence[FieldValue], room: int) -> tuple[list[Hint], str]:
    """Return the first completion as a hint for the key that accepts it, and as many of the others as fit to the right."""
    first, *others = [f"{value.text} ({value.number:,})" if value.number is not None else value.text for value in offers]
    beside = ""
    for other in others:
        more = f"{beside} · {other}" if beside else other
        if cells(more) > room // 2 or cells(more) + cells(first) + 12 > room:
            break
        beside = more
    return [(BY_ID["counts"].label, first)], f"{beside} …" if beside and len(others) > beside.count(" · ") + 1 else beside


def offer_lines(offers: Sequence[FieldValue], room: int) -> list[Line]:
    """Return a list of completions, shown when no stories are listed; the first is the one the key accepts."""
    size = min(COUNTS_WIDTH, room - 22)
    lines: list[Line] = []
    for place, value in enumerate(offers):
        key = BY_ID["counts"].label if not place else ""
        number = formatting.stories(value.number) if value.number is not None else ""
        named = pad([(cut(value.text, size), "ink" if place else "strong")], size + 2)
        lines.append([("    ", "ink"), (f"{key:<5}", "key"), *named, (number, "muted")])
    return [[], *lines]


def indented(lines: Sequence[Line]) -> list[Line]:
    """Indent lines by four cells."""
    return [[("    ", "ink"), *line] for line in lines]


def fault_lines(message: str, column: int, room: int) -> list[Line]:
    """Return the error in a query, with a pointer to the wrong character."""
    said = f"{message[:1].upper()}{message[1:]}"
    place: Line = [(" " * min(column, room - 2) + "^", "error")]
    return [place, *indented(wrap([(said, "ink")], room - 8)), []]


def example_lines(room: int) -> list[Line]:
    """Return the example queries and the keys of the search screen, shown while the query is empty."""
    least, most = EXAMPLES_WIDTH
    size = max(least, min(most, room - 8 - max(cells(example.finds) for example in EXAMPLES)))
    lines: list[Line] = []
    for example in EXAMPLES:
        shown = example.queries[0]
        for query in example.queries[1:]:
            shown = more if cells(more := f"{shown}   {query}") <= size else shown
        lines.append([("    ", "ink"), (f"{shown:<{size}}  ", "strong"), (cut(example.finds, room - size - 7), "muted")])
    keys = [act(id_, [(BY_ID[id_].help[:1].lower() + BY_ID[id_].help[1:], "muted")], room) for id_ in BESIDE]
    return [[], *lines, [], *(line for lines in keys for line in lines)]
