"""How well groups found agree with groups given."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Mapping, Sequence
from typing import Any


def agreement(given: Sequence[Hashable], found: Sequence[Hashable]) -> dict[str, float]:
    """Compare two groupings of the same things, item by item.

    BCubed precision, recall and F1 (Bagga and Baldwin 1998), F1 over pairs, and the adjusted Rand index (Hubert and Arabie 1985).
    """
    count = len(given)
    both, golden, made = Counter(zip(given, found, strict=True)), Counter(given), Counter(found)
    precision = sum(n * n / made[group] for (_, group), n in both.items()) / count
    recall = sum(n * n / golden[group] for (group, _), n in both.items()) / count
    right, wanted, paired = (_pairs(counts) for counts in (both, golden, made))
    expected = wanted * paired / _pairs(Counter(all=count))
    ceiling = (wanted + paired) / 2
    return {
        "stories": count,
        "b3_precision": round(precision, 4),
        "b3_recall": round(recall, 4),
        "b3_f1": round(2 * precision * recall / (precision + recall), 4),
        "pairwise_f1": round(2 * right / (wanted + paired), 4) if wanted + paired else 1.0,
        "ari": round((right - expected) / (ceiling - expected), 4) if ceiling != expected else 1.0,
    }


def _pairs(counts: Mapping[Any, int]) -> int:
    """How many pairs of things share a group."""
    return sum(n * (n - 1) // 2 for n in counts.values())
