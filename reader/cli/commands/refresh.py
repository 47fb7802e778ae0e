"""What the commands do that bring news in: add and refresh."""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from reader.cli.commands.feeds import NO_FEED, allow, named
from reader.cli.commands.general import opened
from reader.cli.exit import DONE, INTERRUPTED, NOTHING, PARTLY, WRONG, CliExit, say
from reader.cli.progress import Progress, interruptible
from reader.models import FeedCandidate, FeedProgress, JobProgress, SourceFailure
from reader.presentation import formatting

if TYPE_CHECKING:
    from reader.library import Library

_STOPPED = "stopped; what came until then is kept"


def run_add(asked: argparse.Namespace) -> int:
    """Add sources, having allowed the hosts named with `--allow-private`; with `--watch`, follow folders."""
    folders = [_folder(source) for source in asked.source] if asked.watch else []
    with opened(asked) as library, interruptible() as stopped:
        for host in asked.allow_private:
            allow(library, host, on=True)
        for folder in folders:
            library.follow(FeedCandidate(folder))
        return refresh(library, folders, stopped) if folders else add(library, asked.source, stopped)


def add(library: Library, sources: Sequence[str], stopped: Callable[[], bool]) -> int:
    """Add sources to a library and say what became of each; returns the exit code."""
    with Progress() as progress:
        report = library.add(sources, watch=progress, cancelled=stopped)
    _tell_refused(report.refused)
    for wanted in report.offered:
        say(f"the page names a feed{f' “{wanted.name}”' if wanted.name else ''}; to follow it: newsloom add {wanted.address}")
    parts = [(report.added, "added"), (report.updated, "updated"), (report.unchanged, "already here")]
    said = [f"{formatting.stories(len(ids))} {word}" for ids, word in parts if ids]
    said += [f"{formatting.count(len(report.followed), 'feed')} followed"] if report.followed else []
    said += [f"{formatting.count(len(report.saved), 'search', 'searches')} saved"] if report.saved else []
    say(", ".join(said) or "no story added")
    return _end(stopped(), report.refused)


def run_refresh(asked: argparse.Namespace) -> int:
    """Ask feeds what is new."""
    with opened(asked) as library, interruptible() as stopped:
        if not library.feeds():
            say(NO_FEED)
            return NOTHING
        feeds = [named(library, name).address for name in asked.feed] or None
        return refresh(library, feeds, stopped, due=asked.due, as_json=asked.json)


def refresh(
    library: Library, feeds: Sequence[str] | None, stopped: Callable[[], bool], *, due: bool = False, as_json: bool = False
) -> int:
    """Ask feeds and say what came of it, a line for each that failed or has a word to say; returns the exit code."""
    from reader.presentation import formatting as words

    notes: list[SourceFailure] = []
    with Progress() as progress:

        def watch(event: FeedProgress | JobProgress) -> None:
            progress(event)
            if isinstance(event, FeedProgress) and event.state not in ("asked", "reading"):
                if as_json:
                    print(json.dumps(asdict(event), ensure_ascii=False), flush=True)
                if event.why and event.state in ("new", "same"):
                    notes.append(SourceFailure(event.feed, event.why))

        refreshed = library.refresh(feeds, due=due, watch=watch, cancelled=stopped)
    _tell_refused([*notes, *refreshed.failed])
    if not refreshed.feeds and not stopped():
        say("no feed is due" if due else "no feed may be asked now: they have ended, or their servers asked to be left alone")
        return DONE if due else NOTHING
    said = f"{words.count(refreshed.feeds, 'feed')} asked: {words.stories(refreshed.added)} added, {refreshed.updated:,} updated"
    say(said + (f", {words.count(len(refreshed.failed), 'feed')} failed" if refreshed.failed else ""))
    return _end(refreshed.cancelled or stopped(), refreshed.failed)


def _end(stopped: bool, refused: Sequence[SourceFailure]) -> int:
    """The exit code of a work, by whether it was stopped and what was refused."""
    if stopped:
        say(_STOPPED)
        return INTERRUPTED
    return PARTLY if refused else DONE


def _folder(source: str) -> str:
    """The absolute path of a folder to watch; raises `CliExit` for anything else."""
    path = Path(source).expanduser().absolute()
    if not path.is_dir():
        raise CliExit(f"{source} is no folder, and only folders are watched", WRONG)
    return str(path)


def _tell_refused(refused: Sequence[SourceFailure]) -> None:
    """Say of each source that was refused why, and what to do."""
    for refusal in refused:
        say(f"{refusal.source}: {refusal.why}" + (f"; {refusal.remedy}" if refusal.remedy else ""))
