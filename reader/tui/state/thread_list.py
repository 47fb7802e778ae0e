"""The threads in the order of the list, found by their id or by one of their stories, and counted once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import overload

from reader.models import Thread


class ThreadList(Sequence[Thread]):
    """Threads; made in a worker thread, for many of them take a while to be counted.

    Saved searches stand before them; their stories are those of other threads, and counted there. `unread` counts stories, but not
    those of muted threads; `waiting` those that are not tied to others yet; `tied` counts the other threads.
    """

    def __init__(self, threads: Iterable[Thread] = (), searches: Sequence[Thread] = ()) -> None:
        self._threads = [*searches, *threads]
        self.searches = len(searches)
        self._places = {thread.id: place for place, thread in enumerate(self._threads)}
        found = enumerate(self._threads[self.searches :], self.searches)
        self._holders = {story: place for place, thread in found for story in thread.stories}
        self.unread = sum(thread.unread for thread in self._threads[self.searches :] if not thread.muted)
        self.waiting = sum(thread.waiting for thread in self._threads)
        self.tied = len(self._threads) - self.searches - self.waiting

    def below(self, searches: Sequence[Thread]) -> ThreadList:
        """The same threads below these saved searches."""
        return ThreadList(self._threads[self.searches :], searches) if searches or self.searches else self

    def put_searches(self, searches: Sequence[Thread]) -> bool:
        """Put newer counts of the same saved searches in their places; False, and nothing is changed, where they are others."""
        same = [search.id for search in searches] == [search.id for search in self._threads[: self.searches]]
        if same:
            self._threads[: self.searches] = searches
        return same

    def __len__(self) -> int:
        return len(self._threads)

    @overload
    def __getitem__(self, place: int) -> Thread: ...

    @overload
    def __getitem__(self, place: slice) -> list[Thread]: ...

    def __getitem__(self, place: int | slice) -> Thread | list[Thread]:
        return self._threads[place]

    def place(self, thread: str | None) -> int | None:
        """Where a thread stands, None if it is not among them."""
        return self._places.get(thread) if thread is not None else None

    def holder(self, story: str) -> int | None:
        """Where the thread of a story stands, None if it is in none of them."""
        return self._holders.get(story)

    def heir(self, thread: Thread, story: str | None = None) -> int | None:
        """Where a thread of an older list stands in this one: by its id, else by the story given or its first."""
        same = self.place(thread.id)
        first = story or next(iter(thread.stories), None)
        return same if same is not None or first is None else self.holder(first)

    def recount(self, story: str, by: int) -> None:
        """Count so many unread stories more in the thread of a story, and in the saved searches that find it."""
        place = self.holder(story)
        if place is not None:
            self._recount(place, by)
        for place in range(self.searches):
            if story in self._threads[place].stories:
                self._recount(place, by)

    def _recount(self, place: int, by: int) -> None:
        thread = self._threads[place]
        self.put(place, replace(thread, unread=min(thread.total or len(thread.stories), max(0, thread.unread + by))))

    def calls(self, place: int) -> bool:
        """Whether a thread has anything unread to hear of; what a saved search finds stands in threads too."""
        thread = self._threads[place]
        return bool(thread.unread) and not thread.muted and not thread.query

    def put(self, place: int, thread: Thread) -> None:
        """Put a thread in the place of what it was, where it stays until the library has told where all stand now."""
        before = self._threads[place]
        self._threads[place] = thread
        if place >= self.searches:
            self.unread += thread.unread * (not thread.muted) - before.unread * (not before.muted)
