"""Media in words."""

from __future__ import annotations

import pytest

from reader.models import Media
from reader.presentation.media import clock, file_name, media_note, media_text, size


def test_the_note_names_sounds_and_files() -> None:
    media = [
        Media("https://a.example/1.mp3", "audio", seconds=2052, bytes=31_000_000),
        Media("https://a.example/1.png", "picture"),
        Media("https://a.example/2.png", "picture"),
        Media("https://a.example/slides.pdf", "file"),
    ]
    assert media_note(media) == "audio 34:12, 31 MB · file slides.pdf"
    assert media_note([Media(f"https://a.example/{number}.mp4", "video") for number in range(5)]).endswith(" · 2 more")
    assert media_note([]) == ""


@pytest.mark.parametrize(("seconds", "shown"), [(9, "0:09"), (2052, "34:12"), (3723, "1:02:03")])
def test_clock(seconds: int, shown: str) -> None:
    assert clock(seconds) == shown


@pytest.mark.parametrize(("count", "shown"), [(900, "900 B"), (31_000, "31 KB"), (31_400_000, "31 MB"), (2_000_000_000, "2 GB")])
def test_size(count: int, shown: str) -> None:
    assert size(count) == shown


def test_the_text_of_a_picture_is_its_alternative_and_what_hovers_over_it() -> None:
    assert (
        media_text(Media("https://a.example/c.png", "picture", alt="A boat", title="It never sails")) == "A boat · It never sails"
    )
    assert media_text(Media("https://a.example/a%20chart.png?x", "picture")) == "a chart.png"
    assert file_name("https://a.example/%1b%5b31m") == "%1b%5b31m"
    assert file_name("https://a.example/") == "a.example"
