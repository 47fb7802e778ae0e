"""The command `forget`."""

from __future__ import annotations

import argparse
import sys

from reader.cli.context import open_library, resolve_thread
from reader.cli.exit import CliExit, ExitCode, print_message
from reader.cli.output import print_json
from reader.presentation import formatting


def run_forget(options: argparse.Namespace) -> int:
    """Clear the reading history of a thread or of the whole library, after a confirmation."""
    with open_library(options) as library:
        thread = resolve_thread(library, options.thread).id if options.thread else None
        count = library.history.count(thread)
        if not count:
            print_message("No reading history to clear")
            return ExitCode.NOTHING_FOUND
        question = f"Clear the reading history of {formatting.stories(count)}? This cannot be undone. [y/N] "
        if not options.yes and not _confirm(question):
            return ExitCode.DONE
        library.history.forget(thread)
        if options.json:
            print_json(stories=count)
        else:
            print_message(f"Cleared reading history of {formatting.stories(count)}; read marks are unchanged")
        return ExitCode.DONE


def _confirm(question: str) -> bool:
    """Whether the user says yes on the terminal; raises `CliExit` without one."""
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        raise CliExit("this cannot be undone; confirm with --yes", ExitCode.USAGE)
    print(question, end="", file=sys.stderr, flush=True)
    return sys.stdin.readline().strip().casefold() in ("y", "yes")
