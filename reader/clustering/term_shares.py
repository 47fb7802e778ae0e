"""How common terms are in the stream of recent stories, by which those of headlines are weighed."""

from __future__ import annotations

import math
from collections import Counter

from reader.clustering.parameters import ClusteringParameters
from reader.clustering.tfidf import IDF_POWER, LEAST_IDF, TERMS, Vector, idf, unit


class TermShares:
    """In how many stories of the stream each term stands."""

    def __init__(self, parameters: ClusteringParameters) -> None:
        self._parameters = parameters
        self._stories = 0
        self._holding: Counter[str] = Counter()

    def add(self, vector: Vector) -> None:
        """Count a story in."""
        self._stories += 1
        self._holding.update(vector.keys())

    def drop(self, vector: Vector) -> None:
        """Count a story out."""
        self._stories -= 1
        self._holding.subtract(vector.keys())

    def weighed(self, vector: Vector) -> Vector:
        """Weigh the terms of a story among those of the stream by the stream, where the vector weighs them by the background."""
        stories = self._stories + 1
        share = self._parameters.stream_share * stories / (stories + self._parameters.stream_stories)
        weights = {}
        for term, weight in vector.items():
            known = idf(term)
            common = (1 - share) * math.exp(-known) + share * (self._holding[term] + 1) / stories
            weights[term] = weight * (max(-math.log(common), LEAST_IDF) / known) ** IDF_POWER
        return unit(weights, TERMS)
