"""Lines that belong to the page, not the story."""

from __future__ import annotations

import pytest

from reader.text import wordlists
from reader.text.boilerplate import boilerplate_label


@pytest.mark.parametrize(
    ("line", "label"),
    [
        ("Leave a Reply", "comments"),
        ("12 Comments", "comments"),
        ("Your email address will not be published. Required fields are marked *", "comments"),
        ("Share this article", "share"),
        ("Facebook Twitter WhatsApp Email", "share"),
        ("READ MORE: Something else has happened somewhere", "related"),
        ("More on this topic:", "related"),
        ("Related articles", "related"),
        ("Do you like this content? Consider helping us!", "donation"),
        ("Sign up for our newsletter", "newsletter"),
        ("Advertisement", "advertisement"),
        ("If you buy something through a link we may earn a commission", "advertisement"),
        ("© 2019 The Paper. All rights reserved.", "copyright"),
        ("Skip to main content", "navigation"),
        ("Home > News > World", "navigation"),
        ("2,500 $", "counter"),
        ("• • •", "counter"),
        ("(Reporting by Jane Doe; Editing by John Roe)", "notice"),
    ],
)
def test_boilerplate_is_recognized(line: str, label: str) -> None:
    assert boilerplate_label(line) == label


@pytest.mark.parametrize(
    "line",
    [
        "Share prices fell in Tokyo on Monday after the bank raised its rates.",
        "Home prices rose again",
        "News of the resignation reached the capital at noon.",
        "Support for the plan fell to 12 percent, a poll said on Monday.",
        "Subscribers to the theory say otherwise.",
        "The group is banned in several countries.",
        "Photos of the scene showed a burnt-out car.",
        "Cookies are baked at dawn.",
    ],
)
def test_sentences_of_a_story_are_not_boilerplate(line: str) -> None:
    assert boilerplate_label(line) is None


@pytest.mark.parametrize("unit", ["share ", "home / ", "cookies ", "1,", "facebook ", "© ", "comments ", "a"])
def test_a_very_long_line_is_processed(unit: str) -> None:
    assert boilerplate_label("x " + unit * (1_000_000 // len(unit))) in {None, "copyright"}


def test_word_lists_skip_comments_and_blank_lines() -> None:
    stop_words = wordlists.entries("stop_words")
    assert "the" in stop_words
    assert len(set(stop_words)) == len(stop_words)
    assert not any(entry.startswith("#") or not entry.strip() for entry in stop_words)
