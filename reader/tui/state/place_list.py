"""The rows of the list pane: threads and stories of one place, read in windows as far as they are looked at."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from reader.models import Place, StoryHeader, Thread

if TYPE_CHECKING:
    from reader.library.places import FrontPage, Listing

FRONT = Place(kind="front")
SECTION_ROWS = 15
"""Stories of a folder on the front page if there are several folders; a last row opens the others."""


class ListView(Struct, frozen=True):
    """A place and how it is shown: filtered by words that title and outlet contain, without read rows, the newest first."""

    place: Place = FRONT
    text: str = ""
    unread: bool = False
    newest: bool = False


class SectionHeading(Struct, frozen=True):
    """The heading of a folder on the front page; `unread` counts its single stories, None as long as it is not counted."""

    place: Place
    unread: int | None = None


class MoreStories(Struct, frozen=True):
    """The row below the stories of a folder on the front page that opens all of them."""

    place: Place


WINDOW = 120
"""Rows that are read at once."""

ListRow = Thread | StoryHeader | SectionHeading | MoreStories


class _Stories(Struct):
    """A run of story rows: its listing, the rows known so far, and whether these are all that are shown."""

    listing: Listing
    size: int
    complete: bool


class _Section(Struct):
    """A folder of the front page: its number among all sections, heading, stories, and perhaps a row for more."""

    number: int
    place: Place
    stories: _Stories
    more: bool
    unread: int | None = None


class PlaceList:
    """The rows of a place. `fetch` and `grow` read the library and run in worker threads; everything else is quick.

    `stories` and `unread` count what the place holds, None where that is not counted.
    """

    def __init__(self, view: ListView, front: FrontPage | None = None, listing: Listing | None = None) -> None:
        self.view = view
        self.stories: int | None = None
        self.unread: int | None = None
        self.waiting = 0
        self._front = front
        self._tried: set[int] = set()
        """Rows that were read, there or not."""
        self._threads: Sequence[str] = front.threads if front else ()
        self._sections: list[_Section] = []
        self._plain = _run(listing) if listing else None
        self._rows: dict[int, ListRow] = {}
        self._stories: dict[str, int] = {}
        self._holders: dict[str, int] = {}
        if front:
            filled = [(number, place, found) for number, (place, found) in enumerate(front.sections) if found.ids(0, 1)]
            limit = SECTION_ROWS if len(filled) > 1 else None
            for number, place, found in filled:
                more = limit is not None and bool(found.ids(limit, limit + 1))
                self._sections.append(_Section(number, place, _run(found, limit), more))

    def count(self, stories: int | None, unread: int | None, waiting: int = 0) -> None:
        """Note how many stories the place holds, how many of them are unread, and how many are not grouped yet."""
        self.stories, self.unread, self.waiting = stories, unread, waiting

    @property
    def threads(self) -> int:
        """The number of threads in the list."""
        return len(self._threads)

    def __len__(self) -> int:
        if self._plain:
            return self._plain.size
        return len(self._threads) + sum(1 + section.stories.size + section.more for section in self._sections)

    @property
    def has_sections(self) -> bool:
        """Whether there are folders in the list."""
        return bool(self._sections)

    @property
    def folders(self) -> int:
        """The number of folders, the feeds without one not counted."""
        return sum(bool(place.key) for place, _ in self._front.sections) if self._front else 0

    @property
    def feeds(self) -> int:
        """The number of feeds on the front page."""
        return self._front.feeds if self._front else 0

    @property
    def is_growing(self) -> bool:
        """Whether more rows may come below those known."""
        return not all(run.complete for run in self._runs())

    def row(self, index: int) -> ListRow | None:
        """Return a row; None if it is not loaded."""
        return self._rows.get(index)

    def item(self, index: int) -> str:
        """Return the id of the thread or story in a row, "" for any other row."""
        for start, part in self._parts():
            if isinstance(part, _Section):
                offset = index - start - 1
                if 0 <= offset < part.stories.size:
                    return part.stories.listing.ids(offset, offset + 1)[0]
            elif start <= index < start + _length(part):
                found = part.listing.ids(index - start, index - start + 1) if isinstance(part, _Stories) else [part[index - start]]
                return found[0] if found else ""
        return ""

    def find(self, item: str, near: int = 0) -> int | None:
        """Return the row of a thread or story, looked for at `near` first; None if it is not there. Reads the library."""
        if not item:
            return None
        if 0 <= near < len(self) and self.item(near) == item:
            return near
        if item in self._threads:
            return self._threads.index(item)
        for start, part in self._parts():
            run = part.stories if isinstance(part, _Section) else part
            if isinstance(run, _Stories):
                offset = run.listing.row(item)
                if offset is not None and offset < run.size:
                    return start + offset + isinstance(part, _Section)
        return None

    def holder(self, story: str) -> int | None:
        """Return the loaded row of a story, or of the thread it is in; None if there is none."""
        return self._stories.get(story, self._holders.get(story))

    # loading

    def missing(self, start: int, stop: int) -> range:
        """Return the smallest range of rows that holds all those from `start` to before `stop` that are not loaded."""
        absent = [index for index in range(max(0, start), min(stop, len(self))) if index not in self._tried]
        return range(absent[0], absent[-1] + 1) if absent else range(0)

    def fetch(self, start: int, stop: int) -> dict[int, ListRow]:
        """Read the rows from `start` to before `stop`."""
        found: dict[int, ListRow] = {}
        for first, part in self._parts():
            low, high = max(start, first), min(stop, first + _length(part))
            if low >= high:
                continue
            if isinstance(part, _Section):
                found |= self._fetch_section(part, first, low, high)
            elif isinstance(part, _Stories):
                found |= dict(enumerate(part.listing.headers(low - first, high - first), low))
            elif self._front:
                threads = {thread.id: thread for thread in self._front.window(low - first, high - first)}
                found |= {index: threads[part[index - first]] for index in range(low, high) if part[index - first] in threads}
        return found

    def _fetch_section(self, section: _Section, first: int, low: int, high: int) -> dict[int, ListRow]:
        run = section.stories
        found: dict[int, ListRow] = {first: SectionHeading(section.place, section.unread)} if low == first else {}
        start, stop = max(low - first - 1, 0), min(high - first - 1, run.size)
        if start < stop:
            found |= dict(enumerate(run.listing.headers(start, stop), first + 1 + start))
        if section.more and high == first + _length(section):
            found[high - 1] = MoreStories(section.place)
        return found

    def put(self, rows: dict[int, ListRow], read: range = range(0)) -> None:
        """Take in rows that were read; those of the range `read` that are not among them are gone."""
        self._rows |= rows
        self._tried.update(rows, read)
        for index, row in rows.items():
            if isinstance(row, Thread):
                self._holders.update(dict.fromkeys(row.stories, index))
            elif isinstance(row, StoryHeader):
                self._stories[row.id] = index

    def grow(self) -> tuple[list[int], Sequence[int]]:
        """Read the lists to their ends, and count what is unread in the sections; returns both for `take_sizes`."""
        sizes = [run.size if run.complete else len(run.listing.ids()) for run in self._runs()]
        return sizes, self._front.unread() if self._front and self._sections else ()

    def take_sizes(self, found: tuple[list[int], Sequence[int]]) -> None:
        """Take in what `grow` has found; rows are added at the end."""
        sizes, unread = found
        for run, size in zip(self._runs(), sizes, strict=True):
            run.size, run.complete = size, True
        start = len(self._threads)
        for section in self._sections:
            section.unread = unread[section.number]
            if start in self._rows:
                self._rows[start] = SectionHeading(section.place, section.unread)
            start += _length(section)

    # changes

    def mark(self, story: str, *, read: bool | None = None, starred: bool | None = None) -> None:
        """Set flags of a story in the rows that show it or its thread."""
        place = self._stories.get(story)
        row = self._rows.get(place) if place is not None else None
        if place is not None and isinstance(row, StoryHeader):
            read_now = row.read if read is None else read
            self._rows[place] = replace(row, read=read_now, starred=row.starred if starred is None else starred)
        if read is None:
            return
        by = -1 if read else 1
        holder = self._holders.get(story)
        thread = self._rows.get(holder) if holder is not None else None
        if self.unread is not None and not (isinstance(thread, Thread) and thread.muted):
            self.unread = max(0, self.unread + by)
        if holder is not None and isinstance(thread, Thread):
            unread = min(len(thread.stories), max(0, thread.unread + by))
            self._rows[holder] = replace(thread, unread=unread, new=min(thread.new, unread))
        if place is not None:
            self._count_section(place, by)

    def _count_section(self, index: int, by: int) -> None:
        """Add to the count of the section of a row."""
        for start, part in self._parts():
            if isinstance(part, _Section) and start < index < start + _length(part) and part.unread is not None:
                part.unread = max(0, part.unread + by)
                if start in self._rows:
                    self._rows[start] = SectionHeading(part.place, part.unread)

    def replace_thread(self, thread: Thread) -> None:
        """Show a newer version of a thread in its row."""
        place = next((self._holders[story] for story in thread.stories if story in self._holders), None)
        if place is not None:
            self._rows[place] = thread

    def mark_seen(self, thread: str) -> None:
        """Show a thread without new stories."""
        for place in set(self._holders.values()):
            row = self._rows.get(place)
            if isinstance(row, Thread) and row.id == thread:
                self._rows[place] = replace(row, new=0)

    # unread rows

    def next_unread(self, start: int, by: int) -> int | None:
        """Return the first row with something unread after `start`, or the last before it with by=-1, in a circle. Reads it."""
        total = len(self)
        step = 1
        while step < total:
            stop = min(total, step + WINDOW)
            places = [(start + by * each) % total for each in range(step, stop)]
            rows = self._rows | self._read(places)
            found = next((place for place in places if _is_unread(rows.get(place))), None)
            if found is not None:
                return found
            step = stop
        return None

    def _read(self, places: Sequence[int]) -> dict[int, ListRow]:
        """Read those of some rows that are not loaded."""
        absent = sorted(place for place in places if place not in self._rows)
        if not absent:
            return {}
        if absent[-1] - absent[0] <= len(places):
            return self.fetch(absent[0], absent[-1] + 1)
        low = [place for place in absent if place - absent[0] <= len(places)]
        return self.fetch(low[0], low[-1] + 1) | self._read([place for place in absent if place > low[-1]])

    # parts

    def _runs(self) -> list[_Stories]:
        return [self._plain] if self._plain else [section.stories for section in self._sections]

    def _parts(self) -> Iterator[tuple[int, Sequence[str] | _Stories | _Section]]:
        """Yield the parts of the list, each with its first row."""
        if self._plain:
            yield 0, self._plain
            return
        yield 0, self._threads
        start = len(self._threads)
        for section in self._sections:
            yield start, section
            start += _length(section)


FIRST_ROWS = 400
"""Rows of a list without a total that are known when it opens."""


def _run(listing: Listing, limit: int | None = None) -> _Stories:
    """The rows of a listing: all of a counted one, else the first ones until the others are found."""
    if limit is not None:
        return _Stories(listing, len(listing.ids(0, limit)), complete=True)
    if listing.total is not None:
        return _Stories(listing, listing.total, complete=True)
    size = len(listing.ids(0, FIRST_ROWS))
    return _Stories(listing, size, complete=listing.total is not None)


def _is_unread(row: ListRow | None) -> bool:
    if isinstance(row, Thread):
        return bool(row.unread) and not row.muted
    return isinstance(row, StoryHeader) and not row.read


def _length(part: Sequence[str] | _Stories | _Section) -> int:
    if isinstance(part, _Section):
        return 1 + part.stories.size + part.more
    return part.size if isinstance(part, _Stories) else len(part)
