"""What a thread comes to: its brief, and its stories side by side as a file."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from reader.model import Head
from reader.ui import words
from reader.ui.briefing import ALONE
from reader.ui.screens.exporting import ask_export
from reader.ui.screens.showing import Showing
from reader.ui.widgets.story import Hit

if TYPE_CHECKING:
    from reader.library import Passage
    from reader.ui.screens.brief import Source


class Reporting(Showing):
    """The desk, with the keys that make something of a thread as a whole."""

    def action_brief(self) -> None:
        """The thread's brief; the source chosen there is read, at its passage."""
        if self.reading is None:
            return
        if self.reading.own < ALONE[0]:
            self.hints.say("One story: nothing to compare yet")
            return
        from reader.ui.screens.brief import BriefScreen

        self.app.push_screen(
            BriefScreen(self.library, self.reading.thread, self.reading.heads[: self.reading.own]), self._read_source
        )

    def _read_source(self, source: Source | None) -> None:
        if source is not None:
            self.hunt = None
            passage = source.passage
            self.open_story(source.story, then=lambda: self.show_passage(passage) if passage else None)

    def show_passage(self, passage: Passage) -> None:
        """Bring a passage of the story being read into sight, and mark it."""
        self.columns.show_hit(Hit(("body", passage.paragraph), (passage.start, passage.end)))
        self.signpost()

    def action_export_comparison(self) -> None:
        """Ask for a form, and write the stories side by side to a file: all of the thread, or of a long one those in sight."""
        if self.reading is None:
            return
        heads = self._side_by_side()
        if not ALONE[0] <= len(heads) <= ALONE[1]:
            self.hints.say(f"{words.stories(len(heads))} in sight: {ALONE[0]} to {ALONE[1]} can be set side by side")
            return
        from reader.ui import exporting

        library, name = self.library, f"{self.reading.thread.name} side by side"
        told = {head.id: head for head in heads}
        ask_export(self, name, lambda form: exporting.comparison(library.compare(list(told)), told, form, width=72))

    def _side_by_side(self) -> Sequence[Head]:
        """The stories of the thread, or of a long one those in sight."""
        reading = self.reading
        if reading is None or reading.own <= ALONE[1]:
            return reading.heads[: reading.own] if reading else ()
        return [reading.heads[place] for place in reading.in_sight(self.app.size.width) if place < reading.own]
