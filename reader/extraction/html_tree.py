"""HTML as elements, as the text it shows, and the addresses in it."""

from __future__ import annotations

import re
from typing import cast
from urllib.parse import urljoin, urlsplit

from lxml import etree, html
from lxml.html import HtmlElement

from reader.text.encoding import charset, decode
from reader.text.sanitize import clean_line

_DECLARED = 4096  # bytes in which a page says its encoding; HTML asks for the first 1024
_LONGEST_ADDRESS = 2000
_UNSEEN = frozenset("head script style noscript template svg math iframe object select textarea title".split())
_INLINE = frozenset(
    "a abbr b bdi bdo big cite code em font i ins kbd mark q s samp small span strong sub sup time tt u var".split()
)
_BLOCKS = ("p", "div", "h1", "h2", "h3", "h4", "ul", "ol", "blockquote", "article", "section")
_HIDDEN = re.compile(
    r"display\s{0,4}:\s{0,4}none|visibility\s{0,4}:\s{0,4}hidden|mso-hide\s{0,4}:\s{0,4}all|(?:font-size|max-height)\s{0,4}:\s{0,4}0(?![.\d])",
    re.I,
)
_BLANK = re.compile(r"\n\s+")


def page_text(data: bytes, content_type: str | None = None) -> str:
    """The source of a page: by the encoding its server states, then by what the page states itself."""
    return decode(data, charset(content_type) or charset(data[:_DECLARED].decode("latin-1"))).replace("\0", "")


def elements(text: str) -> HtmlElement | None:
    """The elements of a page, without comments, None where it has none; libxml2 cuts what is nested without end."""
    parser = html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
    try:
        return cast("HtmlElement", html.document_fromstring(text.encode("utf-8", "replace"), parser=parser))
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return None


def shown_text(tree: HtmlElement) -> str:
    """All that a page shows, a line a block, as somebody would copy it out of a browser."""
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
    """Remove the elements that a mail or a piece of a feed hides from its reader."""
    hidden = [element for element in tree.iter() if element.get("hidden") is not None or _HIDDEN.search(element.get("style") or "")]
    for element in hidden:
        if element.getparent() is not None:
            element.drop_tree()


def unfold_tables(tree: HtmlElement) -> None:
    """Make plain blocks of the tables that only lay out a page: those of one column, and those with blocks in their cells."""
    for table in list(tree.iter("table")):
        rows = table.xpath("./tr | ./*/tr")
        if next(table.iter(*_BLOCKS), None) is not None or all(len(row) <= 1 for row in rows):
            for element in (table, *table, *rows, *(cell for row in rows for cell in row)):
                element.tag = "div"


def web_address(reference: str, base: str = "") -> str | None:
    """The address with http or https that a reference means, None where it means none."""
    try:
        address = urljoin(base, reference.strip()) if base else reference.strip()
        parts = urlsplit(address)
    except ValueError:
        return None
    whole = parts.scheme in ("http", "https") and parts.hostname and len(address) <= _LONGEST_ADDRESS
    return clean_line(address) if whole else None
