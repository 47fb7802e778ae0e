"""Stories from newsletters and from web pages saved as mail (RFC 5322, RFC 2045, RFC 2557)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from email.errors import HeaderParseError
from email.header import decode_header
from email.message import Message
from email.parser import BytesParser
from email.policy import compat32
from email.utils import parseaddr

from msgspec import Struct
from msgspec.structs import replace

from reader.errors import SourceError
from reader.extraction.article import NotAStory, read_page
from reader.extraction.html_tree import drop_hidden, elements, page_text, shown_text, web_address
from reader.extraction.page_structure import page_layout, with_bare_links, with_structure
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
_POSTMARK = re.compile(rb"From [^\r\n]{1,300}\r?\n")  # separator line of a Unix mailbox


def read_mail(data: bytes, *, source: str, address: str) -> Story:
    """Extract the story of a mail from its HTML part or else its text.

    Subject, sender and date become headline, outlet and time (UTC). Attachments are ignored. A page saved by a browser is read as a
    page. Raises `SourceError` for a mail without a story.
    """
    postmark = _POSTMARK.match(data)
    try:
        mail = BytesParser(policy=compat32).parsebytes(data[postmark.end() :] if postmark else data)
        parts = list(_texts(mail))
    except RecursionError as nested:
        raise SourceError(source, "is a mail with too many nested parts", _REMEDY) from nested
    place = web_address(_field(mail, "Snapshot-Content-Location"))
    if place and parts:
        return read_html(parts[0].data, source=source, address=address, url=place, content_type=parts[0].content_type)
    subject = _PREFIX.sub("", _field(mail, "Subject"), count=1)
    sent = parse_time(_field(mail, "Date"))
    story = _story(parts, source, address, ExtractedField(subject, 0.9, "mail_subject") if subject else None)
    return replace(story, outlet=_sender(mail), published=ExtractedField(sent, 0.95, "mail_date") if sent else story.published)


class _Part(Struct, frozen=True):
    """A text part of a mail: media type, declared encoding and bytes."""

    kind: str
    encoding: str | None
    data: bytes

    @property
    def content_type(self) -> str:
        """Media type with the encoding."""
        return f"{self.kind}; charset={self.encoding}" if self.encoding else self.kind

    def story(self, source: str, address: str, title: ExtractedField | None) -> Story:
        """The story in the displayed text; raises `NotAStory` if there is none."""
        if self.kind == "text/plain":
            return with_bare_links(read_page(decode(self.data, self.encoding), source=source, address=address, title=title))
        tree = elements(page_text(self.data, self.content_type))
        if tree is None:
            raise NotAStory("is a mail without text")
        drop_hidden(tree)
        return with_structure(read_page(shown_text(tree), source=source, address=address, title=title), page_layout(tree, ""))


def _texts(mail: Message) -> Iterator[_Part]:
    """Text parts of a mail, without attachments."""
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
    """Story of the largest HTML part, or else of the largest text part."""
    why = "is a mail without text"
    for part in sorted(parts, key=lambda part: (part.kind == "text/plain", -len(part.data))):
        try:
            return part.story(source, address, title)
        except NotAStory as nothing:
            why = str(nothing)
    raise SourceError(source, why, _REMEDY)


def _sender(mail: Message) -> ExtractedField:
    """Sender of a mail: the name, or else the host of the address."""
    name, sender = parseaddr(_stated(mail, "From"))
    name, host = _words(name), clean_line(sender.rpartition("@")[2])
    if name or host:
        return ExtractedField(name or host, 0.9, "mail_sender")
    return NOT_STATED


def _field(mail: Message, name: str) -> str:
    """Decoded header field on one line, empty if missing."""
    return _words(_stated(mail, name))


def _stated(mail: Message, name: str) -> str:
    """Raw header field on one line, empty if missing; bytes beyond ASCII are decoded as text."""
    stated = next((str(value) for key, value in mail.raw_items() if key.lower() == name.lower()), "")
    return clean_line(decode(stated[:_LONGEST].encode("utf-8", "surrogateescape"), "utf-8"))


def _words(text: str) -> str:
    """Decode the encoded words of a field (RFC 2047)."""
    try:
        pieces = decode_header(text)
    except (HeaderParseError, ValueError):  # not encoded as declared
        return clean_line(text)
    return clean_line(
        "".join(decode(piece, encoding or "utf-8") if isinstance(piece, bytes) else piece for piece, encoding in pieces)
    )
