"""HTML trees: parsing, displayed text, and addresses."""

from __future__ import annotations

import re
from typing import cast
from urllib.parse import quote, urljoin, urlsplit

from lxml import etree, html
from lxml.html import HtmlElement

from reader.text.encoding import charset, decode
from reader.text.sanitize import clean_line

_DECLARED = 4096  # bytes searched for the declared encoding; HTML requires it within 1024
_LONGEST_ADDRESS = 2000
_UNSEEN = frozenset("head script style noscript template svg math iframe object select textarea title".split())
_INLINE = frozenset(
    "a abbr b bdi bdo big cite code em font i ins kbd mark q s samp small span strong sub sup time tt u var".split()
)
_BLOCKS = ("p", "div", "h1", "h2", "h3", "h4", "ul", "ol", "blockquote", "article", "section")
_HIDING = ("hidden", "display", "visibility", "mso-hide", "font-size", "max-height")
_HIDDEN = re.compile(
    r"display\s{0,4}:\s{0,4}none|visibility\s{0,4}:\s{0,4}hidden|mso-hide\s{0,4}:\s{0,4}all|(?:font-size|max-height)\s{0,4}:\s{0,4}0(?![.\d])",
    re.I,
)
_WEB_LINK = re.compile(r"https?://[^/?#]", re.I)
_LINK = re.compile(r"(?:https?://[^/?#]|mailto:[^?])", re.I)
_PLAIN_HOST = re.compile(r"https?://[\w.-]+(?:[/?#]|$)", re.I)
_BREAKS = re.compile(r"[\t\n\r]")
_PLAIN = re.compile(r"[!#-;=?-~]*")
_BLANK = re.compile(r"\n\s+")


def page_text(data: bytes, content_type: str | None = None) -> str:
    """Decode the source of a page by the encoding that its server states, or else the page itself."""
    return decode(data, charset(content_type) or charset(data[:_DECLARED].decode("latin-1"))).replace("\0", "")


def elements(text: str) -> HtmlElement | None:
    """Parse a page without comments; None if it is empty. libxml2 limits the depth of nesting."""
    parser = html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
    try:
        return cast("HtmlElement", html.document_fromstring(text.encode("utf-8", "replace"), parser=parser))
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return None


def shown_text(tree: HtmlElement) -> str:
    """Displayed text of a page, one line per block, as copied from a browser."""
    parts: list[str] = []
    hidden = 0
    for event, element in etree.iterwalk(tree, events=("start", "end")):
        starts = event == "start"
        if element.tag in _UNSEEN:
            hidden += 1 if starts else -1
            parts.append(" ")
        elif element.tag not in _INLINE:
            parts.append("\n")
        text = element.text if starts else element.tail
        if text and not hidden:
            parts.append(" ".join(text.split("\n")))
    return _BLANK.sub("\n", "".join(parts))


def drop_hidden(tree: HtmlElement) -> None:
    """Remove hidden elements of a mail or feed item."""
    hidden = [element for element in tree.iter() if element.get("hidden") is not None or _HIDDEN.search(element.get("style") or "")]
    for element in hidden:
        if element.getparent() is not None:
            element.drop_tree()


def unfold_tables(tree: HtmlElement) -> None:
    """Turn layout tables into blocks: those of one column, and those with blocks in their cells."""
    for table in list(tree.iter("table")):
        rows = table.xpath("./tr | ./*/tr")
        if next(table.iter(*_BLOCKS), None) is not None or all(len(row) <= 1 for row in rows):
            for element in (table, *table, *rows, *(cell for row in rows for cell in row)):
                element.tag = "div"


def web_address(reference: str, base: str = "") -> str | None:
    """Absolute http or https address of a reference; None for any other."""
    try:
        address = urljoin(base, reference.strip()) if base else reference.strip()
        parts = urlsplit(address)
    except ValueError:
        return None
    whole = parts.scheme in ("http", "https") and parts.hostname and len(address) <= _LONGEST_ADDRESS
    return clean_line(address) if whole else None


def link_address(reference: str, base: str = "") -> str | None:
    """Absolute http, https or mailto address of a link, as written; None for any other.

    Blanks, quotation marks, angle brackets and what cannot be printed are encoded, so that it can be shown and passed on.
    """
    address = _BREAKS.sub("", reference).strip()
    if base and not _LINK.match(address):
        try:
            address = urljoin(base, address)
        except ValueError:
            return None
    if not _LINK.match(address) or len(address) > _LONGEST_ADDRESS or not _has_host(address):
        return None
    return address if _PLAIN.fullmatch(address) else "".join(map(_encoded, address))


def may_hide(text: str) -> bool:
    """Whether a page can have hidden elements at all: a fast test."""
    lower = text.lower()
    return any(word in lower for word in _HIDING)


def _has_host(address: str) -> bool:
    """Whether the host of a web address can be read; a mail address has none."""
    if not _WEB_LINK.match(address) or _PLAIN_HOST.match(address):
        return True
    try:
        return bool(urlsplit(address).hostname)
    except ValueError:
        return False


def _encoded(letter: str) -> str:
    return letter if _PLAIN.fullmatch(letter) or (letter.isprintable() and not letter.isascii()) else quote(letter, errors="ignore")
