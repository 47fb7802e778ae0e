"""Presence: how likely a term of a thread is to stand in a headline that a person would write over all of it."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping

from reader.clustering.titles.term_usage import TermUsage, TermUsageTable

SUPPORT = (0.3, 0.1)
"""Share of a thread's stories that must hold a word of its name, and the share where that leaves none, as among headlines alone."""

# Weights of a conditional logit (McFadden 1974): the pair of terms that stands in a person's headline against all other pairs.
_WEIGHT = 1.2  # how often and early it stands, as a logarithm
_STORIES = 0.8  # the share of stories that hold it
_TITLES = 1.0  # the share of titles that do, which tells the more, the more titles there are
_FRONT = 1.4  # how far to the front of the titles it stands


def supported(usages: TermUsageTable, share: float = SUPPORT[0]) -> dict[str, TermUsage]:
    """Find the terms that stand in a share of the stories, in one at least."""
    least = max(1, math.ceil(share * usages.stories))
    return {term: usage for term, usage in usages.terms.items() if usage.stories >= least}


def presence(usages: TermUsageTable, usage: TermUsage) -> float:
    """Tell how much of a thread a term is, as log odds but for a constant."""
    stories = usages.stories
    titles = _TITLES * (1 + 0.5 * math.log(stories)) * usage.titles + _FRONT * usage.front
    return _WEIGHT * math.log1p(usage.weight / stories) + (_STORIES * usage.stories + titles) / stories


def most_present(values: Mapping[str, float], terms: Iterable[str], limit: int) -> list[str]:
    """List the terms of the highest presence, the highest first."""
    return sorted(terms, key=lambda term: (-values[term], term))[:limit]
