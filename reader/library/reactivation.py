"""Reactivation of dormant events, found by the rare words that a new story shares with their stories."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Set
from itertools import islice
from typing import TYPE_CHECKING

from reader.clustering.cluster import unpack_member
from reader.clustering.tfidf import dot, idf

if TYPE_CHECKING:
    from reader.clustering.clusterer import Clusterer
    from reader.storage.store import Store

_HEAVIEST = 20
"""Heaviest terms of a new story that are considered,"""
_RARE = 5.5
"""of which those with at least this inverse document frequency (1 in 200 background documents) count,"""
_MOST = 8
"""up to this number."""
_NEWEST = 8
"""Latest dormant stories considered for each term."""
_SHARED = 4
"""Minimum number of rare terms that a dormant story must share."""
_ALIKE = 0.4
"""Minimum similarity: stories far apart in time must be more similar than two events of one storyline."""

_FEW, _PART = 10, 50
"""Of the stories of a step, this number and one in so many reactivate events, so that a step stays fast."""


def reactivated(arrived: Set[str], clusterer: Clusterer, store: Store) -> dict[str, list[str]]:
    """Return the dormant stories to reactivate, each with the new stories that reactivate it."""
    before = clusterer.totals.next_arrival - clusterer.parameters.working_set
    if before <= 0:
        return {}
    # a story that joined an active event reactivates nothing
    alone = [story for story in sorted(arrived) if clusterer.events[clusterer.members[story].event].stories.keys() <= arrived]
    new = {story: clusterer.members[story].vector for story in alone}
    rare = {story: [term for term in islice(vector, _HEAVIEST) if idf(term) >= _RARE][:_MOST] for story, vector in new.items()}
    holders = store.clusters.arrivals_by_term({term for terms in rare.values() for term in terms}, _NEWEST, before)
    likely: defaultdict[int, list[str]] = defaultdict(list)
    for story, terms in rare.items():
        for arrival in _often(arrival for term in terms for arrival in holders[term]):
            likely[arrival].append(story)
    found: dict[str, list[tuple[float, str]]] = {}
    dormant = [story for story in store.clusters.stories_by_arrival(likely).values() if story not in clusterer.members]
    for old, data in store.clusters.members(stories=dormant).items():
        member = unpack_member(data)
        similar = [(likeness, story) for story in likely[member.arrival] if (likeness := dot(member.vector, new[story])) >= _ALIKE]
        if similar:
            found[old] = similar
    nearest = sorted(found, key=lambda old: (-max(found[old])[0], old))[: _FEW + len(arrived) // _PART]
    return {old: [story for _, story in found[old]] for old in nearest}


def _often(arrivals: Iterable[int]) -> list[int]:
    """Arrivals that share enough terms."""
    return [arrival for arrival, shared in Counter(arrivals).items() if shared >= _SHARED]
