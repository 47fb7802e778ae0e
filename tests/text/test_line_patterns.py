"""Bylines, timestamps, sources, captions and posts."""

from __future__ import annotations

import pytest

from reader.text.line_patterns import byline, is_byline_start, is_caption, is_name, is_post_signature, source, timestamps


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("Written by PH", "PH"),
        ("By Jane Doe", "Jane Doe"),
        ("By JANE DOE and JOHN ROE", "JANE DOE and JOHN ROE"),
        ("ByJane Doe", "Jane Doe"),
        ("By Jane Doe, The Paper", "Jane Doe"),
        ("By Jane van der Doe | Staff Writer", "Jane van der Doe"),
        ("By Jane Doe on December 21, 2023", "Jane Doe"),
        ("By Jane Doe Dec 21, 2023", "Jane Doe"),
        ("Posted by José Peña-Nieto", "José Peña-Nieto"),
    ],
)
def test_a_byline_gives_the_names(line: str, name: str) -> None:
    found = byline(line)
    assert found is not None
    assert found.startswith(name)


@pytest.mark.parametrize(
    "line",
    [
        "By Thursday, most of them had left the city for good.",
        "By Friday",
        "By the time it ended nobody was left",
        "Bystanders Saw It All",
        "He was hit by John Roe",
        "By " + "Jane " * 60,
    ],
)
def test_a_sentence_is_not_a_byline(line: str) -> None:
    assert byline(line) is None


def test_a_lone_by_starts_a_byline() -> None:
    assert is_byline_start("By")
    assert is_byline_start("Written by:")
    assert not is_byline_start("By Jane")
    assert is_name("Jane de la Doe")
    assert not is_name("Last Monday")
    assert not is_name("jane")


@pytest.mark.parametrize(
    ("line", "time"),
    [
        ("23:09 07 january 2020 Source: example.com", "2020-01-07T23:09"),
        ("Published: Dec. 22, 2023, 1:54 p.m.", "2023-12-22T13:54"),
        ("Fri 22 Dec 2023 15.30 CET", "2023-12-22T15:30"),
        ("Jane Doe and John Roe, The Paper - Dec 20, 2023 3:06 pm UTC", "2023-12-20T15:06"),
        ("Jane Doe, General EditorDec 19, 2023", "2023-12-19"),
    ],
)
def test_a_timestamp_line_gives_its_dates(line: str, time: str) -> None:
    assert timestamps(line)[0].time == time


@pytest.mark.parametrize(
    "line",
    [
        "He was born on April 19, 1995, in a small town.",
        "The war of September 1, 1939 began with a lie",
        "Thursday",
        "What we learned from the vote on 3 May 2001",
    ],
)
def test_a_sentence_with_a_date_is_not_a_timestamp(line: str) -> None:
    assert timestamps(line) == []


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("Source: Example.com", "example.com"),
        ("Source: The Daily Paper", "The Daily Paper"),
        ("Via: https://www.example.co.uk/story", "example.co.uk"),
        ("This report was first published in The Daily Paper.", "The Daily Paper"),
        ("Sources close to the matter spoke.", None),
        ("A source: nobody knew", None),
    ],
)
def test_a_source_line_gives_the_outlet(line: str, name: str | None) -> None:
    assert source(line) == name


@pytest.mark.parametrize(
    "line",
    [
        "Troops near the border on April 28, 2017. / AFP PHOTO / JANE DOE",
        "Mourners gather on Tuesday, Jan. 7, 2020. They came in thousands. (AP Photo)",
        "FILE PHOTO: The minister speaks. REUTERS/Jane Doe/File",
        "In this photo, people walk along a road.",
        "(Jane Doe / The Daily Paper)",
        "Photo: Jane Doe",
        "The minister leaves the building © Jane Doe",
    ],
)
def test_a_caption_is_recognized(line: str) -> None:
    assert is_caption(line)


@pytest.mark.parametrize(
    "line",
    [
        "WASHINGTON (AP) — The minister left on Monday after a long day of talks with his rivals.",
        "He will not come back, an aide said. (AFP)",
        "The families received a handout.",
        "She said the photo by the door had been stolen from her house in the night.",
        "“I saw it on the file and I took the photo myself (AP)”, he said, “and it was good. (AP)",
    ],
)
def test_prose_is_not_a_caption(line: str) -> None:
    assert not is_caption(line)


def test_a_social_media_post_is_recognized_by_its_signature() -> None:
    assert is_post_signature("— Jane Doe (@jane) December 19, 2023")
    assert is_post_signature("Look at this pic.twitter.com/SB9MorcxLy")
    assert not is_post_signature("— Jane Doe, December 19, 2023")


@pytest.mark.parametrize("unit", ["By Jane ", "Source: ", "2018-12-21 ", "©", "A. ", "photo ", "(AP "])
def test_a_very_long_line_matches_no_pattern(unit: str) -> None:
    text = unit * (1_000_000 // len(unit))
    assert byline(text) is None
    assert timestamps(text) == []
    assert source(text) is None
    assert is_caption(text) == ("©" in unit)
