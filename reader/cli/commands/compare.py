"""What the commands that read stories against each other do: compare and brief."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from typing import TYPE_CHECKING

from reader.cli.commands.correct import named_thread
from reader.cli.commands.general import named_story, opened
from reader.cli.exit import DONE, NOTHING, WRONG, CliExit, say
from reader.errors import ComparisonError
from reader.models import Thread
from reader.presentation import formatting
from reader.presentation.export import render

if TYPE_CHECKING:
    from reader.library import Library
FORMATS = ("text", "markdown", "html", "json")
"""How a comparison or a brief may be written: see `reader.presentation.export.render`."""


def run_compare(asked: argparse.Namespace) -> int:
    """Set the stories of a thread, or those that are named, side by side."""
    from reader.cli.output import columns

    with opened(asked) as library:
        try:
            found = library.compare(_stories(library, asked.story))
        except ComparisonError as fault:
            raise CliExit(str(fault), WRONG) from fault
        heads = {story: library.head(story) for story in found.stories}
        for story in library.foreign(found.stories):
            say(f"{story} does not read as English; what is found in it means little")
        print(render.comparison(found, heads, _form(asked), width=columns(), faint=asked.faint))
        faint = sum(pair.band == "faint" for pair in found.pairs)
        if faint and not asked.faint and _form(asked) != "json":
            say(f"{faint} more {'pair is' if faint == 1 else 'pairs are'} less sure; --faint shows them.")
        if not found.pairs and not found.numbers:
            say("These stories share no passage and no figure.")
            return NOTHING
        return DONE


def run_brief(asked: argparse.Namespace) -> int:
    """Tell what most outlets of a thread tell."""
    from reader.cli.output import columns

    with opened(asked) as library:
        thread = _thread(library, asked.thread)
        found = library.brief(thread.id, asked.limit or 10)
        heads = {story: library.head(story) for story in found.stories}
        if found.of > len(heads):
            say(f"{thread.name} has {formatting.stories(found.of)}; the brief is of the {len(heads)} of its newest events.")
        if not found.passages:
            say(f"No passage of {thread.name} is told by two independent outlets.")
            return NOTHING
        print(render.brief(thread, found, heads, _form(asked), width=columns()))
        return DONE


def _thread(library: Library, asked: str) -> Thread:
    """The thread that is meant; raises `CliExit` where there is none or several."""
    id = named_thread(library, asked)
    return next(thread for thread in library.threads() if thread.id == id)


def _stories(library: Library, asked: Sequence[str]) -> Sequence[str]:
    """The stories to compare: those named, or the one thread's; raises `CliExit` for a thread of one story."""
    if len(asked) > 1:
        return [named_story(library, story) for story in asked]
    thread = _thread(library, asked[0])
    if len(thread.stories) == 1:
        raise CliExit(f"{thread.name} is one story: nothing to compare yet", NOTHING)
    return thread.stories


def _form(asked: argparse.Namespace) -> str:
    """The format that was asked for."""
    return "json" if asked.json else str(asked.format)
