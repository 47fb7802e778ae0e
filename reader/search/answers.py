"""What else is asked of stories that answer a query: which are the newest, how many are unread, or came just now."""

from __future__ import annotations

from collections.abc import Collection

import numpy as np
from whoosh import query

from reader.search.array_file import Array
from reader.search.engine import Engine
from reader.search.query_nodes import Marks, StateFilter

_CAME = StateFilter("came", "")


def newest(engine: Engine, asked: query.Query, limit: int, marks: Marks) -> tuple[Array, Array, int]:
    """The scores and numbers of the `limit` newest stories and how many there are in all, as `Engine.search` gives the best.

    Of a day those indexed last come first; stories without a stated date come last.
    """
    hits = engine.hits(asked, marks)
    days = engine.column("date")[hits.ids]
    some = np.arange(len(hits))
    if len(hits) > limit:
        some = np.flatnonzero(days >= np.partition(days, -limit)[-limit])
    order = some[np.lexsort((some, days[some]))[::-1]][:limit]
    found = hits.chosen(order)
    return found.dense(), engine.column("id")[found.ids], len(hits)


def unread(asked: query.Query) -> query.Query:
    """The same query of unread stories alone."""
    return query.And([asked, query.Not(StateFilter("is", "read"))])


def came(asked: query.Query, marks: Marks, ids: Collection[str]) -> tuple[query.Query, Marks]:
    """The same query of these stories alone, as far as they are unread; and the marks that know of them."""
    return query.And([_CAME, unread(asked)]), lambda kind, text: ids if (kind, text) == ("came", "") else marks(kind, text)
