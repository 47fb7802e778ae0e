"""Asking the reader in the place of the hints: for one key, or for a line of text."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from textual import events

from reader.presentation.text_layout import Line, cells
from reader.tui.controllers.requests import AskingScreen
from reader.tui.widgets.line_editor import LineEditor
from reader.tui.widgets.status_bars import StatusBar

R = TypeVar("R")


class InquiringScreen(AskingScreen[R]):
    """A screen with hints that can ask. While it asks for a line every key is text; a question for a key is answered by any key."""

    def __init__(self) -> None:
        super().__init__()
        self.hints = StatusBar()
        self._question: Line = []
        self._answer: Callable[[str], None] | None = None
        self._edit: LineEditor | None = None

    def ask_key(self, question: Line, then: Callable[[str], None]) -> None:
        """Ask for one key, named as Textual names it."""
        self._inquire(question, None, then)

    def ask_line(self, prompt: str, text: str, then: Callable[[str], None]) -> None:
        """Ask for a line, beginning with a text; nothing follows from an empty one or from Esc."""
        self._inquire([(prompt, "ink")], LineEditor(text, len(text)), then)

    def _inquire(self, question: Line, edit: LineEditor | None, then: Callable[[str], None]) -> None:
        self._question, self._edit, self._answer = question, edit, then
        self.hints.hush()
        self.show_standing()

    @property
    def inquiring(self) -> bool:
        """Whether an answer is awaited."""
        return self._answer is not None

    def standing(self) -> Line:
        """What stands in the place of the hints while nothing is asked; nothing, where the hints do."""
        return []

    def show_standing(self) -> None:
        """Show the question, or what stands in the place of the hints."""
        if self._answer is None:
            self.hints.stand(self.standing())
        elif self._edit is None:
            self.hints.stand(self._question)
        else:
            asked = sum(cells(text) for text, _ in self._question)
            self.hints.stand([*self._question, *self._edit.paint(max(8, self.app.size.width - asked - 2))])

    def on_key(self, event: events.Key) -> None:
        """An answer, or a part of one."""
        if self._answer is None:
            return
        event.stop()
        event.prevent_default()
        if self._edit is not None and event.key not in ("enter", "escape"):
            self._edit.press(event.key, event.character)
            self.show_standing()
            return
        answer = self._answer
        said = event.key if self._edit is None else self._edit.text.strip() if event.key == "enter" else ""
        self._answer = self._edit = None
        self.show_standing()
        if said:
            answer(said)

    def on_paste(self, event: events.Paste) -> None:
        """A line can be pasted."""
        if self._edit is not None:
            event.stop()
            self._edit.insert(event.text)
            self.show_standing()
