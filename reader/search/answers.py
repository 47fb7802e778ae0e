"""Variants of a search: the newest matches, unread matches, and unread matches among given stories."""

from __future__ import annotations

from collections.abc import Collection

import numpy as np
from whoosh import query

from reader.search.array_file import Array
from reader.search.engine import Engine
from reader.search.query_nodes import FilterLookup, StateFilter

_GIVEN = StateFilter("given", "")


def newest(engine: Engine, node: query.Query, limit: int, lookup: FilterLookup) -> tuple[Array, Array, int]:
    """Return the scores and story numbers of the `limit` newest matches, and the total number of matches.

    Stories of one day are ordered by time of indexing, latest first; stories without a stated date come last.
    """
    hits = engine.hits(node, lookup)
    days = engine.column("date")[hits.ids]
    some = np.arange(len(hits))
    if len(hits) > limit:
        some = np.flatnonzero(days >= np.partition(days, -limit)[-limit])
    order = some[np.lexsort((some, days[some]))[::-1]][:limit]
    found = hits.take(order)
    return found.dense(), engine.column("id")[found.ids], len(hits)


def unread(node: query.Query) -> query.Query:
    """Restrict a query to unread stories."""
    return query.And([node, query.Not(StateFilter("is", "read"))])


def unread_among(node: query.Query, lookup: FilterLookup, ids: Collection[str]) -> tuple[query.Query, FilterLookup]:
    """Restrict a query to the unread ones of these stories; returns the query and a lookup that resolves it."""
    return query.And([_GIVEN, unread(node)]), lambda kind, text: ids if (kind, text) == ("given", "") else lookup(kind, text)
