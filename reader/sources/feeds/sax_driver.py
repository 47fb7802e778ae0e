"""A driver of the XML parser for feedparser: text comes in large pieces instead of one per line and entity."""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.sax.expatreader import ExpatParser

if TYPE_CHECKING:
    from pyexpat import XMLParserType

_BUFFER = 1 << 16  # bytes of text


class BufferedParser(ExpatParser):
    """Expat with buffered text; whatever else it reports comes in the same order."""

    _parser: XMLParserType

    def reset(self) -> None:
        """Prepare to parse a document."""
        super().reset()
        self._parser.buffer_text = True
        self._parser.buffer_size = _BUFFER


def create_parser() -> BufferedParser:
    """Create a parser; `xml.sax.make_parser` calls this."""
    return BufferedParser()
