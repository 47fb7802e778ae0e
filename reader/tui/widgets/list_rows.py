"""Rows of the list pane: threads with the headline of their best story, stories by themselves, and headings of folders."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import Literal

from reader.models import StoryHeader, Thread
from reader.presentation import formatting
from reader.presentation.text_layout import Line, breaks, cells, cut, fit, spread, width
from reader.tui.commands.registry import key_note
from reader.tui.state.place_list import MoreStories, PlaceList, SectionHeading
from reader.tui.widgets.virtual_list import Rows

Density = Literal["compact", "normal", "roomy"]
DENSITIES: tuple[Density, ...] = ("compact", "normal", "roomy")
HEADLINE = 51
"""Cells of a headline, with the sign of its cut, that outlet and age never take."""
LEAST_OUTLET = 6
"""Cells below which an outlet is left out rather than cut."""
AGE = 6
NOTHING = {"front": "", "all": "", "starred": "No starred stories", "unread": "Nothing unread"}
"""What an empty place shows, by its kind; an empty library is shown elsewhere."""
AHEAD = 60
"""Rows that are loaded ahead of those in sight."""


class PlaceRows(Rows):
    """The rows of a place; `on_missing` is called with a row that is not loaded and is about to be seen."""

    margin = 1

    def __init__(self, place_list: PlaceList, density: Density, on_missing: Callable[[int], None]) -> None:
        self.list = place_list
        self.density = density
        self._on_missing = on_missing
        self._now = datetime.now(UTC)

    def __len__(self) -> int:
        return len(self.list)

    @property
    def note(self) -> str:
        """Why the list is empty."""
        view = self.list.view
        if view.text:
            return f"Nothing contains “{view.text}”"
        if view.unread:
            return f"Everything here is read{key_note('toggle_read_rows', 'shows it')}"
        empty = NOTHING.get(view.place.kind, "No stories here")
        return f"{empty}{key_note('toggle_star', 'stars one')}" if view.place.kind == "starred" else empty

    def selectable(self, index: int) -> bool:
        """Return whether the row is a thread, a story or the row for more."""
        return not isinstance(self.list.row(index), SectionHeading)

    def lines(self, index: int, width: int, chosen: bool, focused: bool) -> list[Line]:
        """Return the lines of a row; of one that is not loaded an empty line."""
        row = self.list.row(index)
        ahead = min(len(self) - 1, index + AHEAD)
        if row is None or self.list.row(ahead) is None:
            self._on_missing(index if row is None else ahead)
        role = "chosen" if chosen and focused else ""
        if isinstance(row, Thread):
            lines = self._thread(row, width, role)
        elif isinstance(row, StoryHeader):
            lines = [self._story(row, width, role)]
        elif isinstance(row, SectionHeading):
            return self._heading(index, row, width)
        elif isinstance(row, MoreStories):
            lines = [[("  ", "ink"), (f"More in {formatting.place_name(row.place)} …", role or "muted")]]
        else:
            return [[("  …", "muted")]]
        return [*lines, []] if self.density == "roomy" else lines

    # threads

    def _thread(self, thread: Thread, width: int, role: str) -> list[Line]:
        unread = bool(thread.unread) and not thread.muted
        title = headline(thread)
        role = role or ("name" if unread else "muted")
        sign: Line = [("● " if unread else "  ", "unread")]
        age = formatting.age(thread.latest, self._now)
        age = f"~{age}" if age and thread.about else age
        if self.density == "compact":
            signs = flags(thread)
            before: Line = [*sign, *([(f"{signs} ", "muted")] if signs else [])]
            return [_in_one(before, title, role, _outlets(thread), age, width)]
        room = width - 3
        spans = breaks(title, room)
        first = title[slice(*spans[0])] if spans else ""
        rest = title[spans[1][0] :] if len(spans) > 1 else ""
        if self.density == "roomy" or not rest:
            lines: list[Line] = [[*sign, (first, role)]]
            if rest:
                lines.append([("  ", "ink"), (cut(rest, room), role)])
            kicker: Line = [("  ", "ink"), *_kicker(thread, room - max(AGE, cells(age)) - 2)]
            return [*lines, spread(kicker, [(age, "muted"), (" ", "ink")], width)]
        tail = _tail(thread, room - min(cells(rest), room // 3) - AGE - 4)
        right: Line = [*tail, (f"  {age:>{AGE}} ", "muted")]
        below: Line = [("  ", "ink"), (cut(rest, width - 4 - sum(cells(text) for text, _ in right)), role)]
        return [[*sign, (first, role)], spread(below, right, width)]

    # stories

    def _story(self, head: StoryHeader, width: int, role: str) -> Line:
        role = role or ("muted" if head.read else "made" if head.title_made else "ink")
        before: Line = [("  " if head.read else "● ", "unread"), *([("★ ", "star")] if head.starred else [])]
        return _in_one(before, head.title, role, head.outlet or "", formatting.story_age(head, self._now), width)

    def _heading(self, index: int, heading: SectionHeading, width: int) -> list[Line]:
        right: Line = [(f"{heading.unread:,} ●", "unread"), (" ", "ink")] if heading.unread else []
        line = spread([(" ", "ink"), (cut(formatting.place_name(heading.place), width - 12), "accent")], right, width)
        return [[], line] if index else [line]


def headline(thread: Thread) -> str:
    """Return the headline of a thread in the list."""
    return thread.headline or thread.name


def flags(thread: Thread) -> str:
    """Return the signs for a pinned, followed and muted thread."""
    return "▲" * thread.pinned + "◆" * thread.followed + "▽" * thread.muted


def _outlets(thread: Thread) -> str:
    """The first outlet and the number of the others: "Courier +4"."""
    others = thread.independent - 1
    first = thread.outlets[0] if thread.outlets else ""
    return f"{first} +{others}" if first and others > 0 else first


def _in_one(before: Line, title: str, role: str, outlet: str, age: str, size: int) -> Line:
    """A row of one line: the headline gets its length or `HEADLINE` cells first, then the age, then the outlet."""
    room = size - width(before) - 1
    wanted = min(cells(title), HEADLINE)
    right = f" {age:>{AGE}}"
    if not age or wanted + cells(right) > room:
        right = ""
    left = room - wanted - cells(right) - 2
    if outlet and left >= min(cells(outlet), LEAST_OUTLET):
        right = f"  {_cut_outlet(outlet, left)}{right}"
    return spread([*before, (_cut_headline(title, room - cells(right)), role)], [(right, "muted"), (" ", "ink")], size)


def _cut_headline(title: str, room: int) -> str:
    """A headline in `room` cells, cut at a word unless less than `HEADLINE` cells would be left of it."""
    short = cut(title, room)
    if short == title or cells(short) >= HEADLINE or room < HEADLINE:
        return short
    return title[: fit(title, room - 1)].rstrip() + "…"


def _cut_outlet(outlet: str, room: int) -> str:
    """An outlet in `room` cells; the number of others stays whole."""
    if cells(outlet) <= room:
        return outlet
    name, plus, others = outlet.rpartition(" +")
    end = f" +{others}" if plus and others.isdecimal() else ""
    return cut(name if end else outlet, room - cells(end)) + end


def _pieces(thread: Thread) -> list[tuple[str, str]]:
    """The counts of a thread with their roles: outlets, stories, new ones."""
    outlets = thread.independent
    pieces = (
        [(formatting.count(outlets, "outlet"), "muted")] if outlets > 1 else [(_outlets(thread), "muted")] * bool(thread.outlets)
    )
    if len(thread.stories) > 1:
        pieces.append((formatting.stories(len(thread.stories)), "muted"))
    if thread.new:
        pieces.append((f"{thread.new:,} new", "new"))
    return pieces


def _kicker(thread: Thread, room: int) -> Line:
    """The line below a headline: flags, the short name of several stories, and the counts."""
    signs = [(flags(thread), "muted")] * bool(flags(thread))
    name = thread.name if thread.name != headline(thread) and (len(thread.stories) > 1 or thread.renamed) else ""
    pieces = _pieces(thread)
    taken = sum(cells(text) + 3 for text, _ in pieces) + sum(cells(text) + 1 for text, _ in signs)
    named = [(cut(name, room - taken), "ink")] if name and room - taken >= LEAST_OUTLET else []
    line = _dotted([*named, *pieces])
    return [*([(f"{signs[0][0]} ", "muted")] if signs else []), *line]


def _tail(thread: Thread, room: int) -> Line:
    """The end of a headline of two lines: the kicker and the counts as far as there is room; the kicker stays longest."""
    pieces = _pieces(thread)
    name = thread.name if thread.name != headline(thread) else ""
    few = [piece for piece in pieces if not piece[0].endswith("stories")]
    named = [(name, "ink")] if name else []
    choices = ([*named, *pieces], [*named, *few], named or pieces, pieces, few)
    fitting = next((choice for choice in choices if width(_dotted(choice)) <= room), few[:1])
    signs = flags(thread)
    return [*([(f"{signs} ", "muted")] if signs else []), *_dotted(fitting)]


def _dotted(pieces: Sequence[tuple[str, str]]) -> Line:
    """Pieces joined by dots."""
    line: Line = []
    for text, role in pieces:
        line += [(" · ", "muted")] * bool(line) + [(text, role)]
    return line
