"""What counts as read: text that was scrolled past after it stood in sight as long as its words take."""

from __future__ import annotations

from itertools import pairwise

from reader.tui.state.attention import PACE, AttentionTracker, Read, spans
from reader.tui.widgets.story_layout import LaidOutLine, LayoutOptions, body_lines
from tests.support.example_stories import story

TOLD = story("one", "Harbour", [" ".join(f"word{number}" for number in range(start, start + 40)) for start in (100, 200, 300)])
WIDTH, ROOM = 40, 6
LINES = body_lines(TOLD, WIDTH, LayoutOptions())
PAGE = 5 * 5 / PACE
"""Seconds that the words of a page take: five lines of five words, and a blank."""


def text(found: list[Read]) -> str:
    return "".join("\n".join(told.body)[start:end] for told, read in found for start, end in read)


def test_the_lines_stand_as_the_tests_take_them() -> None:
    assert [len(line.text) and line.text[0][0].count("word") for line in LINES[:9]] == [5, 5, 5, 5, 5, 5, 5, 5, 0]


def test_a_page_that_stood_long_enough_is_read_when_it_is_paged() -> None:
    attention = AttentionTracker()
    assert attention.look(TOLD, LINES, 0, ROOM, 0.0) == []
    assert attention.look(TOLD, LINES, 0, ROOM, 9.0) == [], "nothing left the sight"
    found = attention.look(TOLD, LINES, 5, ROOM, 10.0)
    assert text(found) == " ".join(f"word{number}" for number in range(100, 125)) + " "


def test_what_flies_by_is_not_read() -> None:
    attention = AttentionTracker()
    attention.look(TOLD, LINES, 0, ROOM, 0.0)
    assert attention.look(TOLD, LINES, 5, ROOM, PAGE / 2) == []
    assert attention.look(TOLD, LINES, 10, ROOM, PAGE) == [], "the time of a page passed over is not saved up for the next"
    assert attention.look(TOLD, LINES, 15, ROOM, 9.0) != []


def test_time_spent_elsewhere_buys_one_page_and_no_more() -> None:
    attention = AttentionTracker()
    attention.look(TOLD, LINES, 0, ROOM, 0.0)
    assert attention.look(TOLD, LINES, 5, ROOM, 3600.0) != []
    assert attention.look(TOLD, LINES, 10, ROOM, 3600.1 + PAGE / 3) == []


def test_line_by_line_the_lines_at_the_top_are_read() -> None:
    attention = AttentionTracker()
    attention.look(TOLD, LINES, 0, ROOM, 0.0)
    found = [attention.look(TOLD, LINES, top, ROOM, 5.0 + top) for top in range(1, 4)]
    assert [text(each).split()[0] for each in found] == ["word100", "word105", "word110"]
    assert text(found[0]).split()[-1] == "word104"


def test_a_held_key_reads_nothing_for_long() -> None:
    attention = AttentionTracker()
    attention.look(TOLD, LINES, 0, ROOM, 0.0)
    found = [attention.look(TOLD, LINES, top, ROOM, top / 30) for top in range(1, 15)]
    assert found == [[]] * 14


def test_a_jump_reads_nothing() -> None:
    attention = AttentionTracker()
    attention.look(TOLD, LINES, 0, ROOM, 0.0)
    assert attention.look(TOLD, LINES, len(LINES) - ROOM, ROOM, 60.0) == []


def test_going_back_reads_nothing() -> None:
    attention = AttentionTracker()
    attention.look(TOLD, LINES, 10, ROOM, 0.0)
    assert attention.look(TOLD, LINES, 5, ROOM, 60.0) == []


def test_the_same_lines_painted_otherwise_are_the_same_text_and_others_are_not() -> None:
    attention = AttentionTracker()
    attention.look(TOLD, LINES, 0, ROOM, 0.0)
    painted = [LaidOutLine([(text, "read") for text, _ in line.text], line.sign, line.block, line.start) for line in LINES]
    assert attention.look(TOLD, painted, 5, ROOM, 60.0) != []
    assert attention.look(TOLD, body_lines(TOLD, 60, LayoutOptions()), 10, ROOM, 120.0) == []
    assert attention.look(TOLD, body_lines(TOLD, 60, LayoutOptions()), 12, ROOM, 180.0) != []


def test_of_a_text_read_to_its_end_the_rest_is_read_when_it_is_left() -> None:
    other = story("two", "Pier", ["word"])
    attention = AttentionTracker()
    attention.look(TOLD, LINES, len(LINES) - ROOM - 1, ROOM, 0.0)
    attention.look(TOLD, LINES, len(LINES) - ROOM, ROOM, 9.0)
    found = attention.look(other, body_lines(other, WIDTH, LayoutOptions()), 0, ROOM, 18.0)
    assert [told for told, _ in found] == [TOLD]
    assert text(found).split()[-1] == "word339"
    assert attention.leave(99.0) == [], "what is in sight whole was not scrolled"


def test_of_a_text_left_before_its_end_or_at_once_the_rest_is_not_read() -> None:
    attention = AttentionTracker()
    attention.look(TOLD, LINES, 3, ROOM, 0.0)
    assert attention.leave(60.0) == []
    attention.look(TOLD, LINES, len(LINES) - ROOM, ROOM, 60.0)
    assert attention.leave(60.1) == []


def test_spans_run_on_over_paragraphs_and_leave_out_what_is_no_body() -> None:
    found = spans(TOLD, LINES, 0, len(LINES))
    assert text([(TOLD, found)]) == "\n".join(TOLD.body)
    assert all(before[1] == after[0] for before, after in pairwise(found))
    captions = [LaidOutLine([("Caption", "muted")], [], ("caption", 0)), LaidOutLine([], [])]
    assert spans(TOLD, captions, 0, 2) == []


def test_an_indent_is_no_text_and_what_is_not_shown_was_not_read() -> None:
    indented = body_lines(TOLD, WIDTH, LayoutOptions(indent=True))
    assert text([(TOLD, spans(TOLD, indented, 0, len(indented)))]) == "\n".join(TOLD.body)
    folded = [*LINES[:2], LaidOutLine([("⋯ 1 passage", "editorial")], []), *LINES[5:7]]
    shown = text([(TOLD, spans(TOLD, folded, 0, len(folded)))]).split()
    assert [shown[0], shown[9], shown[10], shown[-1]] == ["word100", "word109", "word125", "word134"]
    assert len(shown) == 20


def test_lines_that_only_keep_columns_level_are_not_waited_for() -> None:
    attention = AttentionTracker()
    leveled = [*LINES, *[LaidOutLine([], [])] * 20]
    attention.look(TOLD, leveled, len(LINES) - ROOM - 1, ROOM, 0.0)
    attention.look(TOLD, leveled, len(LINES) - ROOM, ROOM, 9.0)
    assert text(attention.leave(18.0)).split()[-1] == "word339"
