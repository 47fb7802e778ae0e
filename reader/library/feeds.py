"""The feeds of a library: which are followed, with which settings, and which private hosts they may name."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from reader.models import Feed, FeedCandidate
from reader.storage.store import Store
from reader.text.sanitize import clean_line

ADDRESS = re.compile(r"(?:feed:)?https?://|feed://", re.I)
"""How a source on the net begins; every other one is a file or a folder."""


class Feeds:
    """The followed feeds and folders by their addresses; changes raise `UnknownFeedError` for an address without a feed."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def all(self) -> list[Feed]:
        """Return the followed feeds, by name."""
        return [_rendered(feed) for feed in self._store.feeds.all()]

    def get(self, address: str) -> Feed | None:
        """Return one feed; None if it is not followed."""
        feed = self._store.feeds.get(clean_line(address))
        return _rendered(feed) if feed else None

    def subscribe(self, wanted: FeedCandidate) -> bool:
        """Follow a feed or a folder; False if it is followed already. Raises `SourceError` for a refused address."""
        if ADDRESS.match(wanted.address):
            from reader.sources.url_policy import check

            wanted = replace(wanted, address=check(wanted.address, self._store.feeds.allowed_hosts()))
        return self._store.feeds.subscribe(wanted)

    def change(self, address: str, **settings: Any) -> None:
        """Change the settings of a feed: `name`, `tags`, `interval` in minutes (None: as the feed asks), `full_text`."""
        if settings.get("name"):
            settings["name"] = clean_line(settings["name"]) or None
        if "tags" in settings:
            settings["tags"] = tuple(dict.fromkeys(tag for tag in map(clean_line, settings["tags"]) if tag))
        self._store.feeds.change(address, **settings)

    def unsubscribe(self, address: str) -> None:
        """Stop following a feed; its stories stay."""
        self._store.feeds.unsubscribe(address)

    def restore(self, address: str) -> None:
        """Follow a dropped feed again, with the settings it had."""
        self._store.feeds.restore(clean_line(address))

    def allowed_hosts(self) -> frozenset[str]:
        """Return the hosts of this machine or a private network that feeds may name."""
        return self._store.feeds.allowed_hosts()

    def allow_host(self, host: str, on: bool = True) -> None:
        """Allow a host of this machine or a private network, or forbid it."""
        self._store.feeds.allow_host(host, on)

    def opml(self) -> str:
        """Return all feeds as a list in OPML 2.0."""
        from reader.sources.opml import write_opml

        return write_opml(self._store.feeds.all())


def _rendered(feed: Feed) -> Feed:
    """Return a feed with the code of its failure in words."""
    if not feed.error:
        return feed
    from reader.sources.failures import texts

    error, remedy = texts(feed.error, feed.remedy or "")
    return replace(feed, error=error, remedy=remedy or None)
