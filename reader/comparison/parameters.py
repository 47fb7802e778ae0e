"""The parameters of the comparison: one set for every kind of news."""

from __future__ import annotations

from msgspec import Struct


class ComparisonParameters(Struct, frozen=True):
    """Weights and thresholds; scores run from 0 to 1."""

    speaker: float = 0.4
    """The factor on the weight of a word that only names the speaker."""
    common: float = 3.0
    """A term's weight is divided by 1 + this times its share of the passages compared,"""
    few: int = 40
    """counted as at least this many."""
    least_terms: int = 4
    """Terms a passage needs to be compared."""

    base: float = -6.5
    """The score of two passages without context is logistic: this,"""
    cosine: float = 6.0
    """this times the cosine of their terms,"""
    plain_cosine: float = 2.0
    """this times the cosine without names and speakers,"""
    plain_least: float = 6.0
    """(a passage without them weighs at least this much),"""
    order_shorter: float = 5.0
    """this times their longest common subsequence, as a share of the shorter passage,"""
    order_longer: float = 3.0
    """this times the same as a share of the longer one,"""
    length: float = 2.2
    """this times the terms of the one that has fewer,"""
    full: int = 12
    """capped at this many and divided by it,"""
    figure: float = 0.9
    """this for a figure with the same unit in both,"""
    strangers: float = -0.8
    """and this if both have names and share none."""

    place_base: float = -0.75
    """The score in context is logistic again: this,"""
    place_own: float = 0.74
    """this times the logit of the score without context,"""
    near: float = 2.0
    """this times the best score among the eight neighboring pairs,"""
    margin: float = 1.95
    """this times the lead over the best rival of either passage in the other story,"""
    once: float = 2.2
    """and this times the share of weight in words that both stories use in one passage only."""
    least: float = 0.40
    """No pair has a lower score without context."""

    paraphrase_base: float = -3.2
    """The probability of a paraphrase is logistic too: this,"""
    paraphrase_cosine: float = 3.6
    """this times the cosine of their terms,"""
    paraphrase_letters: float = 8.6
    """this times their shared letter trigrams, as a share of the longer one,"""
    paraphrase_pairs: float = -3.7
    """this times the cosine of their term bigrams,"""
    paraphrase_added: float = -0.175
    """this per word of the longest insertion,"""
    paraphrase_changed: float = -0.065
    """this per word of the longest replacement,"""
    paraphrase_rarest: float = -0.23
    """this times the weight of the rarest term that only one has, summed over both,"""
    paraphrase_denied: float = -1.0
    """and this if only one is a denial."""

    sure: float = 0.80
    """A pair from this score on is sure,"""
    faint: float = 0.60
    """and one from this score on is faint."""

    candidate_share: float = 0.28
    """Passages are scored if they share this fraction of the lighter one's weight,"""
    candidate_weight: float = 2.5
    """and this much weight in all."""

    only_terms: int = 6
    """Terms a passage needs to count as unique to its story;"""
    only_nearest: float = 0.30
    """its best score with any other passage is below this,"""
    only_share: float = 0.36
    """and neighboring passages of any other story cover less than this share of its weight;"""
    only_stranger: float = 0.33
    """with a name that no other story has, coverage below this share is enough."""

    known_share: float = 0.78
    """A passage is not new if neighboring passages read before cover this share of its weight"""
    known_score: float = 0.60
    """and its score with one of them is at least this,"""
    known_paraphrase: float = 0.60
    """or if it paraphrases one of them with this probability"""
    known_paraphrase_share: float = 0.65
    """and they cover at least this share of its weight."""

    copied_score: float = 0.95
    """Two stories are copies if pairs of at least this score"""
    copied_share: float = 0.60
    """contain this share of the passages of the shorter one."""

    brief_repeats: float = 0.35
    """A brief contains no two passages with this score or more."""

    counted_score: float = 0.40
    """Two figures of one unit count the same thing if their passages have this score,"""
    counted_ratio_named: float = 5
    """or if they share names, agree in modifiers, and differ by at most this factor;"""
    counted_small: float = 10
    """figures up to this, measures"""
    counted_ratio: float = 20
    """and figures that differ by more than this factor need more:"""
    counted_score_loose: float = 0.60
    """this score,"""
    counted_ratio_loose: float = 2.5
    """at most this factor,"""
    counted_beside: int = 3
    """and this many of the same words near them."""
