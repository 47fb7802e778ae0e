"""The command `import`: move in from another reader."""

from __future__ import annotations

import argparse
from pathlib import Path

from reader.cli.context import open_library
from reader.cli.exit import CliExit, ExitCode, print_message
from reader.cli.output import print_json
from reader.cli.progress import Progress, interruptible
from reader.errors import SettingsError, SourceError
from reader.models import MoveReport, SourceFailure
from reader.paths import places
from reader.presentation import formatting


def run_import(options: argparse.Namespace) -> int:
    """Move in the feeds, stories and marks of another reader, and print what was not taken."""
    place = Path(options.place).expanduser() if options.place else None
    with open_library(options) as library, interruptible() as interrupted:
        try:
            with Progress() as progress:
                report = library.move_in.run(options.reader, place, dry_run=options.dry_run, watch=progress, cancelled=interrupted)
        except SourceError as fault:
            raise CliExit(f"{fault.source}: {fault.why}; {fault.remedy}", ExitCode.NOTHING_FOUND) from fault
    kept, unset = _settings(report, places(options.library).settings, dry_run=options.dry_run)
    refused = [*report.refused, *unset]
    for failure in refused:
        print_message(f"{failure.source}: {failure.why}" + (f"; {failure.remedy}" if failure.remedy else ""))
    if options.json:
        counts = {name: getattr(report, name) for name in ("feeds", "searches", "items", "stories", "read", "starred")}
        print_json(**counts, settings=kept, not_taken=refused, dry_run=options.dry_run)
    else:
        print_message(_summary(report, kept, dry_run=options.dry_run))
    if report.cancelled or interrupted():
        print_message("Canceled; stories moved in so far are kept")
        return ExitCode.INTERRUPTED
    return ExitCode.PARTIAL if refused else ExitCode.DONE


def _settings(report: MoveReport, path: Path, *, dry_run: bool) -> tuple[list[str], list[SourceFailure]]:
    """Take over settings that the user has not set; returns the names of those taken, and why others are not."""
    from reader.settings import Settings, load_settings, save_setting

    taken, refused, default = list[str](), list[SourceFailure](), Settings()
    for name, (value, where) in report.settings.items():
        try:
            current = getattr(load_settings(path), name)
            if current == value:
                continue
            if current != getattr(default, name):
                refused.append(SourceFailure(where, f"{name} is set here already", f"change it in {path}"))
                continue
            if not dry_run:
                save_setting(path, name, value)
            taken.append(name)
        except (SettingsError, OSError) as fault:
            refused.append(SourceFailure(where, f"{name} cannot be set ({fault})"))
    return taken, refused


def _summary(report: MoveReport, settings: list[str], *, dry_run: bool) -> str:
    """The counts of a report in one line."""
    parts = [
        *([f"{formatting.count(report.feeds, 'feed')} subscribed"] if report.feeds else []),
        *([f"{formatting.count(report.searches, 'search', 'searches')} saved"] if report.searches else []),
        *([f"{formatting.stories(report.stories)} added"] if report.stories else []),
        *([f"{report.read:,} marked read"] if report.read else []),
        *([f"{report.starred:,} starred"] if report.starred else []),
        *([f"{formatting.count(len(settings), 'setting')} taken over"] if settings else []),
    ]
    text = ", ".join(parts)
    if dry_run:
        return f"Nothing changed. Would be moved in: {text or 'nothing'}"
    return text or "Nothing new"
