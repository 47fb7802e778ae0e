"""Scores: how sure it is that two passages tell the same, from 0 to 1, by themselves and in their place."""

from __future__ import annotations

import math
from collections.abc import Sequence

from reader.compare.parameters import Parameters
from reader.compare.weighing import Weighed

_UNIT = 1024  # weights are given in parts of one


def score(left: Weighed, right: Weighed, parameters: Parameters) -> float:
    """Score two passages by themselves."""
    shared = left.terms.keys() & right.terms.keys()
    if not shared:
        return 0.0
    a, b = left.terms, right.terms
    common = sum([min(a[term], b[term]) for term in shared])
    plain = sum([min(left.plain[term], right.plain[term]) for term in left.plain.keys() & right.plain.keys()])
    least = parameters.plain_least * _UNIT
    p = parameters
    evidence = (
        p.base
        + p.cosine * common / math.sqrt(left.mass * right.mass)
        + p.plain_cosine * plain / max(least, math.sqrt(left.plain_mass * right.plain_mass))
        + p.plain_overlap * plain / max(least, min(left.plain_mass, right.plain_mass))
        + p.length * min(len(a), len(b), p.full) / p.full
        + p.figure * same_figure(left, right)
        + p.strangers * bool(left.names and right.names and not left.names & right.names)
    )
    run = min(longest_run(left.reading.words, right.reading.words), p.full)
    return logistic(evidence + p.run * run / p.full)


def settle(own: float, near: float, margin: float, once: float, asks: bool, parameters: Parameters) -> float:
    """Score two passages in their place.

    `own` is their score by themselves, `near` the best of the neighbouring pairs, `margin` what `own` is better than the best
    rival of either, `once` the share of weight in words each story uses in one passage only, `asks` whether one is a question.
    """
    own = min(max(own, 0.03), 0.998)
    p = parameters
    evidence = p.place_base + p.place_own * math.log(own / (1 - own)) + p.near * near + p.margin * margin
    return logistic(evidence + p.once * once + p.question * asks)


def same_figure(left: Weighed, right: Weighed) -> bool:
    """Whether both passages tell one figure of one unit."""
    return any(x.unit == y.unit and x.value == y.value for x in left.reading.figures for y in right.reading.figures)


def longest_run(left: Sequence[str], right: Sequence[str]) -> int:
    """Count the words of the longest run that both sequences hold."""
    places: dict[str, list[int]] = {}
    for place, word in enumerate(right):
        places.setdefault(word, []).append(place)
    best = 0
    ending: dict[int, int] = {}  # the length of the run that ends at a place of `right`
    for word in left:
        now: dict[int, int] = {}
        for place in places.get(word, ()):
            now[place] = length = ending.get(place - 1, 0) + 1
            if length > best:
                best = length
        ending = now
    return best


def logistic(evidence: float) -> float:
    """Give the probability for a sum of evidence."""
    return 1 / (1 + math.exp(-evidence))
