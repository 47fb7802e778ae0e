"""What each command does: it asks the library and has the answer told."""

from __future__ import annotations

import argparse
import difflib
import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from reader.cli.exit import DONE, INTERRUPTED, NOTHING, PARTLY, WRONG, CliExit, say
from reader.errors import FollowedThreadsError, StorageError
from reader.paths import places, shipped

if TYPE_CHECKING:
    from reader.library import Library
    from reader.settings import Settings


@contextmanager
def opened(asked: argparse.Namespace, folder: Path | None = None) -> Iterator[Library]:
    """Open the requested library and close it afterwards; raises `CliExit` if it or its followed threads cannot be read."""
    from reader.library import Library

    try:
        with closing(Library.open(folder or places(asked.library).library, follow=asked.follow)) as library:
            yield library
    except (StorageError, FollowedThreadsError) as fault:
        raise CliExit(str(fault), WRONG) from fault


def run_open(asked: argparse.Namespace) -> int:
    """Open the reader; without a terminal print the threads. Raises `CliExit` for a word that was meant as a command."""
    from reader.cli.parser import COMMANDS

    for source in asked.source:
        if (
            "://" not in source
            and not Path(source).exists()
            and (meant := difflib.get_close_matches(source, COMMANDS, n=1, cutoff=0.7))
        ):
            raise CliExit(f"“{source}” is neither a command nor a file; did you mean newsloom {meant[0]}?", WRONG)
    with opened(asked) as library:
        return _read(asked, library, asked.source)


def run_demo(asked: argparse.Namespace) -> int:
    """Open the sample stories in a library that is thrown away afterwards."""
    from tempfile import TemporaryDirectory

    seeds = shipped("seeds")
    asked.follow = asked.follow or seeds / "threads.yaml"
    with TemporaryDirectory(prefix="newsloom-") as folder, opened(asked, Path(folder)) as library:
        return _read(asked, library, [str(seeds)])


def _read(asked: argparse.Namespace, library: Library, sources: Sequence[str]) -> int:
    """Open the screen on a library and add sources to it, or print its threads where there is no terminal."""
    if sys.stdin.isatty() and sys.stdout.isatty() and os.environ.get("TERM", "dumb") != "dumb":
        from reader.tui.app import run

        return run(library, places(asked.library), _settings(asked), add=sources)
    from reader.cli.commands.refresh import add
    from reader.cli.output import tell_threads
    from reader.cli.progress import interruptible

    with interruptible() as stopped:
        code = add(library, sources, stopped) if sources else DONE
    if not tell_threads(library.threads(), library, as_json=asked.json):
        say("Your library is empty. newsloom add takes feeds, pages, files and folders; newsloom demo shows five sample stories.")
    return code


def _settings(asked: argparse.Namespace) -> Settings:
    """The reader's settings; raises `CliExit` where the file cannot be used."""
    from reader.errors import SettingsError
    from reader.settings import load_settings

    try:
        return load_settings(places(asked.library).settings)
    except SettingsError as fault:
        raise CliExit(str(fault), WRONG) from fault


def run_threads(asked: argparse.Namespace) -> int:
    """List the threads, the latest first."""
    from reader.cli.output import tell_threads

    with opened(asked) as library:
        return DONE if tell_threads(library.threads()[: asked.limit], library, as_json=asked.json) else NOTHING


def run_show(asked: argparse.Namespace) -> int:
    """Print one story."""
    from reader.cli.output import tell_story

    with opened(asked) as library:
        tell_story(named_story(library, asked.story), library, as_json=asked.json, removed=asked.removed, earlier=asked.earlier)
    return DONE


def run_related(asked: argparse.Namespace) -> int:
    """List the stories nearest to one, in its thread and beyond."""
    from reader.cli.output import tell_related

    with opened(asked) as library:
        found = library.related(named_story(library, asked.story), limit=asked.limit or 10)
        return DONE if tell_related(found, library, as_json=asked.json) else NOTHING


def named_story(library: Library, asked: str) -> str:
    """The id meant by an id or its first characters; raises `CliExit`."""
    found = library.find(asked)
    if len(found) == 1:
        return found[0]
    if found:
        raise CliExit(f"“{asked}” begins the ids of {len(found)} stories: {', '.join(found[:5])}; give more of it", WRONG)
    raise CliExit(f"no story has an id that begins with “{asked}”; newsloom threads lists them", NOTHING)


def run_themes(asked: argparse.Namespace) -> int:
    """List the themes, the reader's own too; one that cannot be used is named on standard error."""
    from reader.cli.output import tell_themes

    problems = tell_themes([shipped("themes"), places(asked.library).themes], as_json=asked.json)
    for problem in problems:
        say(problem)
    return PARTLY if problems else DONE


def run_keys(asked: argparse.Namespace) -> int:
    """Print the key table."""
    from reader.cli.output import tell_keys

    tell_keys(as_json=asked.json)
    return DONE


def run_where(asked: argparse.Namespace) -> int:
    """Print where things are kept."""
    from reader.cli.output import tell_places

    tell_places(places(asked.library), as_json=asked.json)
    return DONE


def run_check(asked: argparse.Namespace) -> int:
    """Say whether index, threads and stories agree, and rebuild what does not."""
    with opened(asked) as library:
        if asked.anew:
            from reader.cli.progress import Progress, interruptible

            with interruptible() as stopped, Progress() as progress:
                library.weave_anew(watch=progress, cancelled=stopped)
            if stopped():
                return INTERRUPTED
        for line in library.check():
            print(line)
    return DONE


def run_completions(asked: argparse.Namespace) -> int:
    """Print a shell's completions."""
    from reader.cli.completions import script
    from reader.cli.parser import COMMANDS, OPTIONS

    values = {
        each.name: each.choices for command in COMMANDS.values() for each in command.arguments if each.is_option and each.choices
    }
    print(script(asked.shell, {name: (each.help, each.words) for name, each in COMMANDS.items()}, OPTIONS, values), end="")
    return DONE
