"""One library: what may be asked of it, in whole calls that any thread may make."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from reader.errors import FollowedThreadsError
from reader.library.comparison import Comparing
from reader.library.importer import Incoming
from reader.library.reading_history import Remembering
from reader.models import (
    Explanation,
    Origin,
    RelatedStory,
    SearchMatch,
    SearchResults,
    Span,
    Story,
    StoryHeader,
    Suggestion,
    Thread,
    ThreadEvent,
    Version,
)


class Library(Incoming, Comparing, Remembering):
    """The stories kept in one folder, their threads and their index.

    Raises `ShelfError` where the folder cannot be used and `FollowedThreadsError` where the list of followed threads cannot.
    """

    @classmethod
    def open(cls, folder: Path, *, follow: Path | None = None) -> Library:
        """The library in `folder`, made if there is none; `follow` is a list of followed threads to use instead of its own."""
        if follow and not follow.is_file():
            raise FollowedThreadsError(f"{follow}: there is no such file; it should list the threads you follow")
        return cls(folder, follow)

    # Threads and stories

    def threads(self) -> list[Thread]:
        """All threads, by the reader's own names where they have one: pinned first, muted last, of each the latest first."""
        threads = self._store.threads()
        if not threads or not self._follow.exists():
            return threads
        names = self._following.names(threads, self._find)
        return [thread if thread.renamed else replace(thread, name=names.get(thread.id, thread.automatic)) for thread in threads]

    def thread(self, id: str) -> Thread | None:
        """One thread, None if there is none of this id."""
        return next((thread for thread in self.threads() if thread.id == id), None)

    def heads(self, thread: str) -> list[StoryHeader]:
        """The stories of a thread, the oldest first."""
        return self._store.heads(thread=thread)

    def head(self, story: str) -> StoryHeader:
        """What a list tells of one story; raises KeyError if there is none."""
        for head in self._store.heads(ids=[story]):
            return head
        raise KeyError(story)

    def story(self, id: str) -> Story:
        """One story whole; raises KeyError if there is none."""
        return self._store.story(id)

    def find(self, prefix: str) -> list[str]:
        """The ids of stories that begin so."""
        return self._store.find(prefix)

    def versions(self, story: str) -> list[Version]:
        """The older wordings of a story, the latest first."""
        return self._store.versions(story)

    def origins(self, story: str) -> list[Origin]:
        """The places where a story is found."""
        return self._store.origins(story)

    def copies(self, story: str) -> list[StoryHeader]:
        """The stories of others that have the very same text."""
        return self._store.heads(ids=self._store.copies(story))

    def related(self, story: str, limit: int = 10) -> list[RelatedStory]:
        """The stories nearest to one, the nearest first, of its own thread and of others, with what ties each of them to it."""
        from reader.library.near import near, vectors
        from reader.library.related import related

        own = vectors(self._store, [story]).get(story)
        return [] if own is None else related(self._store, story, near(self._store, own, limit, without={story}))

    def why(self, story: str, other: str) -> Explanation:
        """What ties two stories; raises KeyError if there is none of an id."""
        from reader.library.related import why

        return why(self._store, story, other)

    def why_thread(self, story: str) -> Explanation:
        """What ties a story to its thread; raises KeyError if there is none."""
        from reader.library.related import why_thread

        return why_thread(self._store, story)

    def timeline(self, thread: str) -> list[ThreadEvent]:
        """The events of a thread with their stories, the earliest first; none if there is no such thread."""
        from reader.library.timeline import timeline

        return timeline(self._store, thread)

    def also_in(self, thread: str) -> list[StoryHeader]:
        """The stories of other threads that belong to this one too, the nearest first; they stay where they are."""
        from reader.library.also import also_in

        return also_in(self._store, thread)

    # Search

    def search(self, query: str, limit: int = 50, *, newest: bool = False, snippets: bool = True) -> SearchResults:
        """The stories a query finds, the best first, or the newest (those that state no date last); raises `QueryError`.

        Without `snippets` their texts are not looked at, and the matches have none.
        """
        from reader.search.query import parse

        asked = parse(query)
        self._index.freshen(self._store)
        ranking = self._index.search(asked, limit, self._marked, newest=newest)
        ids = [found.id for found in ranking.found]
        heads = {head.id: head for head in self._store.heads(ids=ids)}
        told = self.snippets(query, ids) if snippets else {}
        matches = (
            SearchMatch(heads[found.id], found.score, *told.get(found.id, ("", ()))) for found in ranking.found if found.id in heads
        )
        return SearchResults(query, tuple(matches), ranking.total)

    def snippets(self, query: str, stories: Iterable[str]) -> dict[str, tuple[str, tuple[Span, ...]]]:
        """The passage of each of these stories that shows best why a query finds it, and where its hits stand in it."""
        from reader.search.query import parse
        from reader.search.snippets import snippet

        asked = parse(query)
        return {story.id: snippet(story.body, asked) for story in self._store.stories(stories)}

    def hits(self, query: str, text: str) -> list[Span]:
        """Where the words of a query stand in a text; raises `QueryError`."""
        from reader.search.query import parse

        return parse(query).hits(text)

    def advice(self, query: str) -> Suggestion:
        """What to try where a query found nothing; raises `QueryError`."""
        from reader.search.query import parse
        from reader.search.suggestions import advise

        parse(query)
        return advise(query, self._store.outlets, lambda query: self._index.count(parse(query), self._marked), self._index.suggest)

    # The reader's marks

    def mark_read(self, ids: Sequence[str], on: bool) -> None:
        """Mark stories read, or unread."""
        self._store.set_read(ids, on)

    def mark_starred(self, ids: Sequence[str], on: bool) -> None:
        """Star stories, or take their stars away."""
        self._store.set_starred(ids, on)

    def mark_seen(self, ids: Sequence[str]) -> None:
        """Note that the reader has seen these stories in a thread that is followed: they are new there no more."""
        self._store.set_seen(ids)

    def count(self) -> int:
        """How many stories there are."""
        return self._store.count()

    def unread(self) -> int:
        """How many stories are unread."""
        return self._store.unread()
