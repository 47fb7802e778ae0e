"""Counts: the same thing counted with different figures."""

from __future__ import annotations

import pytest

from reader.comparison.compare import compare
from reader.comparison.results import Disagreement
from tests.support.comparison_stories import ready

CONTEXT = "Ferry crews in Norhavn walked out on Monday over a plan to cut the night service."


def numbers(left: str, right: str, *, early: str | None = None, late: str | None = None) -> tuple[Disagreement, ...]:
    stories = [ready("a", [CONTEXT, left], published=early), ready("b", [CONTEXT, right], published=late)]
    return compare(stories).numbers


def test_two_figures_for_one_thing_are_found() -> None:
    (found,) = numbers("Up to 30 ferries stayed in port in Norhavn.", "Some 80 ferries stayed in port in Norhavn, the owners said.")
    assert (found.left_number, found.right_number, found.kind) == ("Up to 30 ferries", "Some 80 ferries", "differs")


def test_one_thing_is_counted_in_passages_that_tell_different_things() -> None:
    league = "The league of over 60 countries, with Norhavn, runs a choir."
    (found,) = numbers("All 64 league members in Norhavn agreed at dawn.", league)
    assert (found.left_number, found.right_number, found.kind) == ("All 64 league members", "over 60 countries", "compatible")
    assert found.band == "faint"


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("Some 80 ferries stayed in port in Norhavn.", "In Norhavn 80 ferries stayed in port."),
        ("Some 80 ferries stayed in port in Norhavn.", "Of 80 ferries of the line in Norhavn, 30 ferries stayed in port."),
        ("Some 80 ferries stayed in port in Norhavn.", "Some 30 ferries in Velby stayed in port, too."),
        ("The ferry is 30 years old.", "The strike in Norhavn lasted 12 years."),
    ],
)
def test_one_value_a_part_another_place_and_another_measure_are_no_disagreement(left: str, right: str) -> None:
    assert numbers(left, right) == ()


@pytest.mark.parametrize(("early", "late", "kind"), [("2031-05-04", "2031-05-05", "update"), (None, None, "differs")])
def test_a_later_higher_toll_is_an_update(early: str | None, late: str | None, kind: str) -> None:
    storm = "people were killed when the pier of Norhavn broke in the storm on Sunday."
    (found,) = numbers(f"In all 12 {storm}", f"In all 15 {storm}", early=early, late=late)
    assert found.kind == kind
    (found,) = numbers(f"In all 15 {storm}", f"In all 12 {storm}", early=early, late=late)
    assert found.kind == "differs"


@pytest.mark.parametrize(("rows", "read"), [(5, True), (25, False)])
def test_a_table_of_figures_is_not_read_to_its_end(rows: int, read: bool) -> None:
    told = "In all 80 ferries stayed in port in Norhavn."
    table = " ".join(f"{chr(65 + row)}by kept {101 + row} ferries beside its own pier {row}." for row in range(rows))
    found = numbers(told, f"{table} {told.replace('80', '95')}")
    assert any("95" in number.right_number for number in found) == read
