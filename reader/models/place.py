"""Places of the list pane, and the filters by which they list stories."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

PlaceKind = Literal["front", "all", "unread", "starred", "folder", "feed", "other", "search"]


class StoryFilter(Struct, frozen=True, kw_only=True):
    """Filter of stories; every field that is set narrows it.

    `feeds` are addresses of feeds that list them, `ids` their ids. `unlisted` keeps those that no subscribed feed lists, `alone`
    those in no thread of the front page. `before` is a time (ISO 8601) after which stories are excluded; `text` are words that must
    occur in title or outlet.
    """

    feeds: tuple[str, ...] | None = None
    ids: tuple[str, ...] | None = None
    unlisted: bool = False
    unread: bool = False
    starred: bool = False
    alone: bool = False
    before: str | None = None
    text: str = ""


class Place(Struct, frozen=True, kw_only=True):
    """A place of the list pane: its kind, its key within the kind (a tag, a feed's address, a search's name), and its name.

    `folder` is the tag under which a feed is listed. `stories` and `unread` are None for a saved search that is not counted yet.
    """

    kind: PlaceKind
    key: str = ""
    name: str = ""
    folder: str = ""
    stories: int | None = None
    unread: int | None = None


class LastPlace(Struct, frozen=True, kw_only=True):
    """Where the user stopped: the place, the story or thread of the selected row, its number, and the first visible row."""

    kind: PlaceKind
    key: str = ""
    folder: str = ""
    item: str = ""
    row: int = 0
    scroll: int = 0


class BulkChange(Struct, frozen=True, kw_only=True):
    """An undoable change of flags: its number, the flag, whether it was set or cleared, and the stories it changed."""

    number: int
    flag: Literal["read", "starred"]
    on: bool
    ids: tuple[str, ...]

    @property
    def stories(self) -> int:
        """The number of stories that changed."""
        return len(self.ids)
