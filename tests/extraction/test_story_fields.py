"""What a page states about its story."""

from __future__ import annotations

import pytest

from reader.extraction.article import read_page
from reader.models import Story

PROSE = "The quick brown fox jumped over the lazy dog in the park, and nobody was looking at the fox or the dog at all."
STORY = f"{PROSE}\n\nWitnesses in the park said the fox had come from the river, and that the dog slept through all of it."


def read(page: str, *, source: str = "story.txt", url: str | None = None) -> Story:
    return read_page(page, source=source, address="/stories/story.txt", url=url)


@pytest.mark.parametrize(
    ("above", "published"),
    [
        ("23:09 07 january 2020 Source: example.com", "2020-01-07T23:09"),
        ("Published Dec 20, 2023 Updated Dec 22, 2023", "2023-12-20"),
        ("Updated Dec 22, 2023\nPublished Dec 20, 2023", "2023-12-20"),
        ("By Jane Doe Dec 21, 2023", "2023-12-21"),
        ("20 Dec 2023\nSubscribe", "2023-12-20"),
    ],
)
def test_a_stamp_by_the_headline_says_when(above: str, published: str) -> None:
    story = read(f"Fox jumps over dog in the park\n{above}\n\n{STORY}")
    assert story.published.value == published
    assert story.published.sure >= 0.6


@pytest.mark.parametrize(
    "page",
    [
        f"Fox jumps over dog\n\nThe fox on Tuesday, April 28, 2017. (AP Photo)\n\n{STORY}",
        f"Fox jumps over dog\n\n{STORY}\n\nThe park was opened on April 19, 1995, by the mayor of the town.",
        f"Fox jumps over dog\n\n{STORY} It was Thursday, April 9.",
        f"Fox jumps over dog\n\n{STORY}\n\n— Jane Doe (@jane) December 19, 2023\n\n{PROSE} Again.",
        f"Fox jumps over dog\n9/8/2015\n\n{STORY}",
        f"Thursday, December 21, 2023\nMenu\nFox jumps over dog in the park\n{STORY}",
    ],
)
def test_a_caption_an_event_a_weekday_a_post_an_unclear_date_and_a_pages_today_do_not(page: str) -> None:
    story = read(page)
    assert story.published.value is None
    assert story.published.why


def test_a_stamp_far_from_the_headline_is_too_unsure() -> None:
    menu = "\n".join(f"Menu entry {name}" for name in "abcdefghijklmnop")
    story = read(f"Fox jumps over dog\n\n{STORY}\n{menu}\n21 Dec 2018")
    assert story.published.value is None
    assert "2018-12-21" in story.published.why


@pytest.mark.parametrize(
    ("source", "url", "published"),
    [
        ("2018-12-21_fox.txt", None, "2018-12-21"),
        ("fox_20181221.txt", None, "2018-12-21"),
        ("540f20181221dc49.txt", None, None),
        ("20181341.txt", None, None),
        ("story.txt", "https://www.example.com/2018/12/21/fox", "2018-12-21"),
        ("story.txt", "https://www.example.com/fox?d=2018-12-21", None),
    ],
)
def test_an_address_or_a_files_name_may_say_when(source: str, url: str | None, published: str | None) -> None:
    assert read(f"Fox jumps over dog\n\n{STORY}", source=source, url=url).published.value == published


@pytest.mark.parametrize(
    ("page", "url", "outlet"),
    [
        (f"Fox jumps over dog\nSource: Example.com\n\n{STORY}", None, "example.com"),
        (f"Fox jumps over dog\n\n{STORY}\n\nThis report was first published in The Daily Paper.", None, None),
        (f"Fox jumps over dog\n\n{STORY}", "https://www.example.com/fox", "example.com"),
        (f"Fox jumps over dog\n\nROME. ANSA {STORY}", None, "ANSA"),
        (f"Fox jumps over dog\n\n{PROSE}\n\nSource: The Fox Index\n\n{PROSE} Again.\n\n{PROSE} Once more.", None, None),
        (f"Fox jumps over dog\n\nROME (AP) — {STORY} So The Washington Park Times told us.", None, None),
    ],
)
def test_the_outlet_is_who_published_and_not_who_is_quoted(page: str, url: str | None, outlet: str | None) -> None:
    assert read(page, url=url).outlet.value == outlet


@pytest.mark.parametrize(
    ("page", "agency"),
    [
        (f"ROME (AP) — {STORY}", "AP"),
        (f"{STORY}\n\n{PROSE} (Reuters)", "Reuters"),
        (f"{PROSE[:-1]}, Park News reports.\n\n{STORY}", "Park News"),
        (f"{PROSE[:-1]}, Xinhua reports.\n\n{STORY}", "Xinhua"),
        (f"Recall that Park News reported on Thursday that it rained.\n\n{STORY}", None),
        (f"{STORY}\n\n{PROSE} (Really)", None),
    ],
)
def test_the_agency_is_whose_report_it_is(page: str, agency: str | None) -> None:
    assert read(f"Words unlike any below\n\n{page}").agency.value == agency


@pytest.mark.parametrize(
    ("page", "name"),
    [
        (f"Fox jumps over dog\nBy Jane Doe\n\n{STORY}", "Jane Doe"),
        (f"Fox jumps over dog\nBy\nJane Doe\n\n{STORY}", "Jane Doe"),
        (f"Fox jumps over dog\n\n{STORY}\n\nWritten by PH\n\nLeave a Reply", "PH"),
        (f"Fox jumps over dog\nBy Jane Doe\n\n{STORY}\n\nBy John Roe", "Jane Doe"),
        (f"Fox jumps over dog\n\n{STORY}", None),
    ],
)
def test_the_byline_nearest_to_the_story_counts(page: str, name: str | None) -> None:
    assert read(page).byline.value == name
