"""What the main screen loads from the library, one function per request; they run in worker threads and touch no widget."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from reader.models import Story, StoryHeader, Thread, Version
from reader.tui.state.reading_position import ReadingPosition
from reader.tui.state.search_session import Marks, SearchSession, marks
from reader.tui.state.thread_list import ThreadList

if TYPE_CHECKING:
    from reader.library import Freshness, Library

RELATED = 9
"""Related stories after a thread's own."""
RELATED_FROM = 4
"""Stories of a thread whose related stories are gathered."""
RELATED_LIKENESS = 0.65
"""The least likeness of a related story: from it on, stories of two outlets are about one matter."""


@dataclass(frozen=True, slots=True)
class LoadedText:
    """A story with its copies (stories with the same text) and its earlier versions, newest first."""

    story: Story
    copies: tuple[StoryHeader, ...] = ()
    versions: tuple[Version, ...] = ()

    def version(self, number: int) -> Story:
        """The newest version (0), or an earlier one (1 for the one before it)."""
        return self.versions[number - 1].story if number else self.story


@dataclass(frozen=True, slots=True)
class LoadedTexts:
    """Texts, and the matches of a search in them, by story id."""

    texts: dict[str, LoadedText]
    hits: dict[str, Marks]


@dataclass(frozen=True, slots=True)
class OpenedThread:
    """A thread that was opened: the position in it, and the visible texts."""

    reading: ReadingPosition
    texts: LoadedTexts


def list_threads(library: Library, shown: ThreadList) -> tuple[ThreadList, str]:
    """Load the saved searches and the threads, and the problems of files kept by hand ("" for none).

    Searches take over the counts of those `shown` already, for counting them takes longer than loading the threads.
    """
    threads = ThreadList(library.threads.all())
    found = library.saved_searches.names()
    counted = {search.id: search for search in shown[: shown.searches]}
    known = [counted.get(search.id, search) for search in found]
    searches = [old if old.query == new.query else new for old, new in zip(known, found, strict=True)]
    return threads.below(searches), "; ".join(library.problems)


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
    thread: Thread,
    story: str | None,
    last: bool,
    width: int,
    search: SearchSession | None,
    *,
    related: bool = True,
) -> OpenedThread | None:
    """Open a thread at a story, else at its first unread one (or its `last`), else at its first; None if it has no stories.

    Without `related`, the thread has no related stories.
    """
    heads = library.saved_searches.heads(thread.query) if thread.query else library.threads.headers(thread.id)
    if not heads:
        return None
    reading = ReadingPosition(thread, heads, len(heads), related_known=not related)
    if related and reading.wants_related(width):
        reading.add_related(near(library, thread.id, heads))
    wanted = reading.place_of(story) if story else None
    unread = reading.unread(after=reading.own, by=-1) if last else reading.unread()
    reading.go(next((place for place in (wanted, unread) if place is not None), 0))
    return OpenedThread(reading, fetch(library, [reading.heads[place].id for place in reading.in_sight(width)], search))


def near(library: Library, thread: str, heads: Sequence[StoryHeader]) -> list[StoryHeader]:
    """Find stories outside a thread, of other outlets, that are surely related to it, nearest first."""
    best: dict[str, tuple[float, StoryHeader]] = {}
    own = {head.id for head in heads}
    for head in heads[:RELATED_FROM]:
        for found in library.stories.related(head.id, RELATED + len(heads)):
            outside = found.head.thread != thread and found.head.id not in own
            same_outlet = head.outlet_id is not None and found.head.outlet_id == head.outlet_id
            if outside and not same_outlet and found.score >= max(RELATED_LIKENESS, best.get(found.head.id, (0.0, head))[0]):
                best[found.head.id] = (found.score, found.head)
    return [head for _, head in sorted(best.values(), key=lambda scored: (-scored[0], scored[1].id))][:RELATED]


def newness(library: Library, heads: Iterable[StoryHeader]) -> dict[str, Freshness]:
    """Find what is new in stories, given what was read of their threads; stories in which nothing is known are left out."""
    found = {head.id: library.history.freshness(head.id) for head in heads if library.history.count(head.thread)}
    return {story: fresh for story, fresh in found.items() if fresh.known}
