"""Search of a library: stories, snippets, counts, suggestions, and recent queries."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from reader.models import Facets, FieldValue, SearchAnswer, SearchMatch, Snippet, Span, StoryHeader, Suggestion
from reader.storage.store import Store

if TYPE_CHECKING:
    from reader.library.query_filters import QueryFilters
    from reader.library.threads import Threads
    from reader.search.index import Ranking, SearchIndex

REMEMBERED = 200
"""Number of recent queries stored."""
_QUERIES = "queries"
_OPERATORS = frozenset(("AND", "OR", "NOT", "TO"))
_LAST_WORD = re.compile(r"(?:^|[\s(:])([^\W\d_][\w’'-]{1,40})$")
_STATES = ("unread", "read", "starred", "followed", "new")


class StorySearch:
    """Finds stories by query; raises `QueryError` for a query that cannot be parsed."""

    def __init__(self, store: Store, index: Callable[[], SearchIndex], threads: Threads, filters: QueryFilters) -> None:
        self._store = store
        self._index = index
        self._threads = threads
        self._filters = filters

    def run(
        self,
        query: str,
        limit: int = 50,
        *,
        newest: bool = False,
        unfinished: bool = False,
        snippets: int | None = None,
        facets: bool = False,
    ) -> SearchAnswer:
        """Return the best or newest matches of a query (undated ones last), with their threads.

        If an `unfinished` query has no matches, its last word is tried as a prefix. Snippets are loaded for the first `snippets`
        matches in the order of their threads (None: all), because reading texts is most of the work of a search.
        """
        ranking = self._rank(query, limit, newest)
        used = query
        if unfinished and not ranking.found and (begun := with_prefix(query)):
            other = self._rank(begun, limit, newest)
            ranking, used = (other, begun) if other.found else (ranking, query)
        headers = {header.id: header for header in self._store.stories.headers(ids=[found.id for found in ranking.found])}
        threads = self._threads.headings({header.thread for header in headers.values() if header.thread})
        texts = self.snippets(used, _by_thread(headers.values())[:snippets])
        nothing = Snippet("", (), ())
        return SearchAnswer(
            used,
            tuple(
                SearchMatch(headers[found.id], found.score, *texts.get(found.id, nothing))
                for found in ranking.found
                if found.id in headers
            ),
            ranking.total,
            threads,
            self.facets(used) if facets else None,
            None if ranking.found else self._suggest(query),
        )

    def snippets(self, query: str, stories: Iterable[str]) -> dict[str, Snippet]:
        """Return the snippet of each of these stories, with the hits in it and in the title."""
        from reader.search.query import parse
        from reader.search.snippets import snippet

        parsed = parse(query)
        return {
            story.id: Snippet(*snippet(story.body, parsed), tuple(parsed.hits(story.title.value or "")))
            for story in self._store.stories.get_many(stories)
        }

    def highlights(self, query: str, text: str) -> list[Span]:
        """Return the spans of a query's words in a text."""
        from reader.search.query import parse

        return parse(query).hits(text)

    def facets(self, query: str) -> Facets:
        """Count the matches of a query by outlet and by month."""
        from reader.search.query import parse

        parsed = parse(query)
        self._index().include_pending(self._store)
        return self._store.facets.count(self._index().all_ids(parsed, self._filters))

    def field_values(self, field: str) -> list[FieldValue]:
        """Return the values of a query field with their numbers of stories, most frequent first."""
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
        """Open the index, so that the first key typed does not wait for it."""
        from reader.search.query import parse

        self._index().include_pending(self._store)
        self._index().count(parse("title:word"), self._filters)

    def recent_queries(self) -> list[str]:
        """Return recent queries, latest first."""
        return [str(query) for query in json.loads(self._store.notes.get(_QUERIES) or "[]")]

    def remember_query(self, query: str) -> None:
        """Store a query as the most recent one."""
        kept = [query, *(other for other in self.recent_queries() if other != query)]
        self._store.notes.set(_QUERIES, json.dumps(kept[:REMEMBERED]))

    # internals

    def _rank(self, query: str, limit: int, newest: bool) -> Ranking:
        from reader.search.query import parse

        parsed = parse(query)
        self._index().include_pending(self._store)
        return self._index().search(parsed, limit, self._filters, newest=newest)

    def _suggest(self, query: str) -> Suggestion:
        """Suggest another query for one without matches."""
        from reader.search.query import parse
        from reader.search.suggestions import advise

        index = self._index()
        return advise(query, self._store.facets.outlets, lambda other: index.count(parse(other), self._filters), index.suggest)


def with_prefix(query: str) -> str | None:
    """Return the query with its last word as a prefix; None if that does not change it."""
    last = _LAST_WORD.search(query)
    return f"{query}*" if last and last[1] not in _OPERATORS and query.count('"') % 2 == 0 else None


def _by_thread(headers: Iterable[StoryHeader]) -> list[str]:
    """Return story ids by thread, threads in the order of their first stories."""
    threads: dict[str | None, list[str]] = {}
    for header in headers:
        threads.setdefault(header.thread, []).append(header.id)
    return [story for stories in threads.values() for story in stories]
