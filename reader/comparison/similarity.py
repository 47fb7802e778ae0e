"""Scores from 0 to 1 that two passages say the same, without and with context."""

from __future__ import annotations

import math

from reader.comparison.parameters import ComparisonParameters
from reader.comparison.terms import UNIT
from reader.comparison.weighting import WeightedPassage


def score(left: WeightedPassage, right: WeightedPassage, parameters: ComparisonParameters) -> float:
    """Score two passages without context."""
    a, b = left.terms, right.terms
    shared = a.keys() & b.keys()
    if not shared:
        return 0.0
    p = parameters
    common = sum([a[term] if a[term] < b[term] else b[term] for term in shared])
    plain = sum([left.plain[term] for term in left.plain.keys() & right.plain.keys()])  # the same weights on both sides
    plain_mass = max(p.plain_least * UNIT, math.sqrt(left.plain_mass * right.plain_mass))
    lengths = len(left.features.words), len(right.features.words)
    order = common_subsequence(left, right)
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


def score_in_context(own: float, near: float, margin: float, once: float, parameters: ComparisonParameters) -> float:
    """Score two passages in context.

    `own` is their score without context, `near` the best score of the neighboring pairs, `margin` the lead of `own` over the best
    rival of either passage, `once` the share of weight in words that each story uses in one passage only.
    """
    own = min(max(own, 0.03), 0.998)
    p = parameters
    evidence = p.place_base + p.place_own * math.log(own / (1 - own)) + p.near * near + p.margin * margin
    return logistic(evidence + p.once * once)


def same_figure(left: WeightedPassage, right: WeightedPassage) -> bool:
    """Whether both passages have a quantity with the same value and unit."""
    return any(x.unit == y.unit and x.value == y.value for x in left.features.figures for y in right.features.figures)


def common_subsequence(left: WeightedPassage, right: WeightedPassage) -> int:
    """Length in words of the longest common subsequence of two passages (bit-parallel, Crochemore et al. 2001)."""
    if len(left.features.words) < len(right.features.words):
        left, right = right, left
    places = left.places
    full = (1 << len(left.features.words)) - 1
    row = full
    for word in right.features.words:
        if here := places.get(word):
            met = row & here
            row = (row + met | row - met) & full
    return len(left.features.words) - row.bit_count()


def logistic(evidence: float) -> float:
    """The logistic function."""
    return 1 / (1 + math.exp(-evidence))
