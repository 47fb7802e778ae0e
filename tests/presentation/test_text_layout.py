from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.presentation.text_layout import (
    breaks,
    cells,
    clusters,
    cut,
    cut_line,
    cutting,
    cuttings,
    fit,
    joined,
    mark,
    pad,
    phrases,
    spread,
    width,
    wrap,
)
from reader.tui.strips import strip
from reader.tui.theming.theme import load

PAPER = Path(__file__).resolve().parents[2] / "themes" / "paper.yaml"
TEXT = st.text(alphabet="abc ,.é\u0301日本語、。👩‍🚀🇫🇷“”–\u00a0", max_size=80)
ROOM = st.integers(2, 30)


def words(line: list[tuple[str, str]]) -> str:
    return "".join(text for text, _ in line)


@pytest.mark.parametrize(
    ("text", "room", "shown"),
    [
        ("The harbour", 11, "The harbour"),
        ("The harbour master", 14, "The harbour…"),
        ("The harbour master", 12, "The harbour…"),
        ("Harbourmastership", 8, "Harbour…"),
        ("ferry, island", 7, "ferry…"),
        ("日本語の新聞", 7, "日本語…"),
        ("日本語の新聞", 6, "日本…"),
        ("cafe\u0301 bar", 5, "cafe\u0301…"),
        ("ferry", 1, "…"),
        ("ferry", 0, ""),
    ],
)
def test_cut(text: str, room: int, shown: str) -> None:
    assert cut(text, room) == shown


@given(TEXT, ROOM)
def test_what_is_cut_fits(text: str, room: int) -> None:
    assert cells(cut(text, room)) <= room


def test_fit_takes_whole_signs() -> None:
    assert fit("日本", 3) == 1
    assert fit("e\u0301e\u0301", 1) == 2
    assert fit("abc", 9) == 3


def test_clusters_keep_accents_and_joined_emoji_together() -> None:
    text = "ae\u0301👩\u200d🚀b"
    assert [text[start:end] for start, end in clusters(text)] == ["a", "e\u0301", "👩\u200d🚀", "b"]


def test_wrap_is_ragged_right_and_keeps_roles() -> None:
    lines = wrap([("The ferry ", "ink"), ("sailed", "hit"), (" again", "ink")], 10)
    assert lines == [[("The ferry", "ink")], [("sailed", "hit")], [("again", "ink")]]


def test_a_word_longer_than_the_line_is_torn() -> None:
    assert [words(line) for line in wrap([("a Donaudampfschifffahrt b", "ink")], 10)] == ["a", "Donaudampf", "schifffahr", "t b"]


def test_wide_signs_break_anywhere_but_not_before_a_full_stop() -> None:
    assert [words(line) for line in wrap([("新聞を読む。終", "ink")], 10)] == ["新聞を読", "む。終"]


def test_a_no_break_space_does_not_break() -> None:
    assert [words(line) for line in wrap([("on 21\u00a0Dec now", "ink")], 8)] == ["on", "21\u00a0Dec", "now"]


@given(TEXT, ROOM)
def test_wrapping_loses_nothing_and_every_line_fits(text: str, room: int) -> None:
    lines = wrap([(text, "ink")], room)
    assert "".join(words(line) for line in lines).replace(" ", "") == text.replace(" ", "")
    assert all(width(line) <= room for line in lines)


@given(TEXT, ROOM)
def test_breaks_are_in_order(text: str, room: int) -> None:
    found = breaks(text, room)
    assert all(start < end for start, end in found)
    assert all(before[1] <= after[0] for before, after in pairwise(found))


def test_a_giant_word_is_torn_into_lines() -> None:
    assert breaks("x" * 400_000, 40) == [(start, start + 40) for start in range(0, 400_000, 40)]


def test_cutting_takes_a_part_of_a_line() -> None:
    assert cutting([("The ", "ink"), ("ferry", "hit"), (" sails", "ink")], 2, 6) == [("e ", "ink"), ("fe", "hit")]


def test_marks() -> None:
    assert mark("a ferry sails", [(2, 7)]) == [("a ", "ink"), ("ferry", "hit"), (" sails", "ink")]
    assert mark("ferry", [(0, 5)], "muted", "here") == [("ferry", "here")]
    assert mark("ferry", []) == [("ferry", "ink")]


def test_pad_and_spread_fill_a_line_exactly() -> None:
    assert width(pad([("日本", "ink")], 7)) == 7
    line = spread([("a long name of a thread", "name")], [("3/3 ●", "unread")], 16)
    assert width(line) == 16
    assert words(line).endswith("3/3 ●")
    assert width(cut_line([("ferry ", "ink"), ("harbour", "ink")], 8)) <= 8


def test_joined_breaks_between_pieces_and_inside_a_long_one_at_its_comma() -> None:
    pieces = ["date not stated, about 21 Dec 2018", "by PH", "Northhaven"]
    assert [words(line) for line in joined(pieces, 60)] == ["date not stated, about 21 Dec 2018 · by PH · Northhaven"]
    assert [words(line) for line in joined(pieces, 40)] == ["date not stated, about 21 Dec 2018", "by PH · Northhaven"]
    assert [words(line) for line in joined(pieces, 30)] == ["date not stated,", "about 21 Dec 2018 · by PH", "Northhaven"]
    assert phrases("no comma in this one", 8) == ["no comma in this one"]


def test_a_strip_is_as_wide_as_asked_and_shows_markup_as_it_stands() -> None:
    made = strip([("[/b] [@click=app.quit]x[/]", "ink")], 40, load(PAPER))
    assert made.cell_length == 40
    assert made.text.startswith("[/b] [@click=app.quit]x[/]")
    assert all(segment.style is not None and not segment.style.meta for segment in made)


def test_preformatted_text_keeps_its_lines() -> None:
    text = "if a:\n    go()\n\nlong line of code"
    assert [text[start:end] for start, end in breaks(text, 9)] == ["if a:", "    go()", "", "long line", " of code"]


def test_spacing_vowel_signs_take_a_cell_and_stay_with_their_letter() -> None:
    assert cells("\u0939\u093f\u0928\u094d\u0926\u0940") == 5
    assert cells("cafe\u0301") == 4
    text = "\u0915\u093f\u0915\u093f"
    assert [text[a:b] for a, b in clusters(text)] == ["\u0915\u093f", "\u0915\u093f"]
    assert cut(text, 3) == "\u0915\u093f\u2026"


def test_many_parts_of_a_line_are_those_cut_one_by_one() -> None:
    line = [("one ", "ink"), ("two", "hit"), ("", "ink"), (" three four", "read")]
    parts = [(0, 2), (2, 5), (5, 5), (6, 9), (12, 30)]
    assert list(cuttings(line, parts)) == [cutting(line, *part) for part in parts]
    assert list(cuttings([], [(0, 3)])) == [[]]
