"""The one set of parameters by which stories are tied, for every kind of news."""

from __future__ import annotations

import math
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ClusteringParameters:
    """How stories are tied into events and events into storylines; likeness is average link, from 0 to 1."""

    query_terms: int = 10
    """A story looks for its event among those that share one of this many of its heaviest terms,"""
    common_events: int = 100
    """skipping terms that more than this many events hold,"""
    common_share: float = 0.05
    """and this share of all events on top, up to"""
    common_most: int = 200
    """so many;"""
    candidates: int = 10
    """the best of them by the shared terms alone are measured in full."""

    far: float = 0.5
    """What is left of a likeness when the times are endlessly far apart,"""
    near_days: float = 1.0
    """the gap in days at which the factor of time begins to fall,"""
    undated: float = 0.81
    """and the factor where a time is missing."""

    threshold_base: float = 0.14
    """The likeness needed to belong together where nothing else is near,"""
    threshold_slope: float = 2.0
    """what is added to it for each unit of density, the mean likeness to the next events around,"""
    own_density: float = 0.6
    """how much the story's own density counts against the mean of all stories (less in a young library),"""
    prior_density: float = 0.09
    """the mean density taken for granted before there are stories,"""
    prior_stories: int = 50
    """and how many stories that counts for;"""
    strictness: float = 0.8
    """the factor on it all,"""
    short_base: float = 0.07
    """the base"""
    short_slope: float = 1.4
    """and the slope for a story that is little more than a headline,"""
    short_own_density: float = 0.45
    """and how much its own density counts;"""
    lowest: float = 0.06
    """and the bounds it keeps to."""
    highest: float = 0.45
    few: float = 0.08
    """What a single pair needs on top, as a share of it: the mean of few likenesses says little,"""
    few_short: float = 0.6
    """and the more so where few words are compared;"""
    few_power: float = 0.35
    """it falls with the number of pairs to this power."""

    cohesion: float = 0.7
    """Two groups belong together only if their link reaches this share of what the looser one has among its own stories,"""
    cohesion_short: float = 0.3
    """if most of them are little more than a headline this one,"""
    cohesion_single: float = 0.4
    """and if one is a single story this one."""

    arrival_ranks: tuple[int, int] = (2, 6)
    """Density when a story arrives: its likeness to the events of these ranks, best first; the best would breed fragments."""
    settling_ranks: tuple[int, int] = (1, 5)
    """Density when it settles: its likeness to the best events other than its own."""
    merge_ranks: int = 4
    """A story that joins an event may merge it with another down to this rank, if both hold together so (`cohesion`)."""

    batch: int = 200
    """Stories that may arrive before they are settled."""
    touched_events: int = 2
    """A fresh story has its neighbourhood settled again: its own event and the best events down to this rank,"""
    touched_share: float = 0.6
    """if they reach this share of its threshold,"""
    touched_stories: int = 50
    """each by its newest stories."""
    near_events: int = 8
    """A story looks for near stories in this many events,"""
    near_stories: int = 40
    """among the newest of each,"""
    edges: int = 8
    """and may be tied to this many"""
    edge_share: float = 0.5
    """if they reach this share of its threshold."""
    neighbours: int = 3
    """It is expanded by up to this many of them,"""
    neighbour_share: float = 0.65
    """if they reach this share of its threshold,"""
    neighbour_weight: float = 0.3
    """their mean counting this much against its own terms;"""
    expanded_terms: int = 120
    """this many terms are kept."""
    whole: int = 40
    """Events with more stories than this are moved as a whole."""

    working_set: int = 3500
    """Stories may join the events of this many that came last; older events rest."""

    storyline: float = 0.27
    """The likeness of two events, regardless of time, from which they are one storyline."""

    def nearness(self, gap: float | None) -> float:
        """Give the factor of time for a gap in days: 1 for none, falling slowly with its logarithm."""
        if gap is None:
            return self.undated
        return self.far + (1 - self.far) / (1 + math.log1p(gap / self.near_days))

    def threshold(self, density: float, densities: Densities, short: bool) -> float:
        """Give the likeness a story needs to belong to an event: higher where the news around it is dense."""
        own = self.short_own_density if short else self.own_density
        base, slope = (self.short_base, self.short_slope) if short else (self.threshold_base, self.threshold_slope)
        own *= 1 - self.prior_stories / (self.prior_stories + densities.stories)
        mean = (self.prior_stories * self.prior_density + densities.total) / (self.prior_stories + densities.stories)
        return min(max(self.strictness * (base + slope * (own * density + (1 - own) * mean)), self.lowest), self.highest)

    def doubt(self, pairs: int, short: bool) -> float:
        """Give the factor on a threshold for a link that is the mean of so many pairs."""
        return 1 + (self.few_short if short else self.few) / math.pow(pairs, self.few_power)


@dataclass(slots=True)
class Densities:
    """How many stories had their density measured, and the sum of it."""

    stories: int = 0
    total: float = 0.0

    def add(self, density: float) -> None:
        """Count one story's density in."""
        self.stories += 1
        self.total += density

    def drop(self, density: float) -> None:
        """Count one story's density out."""
        self.stories -= 1
        self.total -= density
