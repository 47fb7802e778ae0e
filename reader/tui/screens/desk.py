"""What lies open: the threads at the left, the stories of one side by side at the right, and which has the keys.

The screen holds the state (threads, the thread being read and where in it, which pane has the keys) and asks the library; its parts
only show what they are given. How threads get there stands in `opening`, what
the keys do with them in `home`.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Literal

from textual import events
from textual.app import ComposeResult
from textual.containers import Container

from reader.models import Span
from reader.presentation import formatting
from reader.tui import status_line
from reader.tui.controllers.prompt import InquiringScreen
from reader.tui.loaders import LoadedText, LoadedTexts, fetch
from reader.tui.state.reading_position import ReadingPosition
from reader.tui.state.search_session import SearchSession
from reader.tui.state.thread_list import ThreadList
from reader.tui.widgets.painted import Rule
from reader.tui.widgets.status_bars import TitleLine
from reader.tui.widgets.story_column import StoryColumn
from reader.tui.widgets.story_columns import StoryColumns
from reader.tui.widgets.story_layout import Key
from reader.tui.widgets.thread_rows import TALL_FROM, WIDE_FROM, ThreadListRows, rail_width
from reader.tui.widgets.virtual_list import VirtualList

if TYPE_CHECKING:
    from reader.library import Library

Pane = Literal["rail", "columns"]

KEPT = 64
"""How many stories are kept in memory."""


class Desk(InquiringScreen[None]):
    """The panes of the home screen, and what stands in them."""

    def __init__(self, library: Library) -> None:
        super().__init__()
        self.library = library
        self.threads = ThreadList()
        self.reading: ReadingPosition | None = None
        self.hunt: SearchSession | None = None
        self.pane: Pane = "columns"
        self.folded = False
        self.stop: threading.Event | None = None
        """Set to stop the long work that goes on; None where none does."""
        self.texts: dict[str, LoadedText] = {}
        self.wordings: dict[str, int] = {}
        """Which wording of a story is shown where it is not the present one: 1 for the last before it."""
        self.known: dict[str, Mapping[Key, Sequence[Span]]] = {}
        """What of each story the reader read elsewhere already, block by block (`spans_of`): it is dimmed."""
        self.marks_made = 0
        """How many marks the reader set, to tell whether an answer is older than one of them."""
        self.counted_in = 0.0
        """Seconds that the last look at the threads took."""
        self._visited: dict[str, str] = {}
        self.place_line = TitleLine()
        self.rail = VirtualList(id="rail")
        self.rule = Rule()
        self.columns = StoryColumns()

    def compose(self) -> ComposeResult:
        """Place line, panes, hints."""
        yield self.place_line
        with Container(id="panes"):
            yield self.rail
            yield self.rule
            yield self.columns
        yield self.hints

    # the list of threads

    def _show_rail(self, cursor: int, *, still: bool = False) -> None:
        self.rail.show(ThreadListRows(self.threads, tall=self.app.size.height >= TALL_FROM), cursor, still=still)

    def thread_index(self, thread: str | None) -> int | None:
        """Where a thread stands in the list."""
        return self.threads.place(thread)

    def thread_name(self, thread: str | None) -> str:
        """What a thread of the list is called."""
        index = self.thread_index(thread)
        return "another thread" if index is None else self.threads[index].name

    # the stories

    def _keep(self, fetched: LoadedTexts, hunt: SearchSession | None) -> None:
        self.texts |= fetched.texts
        for old in list(self.texts)[: max(0, len(self.texts) - KEPT)]:
            del self.texts[old]
        if hunt is not None:
            hunt.hits |= fetched.hits

    def show_reading(self, then: Callable[[], None] | None = None) -> None:
        """Show the stories in sight; those not at hand are asked for first, and meanwhile the old ones stay."""
        reading, hunt = self.reading, self.hunt
        if reading is None:
            return
        sight = range(reading.at, reading.at + 1) if self.columns.full else reading.in_sight(self.app.size.width)
        wanted = [reading.heads[place].id for place in sight]
        missing = [id_ for id_ in wanted if id_ not in self.texts or (hunt is not None and id_ not in hunt.hits)]
        if missing:

            def came(fetched: LoadedTexts) -> None:
                self._keep(fetched, hunt)
                if reading is self.reading:
                    self.show_reading(then)

            self.ask("stories", lambda: fetch(self.library, missing, hunt), came)
            return
        self.drop("stories")
        self._visited[reading.thread.id] = reading.head.id
        self.columns.show([self._column(reading, place) for place in sight], reading.at - sight.start)
        self.arrived()
        if then:
            then()

    def forget_visit(self, thread: str) -> None:
        """A thread opens at its first unread story again."""
        self._visited.pop(thread, None)

    def arrived(self) -> None:
        """The stories stand in their columns."""
        self.signpost()
        self.call_after_refresh(self.signpost)

    def _column(self, reading: ReadingPosition, place: int) -> StoryColumn:
        head = reading.heads[place]
        text, wording = self.texts[head.id], self.wordings.get(head.id, 0)
        column = StoryColumn(
            place + 1, head, text.wording(wording), notes=formatting.version_notes(head, text.copies, text.versions, wording)
        )
        if place >= reading.own:
            index = self.thread_index(head.thread)
            column.related = "related" if index is None else f"related, from {self.threads[index].name}"
        if not wording:
            column.known = self.known.get(head.id, {})
        if self.hunt is not None and not wording:
            column.hits = self.hunt.hits.get(head.id, {})
            column.here = self.hunt.here(head.id) if place == reading.at else None
        return column

    # who has the keys, and what stands where

    def focus_pane(self, pane: Pane) -> None:
        """Give a pane the keys; a folded rail unfolds for it, a story that stands alone goes back into its column."""
        self.pane = pane
        if pane == "rail":
            self.folded = False
            self._leave_full()
        self.lay_out()

    def _leave_full(self) -> None:
        if self.columns.full:
            self.columns.set_full(False)
            self.show_reading()

    def lay_out(self) -> None:
        """Say which panes stand on a screen of this size and mode, and who has the keys."""
        width = self.app.size.width
        narrow, full = width < WIDE_FROM, self.columns.full
        rail = not full and (self.pane == "rail" if narrow else not self.folded)
        self.rail.display = rail
        self.rail.styles.width = rail_width(width)
        self.rule.display = rail and not narrow
        self.columns.display = not (narrow and rail)
        self.rail.focus_here(self.pane == "rail")
        self.columns.focus_here(self.pane == "columns")
        self.signpost()

    def on_resize(self, event: events.Resize) -> None:
        """Another size: another number of columns, a rail beside them or apart."""
        self._show_rail(self.rail.cursor)
        self.lay_out()
        self.show_reading()

    def signpost(self) -> None:
        """Say where the reader is, and which keys help there."""
        width, full, reading = self.app.size.width, self.columns.full, self.reading
        column = self.columns.current
        percent = column.percent if column else 0
        place = status_line.place(reading, width, full=full)
        if full and reading:
            self.place_line.show(place, f"{status_line.nth(reading)} · {percent} %")
        else:
            self.place_line.show(place, status_line.totals(self.threads, width))
        if self.pane == "rail" or reading is None:
            self.hints.show(status_line.rail_hints(searches=self.rail.cursor < self.threads.searches))
            return
        right = "" if full else status_line.whereabouts(reading, percent, width, locked=self.columns.locked)
        self.hints.show(status_line.story_hints(width, full=full, hunt=self.hunt, story=reading.head.id), right)

    def failed(self, fault: Exception) -> None:
        """Say that the library could not answer."""
        self.log.error(fault)
        self.hints.say(f"That could not be read: {fault}")
