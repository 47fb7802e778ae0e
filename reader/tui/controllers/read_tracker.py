"""The reading history: which passages were read, and what is new in the visible stories because of it."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING

from reader.models import Span, StoryHeader
from reader.presentation import formatting
from reader.presentation.text_layout import Line
from reader.tui.controllers.journal import Journal
from reader.tui.controllers.prompt import Prompt
from reader.tui.controllers.requests import Requests
from reader.tui.controllers.status_lines import StatusLines
from reader.tui.controllers.story_display import StoryDisplay
from reader.tui.loaders import newness
from reader.tui.state.attention import AttentionTracker, Read
from reader.tui.state.reader_state import ReaderState
from reader.tui.state.reading_position import ReadingPosition
from reader.tui.widgets.story_column import StoryColumn
from reader.tui.widgets.story_columns import StoryColumns
from reader.tui.widgets.story_layout import Key, spans_of

if TYPE_CHECKING:
    from reader.library import Freshness

FORGET: Line = [
    *[("Clear reading history   ", "ink"), ("t", "key"), (" this thread   ", "muted")],
    *[("a", "key"), (" all threads   ", "muted"), ("Esc", "key"), (" cancel", "muted")],
]


class ReadTracker:
    """Follows the reader through the stories; writes and loads everything in the background.

    A story is marked read when the reader scrolls to its end, or leaves it with Space. Opening a story marks nothing.
    """

    def __init__(
        self,
        state: ReaderState,
        requests: Requests,
        columns: StoryColumns,
        prompt: Prompt,
        display: StoryDisplay,
        journal: Journal,
        status: StatusLines,
        *,
        enabled: Callable[[], bool],
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.freshness: Mapping[str, Freshness] = {}
        """What is new in the visible stories, by story id; without those that are all new."""
        self.clock = clock
        self._known: dict[str, Mapping[Key, Sequence[Span]]] = {}
        self._enabled = enabled
        self._attention = AttentionTracker()
        self._state = state
        self._requests = requests
        self._columns = columns
        self._prompt = prompt
        self._display = display
        self._journal = journal
        self._status = status
        self._visible: tuple[object, ...] = ()
        self._wanted: Sequence[StoryHeader] = ()
        self._one_at_a_time = threading.Lock()
        status.refreshed.connect(self._look)
        display.shown.connect(self._stories_shown)
        display.add_decorator(self._decorate)

    # what was read

    def _look(self) -> None:
        """Note where the reader is: what was scrolled past has been read. A comparison is not followed."""
        column, comparison = self._columns.current, self._state.comparison
        if column is None or not self._enabled() or comparison.view or comparison.problem:
            return
        self._record(self._attention.look(column.story, column.lines, column.top, column.room, self.clock()))

    def _record(self, read: Sequence[Read]) -> None:
        history = self._state.library.history
        for story, spans in read:
            self._journal.write(partial(history.record, story, spans))

    def close(self) -> None:
        """Record what was read last."""
        if self._enabled():
            self._record(self._attention.leave(self.clock()))

    def finish_story(self) -> None:
        """Record the whole story, and mark it read."""
        column, history = self._columns.current, self._state.library.history
        if column is not None and self._enabled():
            story = column.story
            self._journal.write(lambda: history.record(story))
        self._journal.mark_read()

    def scrolled(self, moved: bool) -> None:
        """Mark the story read if the reader has scrolled to its end."""
        if moved:
            if self._columns.current and self._columns.current.at_end:
                self._journal.mark_read()
            self._status.refresh()

    # what is new

    def _stories_shown(self, reading: ReadingPosition) -> None:
        visible = reading.at, *(column.head.id for column in self._columns.columns)
        if visible != self._visible:
            self._visible = visible
            self.load_freshness()

    def load_freshness(self) -> None:
        """Load what is new in the visible stories, given everything read so far."""
        if not self._enabled():
            return
        heads = self._wanted = [column.head for column in self._columns.columns]

        def loaded(found: dict[str, Freshness]) -> None:
            if found != self.freshness:
                self.freshness = found
                self._known = {story: spans_of(fresh.known) for story, fresh in found.items()}
                self._display.show()

        self._requests.run("freshness", lambda: self._fetch(heads), loaded)

    def _fetch(self, heads: Sequence[StoryHeader]) -> dict[str, Freshness]:
        """What is new in stories once everything read is written; runs in a worker thread.

        One at a time, to leave the processor to the keys; a request that was replaced meanwhile returns nothing.
        """
        with self._one_at_a_time:
            if heads is not self._wanted:
                return {}
            self._journal.flush()
            return newness(self._state.library, heads)

    def _decorate(self, column: StoryColumn) -> None:
        story = column.head.id
        if not self._display.shows_older_version(story):
            fresh = self.freshness.get(story)
            column.mark_known(self._known.get(story, {}), formatting.new_passages(fresh) if fresh else "")

    # commands

    async def forget(self) -> None:
        """Clear the reading history of the thread, or of all threads."""
        reading, library = self._state.reading, self._state.library
        if reading is None:
            return
        key = await self._prompt.key(FORGET)
        if key not in ("t", "a"):
            return
        thread = reading.thread.id if key == "t" else None

        def forget() -> int:
            self._journal.flush()
            stories = library.history.count(thread)
            library.history.forget(thread)
            return stories

        def forgotten(stories: int) -> None:
            self._status.say(
                f"Cleared reading history of {formatting.stories(stories)}" if stories else "There is no reading history to clear"
            )
            self.load_freshness()

        self._requests.run("forget", forget, forgotten, self._journal.show_error)
