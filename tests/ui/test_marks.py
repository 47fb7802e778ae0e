from __future__ import annotations

import pytest

from reader.ui.marks import KEPT, Kind, Mark, Marks


@pytest.mark.parametrize(
    ("kind", "on", "said"),
    [("read", True, "Read"), ("read", False, "Unread"), ("starred", True, "Starred"), ("starred", False, "No star")],
)
def test_marks_in_words(kind: Kind, on: bool, said: str) -> None:
    assert Mark("a", kind, on).said == said


def test_the_last_mark_is_taken_back_first() -> None:
    marks = Marks()
    marks.note(Mark("a", "read", True))
    marks.note(Mark("b", "starred", False))
    assert marks.undo() == Mark("b", "starred", True)
    assert marks.undo() == Mark("a", "read", False)
    assert marks.undo() is None


def test_so_many_are_kept() -> None:
    marks = Marks()
    for number in range(KEPT + 5):
        marks.note(Mark(str(number), "read", True))
    assert len(marks.done) == KEPT
    assert marks.undo() == Mark(str(KEPT + 4), "read", False)
