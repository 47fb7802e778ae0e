"""Lists of feeds, as readers hand them on: OPML, and newsboat's `urls`."""

from __future__ import annotations

import html
import re
import shlex
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import PurePath

from reader.model import Feed, Refusal, SourceError, Wanted
from reader.sources.addresses import check, host
from reader.text.clean import clean_line
from reader.text.encoding import decode

MOST = 10_000
"""Feeds taken of one list."""
_DOCTYPE = re.compile(rb"<!(?:doctype|entity)", re.I)
_RUNS = re.compile(r"(?:exec|filter|query|file):", re.I)


@dataclass(frozen=True, slots=True)
class Listing:
    """The feeds that a list names, and what it names that is not taken, with the reason."""

    feeds: tuple[Wanted, ...]
    refused: tuple[Refusal, ...] = ()


def read_opml(data: bytes, source: str) -> Listing:
    """The feeds of a list in OPML (or another form listparser knows); the folders a feed stands in are its tags.

    Raises `SourceError` where it names none, or declares entities, which a list has no use for.
    """
    import listparser

    if _DOCTYPE.search(data[: 1 << 16]) and b"<!entity" in data.lower():
        raise SourceError(source, "declares entities of its own, as lists made to do harm do", "take that part out of it")
    read = listparser.parse(data)
    # listparser gives the categories a feed names for itself first, then the folders it stands in
    named = [(feed.url, feed.title, [tag for path in reversed(feed.categories) for tag in path]) for feed in read.feeds]
    if not named:
        fault = f" ({clean_line(str(read.bozo_exception))[:120]})" if read.bozo else ""
        raise SourceError(source, f"names no feed{fault}", "look whether it is a list of feeds in OPML")
    taken = [
        _taken(url or "", f"{source}, “{clean_line(title or url or '')[:80]}”", title, tags) for url, title, tags in named[:MOST]
    ]
    return _listing(taken, source, len(named))


def read_urls(data: bytes, source: str) -> Listing:
    """The feeds of newsboat's `urls`: an address a line, then tags; a tag that begins with `~` is the feed's name."""
    taken: list[Wanted | Refusal] = []
    for number, line in enumerate(decode(data).splitlines(), 1):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        where = f"{source}, line {number}"
        try:
            address, *tags = shlex.split(line, comments=False)
        except ValueError:
            taken.append(Refusal(where, "has a quotation mark without its fellow", "close it"))
            continue
        if _RUNS.match(address):
            scheme = address.partition(":")[0].lower()
            taken.append(Refusal(where, f"begins with {scheme}:, which Newsloom does not run", "name a feed's own address"))
            continue
        name = next((tag[1:] for tag in tags if tag.startswith("~") and tag != "~"), None)
        taken.append(_taken(address, where, name, [tag for tag in tags if not tag.startswith(("~", "!"))]))
    return _listing(taken[:MOST], source, len(taken))


def is_urls(name: str) -> bool:
    """Whether a file is newsboat's list of feeds, by its name."""
    return PurePath(name).name == "urls"


def write_opml(feeds: Sequence[Feed]) -> str:
    """Feeds as a list in OPML 2.0: a feed stands in the folder of its first tag, and names all in its category."""
    folders: dict[str, list[Feed]] = {}
    for feed in feeds:
        folders.setdefault(feed.tags[0] if feed.tags else "", []).append(feed)
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', '<opml version="2.0">', "<head><title>Newsloom</title></head>", "<body>"]
    for folder, inside in sorted(folders.items()):
        lines += [f"<outline text={_quoted(folder)}>"] if folder else []
        lines += [_outline(feed) for feed in inside if "://" in feed.address]
        lines += ["</outline>"] if folder else []
    return "\n".join([*lines, "</body>", "</opml>", ""])


def _outline(feed: Feed) -> str:
    told = {"type": "rss", "text": feed.name, "title": feed.title, "xmlUrl": feed.address, "htmlUrl": feed.home}
    told["category"] = ",".join(f"/{tag.replace(',', ' ').replace('/', ' ')}" for tag in feed.tags[1:])
    return "<outline " + " ".join(f"{name}={_quoted(value)}" for name, value in told.items() if value) + "/>"


def _quoted(text: str) -> str:
    return f'"{html.escape(text)}"'


def _taken(address: str, where: str, name: str | None, tags: Sequence[str]) -> Wanted | Refusal:
    """A feed that a list names, if it is one; whether its host may be asked is for the library to say."""
    try:
        plain = check(address, (host(address),))
    except SourceError as fault:
        return Refusal(where, fault.why, fault.remedy)
    cleaned = (clean_line(tag.strip("/"))[:80] for tag in tags)
    return Wanted(plain, (clean_line(name)[:200] if name else None) or None, tuple(dict.fromkeys(tag for tag in cleaned if tag)))


def _listing(taken: Sequence[Wanted | Refusal], source: str, named: int) -> Listing:
    """What was taken of a list, each feed once."""
    feeds = {found.address: found for found in reversed(taken) if isinstance(found, Wanted)}
    refused = [found for found in taken if isinstance(found, Refusal)]
    if named > MOST:
        refused.append(Refusal(source, f"names {named:,} feeds, of which {MOST:,} were taken", "split it"))
    return Listing(tuple(reversed(feeds.values())), tuple(refused))
