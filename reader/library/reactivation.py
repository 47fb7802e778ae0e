"""Events that rest and are taken up again: found by the rare words that a new story shares with their stories."""

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
"""Terms of a new story that are looked at,"""
_RARE = 5.5
"""of these the ones with this inverse document frequency, 1 in 200 documents of the background,"""
_MOST = 8
"""up to so many."""
_NEWEST = 8
"""Resting stories looked at for each term, those that came last."""
_SHARED = 4
"""Rare terms that a resting story must share."""
_ALIKE = 0.4
"""The likeness that it must reach: what is far apart in time must be more alike than two events of one storyline."""

_FEW, _PART = 10, 50
"""Of a step's stories only so many, and one in so many, take up what rests: the rest of the news is not kept waiting."""


def returning(came: Set[str], loom: Clusterer, store: Store) -> dict[str, list[str]]:
    """The resting stories that some of those that have just come take up again, each with those that do."""
    before = loom.totals.next_arrival - loom.parameters.working_set
    if before <= 0:
        return {}
    # a story that joined an event which goes on takes up nothing older
    alone = [story for story in sorted(came) if loom.events[loom.members[story].event].stories.keys() <= came]
    new = {story: loom.members[story].vector for story in alone}
    rare = {story: [term for term in islice(vector, _HEAVIEST) if idf(term) >= _RARE][:_MOST] for story, vector in new.items()}
    holders = store.clusters.arrivals_by_term({term for terms in rare.values() for term in terms}, _NEWEST, before)
    likely: defaultdict[int, list[str]] = defaultdict(list)
    for story, terms in rare.items():
        for arrival in _often(arrival for term in terms for arrival in holders[term]):
            likely[arrival].append(story)
    found: dict[str, list[tuple[float, str]]] = {}
    resting = [story for story in store.clusters.stories_by_arrival(likely).values() if story not in loom.members]
    for old, data in store.clusters.members(stories=resting).items():
        member = unpack_member(data)
        alike = [(likeness, story) for story in likely[member.arrival] if (likeness := dot(member.vector, new[story])) >= _ALIKE]
        if alike:
            found[old] = alike
    nearest = sorted(found, key=lambda old: (-max(found[old])[0], old))[: _FEW + len(came) // _PART]
    return {old: [story for _, story in found[old]] for old in nearest}


def _often(arrivals: Iterable[int]) -> list[int]:
    """The stories named, by their arrival, for enough of the terms."""
    return [arrival for arrival, shared in Counter(arrivals).items() if shared >= _SHARED]
