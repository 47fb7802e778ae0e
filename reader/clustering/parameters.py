"""The one set of parameters by which stories are grouped, for every kind of news."""

from __future__ import annotations

import math

from msgspec import Struct
from msgspec.structs import replace


class ClusteringParameters(Struct, frozen=True):
    """How stories are grouped into events and events into storylines; likeness is average link, from 0 to 1."""

    query_terms: int = 10
    """A story looks for its event among those that share one of this many of its heaviest terms,"""
    common_events: int = 100
    """skipping terms that more than this many events hold,"""
    common_share: float = 0.05
    """and this share of all events on top, up to"""
    common_most: int = 200
    """so many;"""
    candidates: int = 20
    """the best of them by the shared terms alone are measured in full."""

    stream_share: float = 0.5
    """How much the share of recent stories that hold a term may count against its share in the background,"""
    stream_stories: int = 200
    """and the number of stories at which it counts half of that."""

    far: float = 0.5
    """What is left of a likeness when the days between two stories are many,"""
    long_gap: float = 1500.0
    """the gap in days at which even that is halved,"""
    undated: float = 0.75
    """and the factor where a date is missing."""

    same_source: float = 0.25
    """What counts of the likeness of two stories of one source: they share its style and its subjects,"""
    same_source_short: float = 0.7
    """and of two that are little more than a headline."""

    one_source: float = 1.5
    """The factor on what two groups need that are both of one source alone: its series is no event;"""

    heaviest_term: float = 0.5
    """The share of what its heaviest shared term adds that a link between headlines loses: one word is little evidence;"""
    second_term: float = 0.3
    """and the share of what the next one adds;"""
    heaviest_full: float = 0.0
    """how much of both a link between full texts loses."""

    threshold_base: float = 0.003
    """The likeness needed to belong together where nothing else is near,"""
    threshold_slope: float = 2.3
    """what is added to it for each unit of density, the mean likeness to the nearest other events,"""
    short_base: float = 0.045
    """the base"""
    short_slope: float = 0.7
    """and the slope for a story that is little more than a headline."""
    own_density: float = 0.3
    """How much a story's own density counts against the mean of all stories (less in a young library),"""
    prior_density: float = 0.1
    """the mean density taken for granted before there are stories,"""
    prior_stories: int = 50
    """and how many stories that counts for;"""
    lowest: float = 0.05
    """the bounds of the threshold."""
    highest: float = 0.45
    few: float = 0.31
    """What a single pair needs on top, as a share of the threshold: the mean of few likenesses says little,"""
    few_short: float = 2.4
    """and the more so where few words are compared;"""
    few_power: float = 0.5
    """it falls with the number of pairs to this power."""

    strictness: float = 1.0
    """The factor on all that is needed,"""
    strictness_short: float = 1.0
    """and where few words are compared."""

    cohesion: float = 0.5
    """Two groups belong together only if their link reaches this share of what the looser one has among its own stories,"""
    cohesion_short: float = 0.5
    """if most of them are little more than a headline this one,"""
    cohesion_single: float = 0.3
    """and if one is a single story this one."""

    density_events: int = 5
    """Density is the mean likeness to so many of the nearest other events."""

    batch: int = 200
    """Stories that may arrive before they are settled."""
    touched_events: int = 2
    """A fresh story has its neighbourhood settled again: the best events down to this rank,"""
    touched_likeness: float = 0.08
    """if they are as like as this,"""
    touched_stories: int = 50
    """each by its newest stories."""
    near_events: int = 20
    """A story looks for near stories in this many events,"""
    near_stories: int = 40
    """among the newest of each,"""
    edges: int = 8
    """and may be tied to this many"""
    edge_likeness: float = 0.05
    """that are more like than this."""
    tie_terms: int = 2
    """Two stories that share fewer words are no reason to put their events together."""
    pair_terms: int = 3
    """Two stories alone are an event only if they share so many words,"""
    pair_least: float = 0.1
    """and if so much of their likeness is left without the heaviest of them,"""
    pair_growth: float = 0.01
    """more by this for each day between them,"""
    pair_most: float = 0.25
    """up to this: one word is a subject, not a happening;"""
    single_terms: int = 2
    """a story joins a group only if it shares so many words with one of its stories,"""
    single_least: float = 0.04
    """and so much without the heaviest."""
    neighbours: int = 3
    """It is expanded by up to this many of them,"""
    neighbour_share: float = 0.8
    """if they reach this share of the threshold taken for granted,"""
    neighbour_weight: float = 0.26
    """their mean counting this much against its own terms;"""
    expanded_terms: int = 120
    """this many terms are kept."""
    whole: int = 80
    """Events with more stories than this are moved as a whole."""

    working_set: int = 3500
    """Stories may join the events of this many that came last; older events rest."""

    storyline_share: float = 0.82
    """The share of what two groups need to be one event with which two events are one storyline,"""
    storyline_share_short: float = 0.56
    """and where they are little more than headlines,"""
    storyline_far: float = 0.85
    """where so much is left of a likeness after many days,"""
    storyline_long_gap: float = 3000.0
    """halved after so many,"""
    storyline_same_source: float = 0.15
    """this counts of the likeness of two stories of one source,"""
    storyline_heaviest_full: float = 0.6
    """so much of the first two words does not count between full texts: they may name a subject,"""
    storyline_few_short: float = 3.5
    """and a single pair of headlines needs this on top: a storyline of two is easily no more than a subject they share."""

    def nearness(self, gap: float | None) -> float:
        """Give the factor of time for a gap in days: 1 for none, falling slowly with its logarithm."""
        if gap is None:
            return self.undated
        return (self.far + (1 - self.far) / (1 + math.log1p(gap))) / (1 + gap / self.long_gap)

    def pair_rest(self, gap: float | None) -> float:
        """Return what two stories so many days apart must share without their heaviest word."""
        return min(self.pair_least + self.pair_growth * (gap or 0.0), self.pair_most)

    def threshold(self, density: float | None, densities: Densities, short: bool) -> float:
        """Give the likeness a story needs to belong to an event: higher where the news around it is dense.

        A density of None is not known yet: the one taken for granted stands for it.
        """
        base, slope = (self.short_base, self.short_slope) if short else (self.threshold_base, self.threshold_slope)
        own = self.own_density * densities.stories / (self.prior_stories + densities.stories)
        mean = (self.prior_stories * self.prior_density + densities.total) / (self.prior_stories + densities.stories)
        expected = self.prior_density if density is None else own * density + (1 - own) * mean
        return min(max(base + slope * expected, self.lowest), self.highest)

    def of_storylines(self) -> ClusteringParameters:
        """Give the parameters by which events are grouped into storylines, which are looser than events and last longer."""
        return replace(
            self,
            far=self.storyline_far,
            long_gap=self.storyline_long_gap,
            same_source=self.storyline_same_source,
            heaviest_full=self.storyline_heaviest_full,
            few_short=self.storyline_few_short,
            strictness=self.storyline_share,
            strictness_short=self.storyline_share_short,
            cohesion=0.0,
            cohesion_short=0.0,
            cohesion_single=0.0,
        )

    def of_density(self) -> ClusteringParameters:
        """Give the parameters by which density is measured: what is near is near, whoever says it."""
        return replace(self, same_source=1.0, same_source_short=1.0)

    def doubt(self, pairs: int, short: float) -> float:
        """Give the factor on a threshold for a link that is the mean of so many pairs; `short` is the share of headlines."""
        return 1 + (self.few + short * (self.few_short - self.few)) / math.pow(pairs, self.few_power)


class Densities(Struct):
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
