"""Mails of newsletters, and pages that a browser saved as one file, to stories (RFC 5322, RFC 2045, RFC 2557)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from email.errors import HeaderParseError
from email.header import decode_header
from email.message import Message
from email.parser import BytesParser
from email.policy import compat32
from email.utils import parseaddr

from reader.errors import SourceError
from reader.extraction.article import NotAStory, read_page
from reader.extraction.html_tree import drop_hidden, elements, page_text, shown_text, web_address
from reader.extraction.web_page import read_html
from reader.models import NOT_STATED, ExtractedField, Story
from reader.text.encoding import decode
from reader.text.sanitize import clean_line
from reader.text.timestamps import parse_time

_MOST_PARTS = 500
_SHOWN = frozenset({"text/plain", "text/html", "application/xhtml+xml"})
_LONGEST = 2000  # characters of a field
_REMEDY = "add a mail with the text of a story"
_PREFIX = re.compile(r"(?:\s{0,4}(?:fwd?|re|aw|wg|tr)\s{0,2}:){1,8}\s{0,4}", re.IGNORECASE)
_POSTMARK = re.compile(rb"From [^\r\n]{1,300}\r?\n")  # the line before a mail in a Unix mailbox


def read_mail(data: bytes, *, source: str, address: str) -> Story:
    """The story of a mail: its page, else its text; subject, sender and date are headline, outlet and time of publication in UTC.

    Attached files and mails are left alone. A page that a browser saved as a mail is read as the page. Raises `SourceError` for a
    mail without a story.
    """
    postmark = _POSTMARK.match(data)
    try:
        mail = BytesParser(policy=compat32).parsebytes(data[postmark.end() :] if postmark else data)
        parts = list(_texts(mail))
    except RecursionError as nested:
        raise SourceError(source, "is a mail nested too deeply", _REMEDY) from nested
    place = web_address(_field(mail, "Snapshot-Content-Location"))
    if place and parts:
        return read_html(parts[0].data, source=source, address=address, url=place, content_type=parts[0].content_type)
    subject = _PREFIX.sub("", _field(mail, "Subject"), count=1)
    sent = parse_time(_field(mail, "Date"))
    story = _story(parts, source, address, ExtractedField(subject, 0.9, "mail_subject") if subject else None)
    return replace(story, outlet=_sender(mail), published=ExtractedField(sent, 0.95, "mail_date") if sent else story.published)


@dataclass(frozen=True)
class _Part:
    """A part of a mail that shows text: its media type, the encoding it declares, its bytes."""

    kind: str
    encoding: str | None
    data: bytes

    @property
    def content_type(self) -> str:
        """The media type with the encoding."""
        return f"{self.kind}; charset={self.encoding}" if self.encoding else self.kind

    def text(self) -> str:
        """What it shows."""
        if self.kind == "text/plain":
            return decode(self.data, self.encoding)
        tree = elements(page_text(self.data, self.content_type))
        if tree is None:
            return ""
        drop_hidden(tree)
        return shown_text(tree)


def _texts(mail: Message) -> Iterator[_Part]:
    """The parts of a mail that show text, and nothing that is attached."""
    waiting: list[Message] = [mail]
    for _ in range(_MOST_PARTS):
        if not waiting:
            return
        part = waiting.pop()
        kind = part.get_content_type()
        if kind.startswith("multipart/"):
            inner = part.get_payload()
            waiting += [each for each in reversed(inner) if isinstance(each, Message)] if isinstance(inner, list) else []
        elif kind in _SHOWN and part.get_content_disposition() != "attachment":
            data = part.get_payload(decode=True)
            if isinstance(data, bytes) and data.strip():
                yield _Part(kind, part.get_content_charset(), data)


def _story(parts: list[_Part], source: str, address: str, title: ExtractedField | None) -> Story:
    """The story of the largest page among the parts, or else of the largest text."""
    why = "is a mail without text"
    for part in sorted(parts, key=lambda part: (part.kind == "text/plain", -len(part.data))):
        try:
            return read_page(part.text(), source=source, address=address, title=title)
        except NotAStory as nothing:
            why = str(nothing)
    raise SourceError(source, why, _REMEDY)


def _sender(mail: Message) -> ExtractedField:
    """Who sent a mail: the name, else the host of the address."""
    name, sender = parseaddr(_stated(mail, "From"))
    name, host = _words(name), clean_line(sender.rpartition("@")[2])
    if name or host:
        return ExtractedField(name or host, 0.9, "mail_sender")
    return NOT_STATED


def _field(mail: Message, name: str) -> str:
    """A field of a mail on one line, empty where there is none."""
    return _words(_stated(mail, name))


def _stated(mail: Message, name: str) -> str:
    """A field as it stands on one line, its bytes beyond ASCII read as the text they are; empty where there is none."""
    stated = next((str(value) for key, value in mail.raw_items() if key.lower() == name.lower()), "")
    return clean_line(decode(stated[:_LONGEST].encode("utf-8", "surrogateescape"), "utf-8"))


def _words(text: str) -> str:
    """A field's text, with its encoded words read (RFC 2047)."""
    try:
        pieces = decode_header(text)
    except (HeaderParseError, ValueError):  # not encoded as it says
        return clean_line(text)
    return clean_line(
        "".join(decode(piece, encoding or "utf-8") if isinstance(piece, bytes) else piece for piece, encoding in pieces)
    )
