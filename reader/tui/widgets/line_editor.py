"""A line of text being typed: editing keys and painting."""

from __future__ import annotations

import re
from collections.abc import Callable

from msgspec import Struct

from reader.presentation.text_layout import Line, cells, clusters

LONGEST = 1000
WORD = re.compile(r"\S+\s*")


class LineEditor(Struct):
    """A text and a cursor, the number of characters before it."""

    text: str = ""
    cursor: int = 0

    def replace(self, text: str, cursor: int | None = None) -> None:
        """Replace the text; the cursor goes to a place in it, by default to the end."""
        self.text = text[:LONGEST]
        self.cursor = len(self.text) if cursor is None else min(cursor, len(self.text))

    def insert(self, text: str) -> None:
        """Insert at the cursor; line breaks and tabs become blanks, unprintable characters are dropped."""
        text = "".join(" " if sign.isspace() else sign for sign in text if sign.isspace() or sign.isprintable())
        text = text[: LONGEST - len(self.text)]
        self.text = self.text[: self.cursor] + text + self.text[self.cursor :]
        self.cursor += len(text)

    def press(self, key: str, character: str | None) -> bool:
        """Apply a key; return False if the key does not edit text."""
        act = KEYS.get(key)
        if act:
            act(self)
        elif character and character.isprintable():
            self.insert(character)
        else:
            return False
        return True

    def left(self) -> None:
        """Move one character to the left."""
        self.cursor = self._before()

    def right(self) -> None:
        """Move one character to the right."""
        self.cursor = self._after()

    def word_left(self) -> None:
        """Move to the start of this word, or of the previous one."""
        starts = [match.start() for match in WORD.finditer(self.text) if match.start() < self.cursor]
        self.cursor = starts[-1] if starts else 0

    def word_right(self) -> None:
        """Move to the start of the next word."""
        ends = [match.end() for match in WORD.finditer(self.text) if match.end() > self.cursor]
        self.cursor = ends[0] if ends else len(self.text)

    def home(self) -> None:
        """Move to the start."""
        self.cursor = 0

    def end(self) -> None:
        """Move to the end."""
        self.cursor = len(self.text)

    def backspace(self) -> None:
        """Delete the character before the cursor."""
        self._take(self._before(), self.cursor)

    def delete(self) -> None:
        """Delete the character at the cursor."""
        self._take(self.cursor, self._after())

    def backspace_word(self) -> None:
        """Delete from the start of the word to the cursor."""
        end = self.cursor
        self.word_left()
        self._take(self.cursor, end)

    def clear(self) -> None:
        """Delete everything."""
        self.replace("")

    def clear_rest(self) -> None:
        """Delete from the cursor to the end."""
        self._take(self.cursor, len(self.text))

    def _take(self, start: int, end: int) -> None:
        self.text = self.text[:start] + self.text[end:]
        self.cursor = start

    def _before(self) -> int:
        return max((start for start, _ in clusters(self.text) if start < self.cursor), default=0)

    def _after(self) -> int:
        return min((end for _, end in clusters(self.text) if end > self.cursor), default=len(self.text))

    def window(self, room: int) -> tuple[int, int]:
        """Return start and end of the part that fits `room` cells with the cursor visible."""
        start, end = 0, len(self.text)
        while start < self.cursor and cells(self.text[start : self.cursor]) > room - 1:
            start += 1
        while end > self.cursor and cells(self.text[start:end]) > room - 1:
            end -= 1
        return start, end

    def paint(self, room: int) -> Line:
        """Return the text for `room` cells: a thin cursor at its end, or the character under the cursor reversed."""
        start, end = self.window(room)
        before, at, after = self.text[start : self.cursor], self.text[self.cursor : self._after()], self.text[self._after() : end]
        return [(before, "strong"), (at, "cursor") if at else ("▏", "focus"), (after, "strong")]


KEYS: dict[str, Callable[[LineEditor], None]] = {
    "left": LineEditor.left,
    "right": LineEditor.right,
    "ctrl+left": LineEditor.word_left,
    "ctrl+right": LineEditor.word_right,
    "home": LineEditor.home,
    "ctrl+a": LineEditor.home,
    "end": LineEditor.end,
    "ctrl+e": LineEditor.end,
    "backspace": LineEditor.backspace,
    "delete": LineEditor.delete,
    "ctrl+w": LineEditor.backspace_word,
    "ctrl+k": LineEditor.clear_rest,
    "ctrl+u": LineEditor.clear,
}
