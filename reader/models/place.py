"""Places of the list pane, and the filters by which they list stories."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

PlaceKind = Literal["front", "all", "unread", "starred", "folder", "feed", "other", "search"]


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryFilter:
    """A choice of stories; each field that is set narrows it.

    `feeds` are the addresses of feeds that list them, `ids` their ids. `unlisted` leaves those that no followed feed lists, `alone`
    those that are in no thread of the front page. `before` is the moment (ISO 8601) they are older than; `text` are words that
    title and outlet contain.
    """

    feeds: tuple[str, ...] | None = None
    ids: tuple[str, ...] | None = None
    unlisted: bool = False
    unread: bool = False
    starred: bool = False
    alone: bool = False
    before: str | None = None
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A place of the list pane: its kind, its key among its kind (a tag, a feed's address, a search's name), and its name.

    `folder` is the tag under which a feed stands. Of a saved search nothing is counted: `stories` and `unread` are None.
    """

    kind: PlaceKind
    key: str = ""
    name: str = ""
    folder: str = ""
    stories: int | None = None
    unread: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LastPlace:
    """Where the reader was left: the place, the story or thread of the selected row, its number, and the first row in sight."""

    kind: PlaceKind
    key: str = ""
    folder: str = ""
    item: str = ""
    row: int = 0
    scroll: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class BulkChange:
    """One change of flags on stories that can be undone: its number, the flag, whether it was set, and how many stories changed."""

    number: int
    flag: Literal["read", "starred"]
    on: bool
    stories: int
