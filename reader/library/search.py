"""The search of a library: stories, snippets, counts, suggestions, and the queries asked before."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from reader.models import Facets, FieldValue, SearchMatch, SearchResults, Span, Suggestion
from reader.storage.store import Store

if TYPE_CHECKING:
    from reader.library.query_filters import QueryFilters
    from reader.library.threads import Threads
    from reader.search.index import SearchIndex

REMEMBERED = 200
"""Queries that are remembered."""
_QUERIES = "queries"
_STATES = ("unread", "read", "starred", "followed", "new")


class StorySearch:
    """Finds stories by query; raises `QueryError` for a query that cannot be parsed."""

    def __init__(self, store: Store, index: Callable[[], SearchIndex], threads: Threads, filters: QueryFilters) -> None:
        self._store = store
        self._index = index
        self._threads = threads
        self._filters = filters

    def run(self, query: str, limit: int = 50, *, newest: bool = False, snippets: bool = True) -> SearchResults:
        """Find the best stories for a query, or the newest (undated ones last).

        Without `snippets` their texts are not read, and the matches have none.
        """
        from reader.search.query import parse

        parsed = parse(query)
        self._index().freshen(self._store)
        ranking = self._index().search(parsed, limit, self._filters, newest=newest)
        ids = [found.id for found in ranking.found]
        headers = {header.id: header for header in self._store.stories.headers(ids=ids)}
        texts = self.snippets(query, ids) if snippets else {}
        matches = (
            SearchMatch(headers[found.id], found.score, *texts.get(found.id, ("", ())))
            for found in ranking.found
            if found.id in headers
        )
        return SearchResults(query, tuple(matches), ranking.total)

    def snippets(self, query: str, stories: Iterable[str]) -> dict[str, tuple[str, tuple[Span, ...]]]:
        """Return the passage of each of these stories with the most hits, and where the hits are in it."""
        from reader.search.query import parse
        from reader.search.snippets import snippet

        parsed = parse(query)
        return {story.id: snippet(story.body, parsed) for story in self._store.stories.get_many(stories)}

    def highlights(self, query: str, text: str) -> list[Span]:
        """Return where the words of a query are in a text."""
        from reader.search.query import parse

        return parse(query).hits(text)

    def suggest(self, query: str) -> Suggestion:
        """Suggest another query for one that found nothing."""
        from reader.search.query import parse
        from reader.search.suggestions import advise

        parse(query)
        index = self._index()
        return advise(query, self._store.facets.outlets, lambda other: index.count(parse(other), self._filters), index.suggest)

    def facets(self, query: str) -> Facets:
        """Count the stories that a query finds, by outlet and by month."""
        from reader.search.query import parse

        parsed = parse(query)
        self._index().freshen(self._store)
        return self._store.facets.count(self._index().every(parsed, self._filters))

    def field_values(self, field: str) -> list[FieldValue]:
        """Return the values of a query field, the most frequent first, with how many stories each finds."""
        if field == "is":
            counted = {"unread": self._store.flags.unread_count(), "starred": len(self._store.flags.ids("starred"))}
            return [FieldValue(state, counted.get(state)) for state in _STATES]
        if field != "thread":
            return self._store.facets.values(field)
        named: dict[str, int] = {}
        for thread in self._threads.all():
            if not thread.waiting:
                named[thread.name] = named.get(thread.name, 0) + len(thread.stories)
        return [FieldValue(name, number) for name, number in sorted(named.items(), key=lambda one: (-one[1], one[0]))]

    def prepare(self) -> None:
        """Open the index, so that the first letter typed need not wait for it."""
        from reader.search.query import parse

        self._index().freshen(self._store)
        self._index().count(parse("title:word"), self._filters)

    def recent_queries(self) -> list[str]:
        """Return the queries asked before, the last first."""
        return [str(query) for query in json.loads(self._store.notes.get(_QUERIES) or "[]")]

    def remember_query(self, query: str) -> None:
        """Remember a query as the last one asked."""
        kept = [query, *(other for other in self.recent_queries() if other != query)]
        self._store.notes.set(_QUERIES, json.dumps(kept[:REMEMBERED]))
