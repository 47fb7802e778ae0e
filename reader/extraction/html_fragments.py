"""Pieces of HTML, as feeds and mails carry them, to paragraphs of plain text."""

from __future__ import annotations

import re
from html import unescape

from reader.text.sanitize import clean_line

_TAG = re.compile(r"<(/?[a-zA-Z!][a-zA-Z0-9]{0,15})(?:[\s/][^<>]*)?>")
_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.S)
_LINE = frozenset({"p", "/p", "br", "div", "/div"})
_WITHIN = frozenset(
    {f"{slash}{name}" for name in ("a", "b", "i", "em", "strong", "span", "u", "abbr", "cite") for slash in ("", "/")}
)
_PLAIN = _LINE | _WITHIN


def paragraphs(html: str) -> tuple[str, ...]:
    """The paragraphs of a piece of HTML, or of plain text, cleaned; each line that a browser would begin anew is one."""
    html = _COMMENT.sub("", html) if "<!--" in html else html
    tags = {match[1].lower() for match in _TAG.finditer(html)}
    if tags <= _PLAIN and html.count("<") == sum(1 for _ in _TAG.finditer(html)):
        lines = _lines(html) if tags else [unescape(line) for line in html.split("\n\n")]
    else:
        lines = _rendered(html).split("\n")
    return tuple(line for line in map(clean_line, lines) if line)


def line(html: str) -> str:
    """A piece of HTML as one line of text."""
    if "<" not in html and "&" not in html:
        return clean_line(html)
    return " ".join(paragraphs(html))


def _lines(html: str) -> list[str]:
    """The lines of HTML that has only paragraphs, line breaks and what stands within a line."""
    pieces, place = [], 0
    for match in _TAG.finditer(html):
        pieces.append(html[place : match.start()].replace("\n", " "))
        if match[1].lower() in _LINE:
            pieces.append("\n")
        place = match.end()
    pieces.append(html[place:].replace("\n", " "))
    return unescape("".join(pieces)).split("\n")


def _rendered(html: str) -> str:
    """The text of any HTML, as a browser would lay it out."""
    from inscriptis import get_text
    from lxml.etree import ParserError

    try:
        return str(get_text(html))
    except (ParserError, ValueError, RecursionError):  # nothing in it, or nothing that holds together
        return unescape(_TAG.sub(" ", html))
