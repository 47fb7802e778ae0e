"""The user's list of followed threads, and their names for clustered threads."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Collection, Sequence
from functools import partial, reduce
from pathlib import Path
from typing import TYPE_CHECKING

from reader.errors import FollowedThreadsError, QueryError
from reader.library.correction_overlay import REGROUPED
from reader.models import Thread
from reader.storage.store import Store
from reader.text.user_files import read_user_file

if TYPE_CHECKING:
    from reader.clustering.followed import FollowedThread
    from reader.clustering.tfidf import Vector
    from reader.search.index import SearchIndex

_LARGEST = 64 * 1024
"""Maximum size of the list in bytes."""
_NOTE = "followed"
_TERMS = 80
_NEWEST = 400
"""Stories examined per term of a followed thread."""
_QUERY = re.compile(r"[\"*():]|\b(?:AND|OR|NOT)\b")
"""Marks of a query in `about`, as opposed to plain words."""


class FollowedThreads:
    """Names that the user's list of followed threads gives to clustered ones.

    They are stored with a key of everything they depend on: the list, the state of the threads, and which of them the user
    corrected. `problems` lists what in the file could not be used; the rest applies.
    """

    def __init__(self, path: Path, store: Store, index: Callable[[], SearchIndex]) -> None:
        self._path = path
        self._store = store
        self._index = index
        self._names: dict[str, str] = {}
        self._key = ""
        self.problems: tuple[str, ...] = ()

    def exists(self) -> bool:
        """Return whether there is a list."""
        return self._path.exists()

    def names(self, threads: Sequence[Thread]) -> dict[str, str]:
        """Return the user's names, by thread."""
        try:
            text = read_user_file(self._path, _LARGEST)
        except FileNotFoundError:
            self.problems = ()
            return {}
        except OSError as fault:
            self.problems = (f"{self._path} cannot be read ({fault.strerror}); it lists the threads you follow",)
            return {}
        key = f"{hashlib.sha256(text.encode()).hexdigest()} {self._store.log.state('threads')} {self._store.notes.get(REGROUPED)}"
        if key != self._key:
            stored = json.loads(self._store.notes.get(_NOTE) or "[null, {}]")
            self.problems = ()
            self._names = stored[1] if stored[0] == key else self._match(text, threads)
            self._key = key
            if stored[0] != key and not self.problems:
                self._store.notes.set(_NOTE, json.dumps([key, self._names]))
        return self._names

    @property
    def matched(self) -> dict[str, str] | None:
        """Names by thread as last matched in this process; None before that."""
        return self._names if self._key else None

    def stored_name(self, thread: str) -> str | None:
        """Return the user's name of a thread as last matched by any process; None if it has none."""
        if not self.exists():
            return None
        names: dict[str, str] = json.loads(self._store.notes.get(_NOTE) or "[null, {}]")[1]
        return names.get(thread)

    def _match(self, text: str, threads: Sequence[Thread]) -> dict[str, str]:
        """Match the list with the threads; an entry with an invalid query is skipped."""
        from reader.clustering.followed import fit, read_followed

        try:
            listed = read_followed(text, str(self._path))
        except FollowedThreadsError as fault:
            self.problems = (str(fault),)
            return {}
        followed, matched, problems = [], {}, []
        for one in listed:
            if _QUERY.search(one.about):
                try:
                    hits = self._search(one.about)
                except QueryError as fault:
                    problems.append(f"{self._path}, “{one.name}”: invalid query: {fault.message}")
                    continue
                matched[one.name] = {thread.id: len(hits.intersection(thread.stories)) / len(thread.stories) for thread in threads}
            followed.append(one)
        self.problems = tuple(problems)
        matched_ids = {thread for shares in matched.values() for thread, share in shares.items() if share}
        return fit(followed, self._centroids(followed, threads, matched_ids), matched)

    def _search(self, query: str) -> set[str]:
        """Return the ids of all stories that match a query."""
        from reader.library.query_filters import stored_filter
        from reader.search.query import parse

        self._index().include_pending(self._store)
        ranking = self._index().search(parse(query), self._store.stories.count(), partial(stored_filter, self._store))
        return {found.id for found in ranking.found}

    def _centroids(
        self, followed: Sequence[FollowedThread], threads: Sequence[Thread], matched_ids: Collection[str]
    ) -> dict[str, Vector]:
        """Return the vectors of candidate threads: requested ones, and those that share a heavy term with the list."""
        from reader.clustering.tfidf import add, unit
        from reader.library.related import vectors

        terms = {term for one in followed for term in one.vector}
        sharing = self._store.clusters.arrivals_by_term(sorted(terms), _NEWEST).values()
        likely = set(self._store.clusters.stories_by_arrival({arrival for arrivals in sharing for arrival in arrivals}).values())
        chosen = [thread for thread in threads if thread.id in matched_ids or not likely.isdisjoint(thread.stories)]
        found = vectors(self._store, [story for thread in chosen for story in thread.stories])
        return {
            thread.id: unit(reduce(add, (found[story] for story in thread.stories if story in found), {}), _TERMS)
            for thread in chosen
        }
