"""What the home screen asks of the library, in whole answers. It runs in worker threads and touches nothing of the screen."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from reader.models import Story, StoryHeader, Thread, Version
from reader.tui.state.reading_position import ReadingPosition
from reader.tui.state.search_session import Marks, SearchSession, marks

if TYPE_CHECKING:
    from reader.library import Freshness, Library

RELATED = 9
"""How many related stories follow a thread's own."""
ASKED_FOR_RELATED = 4
"""From how many of a thread's stories the related ones are gathered."""


@dataclass(frozen=True, slots=True)
class LoadedText:
    """A story with what is known of its text: others that tell it word for word, its older wordings, the latest first."""

    story: Story
    copies: tuple[StoryHeader, ...] = ()
    versions: tuple[Version, ...] = ()

    def wording(self, number: int) -> Story:
        """The story as it reads now (0), or as it read before (1: last)."""
        return self.versions[number - 1].story if number else self.story


@dataclass(frozen=True, slots=True)
class LoadedTexts:
    """Texts, and where a search's hits stand in them, by the stories' ids."""

    texts: dict[str, LoadedText]
    hits: dict[str, Marks]


@dataclass(frozen=True, slots=True)
class OpenedThread:
    """A thread opened: where to read, and the texts in sight."""

    reading: ReadingPosition
    fetched: LoadedTexts


def fetch(library: Library, ids: Iterable[str], hunt: SearchSession | None) -> LoadedTexts:
    """The texts of stories, with the hits of a search where one is on."""
    texts = {
        id_: LoadedText(library.stories.get(id_), tuple(library.stories.copies(id_)), tuple(library.stories.versions(id_)))
        for id_ in ids
    }
    if hunt is None:
        return LoadedTexts(texts, {})
    query = hunt.query
    return LoadedTexts(
        texts, {id_: marks(text.story, lambda told: library.search.highlights(query, told)) for id_, text in texts.items()}
    )


def gather(
    library: Library, thread: Thread, story: str | None, last: bool, width: int, hunt: SearchSession | None
) -> OpenedThread | None:
    """A thread opened at a story, else at its first unread one (or its `last`), else at its first; None if it is no more."""
    heads = library.saved_searches.heads(thread.query) if thread.query else library.threads.headers(thread.id)
    if not heads:
        return None
    reading = ReadingPosition(thread, heads, len(heads))
    if reading.wants_related(width):
        reading.add_related(near(library, thread.id, heads))
    wanted = reading.place_of(story) if story else None
    unread = reading.unread(after=reading.own, by=-1) if last else reading.unread()
    reading.at = next((place for place in (wanted, unread) if place is not None), 0)
    return OpenedThread(reading, fetch(library, [reading.heads[place].id for place in reading.in_sight(width)], hunt))


def near(library: Library, thread: str, heads: Sequence[StoryHeader]) -> list[StoryHeader]:
    """Stories outside a thread that are related to it, the nearest first."""
    best: dict[str, tuple[float, StoryHeader]] = {}
    own = {head.id for head in heads}
    for head in heads[:ASKED_FOR_RELATED]:
        for found in library.stories.related(head.id, RELATED + len(heads)):
            if found.head.thread != thread and found.head.id not in own and found.score > best.get(found.head.id, (0.0, head))[0]:
                best[found.head.id] = (found.score, found.head)
    return [head for _, head in sorted(best.values(), key=lambda scored: (-scored[0], scored[1].id))][:RELATED]


def newness(library: Library, heads: Iterable[StoryHeader]) -> dict[str, Freshness]:
    """What is new in stories after what was read of their threads, by their ids; none for one in which nothing is known."""
    found = {head.id: library.history.freshness(head.id) for head in heads if library.history.count(head.thread)}
    return {story: fresh for story, fresh in found.items() if fresh.known}
