"""What is asked of the library beside its stories: marks in a query, threads of results, counts, values, queries asked before."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING

from reader.errors import QueryError, SavedSearchError
from reader.library.parts import Parts
from reader.models import Facets, FieldValue, SavedSearch, SourceFailure, Thread, ThreadHeading
from reader.text.tokens import fold

if TYPE_CHECKING:
    from reader.library.came import ImportTally
    from reader.library.saved_searches import SavedSearches

REMEMBERED = 200
"""Queries that are remembered."""
_QUERIES = "queries"
_STATES = ("unread", "read", "starred", "followed", "new")


class Asking(Parts):
    """The part of the library that knows what queries ask of it, and what is shown beside their stories."""

    def threads(self) -> list[Thread]:
        """All threads."""
        raise NotImplementedError

    @cached_property
    def searches(self) -> SavedSearches:
        """The saved searches."""
        from reader.library.saved_searches import SavedSearches

        return SavedSearches(self.folder / "searches.yaml", self._store, lambda: self._index, self._marked)

    def _save_searches(self, searches: Iterable[SavedSearch], source: str, came: ImportTally) -> None:
        """Save the searches of a list; one of a name that is taken already is left as it is."""
        for search in searches:
            try:
                if self.searches.named(search.name) is None:
                    came.saved.append(self.searches.save(search).name)
            except (SavedSearchError, QueryError) as fault:
                came.refused.append(SourceFailure(f"{source}, “{search.name}”", str(fault)))

    # beside the stories

    def headings(self, threads: Iterable[str]) -> dict[str, ThreadHeading]:
        """The threads of these ids by their id, as they are called."""
        found = self._store.headings(threads)
        if not found or not self._follow.exists():
            return found
        if self._following.worked_out is None:
            self.threads()
        names = self._following.worked_out or {}
        return {id: one if one.renamed else replace(one, name=names.get(id, one.name)) for id, one in found.items()}

    def tally(self, query: str) -> Facets:
        """How many stories answer a query, by outlet and by month; raises `QueryError`."""
        from reader.search.query import parse

        asked = parse(query)
        self._index.freshen(self._store)
        return self._store.tally(self._index.every(asked, self._marked))

    def values(self, field: str) -> list[FieldValue]:
        """What a field of a query can be asked for, the commonest first, with how many stories each finds."""
        if field == "is":
            counted = {"unread": self._store.unread(), "starred": len(self._store.marked("starred"))}
            return [FieldValue(state, counted.get(state)) for state in _STATES]
        if field != "thread":
            return self._store.values(field)
        named: dict[str, int] = {}
        for thread in self.threads():
            if not thread.waiting:
                named[thread.name] = named.get(thread.name, 0) + len(thread.stories)
        return [FieldValue(name, number) for name, number in sorted(named.items(), key=lambda one: (-one[1], one[0]))]

    def prepare_search(self) -> None:
        """Open the index: the first letter typed need not wait for it then."""
        from reader.search.query import parse

        self._index.freshen(self._store)
        self._index.count(parse("title:word"), self._marked)

    # queries asked before

    def queries(self) -> list[str]:
        """The queries that were asked before, the last first."""
        return [str(query) for query in json.loads(self._store.note(_QUERIES) or "[]")]

    def remember_query(self, query: str) -> None:
        """Remember a query as the last one asked."""
        kept = [query, *(other for other in self.queries() if other != query)]
        self._store.set_note(_QUERIES, json.dumps(kept[:REMEMBERED]))

    # marks

    def _find(self, query: str) -> set[str]:
        """The ids of all stories a query finds."""
        from reader.search.query import parse

        self._index.freshen(self._store)
        return {found.id for found in self._index.search(parse(query), self._store.count(), self._simply_marked).found}

    def _marked(self, kind: str, text: str) -> Collection[str]:
        """The ids of the stories that something holds of, as `is:starred` and `thread:ferry` ask."""
        if (kind, text) == ("is", "followed"):
            threads = self._store.threads()
            followed = self._following.names(threads, self._find)
            return [story for thread in threads if thread.followed or thread.id in followed for story in thread.stories]
        if kind == "thread":
            return self._store.stories_in(self._called(text))
        return self._simply_marked(kind, text)

    def _called(self, text: str) -> list[str]:
        """The threads of which a text is the id or a part of the name."""
        if self._follow.exists() and self._following.worked_out is None:
            self.threads()
        own = self._following.worked_out or {} if self._follow.exists() else {}
        wanted = fold(text)
        names = ((id, name if renamed else own.get(id, name)) for id, name, renamed in self._store.names())
        return [id for id, name in names if id == text or wanted in fold(name)]

    def _simply_marked(self, kind: str, text: str) -> Collection[str]:
        """The same of what asks for no thread: the followed ones are found by asking."""
        if kind == "is" and text in ("read", "starred"):
            return self._store.marked(text)
        return self._store.tagged(text) if kind == "tag" else ()
