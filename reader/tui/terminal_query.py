"""The question for the background color of the terminal (OSC 11), asked before the first paint.

The answer comes among the keys that are typed, possibly late or not at all. It is taken out, and all keys are passed on.
"""

from __future__ import annotations

import os
import re
import select
import sys
import termios
import time
from typing import Literal

from reader.tui.theming.contrast import luminance

Brightness = Literal["light", "dark"]

PATIENCE = 0.15
"""Seconds for which the first paint waits for the answer; one that comes later changes the theme."""
QUESTION = b"\x1b]11;?\x1b\\\x1b[c"
"""The color, then the attributes (DA1), which every terminal states: one that states no color is not waited for."""
MIDDLE = 0.179
"""The relative luminance that black and white text contrast with equally (WCAG 2.2)."""

_COLOR = re.compile(rb"\x1b\]11;([^\x07\x1b]*)(?:\x07|\x1b\\)")
_ATTRIBUTES = re.compile(rb"\x1b\[\?[\d;]*c")
_BEGUN = re.compile(rb"\x1b(?:\](?:1(?:1(?:;[^\x07\x1b]*\x1b?)?)?)|\[\?[\d;]*)\Z")
"""An answer that is not complete yet; what a key may send is none."""
_RGB = re.compile(rb"rgba?:([0-9a-fA-F]{1,4})/([0-9a-fA-F]{1,4})/([0-9a-fA-F]{1,4})(?:/[0-9a-fA-F]{1,4})?")


class TerminalAnswers:
    """Takes the answers of the terminal out of what it sends; the rest are keys.

    `expected` is set from the question until the last answer, `brightness` once the color is known. `typed` are the keys that came
    while the answer was waited for.
    """

    def __init__(self) -> None:
        self.expected = False
        self.brightness: Brightness | None = None
        self.typed = b""
        self._held = b""

    def expect(self) -> None:
        """Note that the question was asked."""
        self.expected = True

    def collect(self, data: bytes) -> None:
        """Take what was read while nobody takes keys."""
        self.typed += self.keys(data)

    def take_typed(self) -> bytes:
        """Return the keys that were collected, once."""
        typed, self.typed = self.typed, b""
        return typed

    def keys(self, data: bytes) -> bytes:
        """Return the keys in what was read; the beginning of an answer is held back for the next call."""
        if not self.expected:
            return data
        data, self._held = self._held + data, b""
        if (color := _COLOR.search(data)) is not None:
            self.brightness = brightness(color[1])
            data = data[: color.start()] + data[color.end() :]
        if (attributes := _ATTRIBUTES.search(data)) is not None:
            self.expected = False
            data = data[: attributes.start()] + data[attributes.end() :]
        elif (begun := _BEGUN.search(data)) is not None:
            data, self._held = data[: begun.start()], data[begun.start() :]
        return data

    def release(self) -> bytes:
        """Return what was held back: nothing followed, so it is no answer."""
        held, self._held = self._held, b""
        return held


class TerminalQuery:
    """Asks the terminal behind standard input and output; from then until `finish`, it sends keys one by one and shows none."""

    def __init__(self, answers: TerminalAnswers) -> None:
        self._answers = answers
        self._input = sys.__stdin__.fileno() if sys.__stdin__ else -1
        self._before = termios.tcgetattr(self._input)
        self._deadline = time.monotonic() + PATIENCE
        mode = termios.tcgetattr(self._input)
        mode[3] &= ~(termios.ICANON | termios.ECHO)
        mode[6][termios.VMIN], mode[6][termios.VTIME] = 1, 0
        termios.tcsetattr(self._input, termios.TCSANOW, mode)
        answers.expect()
        os.write(sys.__stdout__.fileno() if sys.__stdout__ else -1, QUESTION)

    def finish(self) -> Brightness | None:
        """Wait for the answer; None if there is none in time, or none that can be read."""
        try:
            while self._answers.expected:
                # what has come is read even if the patience is over: a slow start is no fault of the terminal
                if not select.select([self._input], [], [], max(0.0, self._deadline - time.monotonic()))[0]:
                    break
                data = os.read(self._input, 4096)
                if not data:
                    break
                self._answers.collect(data)
        finally:
            termios.tcsetattr(self._input, termios.TCSANOW, self._before)
        return self._answers.brightness


def ask(answers: TerminalAnswers) -> TerminalQuery | None:
    """Ask the terminal for its background; None where no terminal is in the foreground, or one that takes no questions."""
    if os.environ.get("TERM", "dumb") in ("dumb", "linux"):
        return None
    try:
        streams = (sys.__stdin__, sys.__stdout__)
        if not all(stream is not None and stream.isatty() for stream in streams) or os.tcgetpgrp(0) != os.getpgrp():
            return None
        return TerminalQuery(answers)
    except (OSError, ValueError, termios.error):
        return None


def brightness(color: bytes) -> Brightness | None:
    """Return whether a color as terminals state it, `rgb:ffff/ffff/ffff`, is light or dark; None for anything else."""
    found = _RGB.fullmatch(color)
    if found is None:
        return None
    parts = (round(255 * int(part, 16) / (16 ** len(part) - 1)) for part in found.groups())
    return "light" if luminance(f"#{bytes(parts).hex()}") > MIDDLE else "dark"
