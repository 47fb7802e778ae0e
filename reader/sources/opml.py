"""Feed lists in OPML: reading, with folders as tags, and writing."""

from __future__ import annotations

import html
import re
from collections.abc import Sequence

from reader.errors import SourceError
from reader.models import Feed, FeedCandidate, SourceFailure
from reader.sources.subscriptions import MOST, SubscriptionList, candidate, subscription_list
from reader.sources.url_policy import without_user
from reader.text.encoding import decode
from reader.text.sanitize import clean_line

_ENTITY = re.compile(r"<!entity\s", re.I)
# UTF-16 and UTF-32 cannot be declared in a readable ASCII declaration
_DECLARED = re.compile(rb"<\?xml[^>]{0,200}?encoding\s{0,4}=\s{0,4}[\"'](?!u(?:tf|cs)-?\d\d)([\w.:-]{1,40})", re.I)


def read_opml(data: bytes, source: str) -> SubscriptionList:
    """Parse a list of feeds in OPML, or in another form that listparser supports.

    Every folder of a feed is a tag, the outer first: a feed in "Asia" in "World" has the tags "World" and "Asia"; a feed in several
    folders has the tags of all. Its own categories follow. Lists and pages without a feed are refused, not fetched.

    Raises `SourceError` for a list that is empty, unreadable, or declares entities.
    """
    import listparser

    declared = _DECLARED.search(data[:400])
    text = decode(data, declared[1].decode() if declared else None)
    if _ENTITY.search(text):
        raise SourceError(source, "declares XML entities, as malicious lists do", "remove the declarations")
    try:
        # listparser reads lists as HTML and ignores XML declarations, so letters beyond ASCII become character references
        read = listparser.parse(text.encode("ascii", "xmlcharrefreplace"))
    except LookupError as fault:  # listparser lost track of its folders
        raise SourceError(source, "is too damaged to be read", "export it again from its original program") from fault
    taken: list[FeedCandidate | SourceFailure] = []
    for feed in read.feeds[:MOST]:
        # listparser lists a feed's own categories first, then its folders
        tags = [tag for path in reversed(feed.get("categories", ())) for tag in path]
        taken.append(candidate(feed.url, _place(source, feed.title, feed.url), feed.title, tags))
    taken += [
        SourceFailure(_place(source, more.title, more.url), f"is {kind}, not a feed", "add it by its address if you want it")
        for kind, found in (("another list", read.lists), ("a page", read.opportunities))
        for more in found[:MOST]
    ]
    if not taken:
        raise SourceError(source, "contains no feed", "check that it is a list of feeds in OPML")
    return subscription_list(taken, source, len(read.feeds))


def write_opml(feeds: Sequence[Feed]) -> str:
    """Write feeds as OPML 2.0, each in a folder for its first tag, inside it one for its second, and so on.

    `read_opml` gives the same feeds again. Watched folders are left out.
    """
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', '<opml version="2.0">', "<head><title>Newsloom</title></head>", "<body>"]
    inside: tuple[str, ...] = ()
    for feed in sorted((feed for feed in feeds if "://" in feed.address), key=lambda feed: feed.tags):
        shared = _shared(inside, feed.tags)
        lines += ["</outline>"] * (len(inside) - shared)
        lines += [f"<outline text={_quoted(tag)}>" for tag in feed.tags[shared:]]
        inside = feed.tags
        attributes = {"type": "rss", "text": feed.name, "title": feed.title, "xmlUrl": feed.address, "htmlUrl": feed.home}
        lines.append("<outline " + " ".join(f"{name}={_quoted(value)}" for name, value in attributes.items() if value) + "/>")
    return "\n".join([*lines, *["</outline>"] * len(inside), "</body>", "</opml>", ""])


def _shared(one: Sequence[str], other: Sequence[str]) -> int:
    """The number of leading tags that two feeds share."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((at for at, (mine, yours) in pairs if mine != yours), min(len(one), len(other)))


def _quoted(text: str) -> str:
    return f'"{html.escape(clean_line(text))}"'


def _place(source: str, title: str, address: str) -> str:
    """The position in a list: the list, the title there, and the address."""
    called = f" “{clean_line(title)[:80]}”" if title else ""
    return f"{source},{called} {without_user(clean_line(address))[:200]}"
