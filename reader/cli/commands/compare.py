"""The commands `compare` and `brief`."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from typing import TYPE_CHECKING

from reader.cli.context import open_library, resolve_story, resolve_thread
from reader.cli.exit import CliExit, ExitCode, print_message
from reader.cli.output import columns
from reader.presentation import formatting
from reader.presentation.export import render

if TYPE_CHECKING:
    from reader.library import Library

_PASSAGES = 10
"""Passages of a brief without `--limit`."""


def run_compare(options: argparse.Namespace) -> int:
    """Compare the stories of a thread, or those named."""
    with open_library(options) as library:
        found = library.comparison.compare(_stories(library, options.story))
        headers = {story: library.stories.header(story) for story in found.stories}
        for story in library.comparison.in_other_languages(found.stories):
            print_message(f"{story} is in another language; its matches are unreliable")
        format_ = _format(options)
        print(render.comparison(found, headers, format_, width=columns(), faint=options.faint))
        faint = sum(pair.band == "faint" for pair in found.pairs)
        if faint and not options.faint and format_ != "json":
            them = "it" if faint == 1 else "them"
            print_message(f"{formatting.count(faint, 'uncertain match', 'uncertain matches')} hidden; --faint shows {them}")
        if not found.pairs and not found.numbers:
            print_message("No shared passages and no shared figures")
            return ExitCode.NOTHING_FOUND
        return ExitCode.DONE


def run_brief(options: argparse.Namespace) -> int:
    """Print the passages of a thread that most outlets report."""
    with open_library(options) as library:
        thread = resolve_thread(library, options.thread)
        found = library.comparison.brief(thread.id, options.limit or _PASSAGES)
        headers = {story: library.stories.header(story) for story in found.stories}
        if found.of > len(headers):
            print_message(
                f"{thread.name} has {formatting.stories(found.of)}; this brief covers {len(headers):,}, from its newest events"
            )
        if not found.passages:
            print_message(f"{thread.name}: no passage is shared by two independent outlets")
            return ExitCode.NOTHING_FOUND
        print(render.brief(thread, found, headers, _format(options), width=columns()))
        return ExitCode.DONE


def _stories(library: Library, names: Sequence[str]) -> Sequence[str]:
    """The ids of the stories to compare: those named, or the one thread's. Raises `CliExit` for a thread of one story."""
    if len(names) > 1:
        return [resolve_story(library, name) for name in names]
    thread = resolve_thread(library, names[0])
    if len(thread.stories) == 1:
        raise CliExit(f"{thread.name} has one story: nothing to compare yet", ExitCode.NOTHING_FOUND)
    return thread.stories


def _format(options: argparse.Namespace) -> str:
    return "json" if options.json else str(options.format)
