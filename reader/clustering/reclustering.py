"""Settling: the neighbourhood of fresh stories is clustered again, now that what came with them is known."""

from __future__ import annotations

import heapq
from collections import Counter, defaultdict
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from functools import cache, partial

from reader.clustering.agglomerative import MergeNode, agglomerating
from reader.clustering.cluster_index import ClusterIndex, Ranked
from reader.clustering.evidence import evidence, worth
from reader.clustering.tfidf import Vector, unit

_GRID = 1 << 30
_SLICE = 20
"""Stories looked at between two yields."""

Near = list[tuple[float, str]]
"""Likenesses and story ids, the likest first."""


def settling(index: ClusterIndex, fresh: Sequence[str]) -> Iterator[None]:
    """Cluster the fresh stories and the newest of the events they touch by average link on expanded vectors, slice by slice.

    Events that are already large stay whole. It may be left alone at each `yield`, but nothing else may change the index until it
    ends.
    """
    scope: dict[str, set[int]] = {}
    yield from _scope(index, fresh, scope)
    near: dict[str, Near] = {}
    around: dict[str, list[str]] = {}
    expanded: dict[str, Vector] = {}
    newest = cache(partial(index.newest, limit=index.parameters.near_stories))
    for place, (story, events) in enumerate(scope.items()):
        if place % _SLICE == 0:
            yield
        ranked = index.rank_own(story, events)[: index.parameters.near_events]
        near[story] = _nearest(index, story, ranked, newest)
        around[story] = [other for _, number in ranked for other in newest(number)]
        expanded[story] = _expanded(index, story, near[story])
    # Only now, so that what was measured of an event holds until all are ranked.
    for place, (story, vector) in enumerate(expanded.items()):
        if place % _SLICE == 0:
            yield
        index.expand(story, vector)
    # Fresh stories of one event make each other's surroundings look dense until they are together: so they are grouped twice.
    measure = index.parameters.of_density()
    for measured in (False, True):
        clusters = yield from _cluster(index, near, measured)
        yield
        yield from _renumber(index, clusters)
        node = cache(index.event_node)
        for place, story in enumerate(scope):
            if place % _SLICE == 0:
                yield
            own = index.members[story].event
            others = {index.members[other].event for other in around[story]} - {own}
            nearest = index.rank_expanded(story, others)[: index.parameters.density_events]
            alone = index.story_node(story)
            likenesses = [evidence(measure, alone, node(number))[1] for _, number in nearest]
            index.settle_density(story, density(likenesses, index.parameters.density_events))


def density(likenesses: Sequence[float], events: int) -> float:
    """Give the mean likeness to so many events; a missing one counts 0."""
    # On a grid, so that sums of densities are exact and do not depend on the order of stories.
    return round(sum(likenesses) / events * _GRID) / _GRID


def _scope(index: ClusterIndex, fresh: Sequence[str], scope: dict[str, set[int]]) -> Iterator[None]:
    """Find the stories to settle, and for each the events among which to look for near stories."""
    parameters = index.parameters
    beside: defaultdict[str, set[int]] = defaultdict(set)
    # What was near a story when it came is known: beside that only those that came after it can be, and to them it was near.
    later: defaultdict[int, set[int]] = defaultdict(set)
    for story in fresh:
        for number in index.members[story].around:
            later[number].add(index.members[story].event)
    coming = set(fresh)
    for place, story in enumerate(fresh):
        if place % _SLICE == 0:
            yield
        member = index.members[story]
        scope[story] = {*filter(index.events.__contains__, (*member.around, *later[member.event])), member.event}
        ranked = index.rank_own(story, scope[story])
        member.around = tuple(number for _, number in ranked[: parameters.candidates])
        settled = [(likeness, number) for likeness, number in ranked if not coming.issuperset(index.events[number].stories)]
        best = settled[: parameters.touched_events]
        touched = [number for likeness, number in best if likeness >= parameters.touched_likeness]
        for number in dict.fromkeys([member.event, *touched]):
            for other in index.newest(number, parameters.touched_stories):
                beside[other].add(member.event)
    for story, events in beside.items():
        member = index.members[story]
        if story not in scope:
            # what came near it since then is in `events`
            scope[story] = {*filter(index.events.__contains__, member.around), member.event}
        scope[story] |= events


def _nearest(index: ClusterIndex, story: str, ranked: Ranked, newest: Callable[[int], list[str]]) -> Near:
    """Find the stories nearest to a story among the newest of the events ranked for it."""
    parameters = index.parameters
    near: Near = []
    for likeness, number in ranked:
        for other in newest(number):
            neighbour = index.members[other]
            if index.sizes[number] == 1 and neighbour.expanded is neighbour.vector:
                near.append((likeness, other))
            elif other != story:
                near.append((index.likeness(story, other), other))
    return heapq.nlargest(parameters.edges, [found for found in near if found[0] > parameters.edge_likeness])


def _expanded(index: ClusterIndex, story: str, near: Near) -> Vector:
    """Add to a story's terms a share of those of its nearest neighbours, each by its likeness."""
    parameters, member = index.parameters, index.members[story]
    least = parameters.neighbour_share * parameters.threshold(None, index.densities, member.short)
    neighbours = [(likeness, other) for likeness, other in near[: parameters.neighbours] if likeness >= least]
    if neighbours == index.neighbours.get(story, []):
        return member.expanded if neighbours else member.vector
    index.neighbours[story] = neighbours
    if not neighbours:
        return member.vector
    all_likeness = sum(likeness for likeness, _ in neighbours)
    expanded = dict(member.vector)
    for likeness, other in neighbours:
        share = parameters.neighbour_weight * likeness / all_likeness
        for term, weight in index.members[other].vector.items():
            expanded[term] = expanded.get(term, 0.0) + share * weight
    return unit(expanded, parameters.expanded_terms)


def _cluster(index: ClusterIndex, near: dict[str, Near], measured: bool) -> Generator[None, None, list[MergeNode]]:
    """Cluster the stories of the scope; an event too large for that takes part as one.

    `measured`: by the density around each story, which must be known; else by the one taken for granted.
    """
    parameters = index.parameters
    clusters: dict[int, MergeNode] = {}
    place: dict[str, int] = {}
    whole: dict[int, int] = {}
    for key, story in enumerate(near):
        if key % _SLICE == 0:
            yield
        number = index.members[story].event
        if index.sizes[number] <= parameters.whole:
            clusters[key] = index.story_node(story, measured)
            place[story] = key
        else:
            place[story] = whole.setdefault(number, key)
            if place[story] == key:
                clusters[key] = index.event_node(number)

    ties = (
        (place[story], place[other])
        for story, found in near.items()
        for _, other in found
        if other in place and index.shared_terms(story, other) >= parameters.tie_terms
    )

    def measure(a: MergeNode, b: MergeNode, product: float) -> float:
        value = worth(parameters, a, b, product)
        return value if value < 1 or index.may_join(a.members, b.members) else 0.0

    yield from agglomerating(clusters, ties, measure)
    return list(clusters.values())


def _renumber(index: ClusterIndex, clusters: Iterable[MergeNode]) -> Iterator[None]:
    """Move the stories to where they now belong; a number goes to the cluster with most of its stories, old numbers first."""
    claims: list[tuple[int, int, int]] = []
    found = list(clusters)
    for place, cluster in enumerate(found):
        held = Counter(index.members[story].event for story in cluster.members)
        claims.extend((-stories, number, place) for number, stories in held.items())
    numbers: dict[int, int] = {}
    taken: set[int] = set()
    for _, number, place in sorted(claims):
        if place not in numbers and number not in taken:
            numbers[place] = number
            taken.add(number)
    for place, cluster in enumerate(found):
        if place % _SLICE == 0:
            yield
        number = numbers[place] if place in numbers else index.new_event()
        for story in cluster.members:
            if index.members[story].event != number:
                index.take(story)
                index.put(story, number)
