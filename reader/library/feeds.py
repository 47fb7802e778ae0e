"""Feeds of a library: subscriptions, their settings, and private hosts they may use."""

from __future__ import annotations

import re
from typing import Any

from msgspec.structs import replace

from reader.models import Feed, FeedCandidate
from reader.storage.store import Store
from reader.text.sanitize import clean_line

ADDRESS = re.compile(r"(?:feed:)?https?://|feed://", re.I)
"""Pattern of web addresses; every other source is a file or a folder."""


class Feeds:
    """Subscribed feeds and folders by address; changes raise `UnknownFeedError` for an unknown address."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def all(self) -> list[Feed]:
        """Return the subscribed feeds, by name."""
        return [_rendered(feed) for feed in self._store.feeds.all()]

    def get(self, address: str) -> Feed | None:
        """Return one feed; None if it is not subscribed."""
        feed = self._store.feeds.get(clean_line(address))
        return _rendered(feed) if feed else None

    def subscribe(self, wanted: FeedCandidate) -> bool:
        """Subscribe to a feed or folder; False if it is subscribed already. Raises `SourceError` for a refused address."""
        if ADDRESS.match(wanted.address):
            from reader.sources.url_policy import check

            wanted = replace(wanted, address=check(wanted.address, self._store.feeds.allowed_hosts()))
        return self._store.feeds.subscribe(wanted)

    def change(self, address: str, **settings: Any) -> None:
        """Change the settings of a feed: `name`, `tags`, `interval` in minutes (None: as the feed requests), `full_text`."""
        if settings.get("name"):
            settings["name"] = clean_line(settings["name"]) or None
        if "tags" in settings:
            settings["tags"] = tuple(dict.fromkeys(tag for tag in map(clean_line, settings["tags"]) if tag))
        self._store.feeds.change(address, **settings)

    def unsubscribe(self, address: str) -> None:
        """Unsubscribe from a feed; its stories stay."""
        self._store.feeds.unsubscribe(address)

    def restore(self, address: str) -> None:
        """Subscribe to a dropped feed again, with its previous settings."""
        self._store.feeds.restore(clean_line(address))

    def allowed_hosts(self) -> frozenset[str]:
        """Return the hosts of this machine or of private networks that may be contacted."""
        return self._store.feeds.allowed_hosts()

    def allow_host(self, host: str, on: bool = True) -> None:
        """Allow or forbid contact with a host of this machine or of a private network."""
        self._store.feeds.allow_host(host, on)

    def opml(self) -> str:
        """Return all feeds as OPML 2.0."""
        from reader.sources.opml import write_opml

        return write_opml(self._store.feeds.all())


def _rendered(feed: Feed) -> Feed:
    """Return a feed with its failure code rendered as text."""
    if not feed.error:
        return feed
    from reader.sources.failures import texts

    error, remedy = texts(feed.error, feed.remedy or "")
    return replace(feed, error=error, remedy=remedy or None)
