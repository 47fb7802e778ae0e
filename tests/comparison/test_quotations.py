"""Quotations: where they stand, and two tellings set word by word."""

from __future__ import annotations

import pytest

from reader.comparison.quotations import Quotation, align_quotations, quotation
from reader.text.quotes import quoted_spans


def inside(text: str) -> list[str]:
    return [text[start:end] for start, end in quoted_spans(text)]


def made(text: str) -> Quotation:
    found = quotation(text)
    assert found
    return found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("She said, “We will not sail.”", ["We will not sail."]),
        ('She said, "We will not sail."', ["We will not sail."]),
        ('"We will," she said, "not sail."', ["We will,", "not sail."]),
        ("‘We will not sail tonight,’ she said.", ["We will not sail tonight,"]),
        ("The crews' boats and the captain's own stayed.", []),
        ("“We will not sail.\n“We will rest,” she said.", ["We will not sail.", "We will rest,"]),
    ],
)
def test_what_stands_in_quotation_marks(text: str, found: list[str]) -> None:
    assert inside(text) == found


def test_a_name_in_quotation_marks_is_no_quotation() -> None:
    assert quotation("The Long Way Home") is None
    assert quotation("the long way home") is not None


def test_curly_and_straight_apostrophes_are_one() -> None:
    found = align_quotations(made("we don’t sail at night now"), made("we don't sail at night now"))
    assert found.same == 6
    assert found.differs == ()


def test_the_words_that_differ_are_given_as_written() -> None:
    found = align_quotations(made("Guests have a claim to a Rested crew"), made("Guests have the claim to a rested crew"))
    assert found.differs == (("a claim", "the claim"),)


def test_what_is_left_out_at_an_ellipsis_does_not_differ() -> None:
    assert align_quotations(made("We will … sail at dawn again"), made("We will rest tonight and sail at dawn again")).differs == ()
