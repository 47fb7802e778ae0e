"""Storylines: events that are told as one running matter over time, which a reader sees as one thread."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from functools import cache, partial, reduce
from itertools import combinations

from reader.clustering.agglomerative import MergeNode, agglomerate
from reader.clustering.clusterer import Clusterer
from reader.clustering.evidence import worth
from reader.clustering.tfidf import unit

_WHOLE = 16
"""A storyline with more events than this is moved as a whole."""

Group = tuple[int, ...]
"""The numbers of a storyline's events, in order: the first is the oldest."""


def storylines(clusterer: Clusterer) -> list[Group]:
    """Group all events by the rule of events, but for the time between them; in order of their first events."""
    return sorted(regroup(clusterer, clusterer.events.keys(), lambda number: (number,)))


def regroup(clusterer: Clusterer, changed: Iterable[int], group: Callable[[int], Collection[int]]) -> list[Group]:
    """Group the events that changed, with those of the storylines they were in, are like, or touch.

    `group` gives the events of the storyline that an event is in so far; they must all be known. Every event of a storyline that is
    looked at is in one of the groups returned.
    """
    measure = partial(worth, clusterer.parameters.of_storylines())
    clusters: dict[int, MergeNode] = {}
    place: dict[int, int] = {}
    ties: list[tuple[int, int]] = []
    node = cache(clusterer.node)

    def take(number: int) -> MergeNode:
        if number not in place:
            events = sorted({number, *group(number)})
            parts = [events] if len(events) > _WHOLE else [[each] for each in events]
            for part in parts:
                place.update(dict.fromkeys(part, part[0]))
                clusters[part[0]] = reduce(MergeNode.joined, map(node, part))
            # A link between groups needs some pair of their events that are tied: no other tie is needed.
            ties.extend((a[0], b[0]) for a, b in combinations(parts, 2) if measure(clusters[a[0]], clusters[b[0]]))
        return clusters[place[number]]

    for number in sorted(changed):
        if number in clusterer.events:
            take(number)
            own = node(number)
            for other in _around(clusterer, own):
                if other != number and clusterer.may_join(number, other) and measure(own, node(other)):
                    take(other)
                    ties.append((place[number], place[other]))
    agglomerate(clusters, ties, measure)
    return [tuple(sorted({clusterer.members[story].event for story in cluster.members})) for cluster in clusters.values()]


def _around(clusterer: Clusterer, event: MergeNode) -> list[int]:
    """The events that share most with an event's heaviest terms; of a single story they are known."""
    if event.size == 1 and (around := clusterer.members[event.members[0]].around):
        return [number for number in around if number in clusterer.events]
    return clusterer.candidates(unit(event.total, clusterer.parameters.query_terms))
