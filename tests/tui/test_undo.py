from __future__ import annotations

import pytest

from reader.models import Correction
from reader.tui.state.undo import KEPT, CorrectionAction, FlagChange, Kind, UndoHistory


@pytest.mark.parametrize(
    ("kind", "on", "said"),
    [("read", True, "Read"), ("read", False, "Unread"), ("starred", True, "Starred"), ("starred", False, "No star")],
)
def test_marks_in_words(kind: Kind, on: bool, said: str) -> None:
    assert FlagChange("a", kind, on).said == said


def test_a_mark_is_taken_back_by_its_contrary() -> None:
    assert FlagChange("b", "starred", False).back == FlagChange("b", "starred", True)


def test_the_last_of_marks_and_words_comes_first() -> None:
    marks, word = UndoHistory(), CorrectionAction()
    marks.note(FlagChange("a", "read", True))
    marks.note(word)
    marks.note(FlagChange("b", "starred", False))
    assert marks.take() == FlagChange("b", "starred", False)
    assert marks.take() is word
    assert marks.take() == FlagChange("a", "read", True)
    assert marks.take() is None


def test_a_word_that_was_refused_or_taken_back_elsewhere_is_dropped() -> None:
    marks, refused = UndoHistory(), CorrectionAction()
    numbered = CorrectionAction(Correction(number=7, kind="pin", stories=("a",)))
    for word in (numbered, refused, CorrectionAction()):
        marks.note(word)
    marks.drop(refused)
    marks.drop_number(7)
    assert len(marks.done) == 1
    assert numbered not in marks.done


def test_so_many_are_kept() -> None:
    marks = UndoHistory()
    for number in range(KEPT + 5):
        marks.note(FlagChange(str(number), "read", True))
    assert len(marks.done) == KEPT
    assert marks.take() == FlagChange(str(KEPT + 4), "read", True)
