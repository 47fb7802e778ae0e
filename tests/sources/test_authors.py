"""Bylines out of the author fields of feeds."""

from __future__ import annotations

import pytest

from reader.sources.feeds import read_feed
from reader.sources.feeds.authors import byline


@pytest.mark.parametrize(
    ("authors", "expected"),
    [
        (["<a href='https://x.example/'>Ada Moss</a>, <a>Ben Fern (University of Ulm)</a>"], "Ada Moss and Ben Fern"),
        (["&lt;b&gt;Ada Moss&lt;/b&gt;"], "Ada Moss"),
        (["desk@news.example (The Desk)"], "The Desk"),
        (["The Desk <desk@news.photography>"], "The Desk"),
        (["noreply@news.example"], ""),
        (["desk@news.example"], "desk@news.example"),
        (["By By Ruth Dale and Tom Reed"], "Ruth Dale and Tom Reed"),
        (["Ruth Dale", "r@x.example (Ruth Dale)"], "Ruth Dale"),
        (["Dale, Ruth"], "Dale, Ruth"),
        (["Byron Hall"], "Byron Hall"),
        (["Ada Moss; Ben Fern", "Cy Gale"], "Ada Moss, Ben Fern and Cy Gale"),
        ([], ""),
    ],
)
def test_bylines_are_names_alone(authors: list[str], expected: str) -> None:
    assert byline(authors) == expected


@pytest.mark.parametrize(("stated", "expected"), [("desk@news.museums (The Desk)", "The Desk"), ("noreply@news.photography", None)])
def test_an_address_of_any_top_level_domain_is_no_name(stated: str, expected: str | None) -> None:
    item = f"<item><title>T</title><link>https://x.example/1</link><author>{stated}</author></item>"
    feed = f"<rss version='2.0'><channel><title>F</title>{item}</channel></rss>"
    assert [entry.story.byline.value for entry in read_feed(feed.encode(), "https://x.example/f").entries] == [expected]
