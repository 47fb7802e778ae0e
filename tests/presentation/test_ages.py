"""Ages and places as lists show them."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from msgspec.structs import replace

from reader.models import DateEstimate, Place, StoryHeader
from reader.presentation.formatting import age, place_name, story_age

NOW = datetime(2026, 2, 18, 12, 0, tzinfo=UTC)
STORY = StoryHeader(
    id="a",
    source="a.txt",
    url=None,
    title="A",
    title_made=False,
    outlet=None,
    agency=None,
    byline=None,
    place=None,
    published=None,
    estimate=None,
    thread=None,
)


@pytest.mark.parametrize(
    ("time", "text"),
    [
        (None, ""),
        ("2026-02-18T11:48:30", "11 m"),
        ("2026-02-18T13:00", "0 m"),
        ("2026-02-18T10:00", "2 h"),
        ("2026-02-17T13:00", "23 h"),
        ("2026-02-17T11:00", "1 d"),
        ("2026-02-12T00:00", "6 d"),
        ("2026-02-11T23:00", "11 Feb"),
        ("2025-12-30", "Dec 2025"),
        ("2026-02-18", "today"),
        ("2026-02-16", "2 d"),
    ],
)
def test_ages(time: str | None, text: str) -> None:
    assert age(time, NOW) == text


def test_no_story_is_newer_than_its_finding_and_an_estimate_is_marked() -> None:
    assert story_age(STORY, NOW) == ""
    assert story_age(replace(STORY, published="2026-02-18T10:00"), NOW) == "2 h"
    assert story_age(replace(STORY, published="2026-02-19T10:00", found="2026-02-18T09:00:00"), NOW) == "3 h"
    assert story_age(replace(STORY, estimate=DateEstimate("2026-02-16", 0.5, "near")), NOW) == "~2 d"


def test_places_have_names() -> None:
    assert [place_name(Place(kind=kind)) for kind in ("front", "all", "unread", "starred", "other")] == [
        *["Front page", "All stories", "Unread", "Starred", "Other stories"]
    ]
    assert place_name(Place(kind="folder", key="Sea", name="Sea")) == "Sea"
    assert place_name(Place(kind="folder")) == "Other feeds"
