"""Evidence: whether the likeness of two groups of stories is enough to call them one event."""

from __future__ import annotations

from heapq import nlargest

from reader.clustering import day_spans
from reader.clustering.agglomerative import MergeNode
from reader.clustering.parameters import ClusteringParameters
from reader.clustering.tfidf import dot


def worth(parameters: ClusteringParameters, a: MergeNode, b: MergeNode, product: float | None = None) -> float:
    """Give the link of two clusters as a multiple of what they need: 1 or more where they belong together.

    `product` is the inner product of their sums, if known.

    They need the mean of the thresholds of their stories, more where few pairs are measured, and a link that is not much weaker
    than what holds each of them together: two happenings of one kind share their vocabulary but not their names, so each is
    close in itself and the gap between them shows.
    """
    short = (a.short + b.short) / (a.size + b.size)
    strictness = parameters.strictness + short * (parameters.strictness_short - parameters.strictness)
    threshold = strictness * (a.thresholds + b.thresholds) / (a.size + b.size)
    if len(a.sources) == 1 and a.sources.keys() == b.sources.keys():
        threshold *= parameters.one_source
    if product is not None and product / (a.size * b.size) * parameters.nearness(day_spans.gap(a.days, b.days)) < threshold:
        return 0.0  # as most are: the evidence is never more than that
    link, likeness = evidence(parameters, a, b)
    if likeness < threshold:
        return 0.0
    if link < _share(parameters, a, b, short) * _looser(a.cohesion, b.cohesion):
        return 0.0
    return likeness / (threshold * parameters.doubt(a.size * b.size, short))


def evidence(parameters: ClusteringParameters, a: MergeNode, b: MergeNode) -> tuple[float, float]:
    """Give the average link of two clusters, and the same by the time between them.

    What hangs on one or two words counts for less, and what only one source says.
    """
    short = (a.short + b.short) / (a.size + b.size)
    one, other = a.total, b.total
    shared = [one[term] * other[term] for term in one.keys() & other.keys()]
    link = sum(shared)
    loss = short + (1 - short) * parameters.heaviest_full
    if loss and shared:
        heaviest, *second = nlargest(2, shared)
        link -= loss * (parameters.heaviest_term * heaviest + sum(second) * parameters.second_term)
    if alike := a.sources.keys() & b.sources.keys():
        factor = parameters.same_source + short * (parameters.same_source_short - parameters.same_source)
        link -= (1 - factor) * sum([dot(a.sources[source], b.sources[source]) for source in alike])
    link /= a.size * b.size
    return link, link * parameters.nearness(day_spans.gap(a.days, b.days))


def _share(parameters: ClusteringParameters, a: MergeNode, b: MergeNode, short: float) -> float:
    """The share of the looser one's cohesion that the link must reach."""
    if a.size == 1 or b.size == 1:
        return parameters.cohesion_single
    return parameters.cohesion_short if short > 0.5 else parameters.cohesion


def _looser(*cohesions: float | None) -> float:
    """The least cohesion that is known, 0 where none is."""
    return min((cohesion for cohesion in cohesions if cohesion is not None), default=0.0)
