"""Scores: how sure it is that two passages tell the same, from 0 to 1, by themselves and in their place."""

from __future__ import annotations

import math

from reader.comparison.parameters import ComparisonParameters
from reader.comparison.terms import UNIT
from reader.comparison.weighting import WeightedPassage


def score(left: WeightedPassage, right: WeightedPassage, parameters: ComparisonParameters) -> float:
    """Score two passages by themselves."""
    a, b = left.terms, right.terms
    shared = a.keys() & b.keys()
    if not shared:
        return 0.0
    p = parameters
    common = sum([a[term] if a[term] < b[term] else b[term] for term in shared])
    plain = sum([left.plain[term] for term in left.plain.keys() & right.plain.keys()])  # the same weights on both sides
    plain_mass = max(p.plain_least * UNIT, math.sqrt(left.plain_mass * right.plain_mass))
    lengths = len(left.reading.words), len(right.reading.words)
    order = shared_order(left, right)
    return logistic(
        p.base
        + p.cosine * common / math.sqrt(left.mass * right.mass)
        + p.plain_cosine * plain / plain_mass
        + p.order_shorter * order / min(lengths)
        + p.order_longer * order / max(lengths)
        + p.length * min(len(a), len(b), p.full) / p.full
        + p.figure * same_figure(left, right)
        + p.strangers * bool(left.names and right.names and not left.names & right.names)
    )


def settle(own: float, near: float, margin: float, once: float, parameters: ComparisonParameters) -> float:
    """Score two passages in their place.

    `own` is their score by themselves, `near` the best of the neighbouring pairs, `margin` what `own` is better than the best
    rival of either, `once` the share of weight in words that each story uses in one passage only.
    """
    own = min(max(own, 0.03), 0.998)
    p = parameters
    evidence = p.place_base + p.place_own * math.log(own / (1 - own)) + p.near * near + p.margin * margin
    return logistic(evidence + p.once * once)


def same_figure(left: WeightedPassage, right: WeightedPassage) -> bool:
    """Whether both passages tell one figure of one unit."""
    return any(x.unit == y.unit and x.value == y.value for x in left.reading.figures for y in right.reading.figures)


def shared_order(left: WeightedPassage, right: WeightedPassage) -> int:
    """Count the words of the longest sequence that both passages hold in one order (bit-parallel, Crochemore et al. 2001)."""
    if len(left.reading.words) < len(right.reading.words):
        left, right = right, left
    places = left.places
    full = (1 << len(left.reading.words)) - 1
    row = full
    for word in right.reading.words:
        if here := places.get(word):
            met = row & here
            row = (row + met | row - met) & full
    return len(left.reading.words) - row.bit_count()


def logistic(evidence: float) -> float:
    """Give the probability for a sum of evidence."""
    return 1 / (1 + math.exp(-evidence))
