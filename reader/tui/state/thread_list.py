"""The listed threads in order, found by their id or by one of their stories, with their totals."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import overload

from reader.models import Thread


class ThreadList(Sequence[Thread]):
    """Saved searches, then threads; built in a worker thread, since many threads take a while to count.

    The stories of a saved search belong to threads, and are counted there. `unread` is the number of unread stories outside muted
    threads, `ungrouped` the number of stories that are not grouped yet, `grouped` the number of the other threads.
    """

    def __init__(self, threads: Iterable[Thread] = (), searches: Sequence[Thread] = ()) -> None:
        self._threads = [*searches, *threads]
        self.searches = len(searches)
        self._places = {thread.id: place for place, thread in enumerate(self._threads)}
        found = enumerate(self._threads[self.searches :], self.searches)
        self._holders = {story: place for place, thread in found for story in thread.stories}
        self.unread = sum(thread.unread for thread in self._threads[self.searches :] if not thread.muted)
        self.ungrouped = sum(thread.waiting for thread in self._threads)
        self.grouped = len(self._threads) - self.searches - self.ungrouped

    def below(self, searches: Sequence[Thread]) -> ThreadList:
        """The same threads below these saved searches."""
        return ThreadList(self._threads[self.searches :], searches) if searches or self.searches else self

    def put_searches(self, searches: Sequence[Thread]) -> bool:
        """Update the counts of the saved searches; returns False, and changes nothing, if these are others."""
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
        """The place of a thread by its id, None if it is not listed."""
        return self._places.get(thread) if thread is not None else None

    def holder(self, story: str) -> int | None:
        """The place of the thread of a story, None if it is in none."""
        return self._holders.get(story)

    def heir(self, thread: Thread, story: str | None = None) -> int | None:
        """The place of a thread of an older list: by its id, else by the given story or its first one."""
        same = self.place(thread.id)
        first = story or next(iter(thread.stories), None)
        return same if same is not None or first is None else self.holder(first)

    def recount(self, story: str, by: int) -> None:
        """Add to the unread count of the thread of a story, and of the saved searches that find it."""
        place = self.holder(story)
        if place is not None:
            self._recount(place, by)
        for place in range(self.searches):
            if story in self._threads[place].stories:
                self._recount(place, by)

    def _recount(self, place: int, by: int) -> None:
        thread = self._threads[place]
        self.put(place, replace(thread, unread=min(thread.total or len(thread.stories), max(0, thread.unread + by))))

    def is_next_unread(self, place: int) -> bool:
        """Whether a place is a thread with unread stories that is not muted; a saved search is not one."""
        thread = self._threads[place]
        return bool(thread.unread) and not thread.muted and not thread.query

    def put(self, place: int, thread: Thread) -> None:
        """Replace a thread by a newer version of itself; it keeps its place until the threads are loaded again."""
        before = self._threads[place]
        self._threads[place] = thread
        if place >= self.searches:
            self.unread += thread.unread * (not thread.muted) - before.unread * (not before.muted)
