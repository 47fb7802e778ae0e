"""The filters of a query that the store resolves: `is:`, `tag:` and `thread:`."""

from __future__ import annotations

from collections.abc import Collection

from reader.library.threads import Threads
from reader.storage.store import Store


class QueryFilters:
    """Resolves a filter of a query to the stories that pass it; the search index calls it."""

    def __init__(self, store: Store, threads: Threads) -> None:
        self._store = store
        self._threads = threads

    def __call__(self, kind: str, text: str) -> Collection[str]:
        """Return the ids of the stories that pass a filter, such as `is:starred` and `thread:ferry`."""
        if (kind, text) == ("is", "followed"):
            return self._threads.followed_stories()
        if kind == "thread":
            return self._store.threads.story_ids(self._threads.matching(text))
        return stored_filter(self._store, kind, text)


def stored_filter(store: Store, kind: str, text: str) -> Collection[str]:
    """Resolve a filter that no thread has a part in: the followed threads themselves are found by queries."""
    if kind == "is" and text in ("read", "starred"):
        return store.flags.ids(text)
    return store.feeds.tagged_stories(text) if kind == "tag" else ()
