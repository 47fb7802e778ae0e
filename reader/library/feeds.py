"""The feeds of the library: which are followed, how, and which hosts they may name."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from reader.library.search import Asking
from reader.models import Feed, FeedCandidate

ADDRESS = re.compile(r"(?:feed:)?https?://|feed://", re.I)
"""How a source on the net begins; every other one is a file or a folder."""


class Feeds(Asking):
    """The part of the library that knows which feeds are followed."""

    def feeds(self) -> list[Feed]:
        """The feeds that are followed, by name."""
        return self._store.feeds()

    def feed(self, address: str) -> Feed | None:
        """One feed by its address, None if it is not followed."""
        return self._store.feed(address)

    def follow(self, wanted: FeedCandidate) -> bool:
        """Follow a feed or a folder from now on; False if it is followed already. Raises `SourceError` for a refused address."""
        if ADDRESS.match(wanted.address):
            from reader.sources.url_policy import check

            wanted = replace(wanted, address=check(wanted.address, self._store.allowed()))
        return self._store.follow(wanted)

    def change_feed(self, address: str, **settings: Any) -> None:
        """Change what the reader set of a feed: `name`, `tags`, `interval` in minutes (None: as the feed asks), `full_text`."""
        self._store.change_feed(address, **settings)

    def drop_feed(self, address: str) -> None:
        """Follow a feed no more; its stories stay."""
        self._store.drop_feed(address)

    def restore_feed(self, address: str) -> None:
        """Follow a dropped feed again, with all that was set of it."""
        self._store.restore_feed(address)

    def allowed(self) -> frozenset[str]:
        """The hosts of this machine or a private network that feeds may name."""
        return self._store.allowed()

    def allow(self, host: str, on: bool = True) -> None:
        """Allow a host of this machine or a private network, or no more."""
        self._store.allow(host, on)

    def opml(self) -> str:
        """All feeds as a list in OPML 2.0."""
        from reader.sources.opml import write_opml

        return write_opml(self._store.feeds())
