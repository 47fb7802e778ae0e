"""Alignment: which passages are set against each other, and which never."""

from __future__ import annotations

from reader.comparison.alignment import candidates
from reader.comparison.parameters import ComparisonParameters
from tests.support.comparison_stories import COURIER, ELSEWHERE, GAZETTE, HERALD, links, weighed


def test_a_paraphrase_is_a_sure_pair() -> None:
    found = {(link.left, link.right): link for link in links(HERALD, COURIER)}
    link = found[(0, 0), (1, 0)]
    assert link.score >= ComparisonParameters().sure
    assert not link.quote


def test_the_same_quotation_is_found_across_kinds_of_marks() -> None:
    (quote,) = [link for link in links(HERALD, COURIER) if link.quote]
    assert (quote.left, quote.right) == ((0, 1), (1, 1))
    assert quote.differs == (("a claim", "the claim"),)


def test_three_stories_are_aligned_two_by_two() -> None:
    assert ((0, 2), (2, 0)) in {(link.left, link.right) for link in links(HERALD, COURIER, GAZETTE)}


def test_stories_of_two_events_share_no_pair() -> None:
    assert links(HERALD, ELSEWHERE) == ()


def test_a_question_is_set_against_a_question_only() -> None:
    told, asked = "The harbour council closes the old lighthouse", "does the harbour council close the old lighthouse"
    assert links([f"{told}."], [f"{told} in spring."])
    assert links([f"Why {asked}?"], [f"When {asked}?"])
    assert not links([f"{told}."], [f"Why {asked}?"])


def test_passages_of_one_story_are_no_candidates() -> None:
    pairs = list(candidates(weighed(HERALD + HERALD[:1], COURIER), ComparisonParameters()))
    assert pairs
    assert all(left[0] < right[0] for left, right in pairs)


def test_few_words_are_no_quotation() -> None:
    assert links(["“At the end of it,” he said of the plan."], ["“At the end of it,” she said of the comet."]) == ()
