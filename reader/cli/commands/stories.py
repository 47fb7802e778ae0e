"""The commands `threads`, `show` and `related`."""

from __future__ import annotations

import argparse

from reader.cli.context import open_library, resolve_story
from reader.cli.exit import ExitCode
from reader.cli.output import print_document, print_related, print_story, print_threads

_RELATED = 10
"""Related stories listed without `--limit`."""


def run_threads(options: argparse.Namespace) -> int:
    """List the threads, the latest first."""
    with open_library(options) as library:
        listed = print_threads(library.threads.all()[: options.limit], library, as_json=options.json)
        return ExitCode.DONE if listed else ExitCode.NOTHING_FOUND


def run_show(options: argparse.Namespace) -> int:
    """Print one story."""
    with open_library(options) as library:
        story = resolve_story(library, options.story)
        form = "json" if options.json else str(options.format)
        if form == "text":
            print_story(story, library, removed=options.removed, earlier=options.earlier)
        else:
            print_document(story, library, form)
    return ExitCode.DONE


def run_related(options: argparse.Namespace) -> int:
    """List the stories most similar to one, in all threads."""
    with open_library(options) as library:
        found = library.stories.related(resolve_story(library, options.story), limit=options.limit or _RELATED)
        return ExitCode.DONE if print_related(found, library, as_json=options.json) else ExitCode.NOTHING_FOUND
