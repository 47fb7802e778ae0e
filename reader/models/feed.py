"""Feeds, as the library keeps them and as lists name them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """A source that is asked again and again: a feed by its address, or a watched folder by its absolute path.

    `name` is the reader's own, else the feed's title, else its address. `interval` is in minutes, None: as the feed asks. Times are
    ISO 8601 in UTC with a `Z`: when it was last asked (`tried`), last answered well (`good`), before when it is not to be asked
    again by itself (`due`), and until when the server asked to be left alone (`quiet`). `error` and `remedy` tell of the last
    failure since `good`, None where there is none. `ended` is a feed that said it is gone for good. `digest` is the SHA-256 of
    what it last answered; `per_day` are its stories a day over the last four weeks.
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


@dataclass(frozen=True, slots=True)
class FeedCandidate:
    """A feed that a list or a page names: its address, and what is said of it."""

    address: str
    name: str | None = None
    tags: tuple[str, ...] = ()
