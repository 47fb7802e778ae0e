"""What was read is noticed, and what is new in the stories in sight is shown."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from reader.model import Head
from reader.ui import words
from reader.ui.attention import Attention
from reader.ui.paint import Line
from reader.ui.screens.hunting import Hunting

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
        self.attention = Attention()
        self.freshness: dict[str, Freshness] = {}
        """What is new in the stories in sight, by their ids; of those that are as good as new nothing."""
        self.clock = time.monotonic
        self._sight: tuple[object, ...] = ()

    @property
    def remembers(self) -> bool:
        """Whether it is kept which passages were read."""
        return self.scene.settings.remember_passages

    def signpost(self) -> None:
        """Wherever the reader went, what was left behind was read."""
        super().signpost()
        column = self.columns.current
        if column is None or not self.remembers:
            return
        spans = self.attention.look(column.story, column.lines, column.top, column.room, self.clock())
        if spans:
            self.writer.submit(self.library.saw, column.story, spans)

    def finish_story(self) -> None:
        """The story was read to its end: all of it."""
        column = self.columns.current
        if column is not None and self.remembers:
            self.writer.submit(self.library.saw, column.story)
        self.read_now()

    # what is new

    def show_reading(self, then: Callable[[], None] | None = None) -> None:
        """Show the stories in sight; where these are others than before, ask what is new in them."""
        super().show_reading(then)
        reading = self.reading
        if reading is not None and self.remembers:
            sight = reading.at, *(reading.heads[place].id for place in reading.in_sight(self.app.size.width))
            if sight != self._sight:
                self._sight = sight
                self.ask_fresh()

    def ask_fresh(self) -> None:
        """Ask what is new in the stories in sight, after all that was read up to now."""
        reading = self.reading
        if reading is None or not self.remembers:
            return
        heads = [reading.heads[place] for place in reading.in_sight(self.app.size.width)]

        def came(found: dict[str, Freshness]) -> None:
            if found != self.freshness:
                self.freshness = found
                self.show_reading()

        self.ask("fresh", lambda: self._fresh(heads), came)

    def _fresh(self, heads: Sequence[Head]) -> dict[str, Freshness]:
        """What is new in stories when all that was read so far is written; runs in a worker thread."""
        self.writer.submit(int).result()
        found = {head.id: self.library.fresh(head.id) for head in heads if self.library.remembered(head.thread)}
        return {story: fresh for story, fresh in found.items() if fresh.known}

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
            stories = self.library.remembered(thread)
            self.library.forget_read(thread)
            return stories

        def forgotten(stories: int) -> None:
            said = f"Which passages of {words.stories(stories)} were read is forgotten"
            self.hints.say(said if stories else "Nothing is remembered of what was read")
            self.ask_fresh()

        self.ask("forget", forget, forgotten)
