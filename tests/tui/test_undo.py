from __future__ import annotations

import pytest

from reader.models import Correction
from reader.tui.state.undo import LIMIT, CorrectionAction, FlagAction, MarkChange, UndoableAction, UndoHistory


def action() -> CorrectionAction:
    return CorrectionAction(lambda: None)


@pytest.mark.parametrize(
    ("change", "text"),
    [
        (FlagAction(("a",), "read", True), "Marked read"),
        (FlagAction(("a", "b"), "read", False), "2 stories marked unread"),
        (FlagAction(("a",), "starred", True), "Starred"),
        (FlagAction(("a",), "starred", False), "Star removed"),
    ],
)
def test_a_flag_in_words(change: FlagAction, text: str) -> None:
    assert change.text == text


def test_the_newest_change_comes_first() -> None:
    history, mark, correction, other = UndoHistory(), MarkChange(), action(), UndoableAction(lambda: None)
    for change in (mark, correction, other):
        history.push(change)
    assert history.pop() is other
    assert history.pop() is correction
    assert history.pop() is mark
    assert history.pop() is None


def test_of_two_marks_the_one_that_was_not_written_is_forgotten() -> None:
    history, one, other = UndoHistory(), MarkChange(), MarkChange()
    history.push(one)
    history.push(other)
    history.remove(one)
    assert history.changes == [other]


def test_a_correction_that_was_refused_or_undone_elsewhere_is_forgotten() -> None:
    history, refused, numbered = UndoHistory(), action(), action()
    numbered.written(Correction(number=7, kind="pin", stories=("a",)))
    for change in (numbered, refused, action()):
        history.push(change)
    history.remove(refused)
    history.remove_correction(7)
    assert len(history.changes) == 1
    assert numbered not in history.changes


def test_the_number_of_changes_is_limited() -> None:
    history, changes = UndoHistory(), [MarkChange() for _ in range(LIMIT + 5)]
    for change in changes:
        history.push(change)
    assert history.changes == changes[5:]
