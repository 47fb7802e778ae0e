"""Lines that belong to the page, not the story."""

from __future__ import annotations

import pytest

from reader.text import wordlists
from reader.text.boilerplate import furniture


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
def test_furniture_is_recognised(line: str, label: str) -> None:
    found = furniture(line)
    assert found is not None
    assert found[0] == label
    assert found[1]


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
def test_what_a_story_says_is_not_taken_for_furniture(line: str) -> None:
    assert furniture(line) is None


@pytest.mark.parametrize("unit", ["share ", "home / ", "cookies ", "1,", "facebook ", "© ", "comments ", "a"])
def test_a_megabyte_on_one_line_ends(unit: str) -> None:
    found = furniture("x " + unit * (1_000_000 // len(unit)))
    assert found is None or found[0] in {"copyright"}


def test_tables_leave_out_comments_and_blank_lines() -> None:
    stop_words = wordlists.entries("stop_words")
    assert "the" in stop_words
    assert len(set(stop_words)) == len(stop_words)
    assert not any(entry.startswith("#") or not entry.strip() for entry in stop_words)
