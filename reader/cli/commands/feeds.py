"""What the commands do with the feeds that are followed: list, change, hand on."""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from reader.cli.commands.general import opened
from reader.cli.exit import DONE, NOTHING, WRONG, CliExit, say
from reader.models import Feed

if TYPE_CHECKING:
    from reader.library import Library

ACTIONS = ("rename", "tag", "untag", "interval", "full-text", "allow", "disallow", "remove", "restore")
"""What may be done with a feed, or with a host."""
NO_FEED = "You follow no feed; newsloom add takes a feed's address, a list of feeds, or with --watch a folder."
_FIELDS = (
    *("address", "name", "title", "home", "tags", "interval", "full_text", "tried", "good", "due", "error", "remedy"),
    *("ended", "stories", "unread", "per_day"),
)
_LEAST, _MOST = 5, 7 * 24 * 60
"""Minutes between which an interval lies."""


def run_feeds(asked: argparse.Namespace) -> int:
    """List the feeds, or change one."""
    with opened(asked) as library:
        if asked.action:
            return _act(library, asked.action, asked.feed, asked.value)
        feeds = library.feeds()[: asked.limit]
        for feed in feeds:
            if asked.json:
                row = asdict(feed)
                print(json.dumps({name: row[name] for name in _FIELDS}, ensure_ascii=False))
            else:
                _row(feed)
        if not feeds:
            say(NO_FEED)
        return DONE if feeds else NOTHING


def run_export(asked: argparse.Namespace) -> int:
    """Print the feeds as a list in OPML."""
    with opened(asked) as library:
        if not library.feeds():
            say(NO_FEED)
            return NOTHING
        print(library.opml(), end="")
        return DONE


def named(library: Library, name: str) -> Feed:
    """The feed of an address, a watched folder's path, a name or its beginning; raises `CliExit` where there is none or several."""
    if feed := library.feed(name) or library.feed(str(Path(name).expanduser().absolute())):
        return feed
    wanted = name.casefold()
    begun = [feed for feed in library.feeds() if feed.name.casefold().startswith(wanted)] if wanted else []
    found = [feed for feed in begun if feed.name.casefold() == wanted] or begun
    if len(found) == 1:
        return found[0]
    if found:
        several = ", ".join(feed.address for feed in found[:5])
        raise CliExit(f"{len(found)} feeds are called “{name}” or begin so: {several}; name an address", WRONG)
    raise CliExit(f"you follow no feed “{name}”; newsloom feeds lists them", NOTHING)


def allow(library: Library, name: str, *, on: bool) -> None:
    """Allow a host of this machine or a private network to be asked, or no more; raises `CliExit` for what names none."""
    from reader.library import host

    if not (plain := host(name)):
        raise CliExit(f"“{name}” names no host; name one such as 127.0.0.1 or nas.local", WRONG)
    library.allow(plain, on)
    say(f"{plain} may {'now' if on else 'no longer'} be asked")


def _act(library: Library, action: str, name: str | None, values: Sequence[str]) -> int:
    """Change a feed, or whether a host may be asked."""
    if not name:
        raise CliExit(f"newsloom feeds {action} wants a {'host' if action in ('allow', 'disallow') else 'feed'}", WRONG)
    if action in ("allow", "disallow"):
        allow(library, name, on=action == "allow")
    elif action == "restore":
        library.restore_feed(name)
        say(f"{named(library, name).name} is followed again")
    elif action == "remove":
        feed = named(library, name)
        library.drop_feed(feed.address)
        say(f"{feed.name} is followed no more, its stories stay; to take that back: newsloom feeds restore {feed.address}")
    else:
        feed = named(library, name)
        library.change_feed(feed.address, **_setting(feed, action, values))
    return DONE


def _setting(feed: Feed, action: str, values: Sequence[str]) -> dict[str, Any]:
    """The setting an action changes, and what to; raises `CliExit` for a value that is none."""
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
    raise CliExit(f"newsloom feeds {action} wants {wants}" + (f", not “{said}”" if said else ""), WRONG)


def _row(feed: Feed) -> None:
    """Lines for a feed in a list: its name and what it brings; its address and health; what to do where it failed."""
    from reader.presentation import formatting

    pieces = [feed.name, *(f"#{tag}" for tag in feed.tags), formatting.stories(feed.stories), f"{feed.unread:,} unread"]
    pieces += [f"{feed.per_day:g} a day", *([f"every {feed.interval} min"] if feed.interval else [])]
    print(" · ".join([*pieces, *(["full text"] if feed.full_text else [])]))
    never = "never good yet" if feed.tried else "not asked yet"
    health = f"last good {formatting.moment(formatting.here(feed.good))}" if feed.good else never
    print(f"    {feed.address} · {health}")
    if feed.error:
        print(f"    {'gone for good' if feed.ended else 'failed'}: {feed.error}" + (f"; {feed.remedy}" if feed.remedy else ""))
