"""How common terms are in the stream of recent stories, by which the terms of some stories are weighed."""

from __future__ import annotations

import math
from collections import Counter, defaultdict

from reader.clustering.cluster import Member
from reader.clustering.parameters import ClusteringParameters
from reader.clustering.tfidf import IDF_POWER, LEAST_IDF, TERMS, Vector, idf, unit


class TermShares:
    """In how many stories of the stream each term stands, for each language by itself."""

    def __init__(self, parameters: ClusteringParameters) -> None:
        self._parameters = parameters
        self._stories: Counter[str] = Counter()
        self._holding: defaultdict[str, Counter[str]] = defaultdict(Counter)

    def add(self, member: Member) -> None:
        """Count a story in."""
        self._stories[member.language] += 1
        self._holding[member.language].update(member.vector.keys())

    def drop(self, member: Member) -> None:
        """Count a story out."""
        self._stories[member.language] -= 1
        self._holding[member.language].subtract(member.vector.keys())

    def weighed(self, member: Member) -> Vector:
        """Weigh the terms of a story by the stream and the background, where its vector weighs them by the background alone.

        The story itself must not be counted; it counts as one more.
        """
        stories, document_frequency = self._stories[member.language] + 1, self._holding[member.language]
        share = self._parameters.stream_share * stories / (stories + self._parameters.stream_stories)
        weights = {}
        for term, weight in member.vector.items():
            known = idf(term)
            common = (1 - share) * math.exp(-known) + share * (document_frequency[term] + 1) / stories
            weights[term] = weight * (max(-math.log(common), LEAST_IDF) / known) ** IDF_POWER
        return unit(weights, TERMS)
