"""Stored messages in words."""

from __future__ import annotations

import pytest

from reader.models import BulkChange
from reader.presentation.messages import change_text, correction_text


@pytest.mark.parametrize(
    ("message", "text"),
    [
        (("renamed", "A", "B"), "Renamed “A” to “B”"),
        (("name_reset", "A"), "Restored the automatic name of “A”"),
        (("pin", "A", "on"), "Pinned “A”"),
        (("mute", "A", "off"), "Unmuted “A”"),
        (("merged", "A", "B"), "Merged “A” and “B”"),
        (("merged_many", "A", "3"), "Merged “A” and 3 others"),
        (("split", "A", "1"), "Split 1 story from “A”"),
        (("moved", "B", "2", "A"), "Moved 2 stories from “A” to “B”"),
        (("moved_from_many", "B", "2", "3"), "Moved 2 stories from 3 threads to “B”"),
        (("separated", "a", "b"), "Kept “a” and “b” apart"),
        (("text", "A sentence of an old library."), "A sentence of an old library."),
        (("unknown", "code"), "unknown code"),
    ],
)
def test_corrections(message: tuple[str, ...], text: str) -> None:
    assert correction_text(message) == text


@pytest.mark.parametrize(
    ("change", "text"),
    [
        (BulkChange(number=1, flag="read", on=True, ids=("a",) * 38), "38 stories marked read"),
        (BulkChange(number=1, flag="read", on=False, ids=("a",) * 1), "1 story marked unread"),
        (BulkChange(number=1, flag="starred", on=True, ids=("a",) * 1204), "1,204 stories starred"),
        (BulkChange(number=1, flag="starred", on=False, ids=("a",) * 2), "2 stories unstarred"),
    ],
)
def test_changes_of_marks(change: BulkChange, text: str) -> None:
    assert change_text(change) == text
