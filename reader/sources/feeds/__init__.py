"""Feeds: RSS, Atom, RDF and JSON Feed, well-formed or not."""

from __future__ import annotations

from reader.sources.feeds.items import FeedPage

__all__ = ["FeedPage", "read_feed"]


def read_feed(data: bytes, address: str, content_type: str | None = None) -> FeedPage:
    """Parse a feed; `address` is its own. Raises `SourceError` for anything else."""
    if data.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"{":
        from reader.sources.feeds.json_feed import read_json

        return read_json(data, address)
    from reader.sources.feeds.xml_feed import read_xml

    return read_xml(data, address, content_type)
