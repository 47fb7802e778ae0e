"""Bylines out of the author fields of feeds."""

from __future__ import annotations

import pytest

from reader.sources.feeds import read_feed
from reader.sources.feeds.authors import byline


@pytest.mark.parametrize(
    ("authors", "expected"),
    [
        (["<a href='https://x.example/'>Ines Falk</a>, <a>Omar Lind (Institute of Harbors)</a>"], "Ines Falk and Omar Lind"),
        (["&lt;b&gt;Ines Falk&lt;/b&gt;"], "Ines Falk"),
        (["room@news.example (City Room)"], "City Room"),
        (["City Room <room@news.photography>"], "City Room"),
        (["no-reply@news.example"], ""),
        (["room@news.example"], "room@news.example"),
        (["By By Vera Holm and Ivo Stern"], "Vera Holm and Ivo Stern"),
        (["Vera Holm", "r@x.example (Vera Holm)"], "Vera Holm"),
        (["Holm, Vera"], "Holm, Vera"),
        (["Byron Hall"], "Byron Hall"),
        (["Ines Falk; Omar Lind", "Noor Vale"], "Ines Falk, Omar Lind and Noor Vale"),
        ([], ""),
    ],
)
def test_bylines_are_names_alone(authors: list[str], expected: str) -> None:
    assert byline(authors) == expected


@pytest.mark.parametrize(
    ("stated", "expected"), [("room@news.museums (City Room)", "City Room"), ("no-reply@news.photography", None)]
)
def test_an_address_of_any_top_level_domain_is_no_name(stated: str, expected: str | None) -> None:
    item = f"<item><title>T</title><link>https://x.example/1</link><author>{stated}</author></item>"
    feed = f"<rss version='2.0'><channel><title>F</title>{item}</channel></rss>"
    assert [entry.story.byline.value for entry in read_feed(feed.encode(), "https://x.example/f").entries] == [expected]
