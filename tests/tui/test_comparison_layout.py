"""Stories set passage by passage: lines, gutter, what is not shown, and the same passages at one height."""

from __future__ import annotations

import functools
from typing import Any

import pytest

from reader.library import Passage
from reader.models import Story
from reader.presentation.comparison_view import ComparisonView, MarkedPassage, Sign, mark_up
from reader.presentation.text_layout import width
from reader.tui.widgets.comparison_layout import folded, marked_lines, segments
from reader.tui.widgets.gutter import GutterMark, gutter
from reader.tui.widgets.passage_alignment import level, numbered
from reader.tui.widgets.story_column import ScrollAnchor, StoryColumn
from reader.tui.widgets.story_layout import Highlight, LaidOutLine, LayoutOptions, TextLayers, body_lines, spans_of
from tests.support.compared_library import LAMP, shared_compared_library

IDS = [told.id for told in LAMP]


@functools.cache
def marked() -> ComparisonView:
    found = shared_compared_library().comparison.compare(IDS)
    return mark_up(found, IDS, {told.id: told.outlet.value for told in LAMP})


def said(lines: list[LaidOutLine]) -> list[str]:
    return ["".join(text for text, _ in line.text) for line in lines]


def column(story: str, room: int = 12, **more: Any) -> StoryColumn:
    made = StoryColumn(
        1,
        shared_compared_library().stories.header(story),
        shared_compared_library().stories.get(story),
        noted=marked().of(story),
        **more,
    )
    made.set(36, room, LayoutOptions())
    return made


def lines_of(numbers: list[int], between: int = 1) -> list[LaidOutLine]:
    """Lines with these numbers at their beginning, and so many lines between."""
    out: list[LaidOutLine] = []
    for at, number in enumerate(numbers):
        noted = MarkedPassage(Passage("s", at, at, 0, 3, "It."), "same", number)
        out += [LaidOutLine([("It.", "ink")], [], ("body", at), 0, GutterMark(noted, row)) for row in range(between)]
    return out


def heights(columns: list[list[LaidOutLine]]) -> list[dict[int, int]]:
    return [numbered(lines) for lines in columns]


# setting


def test_every_passage_begins_a_line_and_paragraphs_stand_apart() -> None:
    lines = marked_lines(LAMP[0], 46, LayoutOptions(), marked().of("lampxxxa"), TextLayers())
    begun = [line.edge.noted.passage.index for line in lines if line.edge and line.edge.row == 0]
    assert begun == [noted.passage.index for noted in marked().of("lampxxxa")]
    airs = [at for at, line in enumerate(lines) if not line.text]
    assert len(airs) == len(LAMP[0].body) - 1
    assert all(lines[at].block != lines[at + 2].block for at in (at - 1 for at in airs))
    assert " ".join(text for text in said(lines) if text) == " ".join(LAMP[0].body)
    assert all(width(line.text) <= 46 for line in lines)


def test_an_indent_gives_way_to_blank_lines() -> None:
    lines = marked_lines(LAMP[0], 46, LayoutOptions(indent=True), marked().of("lampxxxa"), TextLayers())
    assert lines == marked_lines(LAMP[0], 46, LayoutOptions(), marked().of("lampxxxa"), TextLayers())


def test_words_that_differ_and_hits_and_what_was_read() -> None:
    layers = TextLayers({("body", 1): [(0, 13)]}, Highlight(("body", 1), (4, 13)), {("body", 2): [(0, 80)]})
    lines = marked_lines(LAMP[0], 200, LayoutOptions(), marked().of("lampxxxa"), layers)
    roles = {text: role for line in lines for text, role in line.text}
    assert roles["great"] == "words_differ"
    assert roles["14 panes"] == "words_differ"
    assert (roles["The "], roles["volunteer"]) == ("hit", "here")
    assert roles["The heat cracked "] == "read"
    assert [line.edge.noted.number for line in lines if line.edge and line.edge.known] == [4]


def test_captions_and_left_out_lines_are_set_as_ever() -> None:
    ferry = shared_compared_library().stories.get("ferryxxa")
    found = mark_up(shared_compared_library().comparison.compare(["ferryxxa", "ferryxxb"]), ["ferryxxa", "ferryxxb"], {})
    lines = marked_lines(ferry, 46, LayoutOptions(removed=True), found.of("ferryxxa"), TextLayers())
    plain = body_lines(ferry, 46, LayoutOptions(removed=True))
    for block in ("caption", "removed"):
        assert [line for line in lines if line.block == (block, 0)] == [line for line in plain if line.block == (block, 0)]


def test_what_is_not_shown_leaves_one_line() -> None:
    hidden = {0: "shared by all", 2: "shared by some", 3: "that differ", 4: "that differ", 5: "shared by some"}
    lines = marked_lines(LAMP[0], 46, LayoutOptions(), marked().of("lampxxxa"), TextLayers(), hidden)
    texts = [text for text in said(lines) if text]
    assert texts[0] == "⋯ 1 passage shared by all"
    assert texts[1] == "Nobody lives in the tower since the keeper"
    assert texts[3] == "⋯ 4 passages"
    assert [at for at, line in enumerate(lines) if not line.text and at and not lines[at - 1].text] == []


@pytest.mark.parametrize(
    ("left", "line"),
    [(["only here"], "⋯ 1 passage only here"), (["", ""], "⋯ 2 passages"), (["shared by all", "only here"], "⋯ 2 passages")],
)
def test_what_is_said_of_it(left: list[str], line: str) -> None:
    assert folded(left) == line


def test_a_paragraph_is_cut_at_its_passages_and_nothing_of_it_is_lost() -> None:
    text = "By hand: It rose. (See below.) It fell.”"
    noted = [MarkedPassage(Passage("s", 0, 0, 9, 17, "It rose.")), MarkedPassage(Passage("s", 1, 0, 31, 39, "It fell."))]
    cuts = list(segments(text, noted))
    assert [text[a:b].strip() for (a, b), _ in cuts] == ["By hand:", "It rose.", "(See below.)", "It fell.”"]
    assert [mark.passage.index if mark else None for _, mark in cuts] == [None, 0, None, 1]
    assert list(segments("Alone.", [])) == [((0, 6), None)]


# gutter


@pytest.mark.parametrize(
    ("sign", "number", "row", "lit", "known", "cells"),
    [
        ("same", 1, 0, False, False, " =1 "),
        ("same", 1, 1, False, False, " │  "),
        ("only", 0, 0, False, False, " +  "),
        ("only", 0, 2, False, False, " ┃  "),
        ("quote", 4, 0, True, False, "▶”4 "),
        ("quote", 4, 1, True, False, " ║  "),
        ("figure", 3, 0, False, True, "·#3 "),
        ("figure", 3, 1, False, True, " ╎  "),
        ("faint", 2, 0, False, False, " ?2 "),
        ("same", 12, 0, False, False, "=12 "),
        ("same", 12, 0, True, False, "▶12 "),
        ("same", 12, 1, False, True, "·│  "),
        ("same", 112, 0, False, False, " =  "),
        ("", 0, 0, False, False, "    "),
        ("", 0, 0, True, True, "▶   "),
    ],
)
def test_the_gutter_is_four_cells_whatever_it_says(sign: Sign, number: int, row: int, lit: bool, known: bool, cells: str) -> None:
    line = gutter(GutterMark(MarkedPassage(Passage("s", 0, 0, 0, 3, "It."), sign, number), row, known), lit)
    assert "".join(text for text, _ in line) == cells
    assert width(line) == 4


# level


def test_the_same_numbers_stand_at_one_height_and_columns_are_equally_long() -> None:
    columns = level([lines_of([1, 0, 2]), lines_of([0, 0, 1, 2, 0], between=2)])
    assert heights(columns) == [{1: 4, 2: 6}, {1: 4, 2: 6}]
    assert len(columns[0]) == len(columns[1]) == 10
    assert [len([line for line in lines if line.text]) for lines in columns] == [3, 10]


def test_of_several_passages_of_one_number_the_one_that_differs_is_level() -> None:
    edges: list[tuple[Sign, int]] = [("same", 1), ("", 0), ("quote", 1), ("quote", 1)]
    lines = [
        LaidOutLine(
            [("It.", "ink")], [], ("body", at), 0, GutterMark(MarkedPassage(Passage("s", at, at, 0, 3, "It."), sign, number), 0)
        )
        for at, (sign, number) in enumerate(edges)
    ]
    assert numbered(lines) == {1: 2}


def test_what_crosses_stays_where_it_is() -> None:
    left, right = heights(level([lines_of([5, 1, 2, 3]), lines_of([1, 2, 3, 5])]))
    assert all(left[number] == right[number] for number in (1, 2, 3))
    assert left[5] < left[1] < right[5]


def test_three_columns_are_level_as_far_as_their_orders_allow() -> None:
    first, second, third = heights(level([lines_of([1, 2]), lines_of([0, 2, 3]), lines_of([3, 0, 1])]))
    level_pairs = [first[1] == third[1], first[2] == second[2], second[3] == third[3]]
    assert sum(level_pairs) == 2  # 1 before 2 before 3 before 1: one of them must give way
    assert heights(level([lines_of([1]), lines_of([2]), lines_of([3])])) == [{1: 0}, {2: 0}, {3: 0}]


def test_a_story_with_nothing_in_common_is_only_made_as_long() -> None:
    columns = level([lines_of([1, 2]), [], lines_of([0, 1])])
    assert [len(lines) for lines in columns] == [3, 3, 3]
    assert heights(columns)[1] == {}


# a column of passages


def test_steps_bring_a_passage_into_sight_with_a_margin() -> None:
    made = column("lampxxxa")
    assert made.step_to(0) == 0
    last = made.shown()[-1]
    made.scroll(made.step_to(last))
    assert made.in_sight(last)
    assert not made.in_sight(0)
    made.scroll(made.step_to(0))
    assert made.top == 0


def test_a_passage_longer_than_the_screen_begins_at_its_top() -> None:
    made = column("lampxxxa", room=2)
    rows = made.rows_of(6)
    assert len(rows) > 2
    made.scroll(made.step_to(6))
    assert made.top == rows.start


def test_the_first_passage_in_sight_keeps_its_row_when_marks_come_and_go() -> None:
    plain = StoryColumn(1, shared_compared_library().stories.header("lampxxxa"), shared_compared_library().stories.get("lampxxxa"))
    plain.set(36, 12, LayoutOptions())
    plain.scroll(5)
    passages = [noted.passage for noted in marked().of("lampxxxa")]
    place = plain.anchor(passages)
    assert place is not None
    row = plain._line_of(place.block, place.character) - plain.top
    made = column("lampxxxa")
    made.go_to(place)
    first = made.first_in_sight()
    assert first is not None
    assert made.rows_of(first).start - made.top <= row == place.above
    assert made.passage_at(row) == next(
        each.index for each in passages if each.start == place.character and ("body", each.paragraph) == place.block
    )
    plain.go_to(made.anchor(passages))
    assert plain.top == 5


def test_at_the_top_the_text_stays_at_the_top() -> None:
    made = column("lampxxxa")
    assert made.anchor([noted.passage for noted in marked().of("lampxxxa")]) is None


def test_the_row_of_what_is_left_out_goes_to_the_next_passage_that_is_shown() -> None:
    made = column("lampxxxa")
    made.scroll(10)
    shown = [noted.passage for noted in marked().of("lampxxxa") if noted.sign == "only"]
    place = made.anchor(shown)
    assert place in [ScrollAnchor(("body", each.paragraph), each.start, place.above) for each in shown if place]


def test_lines_that_keep_columns_level_are_not_the_storys_end() -> None:
    made = column("lampxxxc", room=8)
    end = made.end
    made.lines = [*made.lines, *[LaidOutLine([], [])] * 20]
    assert made.end == end
    made.scroll(end - 8)
    assert made.at_end
    assert made.percent == 100
    assert made.limit > made.top


def test_what_was_read_elsewhere_is_dimmed_without_marks_too() -> None:
    story: Story = LAMP[0]
    known = spans_of([marked().of("lampxxxa")[3].passage, marked().of("lampxxxa")[0].passage])
    assert list(known) == [("body", 0), ("body", 1)]
    lines = body_lines(story, 60, LayoutOptions(), TextLayers(known=known))
    dots = ["".join(text for text, _ in line.text) for line in lines if line.sign == [("·", "read")]]
    assert len(dots) == 2
    assert dots[0].startswith("A fire damaged")
    assert "“We could" in dots[1]
    read = "".join(text for line in lines for text, role in line.text if role == "read")
    assert read.startswith("A fire damaged the old lighthouse")
    assert "Nobody" not in read
