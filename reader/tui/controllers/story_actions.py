"""Handing on what is being read: to the browser, the clipboard, or a file."""

from __future__ import annotations

import shlex
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from reader.models import StoryHeader
from reader.presentation import links
from reader.presentation.brief_view import LEAST_STORIES
from reader.presentation.comparison_loader import ONE_STORY
from reader.presentation.text_layout import Line
from reader.settings import Settings
from reader.tui import handoff
from reader.tui.controllers.prompt import Prompt
from reader.tui.controllers.requests import Requests
from reader.tui.controllers.status_lines import StatusLines
from reader.tui.state.comparison_state import ComparisonState
from reader.tui.state.reader_state import ReaderState
from reader.tui.widgets.story_columns import StoryColumns

if TYPE_CHECKING:
    from reader.tui.screens.export_prompt import ExportPrompt

COPY: Line = [
    *[("Copy   ", "ink"), ("l", "key"), (" link   ", "muted"), ("s", "key"), (" story   ", "muted")],
    *[("q", "key"), (" passage   ", "muted"), ("Esc", "key"), (" cancel", "muted")],
]
SAVE: Line = [
    *[("Save   ", "ink"), ("s", "key"), (" story   ", "muted"), ("t", "key"), (" all stories of the thread   ", "muted")],
    *[("Esc", "key"), (" cancel", "muted")],
]
NO_LINK = "This story has no link"


class StoryActions:
    """Opens, copies and exports the story or the comparison on the screen."""

    def __init__(
        self,
        state: ReaderState,
        columns: StoryColumns,
        prompt: Prompt,
        export: ExportPrompt,
        requests: Requests,
        status: StatusLines,
        *,
        settings: Callable[[], Settings],
    ) -> None:
        self._settings = settings
        self._requests = requests
        self._piped = ""
        """The last command that a story was piped to."""
        self._state = state
        self._columns = columns
        self._prompt = prompt
        self._export = export
        self._status = status

    def open_in_browser(self) -> None:
        """Open the link of the story in the browser."""
        if self._state.reading is None:
            return
        url = links.address(self._state.reading.head)
        if url is None:
            self._status.say(NO_LINK)
        elif handoff.start(handoff.program(self._settings(), "link", url)):
            self._status.say(f"Opened in the browser: {url}")
        else:
            self._status.say("No browser found; name one in the settings or in BROWSER")

    async def copy(self) -> None:
        """Copy the link, the story or the current passage."""
        if self._state.reading is None or self._columns.current is None:
            return
        key = await self._prompt.key(COPY)
        column = self._columns.current
        if column is None or key not in ("l", "s", "q"):
            return
        head, story = column.head, column.story
        if key == "l":
            text, message = links.address(head) or "", "Link copied"
        elif key == "s":
            text, message = handoff.whole(head, story), "Story copied with its source"
        else:
            text, message = handoff.passage(head, column.passage), "Passage copied with its source"
        if text:
            self._columns.app.copy_to_clipboard(text)
        self._status.say(message if text else NO_LINK)

    async def save(self) -> None:
        """Save the story, or all stories of the thread, to a file."""
        reading = self._state.reading
        if reading is None:
            return
        key = await self._prompt.key(SAVE)
        heads = {"s": [reading.head], "t": list(reading.heads[: reading.own])}.get(key, [])
        if heads:
            name = heads[0].title if key == "s" else reading.thread.name
            await self._export.run(name, lambda form: self._rendered(name, heads, form))

    async def pipe(self) -> None:
        """Give the story as Markdown to a program."""
        reading = self._state.reading
        if reading is None:
            return
        typed = await self._prompt.line("Pipe to: ", self._piped)
        try:
            command = shlex.split(typed)
        except ValueError as error:
            self._status.say(f"Not a command: {error}")
            return
        if not command:
            return
        self._piped, heads = typed, [reading.head]

        def done(problem: str) -> None:
            self._status.say(f"{command[0]} failed: {problem}" if problem else f"Piped to {command[0]}")

        self._requests.run("pipe", lambda: handoff.pipe(command, self._rendered("", heads, "markdown") + "\n"), done)

    def _rendered(self, name: str, heads: Sequence[StoryHeader], form: str) -> str:
        from reader.presentation.export.story import several

        return several(name, [(head, self._state.library.stories.get(head.id)) for head in heads], form)

    async def export_comparison(self) -> None:
        """Export the compared stories to a file."""
        reading, comparison = self._state.reading, self._state.comparison
        if reading is None:
            return
        stories = comparison.stories if comparison.on else ComparisonState().begin(reading)
        if len(stories) < LEAST_STORIES:
            self._status.say(ONE_STORY)
            return
        from reader.presentation.export import render

        library, heads = self._state.library, {head.id: head for head in reading.heads if head.id in stories}

        def text(form: str) -> str:
            return render.comparison(library.comparison.compare(list(heads)), heads, form, faint=comparison.uncertain)

        await self._export.run(f"{reading.thread.name} side by side", text)
