"""Newsboat's query feeds as searches."""

from __future__ import annotations

import pytest

from reader.models import SavedSearch
from reader.sources.newsboat import UntranslatableQuery, read_urls, translate


@pytest.mark.parametrize(
    ("expression", "query"),
    [
        ('unread = "yes"', "is:unread"),
        ('unread != "yes"', "is:read"),
        ('unread = "no"', "is:read"),
        ('title =~ "ferry"', "title:ferry*"),
        ('title =~ "ferry strike"', 'title:"ferry strike"'),
        ('title = "ferry"', "title:ferry"),
        ('title !~ "ferry"', "-title:ferry*"),
        ('content =~ "ferry"', "ferry*"),
        ('author = "A. Writer"', 'author:"A. Writer"'),
        ('feedtitle = "Coast News"', 'outlet:"Coast News"'),
        ('tags # "sea"', "tag:sea"),
        ('tags !# "the sea"', '-tag:"the sea"'),
        ("age < 3", "last 3 days"),
        ("age <= 1", "last 2 days"),
        ("age between 0:6", "last 7 days"),
        ('(title =~ "ferry" or title =~ "tram") and unread = "yes"', "(title:ferry* OR title:tram*) is:unread"),
        ('not tags # "sea" AND age < 1', "NOT tag:sea last 1 day"),
    ],
)
def test_translated(expression: str, query: str) -> None:
    assert translate(f"query:Name of it:{expression}") == SavedSearch("Name of it", query)


@pytest.mark.parametrize(
    ("expression", "why"),
    [
        ('title =~ "^ferr(y|ies)$"', "only plain words"),
        ('rssurl =~ "coast"', "has no counterpart here"),
        ("age > 3", "has no counterpart here"),
        ("age between 2:4", "has no counterpart here"),
        ('unread = "maybe"', "has no counterpart here"),
        ("title", "cannot be parsed"),
        ('title =~ "unclosed', "cannot be parsed"),
        ("  ", "no condition"),
    ],
)
def test_refused(expression: str, why: str) -> None:
    with pytest.raises(UntranslatableQuery, match=why):
        translate(f"query:Name:{expression}")


def test_a_query_feed_without_a_name_is_refused() -> None:
    with pytest.raises(UntranslatableQuery, match="no name"):
        translate('query::unread = "yes"')


def test_a_list_holds_feeds_and_searches() -> None:
    found = read_urls(b'https://coast.example/feed sea\n"query:New:unread = \\"yes\\"" all\nexec:x\n"query:Odd:age > 1"\n', "urls")
    assert [feed.address for feed in found.feeds] == ["https://coast.example/feed"]
    assert found.searches == (SavedSearch("New", "is:unread"),)
    assert [refusal.source for refusal in found.refused] == ["urls, line 3", "urls, line 4"]
