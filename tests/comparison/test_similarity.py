"""Scores: what speaks for two passages telling the same, by themselves and in their place."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.comparison.parameters import ComparisonParameters
from reader.comparison.similarity import common_subsequence, score, score_in_context
from tests.support.comparison_stories import COURIER, ELSEWHERE, HERALD, weighed

PARAMETERS = ComparisonParameters()
words = st.lists(st.sampled_from("ferry crew harbour council night storm the of".split()), min_size=1, max_size=12)


def test_a_paraphrase_scores_higher_than_another_statement_of_the_same_story() -> None:
    herald, courier = weighed(HERALD, COURIER)
    same, other = (score(herald[0], courier[place], PARAMETERS) for place in (0, 3))
    assert same > 0.8
    assert other < 0.2


def test_passages_without_a_word_in_common_score_nothing() -> None:
    left, right = weighed(["Herring rotted on quays."], ["Comets pass planets."])
    assert score(left[0], right[0], PARAMETERS) == 0


def test_a_figure_that_both_tell_speaks_for_a_pair() -> None:
    same, other = (
        weighed(["The council said the line owns 80 ferries and no tugs."], [f"On the quay they say {count} ferries belong to it."])
        for count in ("80", "95")
    )
    assert score(same[0][0], same[1][0], PARAMETERS) > score(other[0][0], other[1][0], PARAMETERS)


@given(words, words)
def test_the_score_is_the_same_from_both_sides(one: list[str], other: list[str]) -> None:
    left, right = weighed([" ".join(one) + "."], [" ".join(other) + "."])
    for a, b in zip(left, right, strict=False):
        assert score(a, b, PARAMETERS) == score(b, a, PARAMETERS)
        assert common_subsequence(a, b) == common_subsequence(b, a) == longest(a.features.words, b.features.words)


def longest(left: tuple[str, ...], right: tuple[str, ...]) -> int:
    """The length of the longest common subsequence, by the textbook's table."""
    row = [0] * (len(right) + 1)
    for word in left:
        new = [0]
        for place, other in enumerate(right, 1):
            new.append(row[place - 1] + 1 if word == other else max(row[place], new[-1]))
        row = new
    return row[-1]


def test_neighbours_a_margin_and_rare_words_speak_for_a_pair() -> None:
    plain = score_in_context(0.6, 0.2, 0.1, 0.1, PARAMETERS)
    assert score_in_context(0.6, 0.9, 0.1, 0.1, PARAMETERS) > plain
    assert score_in_context(0.6, 0.2, 0.5, 0.1, PARAMETERS) > plain
    assert score_in_context(0.6, 0.2, 0.1, 0.6, PARAMETERS) > plain


@pytest.mark.parametrize("own", [0.0, 1.0])
def test_a_score_in_its_place_stays_within_its_bounds(own: float) -> None:
    assert 0 < score_in_context(own, 0.0, 0.0, 0.0, PARAMETERS) < 1


def test_a_sentence_of_another_event_scores_low() -> None:
    herald, comet = weighed(HERALD, ELSEWHERE)
    assert max(score(left, right, PARAMETERS) for left in herald for right in comet) < 0.3
