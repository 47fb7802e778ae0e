"""Exit codes, and the exception that ends a command early."""

from __future__ import annotations

import sys
from enum import IntEnum


class ExitCode(IntEnum):
    """Exit codes of the command line; scripts depend on them."""

    DONE = 0
    NOTHING_FOUND = 1
    USAGE = 2
    PARTIAL = 3
    INTERRUPTED = 130


class CliExit(Exception):
    """Ends a command early with a message for standard error and an exit code."""

    def __init__(self, message: str, code: ExitCode) -> None:
        super().__init__(message)
        self.code = code


def print_message(message: str) -> None:
    """Print a message for the user on standard error."""
    print(message, file=sys.stderr)
