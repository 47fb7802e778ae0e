"""Paraphrase: whether two passages say the same, no more and no less."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from difflib import SequenceMatcher
from itertools import pairwise

from reader.comparison.parameters import ComparisonParameters
from reader.comparison.similarity import logistic
from reader.comparison.terms import UNIT
from reader.comparison.weighting import WeightedPassage

_DENIALS = frozenset("not no never without denied deny denies cannot nor neither".split())
_LETTERS = 3


def paraphrase_probability(left: WeightedPassage, right: WeightedPassage, parameters: ComparisonParameters) -> float:
    """Return the probability that a reader of one passage learns nothing from the other.

    The weights were fitted on the training half of the Microsoft Research Paraphrase Corpus (Dolan and Brockett 2005) and rounded.
    """
    if not left.mass or not right.mass:
        return 0.0
    p = parameters
    a, b = left.terms, right.terms
    common = sum([min(a[term], b[term]) for term in a.keys() & b.keys()])
    added, changed = _pieces(left.features.words, right.features.words)
    rarest = sum(max([x[term] for term in x.keys() - y.keys()], default=0) for x, y in ((a, b), (b, a)))
    return logistic(
        p.paraphrase_base
        + p.paraphrase_cosine * common / math.sqrt(left.mass * right.mass)
        + p.paraphrase_letters * _shared_letters(left.features.words, right.features.words)
        + p.paraphrase_pairs * _shared_pairs(left.features.terms, right.features.terms)
        + p.paraphrase_added * added
        + p.paraphrase_changed * changed
        + p.paraphrase_rarest * rarest / UNIT
        + p.paraphrase_denied * (_denies(left.features.words) != _denies(right.features.words))
    )


def _pieces(left: Sequence[str], right: Sequence[str]) -> tuple[int, int]:
    """The lengths in words of the longest insertion and of the longest replacement."""
    steps = SequenceMatcher(None, left, right, autojunk=False).get_opcodes()
    added = [a_end - a + b_end - b for kind, a, a_end, b, b_end in steps if kind in ("insert", "delete")]
    changed = [max(a_end - a, b_end - b) for kind, a, a_end, b, b_end in steps if kind == "replace"]
    return max(added, default=0), max(changed, default=0)


def _shared_letters(left: Sequence[str], right: Sequence[str]) -> float:
    a, b = _grams(left), _grams(right)
    return (a & b).total() / max(a.total(), b.total(), 1)


def _grams(words: Sequence[str]) -> Counter[str]:
    text = f" {' '.join(words)} "
    return Counter(text[start : start + _LETTERS] for start in range(len(text) - _LETTERS + 1))


def _shared_pairs(left: Sequence[str], right: Sequence[str]) -> float:
    a, b = set(pairwise(left)), set(pairwise(right))
    return len(a & b) / max(1.0, math.sqrt(len(a) * len(b)))


def _denies(words: Sequence[str]) -> bool:
    return any(word in _DENIALS or word.endswith(("n't", "n’t")) for word in words)
