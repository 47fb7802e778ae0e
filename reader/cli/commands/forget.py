"""What the command forget does."""

from __future__ import annotations

import argparse
import json
import sys

from reader.cli.commands.correct import named_thread
from reader.cli.commands.general import opened
from reader.cli.exit import DONE, NOTHING, WRONG, CliExit, say
from reader.presentation import formatting


def run_forget(asked: argparse.Namespace) -> int:
    """Forget which passages were read, of a thread or of all; a person is asked first, a program says `--yes`."""
    with opened(asked) as library:
        thread = named_thread(library, asked.thread) if asked.thread else None
        stories = library.remembered(thread)
        if not stories:
            say("Nothing is remembered of what you read.")
            return NOTHING
        if not asked.yes and not _agreed(f"Forget which passages of {formatting.stories(stories)} you read? y n "):
            return DONE
        library.forget_read(thread)
        if asked.json:
            print(json.dumps({"stories": stories}))
        else:
            say(f"Which passages of {formatting.stories(stories)} you read is forgotten; read and unread stay as they are.")
        return DONE


def _agreed(question: str) -> bool:
    """Ask on the terminal; raises `CliExit` where there is none."""
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        raise CliExit("this cannot be taken back; say --yes to do it without being asked", WRONG)
    print(question, end="", file=sys.stderr, flush=True)
    return sys.stdin.readline().strip().casefold() in ("y", "yes")
