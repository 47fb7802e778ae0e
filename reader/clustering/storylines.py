"""Storylines: events that are told as one story over time, which a reader sees as one thread."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Sequence
from functools import cache
from itertools import combinations

from reader.clustering.agglomerative import MergeNode, agglomerate
from reader.clustering.clusterer import Clusterer
from reader.clustering.tfidf import Vector, unit

_WHOLE = 16
"""A storyline with more events than this is moved as a whole."""

Group = tuple[int, ...]
"""The numbers of a storyline's events, in order: the first is the oldest."""


def storylines(loom: Clusterer) -> list[Group]:
    """Group all events by average link of their stories' own vectors, regardless of time; in order of their first events."""
    return sorted(regroup(loom, loom.events.keys(), lambda number: (number,)))


def regroup(loom: Clusterer, changed: Iterable[int], group: Callable[[int], Collection[int]]) -> list[Group]:
    """Group the events that changed anew, with those of the storylines they were in, are like, or touch.

    `group` gives the events of the storyline that an event is in so far; they must all be on the loom. Every event of a storyline
    that is looked at is in one of the groups returned.
    """
    threshold = loom.parameters.storyline
    clusters: dict[int, MergeNode] = {}
    place: dict[int, int] = {}
    ties: list[tuple[int, int]] = []
    alone = cache(lambda number: _cluster(loom, [number]))

    def take(number: int) -> MergeNode:
        if number not in place:
            events = sorted({number, *group(number)})
            parts = [events] if len(events) > _WHOLE else [[each] for each in events]
            for part in parts:
                place.update(dict.fromkeys(part, part[0]))
                clusters[part[0]] = _cluster(loom, part) if len(part) > 1 else alone(part[0])
            # The mean of all pairs across two groups reaches the threshold only if some pair does: no other tie is needed.
            ties.extend((a[0], b[0]) for a, b in combinations(parts, 2) if clusters[a[0]].link(clusters[b[0]]) >= threshold)
        return clusters[place[number]]

    for number in sorted(changed):
        if number in loom.events:
            take(number)
            own = alone(number)
            for other in _around(loom, own):
                if other != number and own.link(alone(other)) >= threshold:
                    take(other)
                    ties.append((place[number], place[other]))
    agglomerate(clusters, ties, lambda a, b: a.link(b) / threshold)
    return [tuple(sorted({loom.members[story].event for story in cluster.members})) for cluster in clusters.values()]


def total(loom: Clusterer, stories: Iterable[str]) -> Vector:
    """Give the sum of some stories' own vectors."""
    found = [loom.members[story].vector for story in stories]
    if len(found) == 1:
        return found[0]
    weights: defaultdict[str, float] = defaultdict(float)
    for each in found:
        for term, weight in each.items():
            weights[term] += weight
    return dict(weights)


def _around(loom: Clusterer, event: MergeNode) -> list[int]:
    """The events that share most with an event's heaviest terms; of a single story they are known."""
    if event.size == 1 and (around := loom.members[event.members[0]].around):
        return [number for number in around if number in loom.events]
    return loom.candidates(unit(event.total, loom.parameters.query_terms))


def _cluster(loom: Clusterer, events: Sequence[int]) -> MergeNode:
    """Some events as one cluster."""
    stories = [story for number in events for story in loom.events[number].stories]
    return MergeNode(total(loom, stories), len(stories), None, 0.0, 0, stories)
