"""Reasons rendered from their codes."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import reader
from reader.presentation.reasons import describe
from reader.text import wordlists


@pytest.mark.parametrize(
    ("reason", "text"),
    [
        ("not_stated", "not stated"),
        ("line:By A. Writer: 5 + 3", "the line “By A. Writer: 5 + 3”"),
        ("shares_words:60%+no_full_stop", "shares 60% of its words with the prose, no full stop"),
        (
            "unsure:2018-12-21 far_line:Dec 21",
            "2018-12-21 is too uncertain: the line “Dec 21”, far from the headline",
        ),
        ("near_story_and_text:2018-12-21 Friday", "the text contains “Friday”; a similar story is from 2018-12-21"),
        ("meta:og:title", "the page gives it as og:title"),
    ],
)
def test_a_code_becomes_words(reason: str, text: str) -> None:
    assert describe(reason) == text


@pytest.mark.parametrize("text", ["the line 'Dec 21' names its source", "says who wrote the story", "made from the lead"])
def test_text_stored_before_codes_existed_stays_as_it_is(text: str) -> None:
    assert describe(text) == text


def test_every_label_of_a_line_has_words() -> None:
    labels = {entry.strip("[]") for entry in wordlists.entries("boilerplate") if re.fullmatch(r"\[[a-z]+\]", entry)}
    root = Path(reader.__file__).parent / "extraction"
    labels |= {
        label for file in root.glob("*.py") for label in re.findall(r'\.mark\("([a-z_]+)"', file.read_text(encoding="utf-8"))
    }
    assert len(labels) > 12
    assert [label for label in labels if describe(label) == label and label not in {"advertisement", "byline"}] == []
