"""Feeds, as stored in the library and as named in lists."""

from __future__ import annotations

from msgspec import Struct


class Feed(Struct, frozen=True, kw_only=True):
    """A source that is fetched regularly: a feed by its address, or a watched folder by its absolute path.

    `name` is the user's own, or else the feed's title or address. `interval` is in minutes, None: as the feed requests. Times are
    ISO 8601 in UTC with a `Z`: the last attempt (`tried`), the last success (`good`), the next scheduled fetch (`due`), and the end
    of a pause that the server requested (`quiet`). `error` and `remedy` describe the last failure since `good`, if any. `ended`
    marks a feed that is permanently gone. `digest` is the SHA-256 of its last response; `per_day` is the average number of stories
    a day over four weeks.
    """

    address: str
    name: str
    title: str | None = None
    home: str | None = None
    tags: tuple[str, ...] = ()
    interval: int | None = None
    full_text: bool = False
    etag: str | None = None
    modified: str | None = None
    digest: str | None = None
    tried: str | None = None
    good: str | None = None
    due: str | None = None
    quiet: str | None = None
    error: str | None = None
    remedy: str | None = None
    failures: int = 0
    ended: bool = False
    stories: int = 0
    unread: int = 0
    per_day: float = 0.0


class FeedCandidate(Struct, frozen=True):
    """A feed named in a list or a page: its address, and the name and tags given there."""

    address: str
    name: str | None = None
    tags: tuple[str, ...] = ()
