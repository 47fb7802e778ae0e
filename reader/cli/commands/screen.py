"""The commands that open the reader: without a command name, and `demo`."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from reader.cli.context import open_library
from reader.cli.exit import ExitCode, print_message
from reader.paths import places, shipped

if TYPE_CHECKING:
    from reader.library import Library

_EMPTY = "Your library is empty. Add feeds, pages, files or folders with newsloom add, or try newsloom demo."


def run_open(options: argparse.Namespace) -> int:
    """Open the reader; without a terminal, print the threads."""
    with open_library(options) as library:
        return _open(options, library, options.source)


def run_demo(options: argparse.Namespace) -> int:
    """Open the sample stories in a temporary library."""
    from tempfile import TemporaryDirectory

    seeds = shipped("seeds")
    options.follow = options.follow or seeds / "threads.yaml"
    with TemporaryDirectory(prefix="newsloom-") as folder, open_library(options, Path(folder)) as library:
        return _open(options, library, [str(seeds)])


def _open(options: argparse.Namespace, library: Library, sources: Sequence[str]) -> int:
    """Open the screen and add the sources to the library; without a terminal, add them and print the threads."""
    if sys.stdin.isatty() and sys.stdout.isatty() and os.environ.get("TERM", "dumb") != "dumb":
        from reader.settings import load_settings
        from reader.tui.start import run

        return run(library, places(options.library), load_settings(places(options.library).settings), add=sources)
    from reader.cli.commands.refresh import add_sources
    from reader.cli.output import print_threads
    from reader.cli.progress import interruptible

    with interruptible() as interrupted:
        code = add_sources(library, sources, interrupted) if sources else ExitCode.DONE
    if not print_threads(library.threads.all(), library, as_json=options.json):
        print_message(_EMPTY)
    return code
