"""The command `mark`."""

from __future__ import annotations

import argparse
from typing import Any

from reader.cli.context import invalid_query, open_library
from reader.cli.exit import CliExit, ExitCode, print_message
from reader.cli.output import print_json
from reader.errors import QueryError
from reader.library.marks import Selection
from reader.models import BulkChange
from reader.presentation.messages import change_text

_STATES: dict[str, dict[str, Any]] = {
    "read": {"read": True},
    "unread": {"read": False},
    "star": {"starred": True},
    "unstar": {"starred": False},
}


def run_mark(options: argparse.Namespace) -> int:
    """Mark the stories that match a query, or undo or redo the last change of marks."""
    *words, action = options.what
    days = _days(options)
    if not words and action in ("undo", "redo") and days is None:
        with open_library(options) as library:
            change = library.marks.undo() if action == "undo" else library.marks.redo()
        return _report(options, change, f"{'Undone' if action == 'undo' else 'Redone'}: ", f"Nothing to {action}")
    query = " ".join(words).strip()
    if not query or action not in _STATES:
        states = ", ".join(_STATES)
        raise CliExit(f"usage: newsloom mark QUERY STATE, with one of the states {states}; or newsloom mark undo", ExitCode.USAGE)
    with open_library(options) as library:
        try:
            change = library.marks.apply(Selection(query=query, days=days), **_STATES[action])
        except QueryError as error:
            raise invalid_query(query, error) from error
    return _report(options, change, "", "No story changed")


def _days(options: argparse.Namespace) -> int | None:
    """The least age in days; raises `CliExit` for anything but a number of days."""
    if not options.older_than:
        return None
    days = options.older_than[-1]
    if not (days.isascii() and days.isdecimal() and len(days) <= 5):
        raise CliExit(f"--older-than takes a number of days from 0 to 99999, not “{days}”", ExitCode.USAGE)
    return int(days)


def _report(options: argparse.Namespace, change: BulkChange | None, prefix: str, nothing: str) -> int:
    """Print what changed, after `prefix`, or `nothing`."""
    if change is None:
        print_message(nothing)
        return ExitCode.NOTHING_FOUND
    if options.json:
        print_json(stories=change.stories, flag=change.flag, on=change.on)
    else:
        print_message(f"{prefix}{change_text(change)}")
    return ExitCode.DONE
