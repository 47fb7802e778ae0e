"""What was read is noticed, and what is new in the stories in sight is shown."""

from __future__ import annotations

import threading
import time
from collections.abc import Sequence
from typing import TYPE_CHECKING

from reader.models import StoryHeader
from reader.presentation import formatting
from reader.presentation.text_layout import Line
from reader.tui.controllers.hunting import Hunting
from reader.tui.loaders import newness
from reader.tui.state.attention import AttentionTracker, Read
from reader.tui.state.reading_position import ReadingPosition
from reader.tui.widgets.story_column import StoryColumn
from reader.tui.widgets.story_layout import spans_of

if TYPE_CHECKING:
    from reader.library import Freshness, Library

FORGET: Line = [
    *[("Forget which passages were read   ", "ink"), ("t", "key"), (" in this thread   ", "muted")],
    *[("a", "key"), (" in all   ", "muted"), ("Esc", "key"), (" nothing", "muted")],
]


class Noticing(Hunting):
    """The desk, with an eye on what is read. All of it is written, and asked for, beside the keys."""

    def __init__(self, library: Library) -> None:
        super().__init__(library)
        self.attention = AttentionTracker()
        self.freshness: dict[str, Freshness] = {}
        """What is new in the stories in sight, by their ids; of those that are as good as new nothing."""
        self.clock = time.monotonic
        self._sight: tuple[object, ...] = ()
        self._wanted: Sequence[StoryHeader] = ()
        self._one_at_a_time = threading.Lock()

    @property
    def remembers(self) -> bool:
        """Whether it is kept which passages were read."""
        return self.scene.settings.remember_passages

    def signpost(self) -> None:
        """Wherever the reader went, what was left behind was read."""
        super().signpost()
        column = self.columns.current
        if column is not None and self.remembers:
            self._note(self.attention.look(column.story, column.lines, column.top, column.room, self.clock()))

    def _note(self, read: Sequence[Read]) -> None:
        for story, spans in read:
            self.writer.submit(self.library.history.record, story, spans)

    def on_unmount(self) -> None:
        """Note what was read last."""
        if self.remembers:
            self._note(self.attention.leave(self.clock()))
        super().on_unmount()

    def finish_story(self) -> None:
        """The story was read to its end: all of it."""
        column = self.columns.current
        if column is not None and self.remembers:
            self.writer.submit(self.library.history.record, column.story)
        self.read_now()

    # what is new

    def arrived(self) -> None:
        """The stories stand in their columns: where these are others than before, ask what is new in them."""
        super().arrived()
        reading = self.reading
        if reading is not None:
            sight = reading.at, *(column.head.id for column in self.columns.columns)
            if sight != self._sight:
                self._sight = sight
                self.ask_fresh()

    def ask_fresh(self) -> None:
        """Ask what is new in the stories in sight, after all that was read up to now."""
        if not self.remembers:
            return
        heads = self._wanted = [column.head for column in self.columns.columns]

        def came(found: dict[str, Freshness]) -> None:
            if found != self.freshness:
                self.freshness = found
                self.known = {story: spans_of(fresh.known) for story, fresh in found.items()}
                self.show_reading()

        self.ask("fresh", lambda: self._fresh(heads), came, self.log.error)

    def _fresh(self, heads: Sequence[StoryHeader]) -> dict[str, Freshness]:
        """What is new in stories when all that was read so far is written; runs in a worker thread.

        One at a time, so that the keys have no two beside them; what nobody waits for any more is left.
        """
        with self._one_at_a_time:
            if heads is not self._wanted:
                return {}
            self.writer.submit(int).result()
            return newness(self.library, heads)

    def _column(self, reading: ReadingPosition, place: int) -> StoryColumn:
        column = super()._column(reading, place)
        if not self.wordings.get(column.head.id) and (fresh := self.freshness.get(column.head.id)):
            column.news = formatting.new_passages(fresh)
        return column

    def action_forget_read(self) -> None:
        """Ask of what it is to be forgotten which passages were read."""
        if self.reading is not None:
            self.ask_key(FORGET, self._forget)

    def _forget(self, key: str) -> None:
        if self.reading is None or key not in ("t", "a"):
            return
        thread = self.reading.thread.id if key == "t" else None

        def forget() -> int:
            self.writer.submit(int).result()
            stories = self.library.history.count(thread)
            self.library.history.forget(thread)
            return stories

        def forgotten(stories: int) -> None:
            said = f"Which passages of {formatting.stories(stories)} were read is forgotten"
            self.hints.say(said if stories else "Nothing is remembered of what was read")
            self.ask_fresh()

        self.ask("forget", forget, forgotten)
