"""The search of a library: stories, snippets, counts, suggestions, and the queries asked before."""

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
"""Queries that are remembered."""
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
        """Find the best stories for a query, or the newest (undated ones last), with the threads they are in.

        An `unfinished` query that finds nothing is tried with its last word as the beginning of a word. The first `snippets`
        matches in the order of their threads come with theirs (None: all): reading the texts is most of the work of a search.
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
        """Return the passage of each of these stories with the most hits of a query, and the hits in it and in the title."""
        from reader.search.query import parse
        from reader.search.snippets import snippet

        parsed = parse(query)
        return {
            story.id: Snippet(*snippet(story.body, parsed), tuple(parsed.hits(story.title.value or "")))
            for story in self._store.stories.get_many(stories)
        }

    def highlights(self, query: str, text: str) -> list[Span]:
        """Return where the words of a query are in a text."""
        from reader.search.query import parse

        return parse(query).hits(text)

    def facets(self, query: str) -> Facets:
        """Count the stories that a query finds, by outlet and by month."""
        from reader.search.query import parse

        parsed = parse(query)
        self._index().include_pending(self._store)
        return self._store.facets.count(self._index().all_ids(parsed, self._filters))

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

        self._index().include_pending(self._store)
        self._index().count(parse("title:word"), self._filters)

    def recent_queries(self) -> list[str]:
        """Return the queries asked before, the last first."""
        return [str(query) for query in json.loads(self._store.notes.get(_QUERIES) or "[]")]

    def remember_query(self, query: str) -> None:
        """Remember a query as the last one asked."""
        kept = [query, *(other for other in self.recent_queries() if other != query)]
        self._store.notes.set(_QUERIES, json.dumps(kept[:REMEMBERED]))

    # inside

    def _rank(self, query: str, limit: int, newest: bool) -> Ranking:
        from reader.search.query import parse

        parsed = parse(query)
        self._index().include_pending(self._store)
        return self._index().search(parsed, limit, self._filters, newest=newest)

    def _suggest(self, query: str) -> Suggestion:
        """Suggest another query for one that found nothing."""
        from reader.search.query import parse
        from reader.search.suggestions import advise

        index = self._index()
        return advise(query, self._store.facets.outlets, lambda other: index.count(parse(other), self._filters), index.suggest)


def with_prefix(query: str) -> str | None:
    """Return the query with its last word taken as the beginning of one; None if that makes no other query."""
    last = _LAST_WORD.search(query)
    return f"{query}*" if last and last[1] not in _OPERATORS and query.count('"') % 2 == 0 else None


def _by_thread(headers: Iterable[StoryHeader]) -> list[str]:
    """Return the ids of stories by thread, the threads in the order of their first stories."""
    threads: dict[str | None, list[str]] = {}
    for header in headers:
        threads.setdefault(header.thread, []).append(header.id)
    return [story for stories in threads.values() for story in stories]
