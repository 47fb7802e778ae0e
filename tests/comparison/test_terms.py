"""Terms: words for one thing are one term, and rare ones weigh more."""

from __future__ import annotations

import pytest

from reader.comparison.terms import UNIT, read, term, weight


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("withdrawing", "withdrawal"),
        ("forty", "40"),
        ("7,000", "7000"),
        ("attorneys", "lawyer"),
        ("U.S.".replace(".", ""), "American"),
    ],
)
def test_words_for_one_thing_are_one_term(one: str, other: str) -> None:
    assert term(one) == term(other) != ""


@pytest.mark.parametrize("word", ["the", "said", "Monday", "x"])
def test_words_that_say_nothing_have_no_term(word: str) -> None:
    assert term(word) == ""


def test_a_group_of_words_may_stand_for_one() -> None:
    assert [word.term for word in read("The minister stepped down")][-1] == term("resigned")


def test_rare_terms_weigh_more_and_none_weighs_nothing() -> None:
    assert weight(term("lighthouse")) > weight(term("winter")) > weight(term("government")) > UNIT


@pytest.mark.parametrize("text", ["The cafe \u0301 reopened", "\u0301", "a \u0300\u0301 b"])
def test_a_combining_mark_by_itself_is_no_word(text: str) -> None:
    assert term("\u0301") == ""
    assert all(word.folded for word in read(text))
