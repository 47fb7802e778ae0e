from __future__ import annotations

import pytest

from reader.presentation.text_layout import width
from reader.tui.widgets.line_editor import LONGEST, LineEditor


def typed(*keys: str) -> LineEditor:
    edit = LineEditor()
    for key in keys:
        edit.press(key, key if len(key) == 1 else None)
    return edit


@pytest.mark.parametrize(
    ("keys", "text", "cursor"),
    [
        (["a", "b", "c"], "abc", 3),
        (["a", "b", "left", "c"], "acb", 2),
        (["a", "b", "left", "right", "c"], "abc", 3),
        (["a", "b", "home", "c"], "cab", 1),
        (["a", "b", "ctrl+a", "end", "c"], "abc", 3),
        (["a", "b", "backspace"], "a", 1),
        (["a", "b", "left", "backspace"], "b", 0),
        (["a", "b", "left", "delete"], "a", 1),
        (["a", "b", "home", "backspace"], "ab", 0),
        (["a", "b", "delete"], "ab", 2),
        (["a", " ", "b", "c", "ctrl+w"], "a ", 2),
        (["a", " ", "b", "ctrl+left", "ctrl+left"], "a b", 0),
        (["a", " ", "b", "home", "ctrl+right"], "a b", 2),
        (["a", " ", "b", "home", "ctrl+right", "ctrl+right"], "a b", 3),
        (["a", "b", "left", "ctrl+k"], "a", 1),
        (["a", "b", "left", "ctrl+u", "c"], "c", 1),
    ],
)
def test_keys(keys: list[str], text: str, cursor: int) -> None:
    edit = typed(*keys)
    assert (edit.text, edit.cursor) == (text, cursor)


def test_a_key_that_means_nothing_is_left_to_others() -> None:
    edit = LineEditor("a", 1)
    assert not edit.press("f5", None)
    assert not edit.press("escape", "\x1b")
    assert edit.text == "a"


def test_what_is_pasted_becomes_one_harmless_line() -> None:
    edit = LineEditor("ab", 1)
    edit.insert("x\ty\nz\x1b[31m\u202e\x07")
    assert edit.text == "ax y z[31mb"
    assert edit.cursor == 10


def test_length_is_bounded() -> None:
    edit = LineEditor()
    edit.insert("x" * (LONGEST + 5))
    edit.press("y", "y")
    assert edit.text == "x" * LONGEST
    edit.replace("z" * (LONGEST + 5))
    assert len(edit.text) == LONGEST


def test_signs_of_several_characters_go_as_one() -> None:
    edit = LineEditor("e\u0301a", 3)
    edit.left()
    edit.backspace()
    assert (edit.text, edit.cursor) == ("a", 0)


def test_painted_with_a_thin_cursor_at_the_end_and_a_sign_reversed_within() -> None:
    edit = LineEditor("abc", 3)
    assert edit.paint(20) == [("abc", "strong"), ("▏", "focus"), ("", "strong")]
    edit.left()
    assert edit.paint(20) == [("ab", "strong"), ("c", "cursor"), ("", "strong")]


@pytest.mark.parametrize("cursor", [0, 1, 25, 49, 50])
def test_the_cursor_stays_in_sight(cursor: int) -> None:
    edit = LineEditor("日本語の" * 12 + "ab", cursor)
    assert width(edit.paint(10)) <= 11
    start, end = edit.window(10)
    assert start <= cursor <= end
