"""Threads of a library, under the user's names if there are any."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from msgspec.structs import replace

from reader.library.followed_threads import FollowedThreads
from reader.models import StoryHeader, Thread, ThreadEvent, ThreadHeading
from reader.storage.store import Store
from reader.text.tokens import fold


class Threads:
    """Threads by id."""

    def __init__(self, store: Store, followed: FollowedThreads) -> None:
        self._store = store
        self._followed = followed

    def all(self) -> list[Thread]:
        """Return all threads: pinned first, muted last, otherwise latest first."""
        threads = self._store.threads.all()
        if not threads or not self._followed.exists():
            return threads
        names = self._followed.names(threads)
        return [thread if thread.renamed else replace(thread, name=names.get(thread.id, thread.automatic)) for thread in threads]

    @property
    def problems(self) -> tuple[str, ...]:
        """Problems in the list of followed threads when it was last read."""
        return self._followed.problems

    def get(self, id: str) -> Thread | None:
        """Return a thread; None for an unknown id."""
        return next((thread for thread in self.all() if thread.id == id), None)

    def get_many(self, ids: Iterable[str]) -> list[Thread]:
        """Return these threads in the order of the ids, without unknown and unclustered ones."""
        found = self._store.threads.get_many(ids)
        if not found or not self._followed.exists():
            return found
        names = self._names()
        return [one if one.renamed else replace(one, name=names.get(one.id, one.name)) for one in found]

    def followed(self) -> list[Thread]:
        """Return the threads that the user marked as followed."""
        return self.get_many(self._store.threads.followed())

    def unread(self) -> int:
        """Return how many stories outside muted threads are unread."""
        return self._store.flags.unread_count() - self._store.threads.muted_unread()

    def waiting(self) -> int:
        """Return how many stories are not grouped yet."""
        return self._store.threads.waiting()

    def headers(self, thread: str) -> list[StoryHeader]:
        """Return the stories of a thread without their texts, oldest first."""
        return self._store.stories.headers(thread=thread)

    def headings(self, ids: Iterable[str]) -> dict[str, ThreadHeading]:
        """Return names and sizes of these threads, by id."""
        found = self._store.threads.headings(ids)
        if not found or not self._followed.exists():
            return found
        names = self._names()
        return {id: one if one.renamed else replace(one, name=names.get(id, one.name)) for id, one in found.items()}

    def matching(self, text: str) -> list[str]:
        """Return the ids of threads whose id is the text or whose name contains it."""
        own = self._names() if self._followed.exists() else {}
        wanted = fold(text)
        names = ((id, name if renamed else own.get(id, name)) for id, name, renamed in self._store.threads.names())
        return [id for id, name in names if id == text or wanted in fold(name)]

    def followed_stories(self) -> list[str]:
        """Return the ids of the stories in followed threads."""
        threads = self._store.threads.all()
        followed = self._followed.names(threads)
        return [story for thread in threads if thread.followed or thread.id in followed for story in thread.stories]

    def timeline(self, thread: str, cancelled: Callable[[], bool] = lambda: False) -> list[ThreadEvent]:
        """Return the events of a thread with their stories, earliest first; empty for an unknown thread.

        Raises WorkCancelled soon after `cancelled` returns true.
        """
        from reader.library.timeline import timeline

        return timeline(self._store, thread, cancelled)

    def also_in(self, thread: str) -> list[StoryHeader]:
        """Return stories of other threads that also belong to this one, most similar first; they stay in their threads."""
        from reader.library.related import also_in

        return also_in(self._store, thread)

    def _names(self) -> dict[str, str]:
        """Return the names of followed threads as last matched in this process."""
        if self._followed.matched is None:
            self.all()
        return self._followed.matched or {}
