"""The reader's own names: a list of followed threads, and which found threads they name."""

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

if TYPE_CHECKING:
    from reader.clustering.followed import FollowedThread
    from reader.clustering.tfidf import Vector
    from reader.search.index import SearchIndex

_NOTE = "followed"
_TERMS = 80
_NEWEST = 400
"""Stories looked at for each term of a followed thread."""
_QUERY = re.compile(r"[\"*():]|\b(?:AND|OR|NOT)\b")
"""What makes an `about` a query: anything that is not plain words."""


class FollowedThreads:
    """The names that followed threads give to found ones.

    They are kept with what they were worked out from: the list, the state of the threads, and which the reader made others.
    """

    def __init__(self, path: Path, store: Store, index: Callable[[], SearchIndex]) -> None:
        self._path = path
        self._store = store
        self._index = index
        self._kept: dict[str, str] = {}
        self._key = ""

    def exists(self) -> bool:
        """Tell whether there is a list."""
        return self._path.exists()

    def names(self, threads: Sequence[Thread]) -> dict[str, str]:
        """Return the user's names by thread; raises `FollowedThreadsError`."""
        try:
            data = self._path.read_bytes()
        except FileNotFoundError:
            return {}
        except OSError as fault:
            raise FollowedThreadsError(
                f"{self._path} cannot be read ({fault.strerror}); it lists the threads you follow"
            ) from fault
        key = f"{hashlib.sha256(data).hexdigest()} {self._store.log.state('threads')} {self._store.notes.get(REGROUPED)}"
        if key != self._key:
            noted = self._noted(key)
            self._kept = self._match(data, threads) if noted is None else noted
            self._key = key
            if noted is None:
                self._store.notes.set(_NOTE, json.dumps([key, self._kept]))
        return self._kept

    @property
    def matched(self) -> dict[str, str] | None:
        """The names by thread as they were matched last in this process; None if they never were."""
        return self._kept if self._key else None

    def stored_name(self, thread: str) -> str | None:
        """Return the user's name of a thread as it was matched last by any process; None if it has none."""
        if not self.exists():
            return None
        names: dict[str, str] = json.loads(self._store.notes.get(_NOTE) or "[null, {}]")[1]
        return names.get(thread)

    def _noted(self, key: str) -> dict[str, str] | None:
        """The names kept by an earlier start, if they were worked out from the same."""
        noted = json.loads(self._store.notes.get(_NOTE) or "[null, {}]")
        return noted[1] if noted[0] == key else None

    def _match(self, data: bytes, threads: Sequence[Thread]) -> dict[str, str]:
        """Match the list, as its file holds it, with the threads."""
        from reader.clustering.followed import fit, read_followed
        from reader.text.encoding import decode

        followed = read_followed(decode(data), str(self._path))
        matched = {}
        for one in followed:
            if _QUERY.search(one.about):
                try:
                    hits = self._search(one.about)
                except QueryError as fault:
                    raise FollowedThreadsError(f"{self._path}, “{one.name}”: its query cannot be asked: {fault.message}") from fault
                matched[one.name] = {thread.id: len(hits.intersection(thread.stories)) / len(thread.stories) for thread in threads}
        asked = {thread for shares in matched.values() for thread, share in shares.items() if share}
        return fit(followed, self._centroids(followed, threads, asked), matched)

    def _search(self, query: str) -> set[str]:
        """Return the ids of all stories that a query finds."""
        from reader.library.query_filters import stored_filter
        from reader.search.query import parse

        self._index().freshen(self._store)
        ranking = self._index().search(parse(query), self._store.stories.count(), partial(stored_filter, self._store))
        return {found.id for found in ranking.found}

    def _centroids(
        self, followed: Sequence[FollowedThread], threads: Sequence[Thread], asked: Collection[str]
    ) -> dict[str, Vector]:
        """The vectors of the threads that may fit: those asked for, and those that share a heavy term with a followed one."""
        from reader.clustering.tfidf import add, unit
        from reader.library.related import vectors

        terms = {term for one in followed for term in one.vector}
        sharing = self._store.clusters.arrivals_by_term(sorted(terms), _NEWEST).values()
        likely = set(self._store.clusters.stories_by_arrival({arrival for arrivals in sharing for arrival in arrivals}).values())
        chosen = [thread for thread in threads if thread.id in asked or not likely.isdisjoint(thread.stories)]
        found = vectors(self._store, [story for thread in chosen for story in thread.stories])
        return {
            thread.id: unit(reduce(add, (found[story] for story in thread.stories if story in found), {}), _TERMS)
            for thread in chosen
        }
