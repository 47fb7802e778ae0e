"""The XML parser that feedparser is given."""

from __future__ import annotations

import io
import xml.sax
from xml.sax.handler import ContentHandler

from reader.sources.feeds.sax_driver import create_parser

DOCUMENT = "<a>one &amp; two\nthree<b/>four &#8212;\n" + "five " * 20_000 + "</a>"


class Recorder(ContentHandler):
    """Records elements, and text in the pieces it comes in."""

    def __init__(self) -> None:
        super().__init__()
        self.events: list[str] = []

    def startElement(self, name: str, attrs: object) -> None:  # noqa: N802
        self.events.append(f"<{name}>")

    def characters(self, content: str) -> None:
        self.events.append(content)


def events(parser: xml.sax.xmlreader.XMLReader) -> list[str]:
    recorder = Recorder()
    parser.setContentHandler(recorder)
    parser.parse(io.StringIO(DOCUMENT))
    return recorder.events


def test_text_comes_in_few_pieces_and_in_order() -> None:
    found, stock = events(create_parser()), events(xml.sax.make_parser())
    assert "".join(found) == "".join(stock)
    assert found[:3] == ["<a>", "one & two\nthree", "<b>"]
    assert len(found) < 10 < len(stock)


def test_feedparser_uses_it() -> None:
    from feedparser.api import PREFERRED_XML_PARSERS

    import reader.sources.feeds.xml_feed  # noqa: F401

    parser = xml.sax.make_parser(PREFERRED_XML_PARSERS)
    assert type(parser).__name__ == "BufferedParser"
