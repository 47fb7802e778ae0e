"""What some bytes are: told by how they begin, then by what they are called."""

from __future__ import annotations

import re
from typing import Literal

from reader.text.encoding import decode, is_binary

Kind = Literal["feed", "list", "page", "mail", "text", "binary", "empty"]

_HEAD = 1 << 14  # bytes by which the kind is told
_PROLOGUE = re.compile(
    r"(?:\ufeff|\s|<\?[^>]{0,2000}>|<!--.{0,16384}?-->|<!doctype[^>\[]{0,500}(?:\[[^\]]{0,8000}\]\s*)?>)+", re.I | re.S
)
_DOCTYPE = re.compile(r"<!doctype\s{1,4}(?P<name>[\w:-]{1,40})", re.I)
_ROOT = re.compile(r"<(?:[\w-]{1,20}:)?(?P<name>[a-z][\w-]{0,40})(?=[\s/>])", re.I)
_ROOTS: dict[str, Kind] = {
    **dict.fromkeys(("rss", "feed", "rdf", "channel"), "feed"),
    **dict.fromkeys(("opml", "gtml"), "list"),
    **dict.fromkeys(
        ("html", "head", "body", "title", "meta", "link", "script", "style", "article", "main", "div", "p", "h1"), "page"
    ),
}
_ENDINGS: dict[str, Kind] = {
    **dict.fromkeys((".rss", ".atom", ".rdf", ".xml", ".json"), "feed"),
    **dict.fromkeys((".html", ".htm", ".xhtml", ".shtml"), "page"),
    ".opml": "list",
    **dict.fromkeys((".eml", ".mht", ".mhtml"), "mail"),
}
_TYPES: dict[str, Kind] = {
    **dict.fromkeys(("text/html", "application/xhtml+xml"), "page"),
    **dict.fromkeys(("application/xml", "text/xml", "application/json"), "feed"),
    **dict.fromkeys(("application/rss+xml", "application/atom+xml", "application/rdf+xml", "application/feed+json"), "feed"),
    **dict.fromkeys(("text/x-opml", "application/x-opml", "text/opml"), "list"),
    "message/rfc822": "mail",
}
_JSON_FEED = re.compile(
    r'\{\s*(?:".{0,8000}?)?"(?:version"\s{0,8}:\s{0,8}"https?:\\?/\\?/jsonfeed\.org|items"\s{0,8}:\s{0,8}\[)', re.S
)
_PEOPLE = re.compile(r"xmlns:foaf\s{0,4}=")  # a list of feeds in RDF names whose they are
_CHANNEL = re.compile(r"<(?:[\w-]{1,20}:)?(?:channel|item)[\s>]")
_FIELD = re.compile(r"(?P<name>[!-9;-~]{1,76}):(?:[ \t].{0,2000}|)(?:\r?\n[ \t].{0,2000}){0,60}\r?\n")
_MAIL_FIELDS = frozenset(
    "from to subject date message-id received return-path delivered-to mime-version content-type reply-to sender".split()
)
_POSTMARK = re.compile(r"From \S{1,200} .{1,80}\r?\n")  # the line that stands before a mail in a Unix mailbox


def kind(data: bytes, name: str = "", content_type: str | None = None) -> Kind:
    """What some bytes are; what they say of themselves counts for more than a file's name or the server's word."""
    if not data.strip(b"\0\xff\xfe\xef\xbb\xbf \t\r\n\f"):
        return "empty"
    start = decode(data[:_HEAD])
    said = _markup(start)
    if said:
        return said
    if is_binary(data):
        return "binary"
    if is_mail(start):
        return "mail"
    ending = name[name.rfind(".") :].lower() if "." in name else ""
    told = _ENDINGS.get(ending) or _TYPES.get((content_type or "").partition(";")[0].strip().lower())
    return told or "text"


def is_mail(start: str) -> bool:
    """Whether a text opens with the fields of a mail (RFC 5322): two that every mail has, one of them the sender's."""
    place = match.end() if (match := _POSTMARK.match(start)) else 0
    names: set[str] = set()
    while match := _FIELD.match(start, place):
        names.add(match["name"].lower())
        place = match.end()
    known = names & _MAIL_FIELDS
    return len(known) >= 2 and bool(known & {"from", "sender", "return-path", "received"})


def _markup(start: str) -> Kind | None:
    """The kind of a text that opens as a document of its own; None for any other."""
    opening = _PROLOGUE.match(start)
    rest = start[opening.end() :] if opening else start
    root = _ROOT.match(rest)
    if root:
        found = _ROOTS.get(root["name"].lower())
        if root["name"].lower() == "rdf" and _PEOPLE.search(rest) and not _CHANNEL.search(rest):
            return "list"
        return found
    if _JSON_FEED.match(rest):
        return "feed"
    doctype = _DOCTYPE.search(start[: opening.end()] if opening else "")
    return _ROOTS.get(doctype["name"].lower()) if doctype else None
