"""The brief of a thread: its events, the passages several stories share, and those only one has, all quoted verbatim."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from msgspec import Struct
from textual import events
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Container
from textual.screen import Screen

from reader.models import StoryHeader, Thread, ThreadEvent
from reader.presentation import formatting
from reader.presentation.brief_view import NUMBERED, BriefPassage, BriefSection, BriefView, load_brief
from reader.presentation.text_layout import cells
from reader.tui import handoff
from reader.tui.commands.bindings import bindings, press, run_command
from reader.tui.commands.registry import Hint, hints
from reader.tui.controllers.prompt import Prompt
from reader.tui.controllers.requests import Requests
from reader.tui.screens.export_prompt import ExportPrompt
from reader.tui.state.reading_position import THREE_FROM, TWO_FROM
from reader.tui.widgets.brief_rows import BriefPassageRows, DaysLine, EventRows
from reader.tui.widgets.painted import Rule
from reader.tui.widgets.status_bars import NoteLine, StatusBar, TitleLine
from reader.tui.widgets.virtual_list import VirtualList

if TYPE_CHECKING:
    from reader.library import Library, Passage

TIMELINE_WIDTH, WIDE_TIMELINE_WIDTH = 38, 46
"""Width of the timeline in cells beside one list of passages, and beside two."""
LOADING = BriefSection("", (), "Loading the stories…")
FAILED = BriefSection("", (), "The stories could not be loaded.")


class BriefSource(Struct, frozen=True):
    """The story to open, and the passage in it; None for its beginning."""

    story: str
    passage: Passage | None = None


class BriefScreen(Screen[BriefSource]):
    """The brief; returns the source to open. Commands wait until the passages are loaded."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("brief")

    def __init__(self, library: Library, thread: Thread, heads: Sequence[StoryHeader]) -> None:
        super().__init__()
        self.library = library
        self.thread = thread
        self.heads = list(heads)
        self.view: BriefView | None = None
        self.title_line = TitleLine()
        self.days = DaysLine()
        self.timeline = VirtualList(id="events")
        self.shared = VirtualList(id="shared", ruled=False)
        self.unique = VirtualList(id="unique")
        self.note = NoteLine()
        self.status_bar = StatusBar()
        self.first_rule = Rule()
        self.second_rule = Rule()
        self.pane = self.shared
        """The list that has the focus."""
        self.requests = Requests(self, self.show_error)
        self.prompt = Prompt(self.status_bar)
        self._loaded = asyncio.Event()
        """Set when the passages are loaded, or failed to load."""
        self._waiting: list[Callable[[], None]] = []
        """Commands that wait for the passages."""

    def compose(self) -> ComposeResult:
        """Title line, dates or timeline, passages, a note, status bar."""
        yield self.title_line
        yield self.days
        with Container(id="panes"):
            yield self.timeline
            yield self.first_rule
            yield self.shared
            yield self.second_rule
            yield self.unique
        yield self.note
        yield self.status_bar

    def on_mount(self) -> None:
        """Load the events and the passages."""
        self._lay_out()
        self.shared.show(BriefPassageRows([LOADING]))
        self.requests.run("timeline", self._load_events, self._show_events)
        self.requests.run("brief", lambda: load_brief(self.library, self.heads), self._show, self._show_failure)

    def _load_events(self) -> list[ThreadEvent]:
        return self.library.threads.timeline(self.thread.id, self.requests.abandoned)

    def _show_events(self, events: list[ThreadEvent]) -> None:
        self.timeline.show(EventRows(events, self.heads), 1)
        self.days.show(events)

    def _show(self, view: BriefView) -> None:
        self.view = view
        self._loaded.set()
        self._fill()
        self.show_status()
        waiting, self._waiting = self._waiting, []
        for command in waiting:
            command()

    def _show_failure(self, error: Exception) -> None:
        self._waiting.clear()
        self._loaded.set()
        self.shared.show(BriefPassageRows([FAILED]))
        self.show_error(error)

    def _fill(self, at: BriefPassage | None = None) -> None:
        """Show the passages in one list or two, the cursor on the given one."""
        if self.view is None:
            return
        parts, beside = self.view.parts, self.unique.display
        for pane, shown in ((self.shared, [part for part in parts if not (beside and part.unique)]), (self.unique, parts[-1:])):
            rows = BriefPassageRows(shown)
            place = rows.place(at) if at else None
            pane.show(rows, place or 0)
            if place is not None and pane.display:
                self.focus_pane(pane)

    # layout

    def on_resize(self, event: events.Resize) -> None:
        """Choose between timeline and dates, and between one list of passages and two."""
        at = self.passage
        self._lay_out()
        self._fill(at)
        self.show_status()

    def _lay_out(self) -> None:
        width = self.app.size.width
        beside, two = width >= TWO_FROM, width >= THREE_FROM
        self.days.display, self.timeline.display, self.unique.display = not beside, beside, two
        self.timeline.styles.width = WIDE_TIMELINE_WIDTH if two else TIMELINE_WIDTH
        self.first_rule.display, self.second_rule.display = beside, two
        self.shared.ruled = beside
        self.focus_pane(self.pane if self.pane.display else self.shared)

    def focus_pane(self, pane: VirtualList) -> None:
        """Give a list the focus."""
        self.pane = pane
        for each in (self.timeline, self.shared, self.unique):
            each.focus_here(each is pane)

    def show_status(self) -> None:
        """Show the scope of the brief, the key hints, and the outlets behind the numbers."""
        view, width = self.view, self.app.size.width
        wide = width >= TWO_FROM
        scope = f"brief, verbatim from {formatting.stories(len(self.heads))}"
        if view and len(view.brief.stories) < view.brief.of:
            newest = f"{len(view.brief.stories)} newest of {formatting.stories(len(self.heads))}"
            scope = f"brief, verbatim from the {newest}" if wide else f"brief of the {newest}"
        self.title_line.show([(self.thread.name, "name"), (f"  {scope}", "muted")])
        keys: list[Hint] = [
            *hints(["brief_down", "brief_up"]),
            ("1 2", "open that source" if wide else "source"),
            *hints(["export_brief", "copy_passage", "leave_brief"]),
        ]
        legend = "   ".join(f"{number} {formatting.outlet(head)}" for number, head in enumerate(self.heads, 1))
        used = sum(cells(key) + 1 + cells(word) + 3 for key, word in keys)
        fits = len(self.heads) <= NUMBERED and cells(legend) <= min(width // 2, width - used - 3)
        self.note.display = not fits
        self.note.show(self._passage_sources())
        self.status_bar.show(keys, legend if fits else self._position() if wide else self._outlet_count())

    def _position(self) -> str:
        rows = self.pane.rows
        return "passage {} of {}".format(*rows.nth(self.pane.cursor)) if isinstance(rows, BriefPassageRows) and self.passage else ""

    def _outlet_count(self) -> str:
        return formatting.count(len({head.outlet_id or head.id for head in self.heads}), "outlet")

    def _passage_sources(self) -> str:
        """Return the outlets of the selected passage by their numbers."""
        heads = {head.id: head for head in self.heads}
        sources = self.passage.sources.items() if self.passage else ()
        return "   ".join(f"{number} {formatting.outlet(heads[passage.story])}" for number, passage in sorted(sources))

    @property
    def passage(self) -> BriefPassage | None:
        """The selected passage, None if the cursor is among the events."""
        rows = self.pane.rows
        return rows.piece(self.pane.cursor) if isinstance(rows, BriefPassageRows) else None

    def when_loaded(self, command: Callable[[], None]) -> None:
        """Run a command as soon as the passages are loaded; at once in the timeline."""
        if self.view is None and self.pane is not self.timeline:
            self._waiting.append(command)
        else:
            command()

    def show_error(self, error: Exception) -> None:
        """Show why the library could not be read."""
        self.status_bar.say(f"Could not read the library: {error}")

    # moving

    def _move(self, move: Callable[[VirtualList], object]) -> None:
        def run() -> None:
            move(self.pane)
            self.show_status()

        self.when_loaded(run)

    def _step(self, by: int) -> None:
        """Move by one row; from the end of one list of passages to the other."""

        def step(pane: VirtualList) -> None:
            if not pane.move(by) and self.unique.display:
                if by > 0 and pane is self.shared:
                    self.focus_pane(self.unique)
                elif by < 0 and pane is self.unique:
                    self.focus_pane(self.shared)

        self._move(step)

    def action_brief_down(self) -> None:
        """Move to the next passage or event."""
        self._step(1)

    def action_brief_up(self) -> None:
        """Move to the previous passage or event."""
        self._step(-1)

    def action_brief_page(self) -> None:
        """Move down a page."""
        self._move(lambda pane: pane.page(1))

    def action_brief_page_back(self) -> None:
        """Move up a page."""
        self._move(lambda pane: pane.page(-1))

    def action_brief_first(self) -> None:
        """Move to the first row."""
        self._move(VirtualList.first)

    def action_brief_last(self) -> None:
        """Move to the last row."""
        self._move(VirtualList.last)

    def action_brief_left(self) -> None:
        """Focus the list to the left."""
        self._focus_beside(-1)

    def action_brief_right(self) -> None:
        """Focus the list to the right."""
        self._focus_beside(1)

    def _focus_beside(self, by: int) -> None:
        panes = [pane for pane in (self.timeline, self.shared, self.unique) if pane.display]
        self.focus_pane(panes[(panes.index(self.pane) + by) % len(panes)])
        self.show_status()

    # sources

    def action_nth_source(self, number: int) -> None:
        """Open the source with that number at the passage."""

        def open_source() -> None:
            passage = self.passage.sources.get(number) if self.passage else None
            if passage is not None:
                self.dismiss(BriefSource(passage.story, passage))
            else:
                self.status_bar.say(f"Source {number} does not have this passage" if self.passage else "Select a passage first")

        self.when_loaded(open_source)

    def action_open_source(self) -> None:
        """Open the story that is quoted, or the first one of an event."""

        def open_source() -> None:
            rows = self.pane.rows
            if isinstance(rows, EventRows):
                if event := rows.event(self.pane.cursor):
                    self.dismiss(BriefSource(event.stories[0]))
            elif self.passage:
                self.dismiss(BriefSource(self.passage.passage.story, self.passage.passage))

        self.when_loaded(open_source)

    def action_copy_passage(self) -> None:
        """Copy the passage with its source."""

        def copy() -> None:
            if self.passage is not None:
                passage = self.passage.passage
                head = next(head for head in self.heads if head.id == passage.story)
                self.app.copy_to_clipboard(handoff.passage(head, passage.text))
                self.status_bar.say("Copied the passage with its source")

        self.when_loaded(copy)

    async def action_export_brief(self) -> None:
        """Ask for a format, and write the brief to a file."""
        from reader.presentation.export import render

        await self._loaded.wait()
        view = self.view
        if view is None or not (view.brief.passages or view.unique):
            self.status_bar.say("Nothing to export: these stories share no passages")
            return
        heads = {head.id: head for head in self.heads if head.id in view.brief.stories}
        write = partial(render.brief, self.thread, view.brief, heads, unique=view.unique)
        export = ExportPrompt(self.prompt, self.requests, self.status_bar)
        await export.run(f"{self.thread.name} brief", lambda form: write(form=form))

    # keys and mouse

    def on_key(self, event: events.Key) -> None:
        """Pass keys to an open question."""
        self.prompt.on_key(event)

    def on_paste(self, event: events.Paste) -> None:
        """Pass pasted text to an open question."""
        self.prompt.on_paste(event)

    def action_brief_keys(self) -> None:
        """Show the keys of the brief."""
        from reader.tui.screens.key_help import KeyHelpScreen

        self.app.push_screen(KeyHelpScreen("brief"), self._run)

    async def _run(self, command: str | None) -> None:
        if command is not None:
            await run_command(self, command)

    def action_leave_brief(self) -> None:
        """Return to the stories."""
        self.dismiss(None)

    def on_virtual_list_touched(self, message: VirtualList.Touched) -> None:
        """Focus the list that was clicked."""
        self.focus_pane(message.sender)
        self.show_status()

    def on_virtual_list_chosen(self, message: VirtualList.Chosen) -> None:
        """Show the sources of the selected passage."""
        self.show_status()

    def on_virtual_list_opened(self, message: VirtualList.Opened) -> None:
        """Open the source of a passage that was double-clicked."""
        self.action_open_source()

    async def on_status_bar_pressed(self, message: StatusBar.Pressed) -> None:
        """Run the command of the hint that was clicked."""
        if message.key.isdigit():
            self.action_nth_source(int(message.key))
        await press(self, "brief", message.key)
