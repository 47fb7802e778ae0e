"""Libraries of other readers, as they are moved in, and what became of them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from msgspec import Struct

from reader.models.feed import FeedCandidate
from reader.models.jobs import SourceFailure
from reader.models.search import SavedSearch


class MovedItem(Struct, frozen=True, kw_only=True):
    """An item as another reader keeps it: title and content are HTML, the date is as stated."""

    guid: str
    title: str = ""
    link: str | None = None
    author: str = ""
    published: str | None = None
    content: str = ""
    read: bool = False
    starred: bool = False


class FeedVisit(Struct, frozen=True):
    """What the last visit of another reader to a feed left: its title, and what makes the next answer short."""

    title: str | None = None
    etag: str | None = None
    modified: str | None = None


class MovedLibrary(Struct, frozen=True, kw_only=True):
    """The library of another reader.

    `items` yields the items by feed address, those of one feed together and the newest first; it can be iterated once. `settings`
    are values of our settings by name, each with the line it comes from.
    """

    feeds: tuple[FeedCandidate, ...] = ()
    visits: dict[str, FeedVisit] = {}
    items: Iterable[tuple[str, MovedItem]] = ()
    searches: tuple[SavedSearch, ...] = ()
    settings: dict[str, tuple[Any, str]] = {}
    refused: tuple[SourceFailure, ...] = ()


class MoveReport(Struct, frozen=True):
    """What was moved in, or would be: new feeds and searches, new stories, stories marked, and what was not taken.

    `items` counts the items that the other reader has. `settings` are those to take over.
    """

    feeds: int = 0
    searches: int = 0
    items: int = 0
    stories: int = 0
    read: int = 0
    starred: int = 0
    settings: dict[str, tuple[Any, str]] = {}
    refused: tuple[SourceFailure, ...] = ()
    cancelled: bool = False
