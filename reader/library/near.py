"""The stories near to another, found by the heaviest terms that the shelf keeps of each."""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Collection

from reader.clustering.cluster import unpack_member
from reader.clustering.tfidf import Vector, dot, heaviest
from reader.storage.store import Store

_ASKED_BY = 40
"""Terms of a vector by which stories near to it are looked for,"""
_NEWEST = 400
"""of each the newest stories that have it,"""
_MEASURED = 200
"""and of all found the best that are measured in full."""


def near(store: Store, of: Vector, limit: int, without: Collection[str] = ()) -> list[tuple[str, float]]:
    """The stories nearest to a vector, the nearest first, with their likeness, which is above 0 and at most 1."""
    partial: defaultdict[int, float] = defaultdict(float)
    for term, arrivals in store.sharing(heaviest(of, _ASKED_BY), _NEWEST).items():
        for arrival in arrivals:
            partial[arrival] += of[term] ** 2
    likely = heapq.nsmallest(_MEASURED + len(without), partial, key=lambda arrival: (-partial[arrival], arrival))
    found = store.arrived(likely)
    best = [story for arrival in likely if (story := found.get(arrival)) and story not in without][:_MEASURED]
    measured = ((-dot(of, vector), story) for story, vector in vectors(store, best).items())
    return [(story, -likeness) for likeness, story in heapq.nsmallest(limit, measured) if likeness < 0]


def vectors(store: Store, stories: Collection[str]) -> dict[str, Vector]:
    """The vectors of stories; one that is not tied yet has none."""
    return {story: unpack_member(data).vector for story, data in store.members_of(stories=stories).items()}
