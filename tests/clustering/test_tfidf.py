"""Vectors: what weighs, how long they are, and that they are kept exactly."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.clustering.tfidf import add, dot, idf, is_short, pack, unit, unpack, vector

BODY = ["The harbour council met on Monday. Crews of the Northern ferry had refused to sail.", "The ferry will sail again."]


def test_a_vector_has_unit_length_and_its_heaviest_term_first() -> None:
    made = vector("Ferry strike ends", BODY)
    assert math.isclose(dot(made, made), 1, abs_tol=0.001)
    assert list(made.values()) == sorted(made.values(), reverse=True)
    assert next(iter(made)) == "ferri"


def test_calendar_and_function_words_do_not_count() -> None:
    assert not {"monday", "the", "of", "on"} & vector("", BODY).keys()


def test_a_word_in_the_title_weighs_more() -> None:
    assert vector("Harbour council", BODY)["harbour"] > vector("", BODY)["harbour"]


def test_a_capital_in_the_middle_of_a_sentence_weighs_more() -> None:
    assert vector("", ["Crews of the Northern line."])["northern"] > vector("", ["Crews of the northern line."])["northern"]


def test_rare_words_tell_more() -> None:
    assert idf("ferri") > idf("govern") > 0


def test_words_of_one_stem_are_one_term() -> None:
    assert vector("", ["They withdraw."]).keys() == vector("", ["They are withdrawing."]).keys()


def test_nothing_makes_an_empty_vector() -> None:
    assert vector("", []) == {}
    assert dot({}, {"a": 1.0}) == 0


def test_a_headline_is_short() -> None:
    assert is_short(["Ferry strike ends"])
    assert not is_short([" ".join(f"harbour{n}" for n in range(25))])


weights = st.dictionaries(st.text("abcdé", min_size=1, max_size=8), st.floats(0.001, 1), max_size=40)


@given(weights)
def test_a_packed_vector_comes_back_the_very_same(raw: dict[str, float]) -> None:
    made = unit(raw, 80)
    assert list(unpack(pack(made)).items()) == list(made.items())


@given(weights, weights)
def test_products_and_sums_are_symmetric(a: dict[str, float], b: dict[str, float]) -> None:
    one, other = unit(a, 80), unit(b, 80)
    assert dot(one, other) == pytest.approx(dot(other, one))
    assert add(one, other) == add(other, one)
