"""The brief of a thread: its events, what several of its stories tell, and what one alone tells, every word a source's."""

from __future__ import annotations

from functools import partial
from typing import ClassVar

from textual.binding import BindingType

from reader.tui import sharing
from reader.tui.commands.bindings import bindings, press
from reader.tui.screens.brief_page import BriefPage, BriefSource
from reader.tui.screens.export_prompt import ask_export
from reader.tui.widgets.brief_rows import EventRows
from reader.tui.widgets.status_bars import StatusBar
from reader.tui.widgets.virtual_list import VirtualList

__all__ = [
    "BriefScreen",
    "BriefSource",
]


class BriefScreen(BriefPage):
    """The page and its keys. What is asked for before the passages are there is done when they are."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("brief")

    # moving

    def _move(self, by: int) -> None:
        def moved() -> None:
            if not self.at.move(by) and self.alone.display:
                if by > 0 and self.at is self.several:
                    self.turn(self.alone)
                elif by < 0 and self.at is self.alone:
                    self.turn(self.several)
            self.signpost()

        self.when_there(moved)

    def action_brief_down(self) -> None:
        """The next in the list; from the end of the first list of passages into the second."""
        self._move(1)

    def action_brief_up(self) -> None:
        """The one before."""
        self._move(-1)

    def action_brief_page(self) -> None:
        """A page on."""
        self.when_there(lambda: self._moved(self.at.page(1)))

    def action_brief_page_back(self) -> None:
        """A page back."""
        self.when_there(lambda: self._moved(self.at.page(-1)))

    def action_brief_first(self) -> None:
        """The first in the list."""
        self.when_there(lambda: self._moved(self.at.first()))

    def action_brief_last(self) -> None:
        """The last in the list."""
        self.when_there(lambda: self._moved(self.at.last()))

    def _moved(self, _: bool) -> None:
        self.signpost()

    def action_brief_left(self) -> None:
        """To the list at the left."""
        self._beside(-1)

    def action_brief_right(self) -> None:
        """To the list at the right."""
        self._beside(1)

    def _beside(self, by: int) -> None:
        panes = [pane for pane in (self.timeline, self.several, self.alone) if pane.display]
        self.turn(panes[(panes.index(self.at) + by) % len(panes)])
        self.signpost()

    # the sources

    def action_nth_source(self, number: int) -> None:
        """Open the source with a digit at the passage."""

        def opened() -> None:
            passage = self.piece.sources.get(number) if self.piece else None
            if passage is not None:
                self.dismiss(BriefSource(passage.story, passage))
            else:
                self.hints.say(f"No source {number} tells this passage" if self.piece else "The cursor is on no passage")

        self.when_there(opened)

    def action_open_source(self) -> None:
        """Open the story that is quoted, or the first one of an event."""

        def opened() -> None:
            rows = self.at.rows
            if isinstance(rows, EventRows):
                if event := rows.event(self.at.cursor):
                    self.dismiss(BriefSource(event.stories[0]))
            elif self.piece:
                self.dismiss(BriefSource(self.piece.passage.story, self.piece.passage))

        self.when_there(opened)

    def action_copy_passage(self) -> None:
        """Copy the passage with its source."""

        def copied() -> None:
            piece = self.piece
            if piece is not None:
                head = next(head for head in self.heads if head.id == piece.passage.story)
                self.app.copy_to_clipboard(sharing.passage(head, piece.passage.text))
                self.hints.say("Passage copied, with its source")

        self.when_there(copied)

    def action_export_brief(self) -> None:
        """Ask for a form, and write the brief to a file."""
        from reader.presentation.export import render

        def export() -> None:
            found = self.briefing
            if found is None or not (found.brief.passages or found.unique):
                self.hints.say("There is nothing to export: these stories tell nothing in common")
                return
            heads = {head.id: head for head in self.heads if head.id in found.brief.stories}
            write = partial(render.brief, self.thread, found.brief, heads, unique=found.unique)
            ask_export(self, f"{self.thread.name} brief", lambda form: write(form=form))

        self.when_there(export)

    # the rest, and the mouse

    def action_brief_keys(self) -> None:
        """The keys that hold here."""
        from reader.tui.screens.key_help import KeyHelpScreen

        self.app.push_screen(KeyHelpScreen("brief"), self._do)

    async def _do(self, command: str | None) -> None:
        if command is not None:
            await self.run_action(command)

    def action_leave_brief(self) -> None:
        """Back to the stories."""
        self.dismiss(None)

    def on_virtual_list_touched(self, message: VirtualList.Touched) -> None:
        """A click takes the keys to a list."""
        self.turn(message.sender)
        self.signpost()

    def on_virtual_list_chosen(self, message: VirtualList.Chosen) -> None:
        """Another passage is under the cursor."""
        self.signpost()

    def on_virtual_list_opened(self, message: VirtualList.Opened) -> None:
        """A double click opens."""
        self.action_open_source()

    async def on_status_bar_pressed(self, message: StatusBar.Pressed) -> None:
        """A click on a hint does what its key does."""
        if message.key.isdigit():
            self.action_nth_source(int(message.key))
        await press(self, "brief", message.key)
