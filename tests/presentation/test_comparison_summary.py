"""A comparison in words."""

from __future__ import annotations

from typing import Any

import pytest

from reader.library import Comparison, Disagreement, Passage, PassagePair
from reader.models import Story
from reader.presentation import comparison_summary
from reader.presentation.comparison_view import ComparisonView, mark_up
from reader.presentation.text_layout import width
from tests.support.compared_library import LAMP, MILL, shared_compared_library


def marked(*stories: Story) -> ComparisonView:
    found = shared_compared_library().comparison.compare([told.id for told in stories])
    return mark_up(found, [told.id for told in stories], {told.id: told.outlet.value for told in stories})


def said(*stories: Story, room: int = 200, first: str = "") -> str:
    numbers = {told.id: place for place, told in enumerate(stories, 1)}
    outlets = {told.id: told.outlet.value for told in stories}
    return comparison_summary.fit(comparison_summary.summary(marked(*stories), numbers, outlets, first or stories[0].id), room)


def passage(story: str, index: int) -> Passage:
    return Passage(story, index, index, 0, 10, "It was so.")


def test_the_summary_is_long_or_short_but_never_cut() -> None:
    long = (
        "3 outlets · 1 passage shared by all · 2 shared by some · 1 quotation differs · 1 figure differs"
        " · 5 only in 1, Coast Courier · 5 only in 2, Island Wire · 2 only in 3"
    )
    assert said(*LAMP) == long
    assert said(*LAMP, room=100) == "1 shared by all · 2 by some · 1 quote differs · 1 figure differs · 5 only in 1 · 5 only in 2"
    assert said(*LAMP, room=30) == "1 shared by all · 2 by some"
    assert said(*LAMP, room=5) == ""


def test_the_story_being_read_comes_first() -> None:
    assert said(*LAMP, first="lampxxxc").index("only in 3") < said(*LAMP, first="lampxxxc").index("only in 1")


def test_two_outlets() -> None:
    assert said(*LAMP[1:]).startswith("little in common: 1 passage shared by both · ")
    assert said(LAMP[0], LAMP[2]).startswith("little in common: 2 passages shared by both · ")
    assert said(*LAMP[:2]).startswith("2 passages shared by both · 1 quotation differs · 1 figure differs · ")


def test_copies_are_reported() -> None:
    assert said(*MILL) == "4 passages shared by both · 1 and 2 have the same text"
    assert said(*MILL, room=40) == "4 shared by both · 1, 2 same text"


@pytest.mark.parametrize(
    ("place", "words"),
    [
        (("lampxxxa", 0), "shared by all"),
        (("lampxxxa", 2), "shared by 2 of 3"),
        (("lampxxxa", 4), "shared by 2 of 3"),
        (("lampxxxa", 1), ""),
    ],
)
def test_the_note_on_the_current_passage(place: tuple[str, int], words: str) -> None:
    found = marked(*LAMP)
    assert comparison_summary.passage_note(found, found.at(place)) == words


def test_two_stories_need_notes_on_figures_only() -> None:
    def figures(kind: Any) -> ComparisonView:
        left, right = passage("a", 0), passage("b", 0)
        number = Disagreement(left, right, "It", "so", 0.9, "sure", kind)
        pairs = (PassagePair(left, right, 0.9, "sure", "same"),)
        found = Comparison(("a", "b"), {"a": (left,), "b": (right,)}, pairs, {"a": (), "b": ()}, (number,), (), (), ())
        return mark_up(found, "ab", {})

    heard = {
        kind: comparison_summary.passage_note(figures(kind), figures(kind).at(("a", 0)))
        for kind in ("differs", "update", "compatible")
    }
    assert heard == {"differs": "", "update": "the later figure is higher", "compatible": "both may be true"}


def test_the_legend_fits_the_room() -> None:
    lines = {room: comparison_summary.legend(room) for room in (60, 40, 12, 4)}
    assert ["".join(text for text, _ in line).strip() for line in lines.values()] == [
        "= shared  + unique  ” quote differs  # figures differ",
        "=shared  +unique  ”quote  #figure",
        "= + ” #",
        "",
    ]
    assert all(width(line) <= room for room, line in lines.items())
    assert all(role != "key" for line in lines.values() for _, role in line)


def test_hidden_passages_have_kinds() -> None:
    found = marked(*LAMP)
    assert comparison_summary.hidden_passages(found, "lampxxxa", "all") is None
    only = comparison_summary.hidden_passages(found, "lampxxxa", "unique")
    assert only == {0: "shared by all", 2: "shared by some", 3: "with differences", 4: "with differences", 5: "shared by some"}
    assert set(comparison_summary.hidden_passages(found, "lampxxxa", "shared") or ()) == {1, 6, 7, 8, 9}
    assert set(comparison_summary.hidden_passages(found, "lampxxxa", "different") or ()) == {0, 1, 2, 5, 6, 7, 8, 9}


def test_the_filter_note_reports_an_empty_filter() -> None:
    found = marked(*LAMP)
    assert comparison_summary.filter_note(found, "shared", "lampxxxa") == "Shared passages"
    assert comparison_summary.filter_note(found, "different", "lampxxxc") == "Different passages: none in this story"
    assert comparison_summary.filter_note(marked(*MILL), "all", "millxxxa") == "All passages"


def test_without_differences_the_unique_passages_are_visited() -> None:
    found = marked(*LAMP)
    assert comparison_summary.differences(found, "lampxxxb") == ([3, 4], comparison_summary.DIFFERENCE)
    assert comparison_summary.differences(found, "lampxxxc") == ([2, 3], "unique passage")
    assert [comparison_summary.elsewhere(found, told.id) for told in LAMP] == [0, 0, 2]


def test_the_counterpart_that_differs_alike_comes_first() -> None:
    same, other, here = Passage("b", 0, 0, 0, 3, "a b"), Passage("b", 1, 1, 0, 3, "a c"), Passage("a", 0, 0, 0, 3, "a b")
    pairs = (PassagePair(here, same, 0.9, "sure", "quote"), PassagePair(here, other, 0.85, "sure", "quote", (("b", "c"),)))
    found = Comparison(("a", "b"), {"a": (here,), "b": (same, other)}, pairs, {"a": (), "b": ()}, (), (), (), ())
    assert comparison_summary.counterparts(mark_up(found, "ab", {}), ("a", 0)) == {"a": [0], "b": [1, 0]}
