"""Filters of queries that the store resolves: `is:`, `tag:`, `thread:` and `outlet:`."""

from __future__ import annotations

import re
from collections.abc import Collection

from reader.library.threads import Threads
from reader.storage.store import Store
from reader.text.tokens import fold

_WORDS = re.compile(r"[^\W_]+")


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
    """Resolve a filter that does not depend on threads: followed threads themselves are matched by queries."""
    if kind == "is" and text in ("read", "starred"):
        return store.flags.ids(text)
    if kind == "outlet":
        return store.outlets.story_ids(identity for identity, name in store.outlets.names().items() if matches_name(name, text))
    return store.feeds.tagged_stories(text) if kind == "tag" else ()


def matches_name(name: str, text: str) -> bool:
    """Whether a text is a run of words of an outlet's name, or all of them without spaces; a trailing `*` matches any end."""
    begun = text.endswith("*")
    words, wanted = ([fold(word) for word in _WORDS.findall(part)] for part in (name, text))
    if not wanted:
        return False
    whole, query = "".join(words), "".join(wanted)
    if whole.startswith(query) if begun else whole == query:
        return True
    runs = (words[at : at + len(wanted)] for at in range(len(words) - len(wanted) + 1))
    return any(run[:-1] == wanted[:-1] and (run[-1].startswith(wanted[-1]) if begun else run[-1] == wanted[-1]) for run in runs)
