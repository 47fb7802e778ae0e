"""Content types of documents, recognized by their first bytes, then by name and media type."""

from __future__ import annotations

import re
from typing import Literal

from reader.text.encoding import decode, is_binary

Kind = Literal["feed", "list", "page", "mail", "text", "binary", "empty"]

_HEAD = 1 << 14  # bytes examined
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
_EXTENSIONS: dict[str, Kind] = {
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
_OWNER = re.compile(r"xmlns:foaf\s{0,4}=")  # a feed list in RDF names its owner
_CHANNEL = re.compile(r"<(?:[\w-]{1,20}:)?(?:channel|item)[\s>]")
_FIELD = re.compile(r"(?P<name>[!-9;-~]{1,76}):(?:[ \t].{0,2000}|)(?:\r?\n[ \t].{0,2000}){0,60}\r?\n")
_MAIL_FIELDS = frozenset(
    "from to subject date message-id received return-path delivered-to mime-version content-type reply-to sender".split()
)
_POSTMARK = re.compile(r"From \S{1,200} .{1,80}\r?\n")  # separator line of a Unix mailbox


def kind(data: bytes, name: str = "", content_type: str | None = None) -> Kind:
    """Kind of a document; its content takes precedence over file name and media type."""
    if not data.strip(b"\0\xff\xfe\xef\xbb\xbf \t\r\n\f"):
        return "empty"
    start = decode(data[:_HEAD])
    markup = _markup(start)
    if markup:
        return markup
    if is_binary(data):
        return "binary"
    if is_mail(start):
        return "mail"
    extension = name[name.rfind(".") :].lower() if "." in name else ""
    known = _EXTENSIONS.get(extension) or _TYPES.get((content_type or "").partition(";")[0].strip().lower())
    return known or "text"


def is_mail(start: str) -> bool:
    """Whether a text starts with mail header fields (RFC 5322): at least two common ones, one of them the sender's."""
    place = match.end() if (match := _POSTMARK.match(start)) else 0
    names: set[str] = set()
    while match := _FIELD.match(start, place):
        names.add(match["name"].lower())
        place = match.end()
    known = names & _MAIL_FIELDS
    return len(known) >= 2 and bool(known & {"from", "sender", "return-path", "received"})


def _markup(start: str) -> Kind | None:
    """Kind of a markup document by its root element; None for any other text."""
    opening = _PROLOGUE.match(start)
    rest = start[opening.end() :] if opening else start
    root = _ROOT.match(rest)
    if root:
        found = _ROOTS.get(root["name"].lower())
        if root["name"].lower() == "rdf" and _OWNER.search(rest) and not _CHANNEL.search(rest):
            return "list"
        return found
    if _JSON_FEED.match(rest):
        return "feed"
    doctype = _DOCTYPE.search(start[: opening.end()] if opening else "")
    return _ROOTS.get(doctype["name"].lower()) if doctype else None
