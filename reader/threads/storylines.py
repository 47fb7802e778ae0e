"""Storylines: events that are told as one story over time, which a reader sees as one thread."""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Iterable, Iterator

from reader.threads.agglomerate import Cluster, agglomerate
from reader.threads.events import Loom
from reader.threads.parameters import Parameters
from reader.threads.vectors import Vector, unit

_CENTROID_TERMS = 200


def storylines(loom: Loom) -> list[list[int]]:
    """Group the events by average link of their stories' own vectors, regardless of time.

    Every event is in one group. Groups and the events in them are in order of number, so a storyline's first event is its oldest.
    """
    threshold = loom.parameters.storyline
    clusters = {
        number: Cluster(total(loom, event.stories), event.size, None, 0.0, 0, list(event.stories))
        for number, event in sorted(loom.events.items())
    }
    # The mean of all pairs across two groups reaches the threshold only if some pair of events does: no other tie is needed.
    ties = [(a, b) for a, b in set(_likely(clusters, loom.parameters)) if clusters[a].link(clusters[b]) >= threshold]
    agglomerate(clusters, ties, lambda a, b: a.link(b) / threshold)
    return sorted(sorted({loom.members[story].event for story in cluster.members}) for cluster in clusters.values())


def total(loom: Loom, stories: Iterable[str]) -> Vector:
    """Give the sum of some stories' own vectors."""
    weights: defaultdict[str, float] = defaultdict(float)
    for story in stories:
        for term, weight in loom.members[story].vector.items():
            weights[term] += weight
    return dict(weights)


def centroid(loom: Loom, events: Iterable[int]) -> Vector:
    """Give the vector of a storyline: the mean of its stories' own vectors, scaled to unit length."""
    return unit(total(loom, (story for number in events for story in loom.events[number].stories)), _CENTROID_TERMS)


def _likely(clusters: dict[int, Cluster], parameters: Parameters) -> Iterator[tuple[int, int]]:
    """Find the pairs of events worth looking at: each with its best candidates by their heaviest terms."""
    common = parameters.common_events + parameters.common_share * len(clusters)
    index: defaultdict[str, list[tuple[int, float]]] = defaultdict(list)
    heaviest: dict[int, list[tuple[str, float]]] = {}
    for number, cluster in clusters.items():
        terms = heapq.nlargest(parameters.query_terms, cluster.total.items(), key=lambda item: (item[1], item[0]))
        heaviest[number] = [(term, weight / cluster.size) for term, weight in terms]
        for term, weight in heaviest[number]:
            index[term].append((number, weight))
    for number, terms in heaviest.items():
        partial: defaultdict[int, float] = defaultdict(float)
        for term, weight in terms:
            if len(index[term]) <= common:
                for other, other_weight in index[term]:
                    partial[other] += weight * other_weight
        partial.pop(number, None)
        for other in heapq.nlargest(parameters.near_events, partial, key=lambda other: (partial[other], -other)):
            yield min(number, other), max(number, other)
