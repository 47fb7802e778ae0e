"""The one set of parameters by which stories are set side by side, for every kind of news."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ComparisonParameters:
    """How passages are weighed, scored and told apart; scores run from 0 to 1."""

    speaker: float = 0.4
    """What is left of the weight of a word that only says who speaks."""
    common: float = 3.0
    """How strongly a term in many of the passages compared loses weight: it is divided by 1 + this times its share of them,"""
    few: int = 40
    """the passages counted as at least so many."""
    least_terms: int = 4
    """Terms a passage needs to take part."""

    base: float = -6.5
    """The score of two passages by themselves is logistic: this,"""
    cosine: float = 6.0
    """this times the cosine of their terms,"""
    plain_cosine: float = 2.0
    """this times the cosine without names and speakers,"""
    plain_least: float = 6.0
    """(where a passage weighs at least this much without them),"""
    order_shorter: float = 5.0
    """this times the words they share in one order, as a share of the shorter passage,"""
    order_longer: float = 3.0
    """this times the same as a share of the longer,"""
    length: float = 2.2
    """this times the terms of the one that has fewer,"""
    full: int = 12
    """counted up to so many and divided by it,"""
    figure: float = 0.9
    """this for a figure that both tell of the same unit,"""
    strangers: float = -0.8
    """and this where both name somebody and share no name."""

    place_base: float = -0.75
    """In its place the score is logistic again: this,"""
    place_own: float = 0.74
    """this times the logit of the score by itself,"""
    near: float = 2.0
    """this times the best score among the eight neighbouring pairs,"""
    margin: float = 1.95
    """this times what it is better than the best rival of either passage in the other story,"""
    once: float = 2.2
    """and this times the share of weight in words that both stories use in one passage only."""
    least: float = 0.40
    """No pair below this score by itself."""

    alike_base: float = -3.2
    """That one passage says all of another and no more is logistic too: this,"""
    alike_cosine: float = 3.6
    """this times the cosine of their terms,"""
    alike_letters: float = 8.6
    """this times the trigrams of letters they share, as a share of the longer,"""
    alike_pairs: float = -3.7
    """this times the cosine of their pairs of neighbouring terms,"""
    alike_added: float = -0.175
    """this for each word of the longest piece that one has and the other has not,"""
    alike_changed: float = -0.065
    """this for each word of the longest piece that is put differently,"""
    alike_rarest: float = -0.23
    """this times the weight of the rarest term that only one of them has, each counting its own,"""
    alike_denied: float = -1.0
    """and this where only one of them denies."""

    sure: float = 0.80
    """A pair from this score on is sure,"""
    faint: float = 0.60
    """and one from this score on is faint."""

    candidate_share: float = 0.28
    """Passages are scored if they share this much of the lighter one's weight,"""
    candidate_weight: float = 2.5
    """and this much weight in all."""

    only_terms: int = 6
    """Terms a passage needs to be told by one story only;"""
    only_nearest: float = 0.30
    """its best score with any other passage is below this,"""
    only_share: float = 0.36
    """and less than this share of its weight stands in neighbouring passages of any other story;"""
    only_stranger: float = 0.33
    """where it names somebody whom no other story names, less than this share is enough."""

    known_share: float = 0.78
    """A passage holds nothing new if this share of its weight stands in neighbouring passages read before"""
    known_score: float = 0.60
    """and its score with one of them is at least this,"""
    known_alike: float = 0.60
    """or if it is this much alike to one of them"""
    known_alike_share: float = 0.65
    """and at least this share of its weight stands there."""

    copied_score: float = 0.95
    """Two stories are one text if pairs of at least this score"""
    copied_share: float = 0.60
    """hold this share of the passages of the shorter one."""

    brief_repeats: float = 0.35
    """A brief holds no two passages with this score or more."""

    counted_score: float = 0.40
    """Two figures of one unit count the same thing if their passages have this score,"""
    counted_ratio_named: float = 5
    """or if they share names, say the same of what is counted, and differ by at most this factor;"""
    counted_small: float = 10
    """figures up to this, measures"""
    counted_ratio: float = 20
    """and figures that differ by more than this factor need more:"""
    counted_score_loose: float = 0.60
    """this score,"""
    counted_ratio_loose: float = 2.5
    """at most this factor,"""
    counted_beside: int = 3
    """and so many of the same words beside them."""
