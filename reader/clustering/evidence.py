"""Evidence: whether the likeness of two groups of stories is enough to call them one event."""

from __future__ import annotations

from reader.clustering import day_spans
from reader.clustering.agglomerative import MergeNode
from reader.clustering.parameters import ClusteringParameters


def worth(parameters: ClusteringParameters, a: MergeNode, b: MergeNode) -> float:
    """Give the link of two clusters as a multiple of what they need: 1 or more where they belong together.

    They need the mean of the thresholds of their stories, more where few pairs are measured, and a link that is not much weaker
    than what holds each of them together: two happenings of one kind share their vocabulary but not their names, so each is
    close in itself and the gap between them shows.
    """
    link = a.link(b)
    threshold = (a.thresholds + b.thresholds) / (a.measured + b.measured)
    likeness = link * parameters.nearness(day_spans.gap(a.days, b.days))
    if likeness < threshold:
        return 0.0
    short = 2 * (a.short + b.short) > a.size + b.size
    if link < _share(parameters, a, b, short) * _looser(a.cohesion, b.cohesion):
        return 0.0
    return likeness / (threshold * parameters.doubt(a.size * b.size, short))


def _share(parameters: ClusteringParameters, a: MergeNode, b: MergeNode, short: bool) -> float:
    """The share of the looser one's cohesion that the link must reach."""
    if a.size == 1 or b.size == 1:
        return parameters.cohesion_single
    return parameters.cohesion_short if short else parameters.cohesion


def _looser(*cohesions: float | None) -> float:
    """The least cohesion that is known, 0 where none is."""
    return min((cohesion for cohesion in cohesions if cohesion is not None), default=0.0)
