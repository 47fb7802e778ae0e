"""Passages: sentences that tell something, and where they stand."""

from __future__ import annotations

import pytest

from reader.comparison.passages import passages

LEAD = "The harbour council met Mrs. Berg of the U.S. office on Monday. It will meet again."


def texts(*body: str, title: str = "") -> list[str]:
    return [passage.text for passage in passages("a", title, body)]


def test_a_passage_is_a_sentence_and_knows_its_place() -> None:
    body = ("One ferry sailed at dawn.", LEAD)
    found = list(passages("a", "", body))
    assert [passage.text for passage in found] == ["One ferry sailed at dawn.", LEAD[:63], LEAD[64:]]
    assert [passage.index for passage in found] == [0, 1, 2]
    assert all(body[passage.paragraph][passage.start : passage.end] == passage.text for passage in found)


def test_a_lost_space_between_two_sentences_joins_none() -> None:
    assert texts("The ferry sailed at dawn.The crew came back at noon.") == [
        "The ferry sailed at dawn.",
        "The crew came back at noon.",
    ]


@pytest.mark.parametrize(
    "line",
    [
        "Leave a Reply",
        "Share this on social media",
        "A ferry in the harbour of Norhavn (Photo: Ana Berg/Picture House)",
        "Hide caption 3 of 12 A ferry lies in the harbour.",
        "Night service",
        "Ana Berg and Per Holm contributed to this report.",
    ],
)
def test_what_tells_nothing_holds_no_passage(line: str) -> None:
    assert texts("The ferry sailed at dawn.", line) == ["The ferry sailed at dawn."]


def test_a_notice_within_a_paragraph_is_left_out() -> None:
    assert texts("The ferry sailed at dawn. Per Holm contributed to this report.") == ["The ferry sailed at dawn."]


def test_the_headline_is_no_passage() -> None:
    assert texts("Ferry sails at dawn.", "The ferry sailed at dawn.", title="Ferry sails at dawn") == ["The ferry sailed at dawn."]


def test_a_frame_that_opens_many_passages_alike_tells_nothing() -> None:
    frame = [f"Picture {number} of 3 in the series: a ferry lies in the harbour." for number in (1, 2, 3)]
    assert texts(*frame[:2]) == frame[:2]
    assert texts(*frame, "The ferry sailed at dawn.") == ["The ferry sailed at dawn."]


def test_a_list_as_long_as_a_page_is_no_passage() -> None:
    assert texts("The ferry sailed at dawn.", "Ferry " + "herring, " * 149 + "quay.") == ["The ferry sailed at dawn."]
    assert len(texts("Ferry " + "herring, " * 148 + "quay.")) == 1
