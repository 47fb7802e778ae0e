"""Figures: what is counted, how firmly, and which numbers count nothing."""

from __future__ import annotations

import pytest

from reader.comparison.quantities import Quantity, figures
from reader.comparison.terms import read, term


def of(text: str) -> tuple[Quantity, ...]:
    return figures(text, [word.folded for word in read(text)])


@pytest.mark.parametrize(
    ("text", "told", "value", "bound", "unit"),
    [
        ("They kept up to 30 ferries in port.", "up to 30 ferries", 30, "most", "ferries"),
        ("The line owns some 1,200 boats.", "some 1,200 boats", 1200, "about", "boats"),
        ("It takes more than two dozen pilots.", "more than two dozen pilots", 24, "least", "pilots"),
        ("The strike cost $3.5 million.", "$3.5 million", 3.5e6, "", "money"),
        ("Sales fell by 12 percent.", "12 percent", 12, "", "percent"),
        ("All 64 island councils agreed.", "All 64 island councils", 64, "", "councils"),
    ],
)
def test_a_figure_says_what_it_counts(text: str, told: str, value: float, bound: str, unit: str) -> None:
    (figure,) = of(text)
    assert (figure.text, figure.value, figure.bound) == (told, value, bound)
    assert figure.unit == (unit if unit in ("money", "percent") else term(unit))


@pytest.mark.parametrize(
    "text",
    [
        "It was founded in 1987.",
        "She turned 38 on May 12.",
        "A 4-year-old boy fell.",
        "They won 3-2.",
        "The ferry leaves at 11 p.m.",
        "The crew of Meridian 11 rested.",
        "One captain stayed.",
    ],
)
def test_dates_ages_scores_and_numbers_in_names_count_nothing(text: str) -> None:
    assert of(text) == ()


@pytest.mark.parametrize(
    ("text", "fates"),
    [
        ("At least five people were killed and 12 were wounded.", ["killed", "injured"]),
        ("A storm struck the pier, killing at least 12 people and injuring more than 30.", ["killed", "injured"]),
        ("The toll rose to 12, the council said.", ["killed"]),
    ],
)
def test_people_are_counted_by_what_happened_to_them(text: str, fates: list[str]) -> None:
    assert [figure.unit for figure in of(text)] == [term(fate) for fate in fates]


def test_what_is_counted_is_told_more_closely() -> None:
    (figure,) = of("The alliance of over 60 harbours met, with 20 of them away.")
    assert figure.about == {term("alliance")}
    (figure,) = of("Some 3,000 sailors in Norhavn rested.")
    assert figure.place == term("Norhavn")


def test_some_of_a_whole_are_marked_as_a_part() -> None:
    assert [figure.part for figure in of("The 12 crews rested, and 30 ferries stayed.")] == [True, False]
