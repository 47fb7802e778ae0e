"""The threads in the order of the list, found by their id or by one of their stories, and counted once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import overload

from reader.model import Thread


class ThreadList(Sequence[Thread]):
    """Threads; made in a worker thread, for many of them take a while to be counted.

    `unread` counts stories, but not those of muted threads; `waiting` those that are not tied to others yet; `tied` counts the
    other threads.
    """

    def __init__(self, threads: Iterable[Thread] = ()) -> None:
        self._threads = list(threads)
        self._places = {thread.id: place for place, thread in enumerate(self._threads)}
        self._holders = {story: place for place, thread in enumerate(self._threads) for story in thread.stories}
        self.unread = sum(thread.unread for thread in self._threads if not thread.muted)
        self.waiting = sum(thread.waiting for thread in self._threads)
        self.tied = len(self._threads) - self.waiting

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
        return same if same is not None else self.holder(story or thread.stories[0])

    def recount(self, story: str, by: int) -> None:
        """Count so many unread stories more in the thread of a story."""
        place = self.holder(story)
        if place is not None:
            thread = self._threads[place]
            self.put(place, replace(thread, unread=min(len(thread.stories), max(0, thread.unread + by))))

    def calls(self, place: int) -> bool:
        """Whether a thread has anything unread that the reader wants to hear of."""
        thread = self._threads[place]
        return bool(thread.unread) and not thread.muted

    def put(self, place: int, thread: Thread) -> None:
        """Put a thread in the place of what it was, where it stays until the library has told where all stand now."""
        before = self._threads[place]
        self._threads[place] = thread
        self.unread += thread.unread * (not thread.muted) - before.unread * (not before.muted)
