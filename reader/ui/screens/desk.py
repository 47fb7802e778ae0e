"""What lies open: the threads at the left, the stories of one side by side at the right, and how they get there.

The screen holds the state (threads, the thread being read and where in it, which pane has the keys) and asks the library; its parts
only show what they are given. What the keys do with it stands in `home`.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from textual import events
from textual.app import ComposeResult
from textual.containers import Container

from reader.model import Head, Story, Thread
from reader.ui import signposts
from reader.ui.asking import AskingScreen
from reader.ui.hits import Hunt, Marks, marks
from reader.ui.reading import Reading
from reader.ui.widgets.bars import Hints, PlaceLine
from reader.ui.widgets.column import Column
from reader.ui.widgets.columns import Columns
from reader.ui.widgets.list import List
from reader.ui.widgets.painted import Rule
from reader.ui.widgets.rail import TALL_FROM, WIDE_FROM, ThreadRows, rail_width

if TYPE_CHECKING:
    from reader.library import Library

Pane = Literal["rail", "columns"]

RELATED = 9
"""How many related stories follow a thread's own."""
ASKED_FOR_RELATED = 4
"""From how many of a thread's stories the related ones are gathered."""
RELATED_AFTER = 0.2
"""Seconds in a thread after which the related stories are asked for."""
KEPT = 64
"""How many stories are kept in memory."""


@dataclass
class Opened:
    """What the library answered for a thread: where to read, and the texts in sight with their hits."""

    reading: Reading
    texts: dict[str, Story]
    hits: dict[str, Marks]


class Desk(AskingScreen[None]):
    """The home screen without its commands."""

    def __init__(self, library: Library) -> None:
        super().__init__()
        self.library = library
        self.threads: list[Thread] = []
        self.reading: Reading | None = None
        self.hunt: Hunt | None = None
        self.pane: Pane = "columns"
        self.folded = False
        self.stop: threading.Event | None = None
        """Set to stop the long work that goes on; None where none does."""
        self.stories: dict[str, Story] = {}
        self._visited: dict[str, str] = {}
        self.place_line = PlaceLine()
        self.rail = List(id="rail")
        self.rule = Rule()
        self.columns = Columns()
        self.hints = Hints()

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
        """Ask for the threads and show them, the cursor on the thread it was on."""
        chosen = self.threads[self.rail.cursor] if self.rail.cursor < len(self.threads) else None

        def where(threads: list[Thread]) -> int | None:
            """Where the thread under the cursor stands now: by its id, or where it was given another by its first story."""
            if chosen is None:
                return None
            same = (number for number, thread in enumerate(threads) if thread.id == chosen.id)
            heir = (number for number, thread in enumerate(threads) if chosen.stories[0] in thread.stories)
            return next(same, None) or next(heir, None)

        def asked() -> tuple[list[Thread], int | None]:
            threads = self.library.threads()
            return threads, where(threads)

        def came(found: tuple[list[Thread], int | None]) -> None:
            self.threads, cursor = found
            self._show_rail(cursor or 0, still=True)
            self.signpost()
            if then:
                then()

        self.ask("threads", asked, came)

    def _show_rail(self, cursor: int, *, still: bool = False) -> None:
        self.rail.show(ThreadRows(self.threads, tall=self.app.size.height >= TALL_FROM), cursor, still=still)

    def thread_index(self, thread: str | None) -> int | None:
        """Where a thread stands in the list."""
        return next((number for number, each in enumerate(self.threads) if each.id == thread), None)

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
                self.load_threads()
                return
            self.reading = opened.reading
            self._keep(opened.texts, opened.hits, hunt)
            self.show_reading()
            self._related_later(opened.reading)
            if then:
                then()

        self.ask("thread", lambda: self._gather(thread, wanted, last, width, hunt), came)

    def begin(self) -> None:
        """Show the newest thread with anything unread, one that several stories tell before one that stands alone."""
        if self.threads:
            unread = [number for number, thread in enumerate(self.threads) if thread.unread]
            told_by_several = [number for number in unread if len(self.threads[number].stories) > 1]
            self.open_thread(next(iter(told_by_several or unread), 0))

    def read_anew(self) -> None:
        """Show the thread of the story being read as it is now; where nothing was read, begin."""
        if self.reading is None:
            self.begin()
            return
        story = self.reading.head.id

        def came(head: Head) -> None:
            index = self.thread_index(head.thread)
            if index is not None:
                self.open_thread(index, story=story)

        self.ask("story", lambda: self.library.head(story), came)

    def forget_visit(self, thread: str) -> None:
        """A thread opens at its first unread story again."""
        self._visited.pop(thread, None)

    # in worker threads: only the library and what is given are touched

    def _gather(self, thread: Thread, story: str | None, last: bool, width: int, hunt: Hunt | None) -> Opened | None:
        heads = self.library.heads(thread.id)
        if not heads:
            return None
        reading = Reading(thread, heads, len(heads))
        if reading.wants_related(width):
            reading.add_related(self._near(thread.id, heads))
        wanted = reading.place_of(story) if story else None
        unread = reading.unread(after=reading.own, by=-1) if last else reading.unread()
        reading.at = next((place for place in (wanted, unread) if place is not None), 0)
        return Opened(reading, *self._fetch((reading.heads[place].id for place in reading.in_sight(width)), hunt))

    def _near(self, thread: str, heads: Sequence[Head]) -> list[Head]:
        """Stories outside a thread that are related to it, the nearest first."""
        best: dict[str, tuple[float, Head]] = {}
        for head in heads[:ASKED_FOR_RELATED]:
            for found in self.library.related(head.id, RELATED + len(heads)):
                if found.head.thread != thread and found.score > best.get(found.head.id, (0.0, head))[0]:
                    best[found.head.id] = (found.score, found.head)
        return [head for _, head in sorted(best.values(), key=lambda scored: (-scored[0], scored[1].id))][:RELATED]

    def _fetch(self, ids: Iterable[str], hunt: Hunt | None) -> tuple[dict[str, Story], dict[str, Marks]]:
        texts = {id_: self.library.story(id_) for id_ in ids}
        if hunt is None:
            return texts, {}
        return texts, {id_: marks(story, lambda text: self.library.hits(hunt.query, text)) for id_, story in texts.items()}

    # back on the screen

    def _keep(self, texts: dict[str, Story], hits: dict[str, Marks], hunt: Hunt | None) -> None:
        self.stories |= texts
        for old in list(self.stories)[: max(0, len(self.stories) - KEPT)]:
            del self.stories[old]
        if hunt is not None:
            hunt.hits |= hits

    def _related_later(self, reading: Reading) -> None:
        """Ask for related stories once the reader stays in a thread."""

        def stayed() -> None:
            if reading is self.reading:
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

        self.ask("related", lambda: self._near(reading.thread.id, reading.heads[: reading.own]), came)

    def show_reading(self, then: Callable[[], None] | None = None) -> None:
        """Show the stories in sight; those not at hand are asked for first, and meanwhile the old ones stay."""
        reading, hunt = self.reading, self.hunt
        if reading is None:
            return
        sight = range(reading.at, reading.at + 1) if self.columns.full else reading.in_sight(self.app.size.width)
        wanted = [reading.heads[place].id for place in sight]
        missing = [id_ for id_ in wanted if id_ not in self.stories or (hunt is not None and id_ not in hunt.hits)]
        if missing:

            def came(found: tuple[dict[str, Story], dict[str, Marks]]) -> None:
                self._keep(*found, hunt)
                if reading is self.reading:
                    self.show_reading(then)

            self.ask("stories", lambda: self._fetch(missing, hunt), came)
            return
        self.drop("stories")
        self._visited[reading.thread.id] = reading.head.id
        self.columns.show([self._column(reading, place) for place in sight], reading.at - sight.start)
        self.signpost()
        self.call_after_refresh(self.signpost)
        if then:
            then()

    def _column(self, reading: Reading, place: int) -> Column:
        head = reading.heads[place]
        column = Column(place + 1, head, self.stories[head.id])
        if place >= reading.own:
            index = self.thread_index(head.thread)
            column.related = "related" if index is None else f"related, from {self.threads[index].name}"
        if self.hunt is not None:
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
            self.hints.show(signposts.rail_hints())
            return
        right = "" if full else signposts.whereabouts(reading, percent, width, locked=self.columns.locked)
        self.hints.show(signposts.story_hints(width, full=full, hunt=self.hunt, story=reading.head.id), right)

    def failed(self, fault: Exception) -> None:
        """Say that the library could not answer."""
        self.log.error(fault)
        self.hints.say(f"That could not be read: {fault}")
