"""How a command ends."""

from __future__ import annotations

import sys

DONE, NOTHING, WRONG, PARTLY, INTERRUPTED = 0, 1, 2, 3, 130


class CliExit(Exception):
    """An end before the end: words for standard error, and the exit code."""

    def __init__(self, words: str, code: int) -> None:
        super().__init__(words)
        self.code = code


def say(words: str) -> None:
    """Words for the person, on standard error."""
    print(words, file=sys.stderr)
