"""Paraphrase: the same, no more and no less."""

from __future__ import annotations

import pytest

from reader.comparison.parameters import ComparisonParameters
from reader.comparison.paraphrase import paraphrase_probability
from tests.support.comparison_stories import weighed

TOLD = "The harbour council offered the crews talks with a mediator on Friday."


def of(left: str, right: str) -> float:
    (a,), (b,) = weighed([left], [right])
    assert paraphrase_probability(a, b, ComparisonParameters()) == paraphrase_probability(b, a, ComparisonParameters())
    return paraphrase_probability(a, b, ComparisonParameters())


def test_the_same_words_are_alike() -> None:
    assert of(TOLD, TOLD) > 0.9


@pytest.mark.parametrize(
    "other",
    [
        "The harbour council has not offered the crews talks with a mediator on Friday.",
        "The harbour council offered the crews talks with a mediator on Friday, and closed a museum and two schools.",
        "The bishop offered the crews soup.",
    ],
)
def test_a_denial_an_addition_and_another_thing_are_less_alike(other: str) -> None:
    assert of(TOLD, other) < of(TOLD, "The harbour council offered talks with a mediator to the crews on Friday.")


def test_a_passage_without_words_is_like_none() -> None:
    (a,), (b,) = weighed(["And so it was."], [TOLD])
    assert paraphrase_probability(a, b, ComparisonParameters()) == 0
