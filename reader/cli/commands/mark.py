"""The command `mark`."""

from __future__ import annotations

import argparse
from typing import Any

from reader.cli.context import open_library
from reader.cli.exit import CliExit, ExitCode, print_message
from reader.cli.output import print_json
from reader.library.marks import Selection
from reader.models import FlagChange
from reader.presentation import formatting

_STATES: dict[str, dict[str, Any]] = {
    "read": {"read": True},
    "unread": {"read": False},
    "star": {"starred": True},
    "unstar": {"starred": False},
}
_DONE = {
    ("read", True): "Marked {} read",
    ("read", False): "Marked {} unread",
    ("starred", True): "Starred {}",
    ("starred", False): "Unstarred {}",
}


def run_mark(options: argparse.Namespace) -> int:
    """Mark the stories that match a query, or undo or redo the last change."""
    *words, action = options.what
    if not words and action in ("undo", "redo"):
        with open_library(options) as library:
            change = library.marks.undo() if action == "undo" else library.marks.redo()
        return _report(options, change, f"{action.title()}: ", f"Nothing to {action}")
    if not words or action not in _STATES:
        raise CliExit(
            f"“{' '.join(options.what)}” lacks a query or a state; write `newsloom mark QUERY {'|'.join(_STATES)}`", ExitCode.USAGE
        )
    selection = Selection(query=" ".join(words), days=_days(options))
    with open_library(options) as library:
        change = library.marks.apply(selection, **_STATES[action])
    return _report(options, change, "", "No story changed")


def _days(options: argparse.Namespace) -> int | None:
    """The least age in days; raises `CliExit` for what is no number of days."""
    if not options.older_than:
        return None
    days = options.older_than[-1]
    if not (days.isascii() and days.isdecimal() and len(days) <= 5):
        raise CliExit(f"--older-than: “{days}” is not a number of days", ExitCode.USAGE)
    return int(days)


def _report(options: argparse.Namespace, change: FlagChange | None, prefix: str, nothing: str) -> int:
    if change is None:
        print_message(nothing)
        return ExitCode.NOTHING_FOUND
    if options.json:
        print_json(stories=change.stories, flag=change.flag, on=change.on)
    else:
        message = _DONE[change.flag, change.on].format(formatting.stories(change.stories))
        print_message(f"{prefix}{message[0].lower()}{message[1:]}" if prefix else message)
    return ExitCode.DONE
