"""The feeds of a library: names and tags that a user gives them are cleaned as all text from outside."""

from __future__ import annotations

from reader.library import Library
from reader.models import FeedCandidate

ADDRESS = "https://news.example/feed"


def test_names_and_tags_are_cleaned(library: Library) -> None:
    library.feeds.subscribe(FeedCandidate(ADDRESS))
    library.feeds.change(ADDRESS, name="News\x1b]0;title\x07 of \udcff today", tags=("a\x1b[31mb", "\x07", "ab"))
    feed = library.feeds.get(ADDRESS)
    assert feed is not None
    assert feed.name == "News of today"
    assert feed.tags == ("ab",)


def test_an_address_that_is_no_text_is_not_found(library: Library) -> None:
    assert library.feeds.get("\udcff") is None
