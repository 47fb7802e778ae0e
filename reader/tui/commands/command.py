"""One command: its keys, its words, and where it holds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Where = Literal["reading", "brief", "correcting", "searching", "choosing", "feeds"]
"""What the reader is doing.

Reading stories, or the brief of a thread, saying what a thread should be, typing a query, choosing from a list (themes, keys,
commands), or looking at feeds.
"""

NAMED = {
    "space": "Space",
    "enter": "Enter",
    "escape": "Esc",
    "tab": "Tab",
    "down": "↓",
    "up": "↑",
    "slash": "/",
    "backslash": "\\",
    "colon": ":",
    "question_mark": "?",
    "equals_sign": "=",
    "right_square_bracket": "]",
    "left_square_bracket": "[",
    "tilde": "~",
}
"""Textual's names of keys that are shown otherwise."""


@dataclass(frozen=True, slots=True)
class ScreenCommand:
    """One act.

    `keys` are Textual's names, the shown one first. `help` is the palette's line, `row` the words in the key table (neighbours with
    the same words share a row: "j k  down, up"), `footer` the word in the hints (neighbours with the same word share a hint).
    `show` are the keys as printed, where they differ from the names. `run` is the method it runs, looked up from the screen
    ("navigation.next_thread"); left out, it is the screen's `action_<id>`.
    """

    id: str
    keys: tuple[str, ...]
    group: str
    help: str
    row: str
    footer: str = ""
    show: str = ""
    where: Where = "reading"
    run: str = ""

    @property
    def method(self) -> str:
        """The path from the screen to the method that runs."""
        return self.run or f"action_{self.id}"

    @property
    def label(self) -> str:
        """The key as shown."""
        return self.show or NAMED.get(self.keys[0], self.keys[0])
