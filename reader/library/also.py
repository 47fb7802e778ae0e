"""The stories of other threads that belong to one too."""

from __future__ import annotations

from collections import defaultdict

from reader.clustering.also import belongs_too
from reader.clustering.tfidf import Vector, unit
from reader.library.near import near, vectors
from reader.models import StoryHeader
from reader.storage.store import Store

_LOOKED_AT = 30
"""Stories outside a thread that are looked at, those nearest to it."""
_MOST = 5
"""Stories told at most; of a subject that many threads share, there would be no end of them."""
_TERMS = 80
"""Terms of a thread by which stories near to it are found."""


def also_in(store: Store, thread: str) -> list[StoryHeader]:
    """The stories that belong to a thread too though they are in another, the nearest first; none for a thread of one story."""
    inside = vectors(store, [head.id for head in store.heads(thread=thread)])
    if len(inside) < 2:
        return []
    total: defaultdict[str, float] = defaultdict(float)
    for vector in inside.values():
        for term, weight in vector.items():
            total[term] += weight
    around = [story for story, _ in near(store, unit(total, _TERMS), _LOOKED_AT, without=inside)]
    heads = store.heads(ids=around)
    threads: dict[str, dict[str, Vector]] = {}
    found = []
    for head in heads:
        if not head.thread or head.thread == thread:
            continue
        if head.thread not in threads:
            threads[head.thread] = vectors(store, [other.id for other in store.heads(thread=head.thread)])
        own = dict(threads[head.thread])
        if belongs_too(own.pop(head.id), list(own.values()), list(inside.values())):
            found.append(head)
    return found[:_MOST]
