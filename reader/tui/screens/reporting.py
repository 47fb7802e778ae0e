"""What a thread comes to: its brief, and its stories side by side as a file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reader.presentation.brief_view import UNIQUE_RANGE
from reader.presentation.comparison_loader import ONE_STORY
from reader.tui.screens.export_prompt import ask_export
from reader.tui.screens.showing import Showing
from reader.tui.state.comparison_state import ComparisonState
from reader.tui.state.reading_position import ReadingPosition
from reader.tui.widgets.story_column import StoryColumn
from reader.tui.widgets.story_layout import Highlight

if TYPE_CHECKING:
    from reader.library import Library, Passage
    from reader.tui.screens.brief import BriefSource


class Reporting(Showing):
    """The desk, with the keys that make something of a thread as a whole."""

    def __init__(self, library: Library) -> None:
        super().__init__(library)
        self._pointed: tuple[str, Highlight] | None = None

    def action_brief(self) -> None:
        """The thread's brief; the source chosen there is read, at its passage."""
        if self.reading is None:
            return
        if self.reading.own < UNIQUE_RANGE[0]:
            self.hints.say(ONE_STORY)
            return
        from reader.tui.screens.brief import BriefScreen

        self.app.push_screen(
            BriefScreen(self.library, self.reading.thread, self.reading.heads[: self.reading.own]), self._read_source
        )

    def _read_source(self, source: BriefSource | None) -> None:
        if source is not None:
            self.hunt = None
            passage = source.passage
            self.open_story(source.story, then=lambda: self.show_passage(passage) if passage else None)

    def show_passage(self, passage: Passage) -> None:
        """Bring a passage of the story being read into sight, and mark it as long as that story is read."""
        if self.marking.on:
            self._when_compared(lambda: self.go_to_passage(passage.index))
            return
        hit = Highlight(("body", passage.paragraph), (passage.start, passage.end), "pointed")
        self._pointed = passage.story, hit
        self.columns.show_hit(hit)
        self.signpost()

    def _column(self, reading: ReadingPosition, place: int) -> StoryColumn:
        column = super()._column(reading, place)
        if self._pointed and self._pointed[0] == column.head.id and place == reading.at and column.here is None:
            column.here = self._pointed[1]
        return column

    def arrived(self) -> None:
        """A passage that was gone to is marked until the reader goes on."""
        if self._pointed and self.reading and self.reading.head.id != self._pointed[0]:
            self._pointed = None
        super().arrived()

    def action_export_comparison(self) -> None:
        """Ask for a form, and write the stories that are set side by side to a file."""
        reading = self.reading
        if reading is None:
            return
        stories = self.marking.stories if self.marking.on else ComparisonState().begin(reading)
        if len(stories) < UNIQUE_RANGE[0]:
            self.hints.say(ONE_STORY)
            return
        from reader.presentation.export import render

        library, heads = self.library, {head.id: head for head in reading.heads if head.id in stories}
        ask_export(
            self,
            f"{reading.thread.name} side by side",
            lambda form: render.comparison(library.comparison.compare(list(heads)), heads, form, faint=self.marking.faint),
        )
