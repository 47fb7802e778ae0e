from __future__ import annotations

import pytest

from reader.models import Correction
from reader.tui.state.undo import LIMIT, CorrectionAction, Flag, FlagAction, UndoableAction, UndoHistory


def action() -> CorrectionAction:
    return CorrectionAction(lambda: None)


@pytest.mark.parametrize("flag", ["read", "starred"])
@pytest.mark.parametrize("on", [True, False])
def test_a_flag_is_undone_by_its_reverse(flag: Flag, on: bool) -> None:
    change = FlagAction(("b",), flag, on)
    assert change.reversed == FlagAction(("b",), flag, not on)
    assert change.reversed.text != change.text


def test_the_newest_change_comes_first() -> None:
    history, correction, other = UndoHistory(), action(), UndoableAction(lambda: None)
    for change in (FlagAction(("a",), "read", True), correction, other, FlagAction(("b",), "starred", False)):
        history.push(change)
    assert history.pop() == FlagAction(("b",), "starred", False)
    assert history.pop() is other
    assert history.pop() is correction
    assert history.pop() == FlagAction(("a",), "read", True)
    assert history.pop() is None


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
    history = UndoHistory()
    for number in range(LIMIT + 5):
        history.push(FlagAction((str(number),), "read", True))
    assert len(history.changes) == LIMIT
    assert history.pop() == FlagAction((str(LIMIT + 4),), "read", True)
