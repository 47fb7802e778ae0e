"""Lists of feeds, as readers hand them on: OPML, and newsboat's `urls`."""

from __future__ import annotations

import html
import re
import shlex
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from reader.errors import SourceError
from reader.models import Feed, FeedCandidate, SavedSearch, SourceFailure
from reader.sources.newsboat import UntranslatableQuery, translate
from reader.sources.url_policy import check, host
from reader.text.encoding import decode
from reader.text.sanitize import clean_line

MOST = 10_000
"""Feeds taken of one list."""
_TAGS = 12  # kept of one feed
_ENTITY = re.compile(r"<!entity\s", re.I)
# an encoding of wide letters cannot be declared in narrow ones
_DECLARED = re.compile(rb"<\?xml[^>]{0,200}?encoding\s{0,4}=\s{0,4}[\"'](?!u(?:tf|cs)-?\d\d)([\w.:-]{1,40})", re.I)
_RUNS = re.compile(r"(?P<scheme>exec|filter|file):", re.I)


@dataclass(frozen=True, slots=True)
class SubscriptionList:
    """The feeds and searches that a list names, and what it names that is not taken, with the reason."""

    feeds: tuple[FeedCandidate, ...]
    refused: tuple[SourceFailure, ...] = ()
    searches: tuple[SavedSearch, ...] = ()


def read_opml(data: bytes, source: str) -> SubscriptionList:
    """The feeds of a list in OPML, or in another form that listparser knows.

    Each folder that a feed stands in is a tag of its own, the outer first: a feed in "Asia" in "World" has the tags "World" and
    "Asia". Categories that it states for itself follow. Lists and pages that it names without a feed are refused, not fetched.

    Raises `SourceError` where it names nothing, cannot be read, or declares entities, which a list has no use for.
    """
    import listparser

    declared = _DECLARED.search(data[:400])
    text = decode(data, declared[1].decode() if declared else None)
    if _ENTITY.search(text):
        raise SourceError(source, "declares entities of its own, as lists made to do harm do", "take that part out of it")
    try:
        # It reads every list as HTML, where an XML declaration counts for nothing: letters beyond ASCII go to it as numbers.
        read = listparser.parse(text.encode("ascii", "xmlcharrefreplace"))
    except LookupError as fault:  # it loses count of the folders it is in
        raise SourceError(source, "is too broken to be read", "have it written anew by the reader it comes from") from fault
    taken: list[FeedCandidate | SourceFailure] = []
    for feed in read.feeds[:MOST]:
        # listparser gives what a feed states for itself first, then the folders it stands in
        tags = [tag for path in reversed(feed.get("categories", ())) for tag in path]
        taken.append(_taken(feed.url, _place(source, feed.title, feed.url), feed.title, tags))
    taken += [
        SourceFailure(_place(source, more.title, more.url), f"is {what}, not a feed", "if you want it, add it by its address")
        for what, found in (("another list", read.lists), ("a page", read.opportunities))
        for more in found[:MOST]
    ]
    if not taken:
        raise SourceError(source, "names no feed", "look whether it is a list of feeds in OPML")
    return _listing(taken, source, len(read.feeds))


def read_urls(data: bytes, source: str) -> SubscriptionList:
    """The feeds of newsboat's `urls`: an address a line, then tags; a tag that begins with `~` is the feed's name.

    Its query feeds (`query:`) become searches, where they can be translated. What newsboat would run or take from the disk
    (`exec:`, `filter:`, `file:`) is refused line by line.
    """
    taken: list[FeedCandidate | SourceFailure] = []
    searches: list[SavedSearch] = []
    for number, line in enumerate(decode(data).splitlines(), 1):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        where = f"{source}, line {number}"
        try:
            address, *tags = shlex.split(line)
        except ValueError:
            taken.append(SourceFailure(where, "has a quotation mark without its fellow", "close it"))
            continue
        if address.lower().startswith("query:"):
            try:
                searches.append(translate(address))
            except UntranslatableQuery as fault:
                taken.append(SourceFailure(where, str(fault), "search for it, and save the search with ctrl+s"))
            continue
        if runs := _RUNS.match(address):
            said = f"begins with {runs['scheme'].lower()}:, which Newsloom neither runs nor opens from a list"
            taken.append(SourceFailure(where, said, "name a feed's own address"))
            continue
        name = next((tag[1:] for tag in tags if tag.startswith("~") and tag != "~"), None)
        taken.append(_taken(address, where, name, [tag for tag in tags if not tag.startswith(("~", "!"))]))
    return replace(_listing(taken[:MOST], source, len(taken)), searches=tuple(searches[:MOST]))


def write_opml(feeds: Sequence[Feed]) -> str:
    """Feeds as a list in OPML 2.0, each in a folder for its first tag, in that one for its second, and so on.

    `read_opml` reads it back the same. Watched folders are nobody else's to follow, and left out.
    """
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', '<opml version="2.0">', "<head><title>Newsloom</title></head>", "<body>"]
    inside: tuple[str, ...] = ()
    for feed in sorted((feed for feed in feeds if "://" in feed.address), key=lambda feed: feed.tags):
        shared = _shared(inside, feed.tags)
        lines += ["</outline>"] * (len(inside) - shared)
        lines += [f"<outline text={_quoted(tag)}>" for tag in feed.tags[shared:]]
        inside = feed.tags
        told = {"type": "rss", "text": feed.name, "title": feed.title, "xmlUrl": feed.address, "htmlUrl": feed.home}
        lines.append("<outline " + " ".join(f"{name}={_quoted(value)}" for name, value in told.items() if value) + "/>")
    return "\n".join([*lines, *["</outline>"] * len(inside), "</body>", "</opml>", ""])


def _shared(one: Sequence[str], other: Sequence[str]) -> int:
    """How many tags two feeds share from the outermost on."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((at for at, (mine, yours) in pairs if mine != yours), min(len(one), len(other)))


def _quoted(text: str) -> str:
    return f'"{html.escape(clean_line(text))}"'


def _place(source: str, title: str, address: str) -> str:
    """Where in a list something stands: what it is called there, and its address."""
    called = f" “{clean_line(title)[:80]}”" if title else ""
    return f"{source},{called} {clean_line(address)[:200]}"


def _taken(address: str, where: str, name: str | None, tags: Iterable[str]) -> FeedCandidate | SourceFailure:
    """A feed that a list names, if it is one; whether its host may be asked is for the library to say."""
    try:
        plain = check(address, (host(address),))
    except SourceError as fault:
        return SourceFailure(where, fault.why, fault.remedy)
    cleaned = (clean_line(tag.strip("/"))[:80] for tag in tags)
    kept = tuple(dict.fromkeys(tag for tag in cleaned if tag))[:_TAGS]
    return FeedCandidate(plain, (clean_line(name)[:200] if name else None) or None, kept)


def _listing(taken: Sequence[FeedCandidate | SourceFailure], source: str, named: int) -> SubscriptionList:
    """What was taken of a list, each feed once."""
    feeds = {found.address: found for found in reversed(taken) if isinstance(found, FeedCandidate)}
    refused = [found for found in taken if isinstance(found, SourceFailure)]
    if named > MOST:
        refused.append(SourceFailure(source, f"names {named:,} feeds, of which {MOST:,} were taken", "split it"))
    return SubscriptionList(tuple(reversed(feeds.values())), tuple(refused))
