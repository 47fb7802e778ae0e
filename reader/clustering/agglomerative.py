"""Average-link agglomeration: join the two likest clusters again and again, as long as any two are like enough."""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping

from msgspec import Struct

from reader.clustering.day_spans import Days, join
from reader.clustering.tfidf import Vector, add, dot

_SLICE = 20
"""Clusters whose pairs are measured between two yields."""


class MergeNode(Struct):
    """Things that belong together: the sum of their vectors, how many vectors, their days, and what they are.

    `thresholds` is the sum of the likeness that each member asks for, `short` counts those that are little more than
    a headline, `square` is the inner product of the sum with itself, `sources` has the sum of the vectors of each known source.
    """

    total: Vector
    size: int
    days: Days
    thresholds: float
    members: list[str]
    short: int = 0
    square: float = 1.0
    sources: Mapping[str, Vector] = {}

    @property
    def cohesion(self) -> float | None:
        """The mean likeness of every pair within, None for a single thing."""
        return (self.square - self.size) / (self.size * (self.size - 1)) if self.size > 1 else None

    def joined(self, other: MergeNode, product: float | None = None) -> MergeNode:
        """Make the cluster of the members of both; `product` is the inner product of their sums, if known."""
        if product is None:
            product = dot(self.total, other.total)
        return MergeNode(
            add(self.total, other.total),
            self.size + other.size,
            join(self.days, other.days),
            self.thresholds + other.thresholds,
            self.members + other.members,
            self.short + other.short,
            self.square + other.square + 2 * product,
            _joined(self.sources, other.sources),
        )


def _joined(a: Mapping[str, Vector], b: Mapping[str, Vector]) -> Mapping[str, Vector]:
    """Add up the sums of the vectors of each source."""
    return {**a, **b, **{source: add(a[source], b[source]) for source in a.keys() & b.keys()}}


class _Products:
    """Inner products of the sums of clusters; that of a joined cluster is the sum of those of its parts, much cheaper than anew."""

    def __init__(self, clusters: Mapping[int, MergeNode]) -> None:
        self._clusters = clusters
        self._known: dict[tuple[int, int], float] = {}

    def of(self, a: int, b: int) -> float:
        """Give the product of two clusters."""
        key = (a, b) if a < b else (b, a)
        if key not in self._known:
            self._known[key] = dot(self._clusters[a].total, self._clusters[b].total)
        return self._known[key]

    def join(self, a: int, b: int, near: Iterable[int]) -> float:
        """Note that `b` is about to join `a`, with the clusters near both; returns their product."""
        for other in near:
            self._known[min(a, other), max(a, other)] = self.of(a, other) + self.of(b, other)
            del self._known[min(b, other), max(b, other)]
        return self.of(a, b)


Worth = Callable[[MergeNode, MergeNode, float], float]
"""What joining two clusters is worth, given the inner product of their sums."""


def agglomerate(clusters: dict[int, MergeNode], ties: Iterable[tuple[int, int]], worth: Worth) -> None:
    """Join clusters in place, the best pair first, while one is worth 1 or more; only tied clusters and their heirs may join.

    A joined cluster keeps the lower key. Ties in worth go to the lower keys, so the outcome never depends on the order of `ties`.
    """
    for _ in agglomerating(clusters, ties, worth):
        pass


def agglomerating(clusters: dict[int, MergeNode], ties: Iterable[tuple[int, int]], worth: Worth) -> Iterator[None]:
    """The same in slices: it may be left alone at each `yield`, and is done when it ends."""
    near: defaultdict[int, set[int]] = defaultdict(set)
    for a, b in ties:
        if a != b:
            near[a].add(b)
            near[b].add(a)
    versions = dict.fromkeys(clusters, 0)
    products = _Products(clusters)
    queue: list[tuple[float, int, int, int, int]] = []

    def offer(a: int, b: int) -> None:
        a, b = min(a, b), max(a, b)
        value = worth(clusters[a], clusters[b], products.of(a, b))
        if value >= 1:
            heapq.heappush(queue, (-value, a, b, versions[a], versions[b]))

    for place, a in enumerate(near):
        for b in near[a]:
            if a < b:
                offer(a, b)
        if place % _SLICE == 0:
            yield
    while queue:
        yield
        _, a, b, version_a, version_b = heapq.heappop(queue)
        if versions.get(a) != version_a or versions.get(b) != version_b:
            continue
        near[a] = (near[a] | near.pop(b)) - {a, b}
        product = products.join(a, b, near[a])
        clusters[a] = clusters[a].joined(clusters.pop(b), product)
        versions[a] += 1
        del versions[b]
        for c in near[a]:
            near[c].discard(b)
            near[c].add(a)
            offer(a, c)
