"""Mails of newsletters, and pages that a browser saved as one file, to stories (RFC 5322, RFC 2045, RFC 2557)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from email.errors import HeaderParseError
from email.header import decode_header
from email.message import Message
from email.parser import BytesParser
from email.policy import compat32
from email.utils import parseaddr

from reader.model import NOT_STATED, Fact, SourceError, Story
from reader.text.clean import clean_line
from reader.text.encoding import decode
from reader.text.lines import NotAStory, read_page
from reader.text.moments import moment

_MOST_PARTS = 500
_LONGEST = 2000  # characters of a field
_REMEDY = "add a mail that holds the text of a story"
_PREFIX = re.compile(r"(?:\s{0,4}(?:fwd?|re|aw|wg|tr)\s{0,2}:){1,8}\s{0,4}", re.IGNORECASE)
_POSTMARK = re.compile(rb"From [^\r\n]{1,300}\r?\n")  # the line before a mail in a Unix mailbox
_WEB = re.compile(r"https?://\S{1,2000}", re.IGNORECASE)


def read_mail(data: bytes, *, source: str, address: str) -> Story:
    """The story of a mail: its page, else its text; subject, sender and date are headline, outlet and time of publication in UTC.

    Attached files and mails are left alone. Raises `SourceError` for a mail without a story.
    """
    postmark = _POSTMARK.match(data)
    try:
        mail = BytesParser(policy=compat32).parsebytes(data[postmark.end() :] if postmark else data)
        parts = list(_texts(mail))
    except RecursionError as nested:
        raise SourceError(source, "is a mail nested too deep", _REMEDY) from nested
    story = _story(parts, source, address, _WEB.fullmatch(_field(mail, "Snapshot-Content-Location")))
    if _field(mail, "Snapshot-Content-Location"):  # a page, not a letter: what the page says counts
        return story
    subject = _PREFIX.sub("", _field(mail, "Subject"), count=1)
    sent = moment(_field(mail, "Date"))
    return replace(
        story,
        title=Fact(subject, 0.9, "the mail's subject") if subject else story.title,
        title_made=story.title_made and not subject,
        outlet=_sender(mail),
        published=Fact(sent, 0.95, "the mail's date") if sent else story.published,
    )


def _texts(mail: Message) -> Iterator[tuple[str, bytes, str | None]]:
    """The parts of a mail that show text, as media type, bytes and declared encoding; nothing that is attached."""
    waiting: list[Message] = [mail]
    for _ in range(_MOST_PARTS):
        if not waiting:
            return
        part = waiting.pop()
        kind = part.get_content_type()
        if kind.startswith("multipart/"):
            inner = part.get_payload()
            waiting += [each for each in reversed(inner) if isinstance(each, Message)] if isinstance(inner, list) else []
        elif kind in ("text/html", "text/plain", "application/xhtml+xml") and part.get_content_disposition() != "attachment":
            data = part.get_payload(decode=True)
            if isinstance(data, bytes) and data.strip():
                yield kind, data, part.get_content_charset()


def _story(parts: list[tuple[str, bytes, str | None]], source: str, address: str, place: re.Match[str] | None) -> Story:
    """The story of the largest page among the parts, or of the largest text."""
    pages = [part for part in parts if part[0] != "text/plain"]
    texts = [part for part in parts if part[0] == "text/plain"]
    why = "holds no text"
    for kind, data, encoding in (max(each, key=lambda part: len(part[1])) for each in (pages, texts) if each):
        try:
            if kind == "text/plain":
                return read_page(decode(data, encoding), source=source, address=address)
            from reader.sources.pages import read_html

            content_type = f"{kind}; charset={encoding}" if encoding else kind
            return read_html(data, source=source, address=address, url=place[0] if place else None, content_type=content_type)
        except NotAStory as nothing:
            why = str(nothing)
        except SourceError as nothing:
            why = nothing.why
    raise SourceError(source, why, _REMEDY)


def _sender(mail: Message) -> Fact:
    """Who sent a mail: the name, else the host of the address."""
    name, sender = parseaddr(str(mail.get("From", ""))[:_LONGEST])
    name, host = _words(name), clean_line(sender.rpartition("@")[2])
    if name or host:
        return Fact(name or host, 0.9, "the mail's sender")
    return NOT_STATED


def _field(mail: Message, name: str) -> str:
    """A field of a mail on one line, empty where there is none."""
    return _words(str(mail.get(name, ""))[:_LONGEST])


def _words(text: str) -> str:
    """A field's text, with its encoded words read (RFC 2047)."""
    try:
        pieces = decode_header(text)
    except (HeaderParseError, ValueError):
        return clean_line(text)
    return clean_line(
        "".join(decode(piece, encoding or "utf-8") if isinstance(piece, bytes) else piece for piece, encoding in pieces)
    )
