"""The places of the list pane: the front page, folders and feeds, all stories, unread, starred, and saved searches."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime, timedelta
from threading import Lock
from typing import TYPE_CHECKING

from msgspec.structs import asdict, replace

from reader.library.front_page import RankedThread, ordered
from reader.models import LastPlace, Place, StoryFilter, StoryHeader, Thread
from reader.storage.listings import Position
from reader.storage.store import Store

if TYPE_CHECKING:
    from reader.library.query_filters import QueryFilters
    from reader.library.saved_searches import SavedSearches
    from reader.library.threads import Threads
    from reader.search.index import SearchIndex

UNSORTED = ""
"""The key of the folder of the feeds without a tag."""
_FIRST = 400
"""Rows that are read when a list opens; each further reading takes twice as many."""
_FIRST_OF_SECTION = 40
"""Rows that are read of a folder when the front page opens."""
_SAME_VISIT = timedelta(minutes=30)
"""How long a reader may be away within one visit."""
_VISIT = "visit"
_LAST_PLACE = "last place"
_TIME = "%Y-%m-%dT%H:%M:%S"


class Listing:
    """A list of stories, newest first, read as far as it is looked at; any thread may use it."""

    def __init__(self, store: Store, wanted: StoryFilter, first: int = _FIRST) -> None:
        self._store = store
        self._wanted = wanted
        self._first = first
        self._ids: list[str] = []
        self._last: Position | None = None
        self._complete = False
        self._reading = Lock()
        self._count = store.listings.count(wanted)

    @property
    def total(self) -> int | None:
        """The number of rows; None as long as it is not counted, where counting takes reading all of it."""
        return len(self._ids) if self._complete else self._count

    def ids(self, start: int = 0, stop: int | None = None) -> list[str]:
        """Return the ids of the rows from `start` to before `stop`, or to the end."""
        with self._reading:
            while not self._complete and (stop is None or len(self._ids) < stop):
                self._read(stop)
            return self._ids[start:stop]

    def headers(self, start: int, stop: int) -> list[StoryHeader]:
        """Return the stories of these rows."""
        return self._store.stories.headers(ids=self.ids(start, stop))

    def row(self, story: str) -> int | None:
        """Return the number of a story's row; None if it is not in the list."""
        ids = self.ids()
        return ids.index(story) if story in ids else None

    def unread(self) -> int:
        """Return how many rows are unread; of a list without a total this takes as long as reading all of it."""
        unread = replace(self._wanted, unread=True)
        count = self._store.listings.count(unread)
        return len(self._store.listings.ids(unread)) if count is None else count

    def _read(self, stop: int | None) -> None:
        limit = -1 if stop is None else max(self._first, len(self._ids), stop - len(self._ids))
        found = self._store.listings.page(self._wanted, self._last, limit)
        self._ids += [position.story for position in found]
        self._last = found[-1] if found else self._last
        self._complete = limit < 0 or len(found) < limit


class FrontPage:
    """The front page: the threads of several outlets in their order, then a list of single stories for each folder.

    `feeds` is the number of feeds in the folders.
    """

    def __init__(
        self,
        threads: Sequence[str],
        sections: Sequence[tuple[Place, Listing]],
        feeds: int,
        read: Callable[[Iterable[str]], list[Thread]],
        count: Callable[[], Sequence[int]],
    ) -> None:
        self.feeds = feeds
        self._count = count
        self.threads = tuple(threads)
        self.sections = tuple(sections)
        self._read = read

    def unread(self) -> Sequence[int]:
        """Return how many stories of each section are unread; this takes a while in a large library."""
        return self._count()

    def window(self, start: int, stop: int) -> list[Thread]:
        """Return the threads of these rows; `new` counts unread stories since the last visit, or since a followed one was left."""
        return self._read(self.threads[start:stop])


class Places:
    """The places, what they list, and the one where the reader was left."""

    def __init__(
        self,
        store: Store,
        threads: Threads,
        saved_searches: Callable[[], SavedSearches],
        index: Callable[[], SearchIndex],
        filters: Callable[[], QueryFilters],
    ) -> None:
        self._store = store
        self._threads = threads
        self._saved_searches = saved_searches
        self._index = index
        self._filters = filters

    # the places

    def all(self) -> list[Place]:
        """Return the places with what is in them: front page, all, unread, starred, folders with their feeds, saved searches.

        Before the searches stand the other stories, those that no followed feed lists, if there are any. A story that several feeds
        of a folder list counts once. Feeds without a tag come last, in a folder without a name.
        """
        counts = self._store.listings.feed_counts()
        total, unread = self._store.stories.count(), self._store.flags.unread_count()
        starred = StoryFilter(starred=True)
        places = [
            Place(kind="front", stories=total, unread=unread),
            Place(kind="all", stories=total, unread=unread),
            Place(kind="unread", stories=unread, unread=unread),
            Place(
                kind="starred",
                stories=self._store.listings.count(starred),
                unread=self._store.listings.count(replace(starred, unread=True)),
            ),
        ]
        for tag, feeds in self._folders().items():
            listed = [counts.get(address, (frozenset(), frozenset())) for address, _ in feeds]
            places.append(
                Place(
                    kind="folder",
                    key=tag,
                    name=tag,
                    stories=len(frozenset[str]().union(*(stories for stories, _ in listed))),
                    unread=len(frozenset[str]().union(*(unread for _, unread in listed))),
                )
            )
            for (address, name), (stories, new) in zip(feeds, listed, strict=True):
                places.append(Place(kind="feed", key=address, name=name, folder=tag, stories=len(stories), unread=len(new)))
        other = StoryFilter(unlisted=True)
        if self._store.listings.may_have_unlisted() and (count := self._store.listings.count(other)):
            places.append(Place(kind="other", stories=count, unread=self._store.listings.count(replace(other, unread=True))))
        searches = self._saved_searches().all()
        return [*places, *(Place(kind="search", key=saved.name, name=saved.name) for saved in searches)]

    def counted_searches(self) -> list[Place]:
        """Return the saved searches with the number of stories that each finds."""
        read = frozenset(self._store.flags.ids("read"))
        places = []
        for saved in self._saved_searches().all():
            found = frozenset(self._found(saved.name))
            unread = len(found - read)
            places.append(Place(kind="search", key=saved.name, name=saved.name, stories=len(found), unread=unread))
        return places

    def filter(self, place: Place) -> StoryFilter:
        """Return the filter by which a place lists its stories; raises `QueryError` for an invalid saved search.

        The front page is about all stories.
        """
        match place.kind:
            case "unread":
                return StoryFilter(unread=True)
            case "starred":
                return StoryFilter(starred=True)
            case "folder":
                return StoryFilter(feeds=tuple(address for address, _ in self._folders().get(place.key, ())))
            case "feed":
                return StoryFilter(feeds=(place.key,))
            case "other":
                return StoryFilter(unlisted=True)
            case "search":
                return StoryFilter(ids=self._found(place.key))
        return StoryFilter()

    def rows(self, place: Place, *, text: str = "", unread: bool = False) -> Listing:
        """Open a place as a list of stories, the newest first; `text` are words that title and outlet contain.

        With `unread` it leaves out what is read. Raises `QueryError` for an invalid saved search.
        """
        wanted = self.filter(place)
        return Listing(self._store, replace(wanted, text=text, unread=unread or wanted.unread))

    def front(self, *, newest: bool = False, unread: bool = False) -> FrontPage:
        """Return the front page in the order of weight, or the newest first; with `unread` without what is read."""
        since = self.last_visit()
        new = self._store.threads.new_counts(since) if since else {}
        threads = [
            RankedThread(id, outlets, new.get(id, 0), latest, *flags)
            for id, outlets, latest, *flags in self._store.threads.ranked(unread=unread)
        ]
        folders = self._folders()
        sections = [
            (
                Place(kind="folder", key=tag, name=tag),
                self._section(StoryFilter(feeds=tuple(address for address, _ in feeds), alone=True, unread=unread)),
            )
            for tag, feeds in folders.items()
        ]
        if self._store.listings.may_have_unlisted():
            sections.append((Place(kind="other"), self._section(StoryFilter(unlisted=True, alone=True, unread=unread))))
        count = len({address for feeds in folders.values() for address, _ in feeds})

        def count_unread() -> list[int]:
            alone, listed = self._store.listings.unread_alone(), self._store.listings.feed_counts()
            found, rest = [], alone
            for feeds in folders.values():
                stories = frozenset[str]().union(*(listed[address][0] for address, _ in feeds if address in listed))
                found.append(len(alone & stories))
                rest -= stories
            return [*found, len(rest)][: len(sections)]

        def read(ids: Iterable[str]) -> list[Thread]:
            found = self._threads.get_many(ids)
            return [thread if thread.followed else replace(thread, new=new.get(thread.id, 0)) for thread in found]

        return FrontPage(ordered(threads, datetime.now(UTC), newest=newest), sections, count, read, count_unread)

    def _section(self, wanted: StoryFilter) -> Listing:
        return Listing(self._store, wanted, _FIRST_OF_SECTION)

    # visits

    def begin_visit(self) -> None:
        """Note that the reader is opened: from now on, new is what was found since the visit before ended."""
        since, last = self._visit()
        now = datetime.now(UTC)
        if last is None or now - datetime.fromisoformat(last).replace(tzinfo=UTC) > _SAME_VISIT:
            since = last
        self._store.notes.set(_VISIT, json.dumps([since, now.strftime(_TIME)]))

    def end_visit(self) -> None:
        """Note that the reader is closed."""
        since, _ = self._visit()
        self._store.notes.set(_VISIT, json.dumps([since, datetime.now(UTC).strftime(_TIME)]))

    def last_visit(self) -> str | None:
        """Return when the visit before this one ended (ISO 8601, UTC); None if there was none."""
        return self._visit()[0]

    def _visit(self) -> tuple[str | None, str | None]:
        since, last = json.loads(self._store.notes.get(_VISIT) or "[null, null]")
        return since, last

    # the last place

    def remember(self, place: LastPlace) -> None:
        """Remember where the reader is left."""
        self._store.notes.set(_LAST_PLACE, json.dumps(asdict(place)))

    def last(self) -> LastPlace | None:
        """Return where the reader was left; None if that is not known or no longer there."""
        try:
            place = LastPlace(**json.loads(self._store.notes.get(_LAST_PLACE) or "null"))
        except (TypeError, ValueError):
            return None
        gone = (
            (place.kind == "feed" and self._store.feeds.get(place.key) is None)
            or (place.kind == "folder" and place.key not in self._folders())
            or (place.kind == "search" and self._saved_searches().named(place.key) is None)
        )
        return None if gone else place

    # inside

    def _folders(self) -> dict[str, list[tuple[str, str]]]:
        """Addresses and names of the feeds by tag, both by name; those without a tag last."""
        folders: dict[str, list[tuple[str, str]]] = {}
        for address, name, tags in self._store.feeds.names():
            for tag in tags or (UNSORTED,):
                folders.setdefault(tag, []).append((address, name))
        return dict(sorted(folders.items(), key=lambda one: (one[0] == UNSORTED, one[0].casefold(), one[0])))

    def _found(self, search: str) -> tuple[str, ...]:
        from reader.search.query import parse

        saved = self._saved_searches().named(search)
        if saved is None:
            return ()
        parsed = parse(saved.query)
        self._index().include_pending(self._store)
        return tuple(self._index().all_ids(parsed, self._filters()))
