"""Storylines: events that are told as one story over time, which a reader sees as one thread."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable
from itertools import combinations

from reader.threads.agglomerate import Cluster, agglomerate
from reader.threads.events import Loom
from reader.threads.vectors import Vector, unit

_ALL_PAIRS = 30
"""Events up to which every pair is looked at."""

Group = tuple[int, ...]
"""The numbers of a storyline's events, in order: the first is the oldest."""


def storylines(loom: Loom) -> list[Group]:
    """Group all events by average link of their stories' own vectors, regardless of time; in order of their first events."""
    return sorted(regroup(loom, loom.events.keys(), lambda number: (number,)))


def regroup(loom: Loom, changed: Iterable[int], group: Callable[[int], Collection[int]]) -> list[Group]:
    """Group the events that changed anew, with those of the storylines they were in, are like, or touch.

    `group` gives the events of the storyline that an event is in so far; they must all be on the loom. Every event of a storyline
    that is looked at is in one of the groups returned.
    """
    totals: dict[int, Vector] = {}
    links: dict[tuple[int, int], float] = {}

    def vector(number: int) -> Vector:
        if number not in totals:
            totals[number] = total(loom, loom.events[number].stories)
        return totals[number]

    def cluster(number: int) -> Cluster:
        event = loom.events[number]
        return Cluster(vector(number), event.size, None, 0.0, 0, list(event.stories))

    threshold = loom.parameters.storyline
    clusters: dict[int, Cluster] = {}
    waiting = [number for number in sorted(changed) if number in loom.events]
    looked: set[int] = set()
    for number in waiting:
        looked.add(number)
        for other in group(number):
            clusters.setdefault(other, cluster(other))
        clusters.setdefault(number, cluster(number))
        for other in _like(loom, number, vector(number)):
            there = clusters.get(other) or cluster(other)
            links[min(number, other), max(number, other)] = link = clusters[number].link(there)
            if link >= threshold and other not in clusters:
                for neighbour in group(other):
                    clusters.setdefault(neighbour, cluster(neighbour))
    # The mean of all pairs across two groups reaches the threshold only if some pair of events does: no other tie is needed.
    ties = [pair for pair, link in links.items() if link >= threshold and pair[0] in clusters and pair[1] in clusters]
    ties += [(a, b) for a, b in _unlooked(loom, clusters, looked, vector) if clusters[a].link(clusters[b]) >= threshold]
    agglomerate(clusters, ties, lambda a, b: a.link(b) / threshold)
    return [tuple(sorted({loom.members[story].event for story in cluster.members})) for cluster in clusters.values()]


def total(loom: Loom, stories: Iterable[str]) -> Vector:
    """Give the sum of some stories' own vectors."""
    found = [loom.members[story].vector for story in stories]
    if len(found) == 1:
        return found[0]
    weights: defaultdict[str, float] = defaultdict(float)
    for each in found:
        for term, weight in each.items():
            weights[term] += weight
    return dict(weights)


def _like(loom: Loom, number: int, vector: Vector) -> list[int]:
    """Find the events worth looking at: those that share most with an event's heaviest terms."""
    return [other for other in loom.candidates(unit(vector, loom.parameters.query_terms)) if other != number]


def _unlooked(
    loom: Loom, clusters: dict[int, Cluster], looked: set[int], vector: Callable[[int], Vector]
) -> Iterable[tuple[int, int]]:
    """Pairs of the events that did not change themselves: all where they are few, else each with those like it."""
    rest = sorted(clusters.keys() - looked)
    if len(rest) <= _ALL_PAIRS:
        yield from combinations(rest, 2)
        return
    for number in rest:
        yield from ((min(number, other), max(number, other)) for other in _like(loom, number, vector(number)) if other in clusters)
