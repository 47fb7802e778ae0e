"""What lies open: the threads at the left, the stories of one side by side at the right, and how they get there.

The screen holds the state (threads, the thread being read and where in it, which pane has the keys) and asks the library; its parts
only show what they are given. What the keys do with it stands in `home`.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Literal

from textual import events
from textual.app import ComposeResult
from textual.containers import Container

from reader.model import Head, Span, Thread
from reader.ui import signposts, words
from reader.ui.gathering import Fetched, Opened, Text, fetch, gather, near
from reader.ui.hits import Hunt
from reader.ui.inquiring import InquiringScreen
from reader.ui.reading import Reading
from reader.ui.threadlist import ThreadList
from reader.ui.widgets.bars import PlaceLine
from reader.ui.widgets.column import Column
from reader.ui.widgets.columns import Columns
from reader.ui.widgets.list import List
from reader.ui.widgets.painted import Rule
from reader.ui.widgets.rail import TALL_FROM, WIDE_FROM, rail_width
from reader.ui.widgets.saved import RailRows
from reader.ui.widgets.story import Key

if TYPE_CHECKING:
    from reader.library import Library

Pane = Literal["rail", "columns"]

RELATED_AFTER = 0.2
"""Seconds in a thread after which the related stories are asked for."""
KEPT = 64
"""How many stories are kept in memory."""


class Desk(InquiringScreen[None]):
    """The home screen without its commands."""

    def __init__(self, library: Library) -> None:
        super().__init__()
        self.library = library
        self.threads = ThreadList()
        self.reading: Reading | None = None
        self.hunt: Hunt | None = None
        self.pane: Pane = "columns"
        self.folded = False
        self.stop: threading.Event | None = None
        """Set to stop the long work that goes on; None where none does."""
        self.texts: dict[str, Text] = {}
        self.wordings: dict[str, int] = {}
        """Which wording of a story is shown where it is not the present one: 1 for the last before it."""
        self.known: dict[str, Mapping[Key, Sequence[Span]]] = {}
        """What of each story the reader read elsewhere already, block by block (`spans_of`): it is dimmed."""
        self.marks_made = 0
        """How many marks the reader set, to tell whether an answer is older than one of them."""
        self.counted_in = 0.0
        """Seconds that the last look at the threads took."""
        self._visited: dict[str, str] = {}
        self.place_line = PlaceLine()
        self.rail = List(id="rail")
        self.rule = Rule()
        self.columns = Columns()

    def compose(self) -> ComposeResult:
        """Place line, panes, hints."""
        yield self.place_line
        with Container(id="panes"):
            yield self.rail
            yield self.rule
            yield self.columns
        yield self.hints

    # the threads

    def load_threads(self, then: Callable[[], None] | None = None) -> None:
        """Ask for the threads and show them, the cursor on the thread it is on when they have come."""
        made = self.marks_made

        def came(threads: ThreadList) -> None:
            if made != self.marks_made:
                self.load_threads(then)
                return
            cursor = self._heir(threads)
            self.threads = threads
            self._show_rail(cursor, still=True)
            self.signpost()
            if then:
                then()

        self.ask("threads", self.count_threads, came)

    def count_threads(self) -> ThreadList:
        """The threads as the library has them now; runs in a worker thread."""
        begun = time.monotonic()
        threads = ThreadList(self.library.threads())
        self.counted_in = time.monotonic() - begun
        return threads

    def _heir(self, threads: ThreadList) -> int:
        """Where the thread under the cursor stands in a newer list; the cursor's own place for one that is no more."""
        reading = self.reading
        if self.rail.cursor >= len(self.threads):
            found = threads.heir(reading.thread, reading.head.id) if reading else 0
        else:
            chosen = self.threads[self.rail.cursor]
            read = reading.head.id if reading and reading.thread.id == chosen.id and reading.at < reading.own else None
            found = threads.heir(chosen, read)
        return self.rail.cursor if found is None else found

    def _show_rail(self, cursor: int, *, still: bool = False) -> None:
        self.rail.show(RailRows(self.threads, tall=self.app.size.height >= TALL_FROM), cursor, still=still)

    def thread_index(self, thread: str | None) -> int | None:
        """Where a thread stands in the list."""
        return self.threads.place(thread)

    def thread_name(self, thread: str | None) -> str:
        """What a thread of the list is called."""
        index = self.thread_index(thread)
        return "another thread" if index is None else self.threads[index].name

    def open_thread(
        self, index: int, *, story: str | None = None, last: bool = False, then: Callable[[], None] | None = None
    ) -> None:
        """Show a thread at a story: the one given, the one last read there, its first unread one (or its last), its first."""
        thread = self.threads[index]
        self.rail.put(index)
        width, hunt = self.app.size.width, self.hunt
        wanted = story or self._visited.get(thread.id)

        def came(opened: Opened | None) -> None:
            if opened is None:
                self.nothing_in(thread)
                return
            self.reading = opened.reading
            self._keep(opened.fetched, hunt)
            self.show_reading()
            self._related_later(opened.reading)
            if then:
                then()

        self.ask("thread", lambda: gather(self.library, thread, wanted, last, width, hunt), came)

    def nothing_in(self, thread: Thread) -> None:
        """A thread was to be opened that holds nothing any more."""
        self.load_threads()

    def begin(self) -> None:
        """Show the newest thread with anything unread, one that several stories tell before one that stands alone."""
        if self.threads:
            unread = [number for number in range(len(self.threads)) if self.threads.calls(number)]
            told_by_several = [number for number in unread if len(self.threads[number].stories) > 1]
            self.open_thread(next(iter(told_by_several or unread), min(self.threads.searches, len(self.threads) - 1)))

    def read_anew(self) -> None:
        """Show the thread of the story being read as it is now; where nothing was read, begin."""
        if self.reading is None:
            self.begin()
            return
        story, own = self.reading.head.id, self.reading.thread

        def came(head: Head) -> None:
            index = self.thread_index(own.id if own.query and self.thread_index(own.id) is not None else head.thread)
            if index is not None:
                self.open_thread(index, story=story)

        self.ask("story", lambda: self.library.head(story), came)

    def forget_visit(self, thread: str) -> None:
        """A thread opens at its first unread story again."""
        self._visited.pop(thread, None)

    # back on the screen

    def _keep(self, fetched: Fetched, hunt: Hunt | None) -> None:
        self.texts |= fetched.texts
        for old in list(self.texts)[: max(0, len(self.texts) - KEPT)]:
            del self.texts[old]
        if hunt is not None:
            hunt.hits |= fetched.hits

    def _related_later(self, reading: Reading) -> None:
        """Ask for related stories once the reader stays in a thread; not while they are asked for, with what follows from it."""

        def stayed() -> None:
            if reading is not self.reading:
                return
            if self.awaits("related"):
                self._related_later(reading)
            else:
                self.ask_related()

        self.set_timer(RELATED_AFTER, stayed)

    def ask_related(self, then: Callable[[], None] | None = None) -> None:
        """Ask for the stories related to the thread, if they are not known."""
        reading = self.reading
        if reading is None or reading.related_known:
            return

        def came(heads: list[Head]) -> None:
            reading.add_related(heads)
            if reading is not self.reading:
                return
            if reading.wants_related(self.app.size.width):
                self.show_reading()
            if then:
                then()

        self.ask("related", lambda: near(self.library, reading.thread.id, reading.heads[: reading.own]), came)

    def show_reading(self, then: Callable[[], None] | None = None) -> None:
        """Show the stories in sight; those not at hand are asked for first, and meanwhile the old ones stay."""
        reading, hunt = self.reading, self.hunt
        if reading is None:
            return
        sight = range(reading.at, reading.at + 1) if self.columns.full else reading.in_sight(self.app.size.width)
        wanted = [reading.heads[place].id for place in sight]
        missing = [id_ for id_ in wanted if id_ not in self.texts or (hunt is not None and id_ not in hunt.hits)]
        if missing:

            def came(fetched: Fetched) -> None:
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

    def arrived(self) -> None:
        """The stories stand in their columns."""
        self.signpost()
        self.call_after_refresh(self.signpost)

    def _column(self, reading: Reading, place: int) -> Column:
        head = reading.heads[place]
        text, wording = self.texts[head.id], self.wordings.get(head.id, 0)
        column = Column(place + 1, head, text.wording(wording), notes=words.notes(head, text.copies, text.versions, wording))
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
        place = signposts.place(reading, width, full=full)
        if full and reading:
            self.place_line.show(place, f"{signposts.nth(reading)} · {percent} %")
        else:
            self.place_line.show(place, signposts.totals(self.threads, width))
        if self.pane == "rail" or reading is None:
            self.hints.show(signposts.rail_hints(searches=self.rail.cursor < self.threads.searches))
            return
        right = "" if full else signposts.whereabouts(reading, percent, width, locked=self.columns.locked)
        self.hints.show(signposts.story_hints(width, full=full, hunt=self.hunt, story=reading.head.id), right)

    def failed(self, fault: Exception) -> None:
        """Say that the library could not answer."""
        self.log.error(fault)
        self.hints.say(f"That could not be read: {fault}")
