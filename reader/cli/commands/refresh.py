"""The commands `add` and `refresh`."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec.structs import asdict

from reader.cli.commands.feeds import NO_FEEDS, allow_host
from reader.cli.context import open_library, resolve_feed
from reader.cli.exit import CliExit, ExitCode, print_message
from reader.cli.output import print_json
from reader.cli.progress import Progress, interruptible
from reader.models import FeedCandidate, FeedProgress, JobProgress, SourceFailure
from reader.presentation import formatting

if TYPE_CHECKING:
    from reader.library import Library

_CANCELED = "Canceled; stories added so far are kept"


def run_add(options: argparse.Namespace) -> int:
    """Add sources after allowing the hosts of `--allow-private`; with `--watch`, subscribe to folders."""
    folders = [_folder(source) for source in options.source] if options.watch else []
    with open_library(options) as library, interruptible() as interrupted:
        for host in options.allow_private:
            allow_host(library, host, on=True)
        for folder in folders:
            library.feeds.subscribe(FeedCandidate(folder))
        return refresh_feeds(library, folders, interrupted) if folders else add_sources(library, options.source, interrupted)


def add_sources(library: Library, sources: Sequence[str], interrupted: Callable[[], bool]) -> int:
    """Add sources to a library, print what became of them, and return the exit code."""
    with Progress() as progress:
        report = library.importer.add(sources, watch=progress, cancelled=interrupted)
    _print_failures(report.refused)
    for feed in report.offered:
        name = f" “{feed.name}”" if feed.name else ""
        print_message(f"This page has a feed{name}; newsloom add {feed.address} subscribes")
    counts = [(report.added, "added"), (report.updated, "updated"), (report.unchanged, "already in the library")]
    parts = [f"{formatting.stories(len(ids))} {state}" for ids, state in counts if ids]
    parts += [f"{formatting.count(len(report.followed), 'feed')} subscribed"] if report.followed else []
    parts += [f"{formatting.count(len(report.saved), 'search', 'searches')} saved"] if report.saved else []
    print_message(", ".join(parts) or "No stories added")
    return _exit_code(interrupted(), report.refused)


def run_refresh(options: argparse.Namespace) -> int:
    """Fetch new stories from all feeds, or from those named."""
    with open_library(options) as library, interruptible() as interrupted:
        if not library.feeds.all():
            print_message(NO_FEEDS)
            return ExitCode.NOTHING_FOUND
        feeds = [resolve_feed(library, name).address for name in options.feed] or None
        return refresh_feeds(library, feeds, interrupted, due=options.due, as_json=options.json)


def refresh_feeds(
    library: Library, feeds: Sequence[str] | None, interrupted: Callable[[], bool], *, due: bool = False, as_json: bool = False
) -> int:
    """Refresh feeds, print failures, notes and totals, and return the exit code."""
    notes: list[SourceFailure] = []
    with Progress() as progress:

        def watch(event: FeedProgress | JobProgress) -> None:
            progress(event)
            if isinstance(event, FeedProgress) and event.state not in ("asked", "reading"):
                if as_json:
                    print_json(**asdict(event))
                    sys.stdout.flush()
                if event.why and event.state in ("new", "same"):
                    notes.append(SourceFailure(event.feed, event.why))

        report = library.importer.refresh(feeds, due=due, watch=watch, cancelled=interrupted)
    _print_failures([*notes, *report.failed])
    if not report.feeds and not interrupted():
        if due:
            print_message("No feeds are due")
            return ExitCode.DONE
        print_message("No feed can be refreshed now: each has ended, or its server asked for a pause")
        return ExitCode.NOTHING_FOUND
    parts = [f"{formatting.count(report.feeds, 'feed')} refreshed: {formatting.stories(report.added)} added"]
    parts += [f"{report.updated:,} updated", *([f"{len(report.failed):,} failed"] if report.failed else [])]
    print_message(", ".join(parts))
    return _exit_code(report.cancelled or interrupted(), report.failed)


def _exit_code(interrupted: bool, failures: Sequence[SourceFailure]) -> int:
    """The exit code of a job by how it ended."""
    if interrupted:
        print_message(_CANCELED)
        return ExitCode.INTERRUPTED
    return ExitCode.PARTIAL if failures else ExitCode.DONE


def _folder(source: str) -> str:
    """The absolute path of a folder to watch; raises `CliExit` for anything else."""
    path = Path(source).expanduser().absolute()
    if not path.is_dir():
        raise CliExit(f"{source} is not a folder; --watch takes folders only", ExitCode.USAGE)
    return str(path)


def _print_failures(failures: Sequence[SourceFailure]) -> None:
    """Print why each source failed and what to do."""
    for failure in failures:
        print_message(f"{failure.source}: {failure.why}" + (f"; {failure.remedy}" if failure.remedy else ""))
