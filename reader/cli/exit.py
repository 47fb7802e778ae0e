"""Exit codes, and the exception that ends a command early."""

from __future__ import annotations

import io
import os
import sys
from enum import IntEnum

_KEPT = "\n\N{ZERO WIDTH NON-JOINER}\N{ZERO WIDTH JOINER}"


class ExitCode(IntEnum):
    """Exit codes of the command line; scripts depend on them."""

    DONE = 0
    NOTHING_FOUND = 1
    USAGE = 2
    PARTIAL = 3
    FAILED = 70
    INTERRUPTED = 130


class CliExit(Exception):
    """Ends a command early with a message for standard error and an exit code."""

    def __init__(self, message: str, code: ExitCode) -> None:
        super().__init__(message)
        self.code = code


def print_message(message: str) -> None:
    """Print a message for the user on standard error, without control characters that came with a name or an argument."""
    print(
        "".join(char if char.isprintable() or char in _KEPT else "\N{REPLACEMENT CHARACTER}" for char in message), file=sys.stderr
    )


def prepare_streams() -> None:
    """Open closed standard streams, and let those write every character, in whatever encoding."""
    for number, name in enumerate(("stdin", "stdout", "stderr")):
        if getattr(sys, name) is None:
            null = os.open(os.devnull, os.O_RDWR)
            if null != number:
                os.dup2(null, number)
                os.close(null)
            setattr(sys, name, os.fdopen(number, "w" if number else "r", encoding="utf-8"))
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")
