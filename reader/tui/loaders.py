"""What the main screen loads from the library, one function per request; they run in worker threads and touch no widget."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING

from msgspec import Struct

from reader.errors import QueryError
from reader.models import Place, Story, StoryHeader, Thread, Version
from reader.tui.state.place_list import WINDOW, ListRow, ListView, PlaceList
from reader.tui.state.reading_position import ReadingPosition
from reader.tui.state.search_session import Marks, SearchSession, marks

if TYPE_CHECKING:
    from reader.library import Freshness, Library

RELATED = 9
"""Related stories after a thread's own."""
RELATED_FROM = 4
"""Stories of a thread whose related stories are gathered."""
RELATED_LIKENESS = 0.65
"""The least likeness of a related story: from it on, stories of two outlets are about one matter."""


class LoadedText(Struct, frozen=True):
    """A story with its copies (stories with the same text) and its earlier versions, newest first."""

    story: Story
    copies: tuple[StoryHeader, ...] = ()
    versions: tuple[Version, ...] = ()

    def version(self, number: int) -> Story:
        """The newest version (0), or an earlier one (1 for the one before it)."""
        return self.versions[number - 1].story if number else self.story


class LoadedTexts(Struct, frozen=True):
    """Texts, and the matches of a search in them, by story id."""

    texts: dict[str, LoadedText]
    hits: dict[str, Marks]


class OpenedThread(Struct, frozen=True):
    """A thread that was opened: the position in it, and the visible texts."""

    reading: ReadingPosition
    texts: LoadedTexts


class ListPosition(Struct, frozen=True):
    """A row of a list: the thread or story in it ("" for none), its number, and the number of the first row in sight.

    `story` is one of the thread, by which its row is found where threads have changed.
    """

    item: str = ""
    row: int = 0
    scroll: int = 0
    story: str = ""


class LoadedList(Struct, frozen=True):
    """A list with its first rows, the row of the cursor, the first row in sight, and the problems of files kept by hand."""

    listed: PlaceList
    rows: dict[int, ListRow]
    cursor: int
    top: int
    problem: str


def load_list(library: Library, view: ListView, at: ListPosition, *, still: bool = False) -> LoadedList:
    """Load a place with the rows around a position; `still` keeps the number of the row, whatever is in it."""
    places, place = library.places, view.place
    if place.kind == "front" and not view.text:
        front = places.front(newest=view.newest, unread=view.unread)
        listed = PlaceList(view, front=front)
        listed.count(library.stories.count(), library.threads.unread(), library.threads.waiting())
    else:
        listing = places.rows(place, text=view.text, unread=view.unread)
        listed = PlaceList(view, listing=listing)
        listed.count(listing.total, None if view.text or listing.total is None else listing.unread())
    found = None if still else listed.find(at.item, at.row)
    if found is None and at.story and not still:
        found = _heir(library, listed, at.story)
    cursor = min(at.row, max(0, len(listed) - 1)) if found is None else found
    top = max(0, at.scroll + cursor - at.row)
    rows = listed.fetch(min(top, cursor), max(top, cursor) + WINDOW)
    return LoadedList(listed, rows, cursor, top, "; ".join(library.problems))


def _heir(library: Library, listed: PlaceList, story: str) -> int | None:
    """The row of the thread that holds a story now, or of the story itself."""
    try:
        thread = library.stories.header(story).thread
    except KeyError:
        return None
    found = listed.find(thread or "")
    return listed.find(story) if found is None else found


def load_last(library: Library) -> LoadedList:
    """Load the place where the reader was left, or the front page."""
    library.saved_searches.all()  # so that a fault in their file is shown
    last = library.places.last()
    if last is not None:
        feed = library.feeds.get(last.key) if last.kind == "feed" else None
        place = Place(kind=last.kind, key=last.key, folder=last.folder, name=feed.name if feed else last.key)
        with suppress(QueryError):
            return load_list(library, ListView(place), ListPosition(last.item, last.row, last.scroll))
    return load_list(library, ListView(), ListPosition())


def fetch(library: Library, ids: Iterable[str], search: SearchSession | None) -> LoadedTexts:
    """Load the texts of stories, with the matches of a search."""
    texts = {
        id_: LoadedText(library.stories.get(id_), tuple(library.stories.copies(id_)), tuple(library.stories.versions(id_)))
        for id_ in ids
    }
    if search is None:
        return LoadedTexts(texts, {})
    query = search.query
    return LoadedTexts(
        texts, {id_: marks(text.story, lambda told: library.search.highlights(query, told)) for id_, text in texts.items()}
    )


def gather(
    library: Library,
    row: Thread | StoryHeader,
    story: str | None,
    last: bool,
    width: int,
    search: SearchSession | None,
    *,
    related: bool = True,
) -> OpenedThread | None:
    """Open a thread, or that of a story, at a story, else at its first unread one (or its `last`), else at its first.

    Returns None if it has no stories any more. Without `related`, the thread has no related stories.
    """
    thread: Thread | None
    if isinstance(row, StoryHeader):
        story = story or row.id
        thread = next(iter(library.threads.get_many([row.thread or ""])), None)
    else:
        thread = row
    heads = library.threads.headers(thread.id) if thread else []
    if thread is None or not heads:
        return None
    reading = ReadingPosition(thread, heads, len(heads), related_known=not related)
    if related and reading.wants_related(width):
        reading.add_related(*near(library, thread.id, heads))
    wanted = reading.place_of(story) if story else None
    unread = reading.unread(after=reading.own, by=-1) if last else reading.unread()
    reading.go(next((place for place in (wanted, unread) if place is not None), 0))
    return OpenedThread(reading, fetch(library, [reading.heads[place].id for place in reading.in_sight(width)], search))


def near(library: Library, thread: str, heads: Sequence[StoryHeader]) -> tuple[list[StoryHeader], dict[str, str]]:
    """Find stories of other outlets outside a thread that are surely related to it, nearest first, and thread names by id."""
    best: dict[str, tuple[float, StoryHeader]] = {}
    own = {head.id for head in heads}
    for head in heads[:RELATED_FROM]:
        for found in library.stories.related(head.id, RELATED + len(heads)):
            outside = found.head.thread != thread and found.head.id not in own
            same_outlet = head.outlet_id is not None and found.head.outlet_id == head.outlet_id
            if outside and not same_outlet and found.score >= max(RELATED_LIKENESS, best.get(found.head.id, (0.0, head))[0]):
                best[found.head.id] = (found.score, found.head)
    nearest = [head for _, head in sorted(best.values(), key=lambda scored: (-scored[0], scored[1].id))][:RELATED]
    return nearest, thread_names(library, nearest)


def thread_names(library: Library, heads: Iterable[StoryHeader]) -> dict[str, str]:
    """Find the names of the threads of stories, by id."""
    headings = library.threads.headings({head.thread for head in heads if head.thread})
    return {id_: heading.name for id_, heading in headings.items()}


def newness(library: Library, heads: Iterable[StoryHeader]) -> dict[str, Freshness]:
    """Find what is new in stories, given what was read of their threads; stories in which nothing is known are left out."""
    found = {head.id: library.history.freshness(head.id) for head in heads if library.history.count(head.thread)}
    return {story: fresh for story, fresh in found.items() if fresh.known}
