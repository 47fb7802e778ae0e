"""Questions in the status bar: one key, or one line of text."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from textual import events

from reader.presentation.text_layout import Line, cells
from reader.tui.widgets.line_editor import LineEditor
from reader.tui.widgets.status_bars import StatusBar

NARROWEST = 8
"""Cells that a line being typed has at least."""


class Prompt:
    """Asks for a key or a line in the place of the hints.

    Commands that ask are coroutines: `name = await prompt.line("Name: ")`. While a question is open the screen passes every key
    and paste to `on_key` and `on_paste`; nothing else hears them.
    """

    def __init__(self, status_bar: StatusBar) -> None:
        self._status_bar = status_bar
        self._background: Line = []
        self._question: Line = []
        self._editor: LineEditor | None = None
        self._answer: asyncio.Future[str] | None = None
        self._on_change: Callable[[str], None] | None = None
        self._on_cancel: Callable[[], None] | None = None

    @property
    def is_open(self) -> bool:
        """Whether a question is waiting for its answer."""
        return self._answer is not None

    async def key(self, question: Line) -> str:
        """Ask for one key; returns Textual's name of it, "escape" included."""
        return await self._ask(question, None)

    async def line(
        self,
        label: str,
        text: str = "",
        *,
        on_change: Callable[[str], None] | None = None,
        on_cancel: Callable[[], None] | None = None,
    ) -> str:
        """Ask for a line, starting with `text`; returns it without blanks at its ends, "" after Escape.

        `on_change` is called with the text whenever it is edited, `on_cancel` after Escape.
        """
        return await self._ask([(label, "ink")], LineEditor(text, len(text)), on_change, on_cancel)

    async def _ask(
        self,
        question: Line,
        editor: LineEditor | None,
        on_change: Callable[[str], None] | None = None,
        on_cancel: Callable[[], None] | None = None,
    ) -> str:
        if self._answer is not None:
            self._answer.cancel()
        answer: asyncio.Future[str] = asyncio.get_running_loop().create_future()
        self._answer = answer
        self._question, self._editor = question, editor
        self._on_change, self._on_cancel = on_change, on_cancel
        self._status_bar.hush()
        self.refresh()
        try:
            return await answer
        finally:
            if self._answer is answer:
                self._close()

    def set_background(self, line: Line) -> None:
        """Show a line, such as a progress bar, in the place of the hints while nothing is asked; an empty one shows the hints."""
        self._background = line
        self.refresh()

    def refresh(self) -> None:
        """Show the question, or the background line."""
        if self._answer is None:
            self._status_bar.stand(self._background)
        elif self._editor is None:
            self._status_bar.stand(self._question)
        else:
            used = sum(cells(text) for text, _ in self._question)
            room = max(NARROWEST, self._status_bar.app.size.width - used - 2)
            self._status_bar.stand([*self._question, *self._editor.paint(room)])

    def on_key(self, event: events.Key) -> None:
        """Take a key while a question is open."""
        if self._answer is None:
            return
        event.stop()
        event.prevent_default()
        if self._editor is None:
            self._reply(event.key)
        elif event.key == "enter":
            self._reply(self._editor.text.strip())
        elif event.key == "escape":
            if self._on_cancel:
                self._on_cancel()
            self._reply("")
        else:
            before = self._editor.text
            self._editor.press(event.key, event.character)
            self._changed(self._editor, before)

    def _changed(self, editor: LineEditor, before: str) -> None:
        self.refresh()
        if self._on_change and editor.text != before:
            self._on_change(editor.text)

    def on_paste(self, event: events.Paste) -> None:
        """Insert pasted text while a line is asked for."""
        if self._editor is not None:
            event.stop()
            before = self._editor.text
            self._editor.insert(event.text)
            self._changed(self._editor, before)

    def _reply(self, text: str) -> None:
        answer = self._answer
        self._close()
        if answer is not None and not answer.done():
            answer.set_result(text)

    def _close(self) -> None:
        self._answer = self._editor = None
        self.refresh()
