"""The commands `feeds` and `export`: list, change and export subscriptions."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from reader.cli.context import open_library, resolve_feed
from reader.cli.exit import CliExit, ExitCode, print_message
from reader.cli.output import print_feed
from reader.errors import UnknownFeedError
from reader.models import Feed

if TYPE_CHECKING:
    from reader.library import Library

NO_FEEDS = "No feeds yet. Add a feed's address or a feed list with newsloom add, or a folder with newsloom add --watch."
_SHORTEST, _LONGEST = 5, 7 * 24 * 60
"""The range of an interval, in minutes."""


def run_feeds(options: argparse.Namespace) -> int:
    """List the feeds, or change one."""
    with open_library(options) as library:
        if options.action:
            return _change(library, options.action, options.feed, options.value)
        feeds = library.feeds.all()[: options.limit]
        for feed in feeds:
            print_feed(feed, as_json=options.json)
        if not feeds:
            print_message(NO_FEEDS)
        return ExitCode.DONE if feeds else ExitCode.NOTHING_FOUND


def run_export(options: argparse.Namespace) -> int:
    """Print the feeds as OPML."""
    with open_library(options) as library:
        if not library.feeds.all():
            print_message(NO_FEEDS)
            return ExitCode.NOTHING_FOUND
        print(library.feeds.opml(), end="")
        return ExitCode.DONE


def allow_host(library: Library, name: str, *, on: bool) -> None:
    """Allow or disallow a host on this machine or a private network; raises `CliExit` if `name` is none."""
    from reader.library import host

    if not (plain := host(name)):
        raise CliExit(f"“{name}” is not a host; use one such as 127.0.0.1 or nas.local", ExitCode.USAGE)
    library.feeds.allow_host(plain, on)
    print_message(f"{plain} is {'now' if on else 'no longer'} allowed")


def _change(library: Library, action: str, name: str | None, values: Sequence[str]) -> int:
    """Change a feed, or the allowed hosts."""
    if not name:
        raise CliExit(f"newsloom feeds {action} needs a {'host' if action in ('allow', 'disallow') else 'feed'}", ExitCode.USAGE)
    if action in ("allow", "disallow"):
        allow_host(library, name, on=action == "allow")
    elif action == "restore":
        try:
            library.feeds.restore(name)
        except UnknownFeedError as error:
            raise CliExit(str(error), ExitCode.NOTHING_FOUND) from error
        print_message(f"Subscribed to {resolve_feed(library, name).name} again")
    elif action == "remove":
        feed = resolve_feed(library, name)
        library.feeds.unsubscribe(feed.address)
        print_message(f"Unsubscribed from {feed.name}; stories kept. Undo with newsloom feeds restore {feed.address}")
    else:
        feed = resolve_feed(library, name)
        library.feeds.change(feed.address, **_setting(feed, action, values))
    return ExitCode.DONE


def _setting(feed: Feed, action: str, values: Sequence[str]) -> dict[str, Any]:
    """The setting that an action changes, with its new value; raises `CliExit` for a value that does not fit."""
    text = " ".join(values)
    match action:
        case "rename":
            return {"name": text or None}
        case "tag" if values:
            return {"tags": tuple(dict.fromkeys([*feed.tags, *values]))}
        case "untag" if values:
            return {"tags": tuple(tag for tag in feed.tags if tag not in values)}
        case "full-text" if text in ("on", "off"):
            return {"full_text": text == "on"}
        case "interval" if text == "auto":
            return {"interval": None}
        case "interval" if text.isdecimal() and _SHORTEST <= int(text) <= _LONGEST:
            return {"interval": int(text)}
    needed = {"full-text": "on or off", "interval": f"auto, or minutes from {_SHORTEST} to {_LONGEST:,}"}.get(action, "a tag")
    raise CliExit(f"newsloom feeds {action} needs {needed}" + (f", not “{text}”" if text else ""), ExitCode.USAGE)
