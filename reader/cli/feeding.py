"""What the commands do that bring news in: add, refresh, feeds, export."""

from __future__ import annotations

import argparse
import json
import signal
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from reader.cli.acts import opened
from reader.cli.stop import DONE, INTERRUPTED, NOTHING, PARTLY, WRONG, Stop, say
from reader.model import Feed, Refusal, Report, Stage, Step, Wanted

if TYPE_CHECKING:
    from reader.library import Library

_FEED_FIELDS = (
    *("address", "name", "title", "home", "tags", "interval", "full_text", "tried", "good", "due", "error", "remedy"),
    *("ended", "stories", "unread", "per_day"),
)
_LEAST, _MOST = 5, 7 * 24 * 60
"""Minutes between which an interval lies."""


@contextmanager
def interruptible() -> Iterator[Callable[[], bool]]:
    """Whether Ctrl-C was pressed; the work that asks keeps what it has. Pressed again, it ends at once."""
    pressed = False

    def note(number: int, frame: object) -> None:
        nonlocal pressed
        if pressed:
            raise KeyboardInterrupt
        pressed = True

    before = signal.signal(signal.SIGINT, note)
    try:
        yield lambda: pressed
    finally:
        signal.signal(signal.SIGINT, before)


class Progress:
    """Tells on one line of a terminal how far a work is; elsewhere nothing."""

    def __init__(self) -> None:
        self._shown = sys.stderr.isatty()
        self._long = 0

    def __call__(self, event: Step | Stage) -> None:
        """Tell it."""
        if self._shown and isinstance(event, Stage):
            line = f"{event.what}: {event.done:,}" + (f" of {event.of:,}" if event.of else "")
            print("\r" + line.ljust(self._long), end="", file=sys.stderr, flush=True)
            self._long = len(line)

    def end(self) -> None:
        """Clear the line."""
        if self._long:
            print("\r" + " " * self._long, end="\r", file=sys.stderr, flush=True)


def run_add(asked: argparse.Namespace) -> int:
    """Add sources; with `--watch`, follow folders."""
    with opened(asked) as library, interruptible() as stopped:
        if asked.watch:
            folders = [_folder(source) for source in asked.source]
            for folder in folders:
                library.follow(Wanted(folder))
            return _refresh(asked, library, folders, stopped)
        return tell_report(add(library, asked.source, stopped)) if not stopped() else INTERRUPTED


def add(library: Library, sources: Sequence[str], stopped: Callable[[], bool]) -> Report:
    """Add sources to a library, and tell how far it is."""
    progress = Progress()
    try:
        return library.add(sources, watch=progress, cancelled=stopped)
    finally:
        progress.end()


def tell_report(report: Report) -> int:
    """Say what adding did, a line for each source refused; returns the exit code."""
    from reader.ui.words import stories

    parts = [(report.added, "added"), (report.updated, "updated"), (report.unchanged, "already here")]
    said = [f"{stories(len(ids))} {word}" for ids, word in parts if ids]
    said += [f"{_feeds(len(report.followed))} followed"] if report.followed else []
    _tell_refused(report.refused)
    for wanted in report.offered:
        say(f"names a feed{f' “{wanted.name}”' if wanted.name else ''}: newsloom add {wanted.address}")
    say(", ".join(said) or "no story added")
    return PARTLY if report.refused else DONE


def run_refresh(asked: argparse.Namespace) -> int:
    """Ask feeds what is new."""
    with opened(asked) as library, interruptible() as stopped:
        if not library.feeds():
            say("You follow no feed; newsloom add takes a feed's address, a list of feeds, or with --watch a folder.")
            return NOTHING
        return _refresh(asked, library, [_feed(library, name).address for name in asked.feed] or None, stopped)


def _refresh(asked: argparse.Namespace, library: Library, feeds: Sequence[str] | None, stopped: Callable[[], bool]) -> int:
    """Refresh, and tell what came of it."""
    from reader.ui.words import stories

    progress = Progress()

    def watch(event: Step | Stage) -> None:
        if asked.json and isinstance(event, Step) and event.state not in ("asked", "reading"):
            print(json.dumps(asdict(event), ensure_ascii=False), flush=True)
        progress(event)

    refreshed = library.refresh(feeds, due=getattr(asked, "due", False), watch=watch, cancelled=stopped)
    progress.end()
    _tell_refused(refreshed.failed)
    said = f"{_feeds(refreshed.feeds)} asked: {stories(refreshed.added)} added, {refreshed.updated:,} updated"
    said += f", {_feeds(len(refreshed.failed))} failed" if refreshed.failed else ""
    say(said if refreshed.feeds else "no feed is to be asked now")
    if refreshed.cancelled or stopped():
        say("stopped; what came until then is kept")
        return INTERRUPTED
    return PARTLY if refreshed.failed else DONE


def run_feeds(asked: argparse.Namespace) -> int:
    """List the feeds, or change one."""
    with opened(asked) as library:
        if asked.action:
            return _act(library, asked.action, asked.feed, asked.value)
        feeds = library.feeds()[: asked.limit]
        for feed in feeds:
            if asked.json:
                row = asdict(feed)
                print(json.dumps({name: row[name] for name in _FEED_FIELDS}, ensure_ascii=False))
            else:
                _row(feed)
        if not feeds:
            say("You follow no feed; newsloom add takes a feed's address, a list of feeds, or with --watch a folder.")
        return DONE if feeds else NOTHING


def run_export(asked: argparse.Namespace) -> int:
    """Print the feeds as OPML."""
    with opened(asked) as library:
        print(library.opml(), end="")
        return DONE if library.feeds() else NOTHING


def _act(library: Library, action: str, name: str | None, values: Sequence[str]) -> int:
    """Change a feed, or a host that may be asked."""
    if not name:
        raise Stop(f"newsloom feeds {action} needs a {'host' if action.endswith('allow') else 'feed'}", WRONG)
    if action in ("allow", "disallow"):
        from reader.library import host

        library.allow(host(name), action == "allow")
        say(f"{host(name)} may {'now' if action == 'allow' else 'no longer'} be asked")
        return DONE
    if action == "restore":
        library.restore_feed(name)
        say(f"{_feed(library, name).name} is followed again")
        return DONE
    feed = _feed(library, name)
    if action == "remove":
        library.drop_feed(feed.address)
        say(f"{feed.name} is followed no more; its stories stay. newsloom feeds restore {feed.address} takes that back")
        return DONE
    library.change_feed(feed.address, **_setting(feed, action, values))
    return DONE


def _setting(feed: Feed, action: str, values: Sequence[str]) -> dict[str, Any]:
    """The setting an action changes, and what to; raises `Stop` for a value that is none."""
    said = " ".join(values)
    match action:
        case "rename":
            return {"name": said or None}
        case "tag" if values:
            return {"tags": tuple(dict.fromkeys([*feed.tags, *values]))}
        case "untag" if values:
            return {"tags": tuple(tag for tag in feed.tags if tag not in values)}
        case "full-text" if said in ("on", "off"):
            return {"full_text": said == "on"}
        case "interval" if said == "auto":
            return {"interval": None}
        case "interval" if said.isdecimal() and _LEAST <= int(said) <= _MOST:
            return {"interval": int(said)}
    wants = {"full-text": "on or off", "interval": f"auto, or minutes from {_LEAST} to {_MOST:,}"}.get(action, "a tag")
    raise Stop(f"newsloom feeds {action} wants {wants}" + (f", not “{said}”" if said else ""), WRONG)


def _feed(library: Library, name: str) -> Feed:
    """The feed of an address or a name; raises `Stop` where there is none, or several."""
    if feed := library.feed(name):
        return feed
    found = [feed for feed in library.feeds() if feed.name.casefold() == name.casefold()]
    if len(found) == 1:
        return found[0]
    if found:
        raise Stop(f"{len(found)} feeds are called “{name}”: {', '.join(feed.address for feed in found)}; name its address", WRONG)
    raise Stop(f"you follow no feed “{name}”; newsloom feeds lists them", NOTHING)


def _folder(source: str) -> str:
    """The absolute path of a folder to watch; raises `Stop` for anything else."""
    path = Path(source).expanduser().absolute()
    if not path.is_dir():
        raise Stop(f"{source} is no folder, and only folders are watched", WRONG)
    return str(path)


def _row(feed: Feed) -> None:
    """Two lines for a feed in a list: its name and health; below them its address."""
    from reader.ui.words import stories

    state = f"failed: {feed.error}" if feed.error else f"last good {feed.good}" if feed.good else "not asked yet"
    pieces = [feed.name, *(f"#{tag}" for tag in feed.tags), stories(feed.stories), f"{feed.per_day:g} a day", state]
    print(" · ".join(pieces))
    print(f"    {feed.address}")


def _tell_refused(refused: Sequence[Refusal]) -> None:
    """Say of each source that was refused why, and what to do."""
    for refusal in refused:
        say(f"{refusal.source}: {refusal.why}" + (f"; {refusal.remedy}" if refusal.remedy else ""))


def _feeds(count: int) -> str:
    return "1 feed" if count == 1 else f"{count:,} feeds"
