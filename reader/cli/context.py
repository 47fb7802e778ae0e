"""The library a command works on, and the stories, threads and feeds that its arguments name."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from reader.cli.exit import CliExit, ExitCode, print_message
from reader.errors import QueryError
from reader.models import Feed, Thread
from reader.paths import places

if TYPE_CHECKING:
    from reader.library import Library

_LISTED = 5
"""Candidates that an ambiguous name lists."""


@contextmanager
def open_library(options: argparse.Namespace, folder: Path | None = None) -> Iterator[Library]:
    """Open the library that the options name, or the one in `folder`, and close it afterwards."""
    from reader.library import Library

    with closing(Library.open(folder or places(options.library).library, followed=options.follow)) as library:
        yield library
        for problem in library.problems:
            print_message(problem)


def invalid_query(query: str, error: QueryError) -> CliExit:
    """Return the end of a command whose query is invalid: the query, and below it a pointer to what is wrong."""
    return CliExit(f"{query}\n{' ' * error.column}^ {error.message}", ExitCode.USAGE)


def resolve_story(library: Library, text: str) -> str:
    """Return the id of the story whose id is or starts with `text`. Raises `CliExit` if none or several match."""
    found = library.stories.find_ids(text)
    if len(found) == 1:
        return found[0]
    if found:
        several = ", ".join(found[:_LISTED])
        raise CliExit(f"“{text}” matches {len(found)} stories: {several}; type more characters", ExitCode.USAGE)
    raise CliExit(f"no story id starts with “{text}”; newsloom threads lists stories with their ids", ExitCode.NOTHING_FOUND)


def resolve_thread(library: Library, text: str) -> Thread:
    """Return the thread of an id, a name or the start of a name. Raises `CliExit` if none or several match."""
    threads = library.threads.all()
    wanted = text.strip().casefold()
    starting = [thread for thread in threads if wanted and thread.name.casefold().startswith(wanted)]
    found = (
        [thread for thread in threads if thread.id == text]
        or [thread for thread in starting if thread.name.casefold() == wanted]
        or starting
    )
    if len(found) == 1:
        return found[0]
    if found:
        several = ", ".join(f"{thread.id} ({thread.name})" for thread in found[:_LISTED])
        raise CliExit(f"“{text}” matches {len(found)} threads: {several}; use an id", ExitCode.USAGE)
    if text in library.stories.find_ids(text):
        raise CliExit(f"“{text}” is a story; name a thread", ExitCode.USAGE)
    raise CliExit(f"no thread “{text}”; newsloom threads --json lists ids and names", ExitCode.NOTHING_FOUND)


def resolve_feed(library: Library, text: str) -> Feed:
    """Return the feed of an address, a watched folder's path, a name or the start of a name.

    Raises `CliExit` if none or several match.
    """
    if feed := library.feeds.get(text) or library.feeds.get(str(Path(text).expanduser().absolute())):
        return feed
    wanted = text.casefold()
    starting = [feed for feed in library.feeds.all() if wanted and feed.name.casefold().startswith(wanted)]
    found = [feed for feed in starting if feed.name.casefold() == wanted] or starting
    if len(found) == 1:
        return found[0]
    if found:
        several = ", ".join(feed.address for feed in found[:_LISTED])
        raise CliExit(f"“{text}” matches {len(found)} feeds: {several}; use an address", ExitCode.USAGE)
    raise CliExit(f"no feed “{text}”; newsloom feeds lists them", ExitCode.NOTHING_FOUND)
