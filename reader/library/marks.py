"""Flags on many stories at once; each call is one change that can be undone, even after a restart."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from reader.models import BulkChange, Place, StoryFilter
from reader.storage.store import Store

if TYPE_CHECKING:
    from reader.library.places import Places
    from reader.library.query_filters import QueryFilters
    from reader.search.index import SearchIndex


class Selection(Struct, frozen=True, kw_only=True):
    """Stories to mark: those of one of the first four fields, or all; the other fields narrow the selection.

    `stories` are ids, `thread` is a thread's id, `place` a place of the list pane, and `query` a query. `text` are words in title
    or outlet, and `days` is the minimum age in days.
    """

    stories: tuple[str, ...] | None = None
    thread: str | None = None
    place: Place | None = None
    query: str | None = None
    text: str = ""
    days: int | None = None


class Marks:
    """Marks stories read or unread, and sets or removes stars."""

    def __init__(self, store: Store, places: Places, index: Callable[[], SearchIndex], filters: Callable[[], QueryFilters]) -> None:
        self._store = store
        self._places = places
        self._index = index
        self._filters = filters

    def ids(self, selection: Selection) -> list[str]:
        """Return the ids of the stories of a selection, newest first; raises `QueryError` for an invalid query."""
        wanted = self._filter(selection)
        if selection.days:
            moment = datetime.now(UTC) - timedelta(days=selection.days)
            wanted = replace(wanted, before=moment.strftime("%Y-%m-%dT%H:%M:%S"))
        return self._store.listings.ids(replace(wanted, text=selection.text))

    def apply(self, selection: Selection, *, read: bool | None = None, starred: bool | None = None) -> BulkChange | None:
        """Mark the stories of a selection read or unread, or star or unstar them; None if nothing changes.

        Raises `QueryError` for an invalid query, and ValueError unless exactly one flag is given.
        """
        if (read is None) == (starred is None):
            raise ValueError("give either read or starred")
        ids = self.ids(selection)
        if read is not None:
            return self._store.flag_changes.apply("read", ids, read)
        return self._store.flag_changes.apply("starred", ids, bool(starred))

    def undo(self) -> BulkChange | None:
        """Undo the last change; returns it, None if there is none."""
        return self._store.flag_changes.undo()

    def redo(self) -> BulkChange | None:
        """Redo the change that was undone last; returns it, None if there is none."""
        return self._store.flag_changes.redo()

    def _filter(self, selection: Selection) -> StoryFilter:
        if selection.stories is not None:
            return StoryFilter(ids=selection.stories)
        if selection.thread is not None:
            headers = self._store.stories.headers(thread=selection.thread)
            return StoryFilter(ids=tuple(header.id for header in headers))
        if selection.place is not None:
            return self._places.filter(selection.place)
        if selection.query is not None:
            from reader.search.query import parse

            parsed = parse(selection.query)
            self._index().include_pending(self._store)
            return StoryFilter(ids=tuple(self._index().all_ids(parsed, self._filters())))
        return StoryFilter()
