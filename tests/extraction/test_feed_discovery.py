"""Feeds that pages name, and where their platforms keep them."""

from __future__ import annotations

import pytest

from reader.extraction.feed_discovery import find_feeds, is_home_page, usual_feed
from reader.models import FeedCandidate

ADDRESS = "https://news.example/world/"


def page(*links: str, body: str = "") -> bytes:
    return f"<html><head>{''.join(links)}</head><body>{body}</body></html>".encode()


@pytest.mark.parametrize(
    "stated",
    [
        "application/rss+xml",
        "application/rss&#43;xml; charset=utf-8",
        "APPLICATION/ATOM+XML",
        "text/xml",
        "application/xml",
        "application/json",
        "application/feed+json",
    ],
)
def test_every_type_of_a_feed_is_known(stated: str) -> None:
    link = f'<link REL="Alternate" TYPE="{stated}" title="Ivo&#39;s &amp;amp; notes" href="../feed">'
    assert find_feeds(page(link), ADDRESS) == (FeedCandidate("https://news.example/feed", "Ivo's & notes"),)


def test_a_base_a_scheme_and_a_link_in_the_body_count() -> None:
    base = '<base href="https://cdn.example/a/">'
    links = ['<link rel="feed" href="one">', '<link rel="alternate" type="text/xml" href="feed:https://two.example/x">']
    found = find_feeds(page(base, links[0], body=links[1]), ADDRESS)
    assert [feed.address for feed in found] == ["https://cdn.example/a/one", "https://two.example/x"]


@pytest.mark.parametrize(
    "link",
    [
        '<link rel="alternate" hreflang="de" href="/de/">',
        '<link rel="alternate stylesheet" type="text/xml" href="/b">',
        '<link rel="alternate" type="application/rss+xml" href="">',
        '<link rel="alternate" type="application/json" href="/wp-json/posts/1">',
        '<link rel="alternate" type="text/xml+oembed" href="/oembed?x">',
        '<link rel="alternate" type="application/rss+xml" href="javascript:x">',
    ],
)
def test_other_links_are_no_feeds(link: str) -> None:
    assert find_feeds(page(link), ADDRESS) == ()


def test_without_named_feeds_links_of_the_site_that_look_like_feeds_count() -> None:
    body = '<a href="/rss.xml">RSS</a><a href="/feedback">Feedback</a><a href="https://other.example/feed">Other</a>'
    assert [feed.address for feed in find_feeds(page(body=body), ADDRESS)] == ["https://news.example/rss.xml"]


@pytest.mark.parametrize(
    ("generator", "path"), [("WordPress 6.4", "/feed/"), ("Ghost 5", "/rss/"), ("Hugo 0.1", "/index.xml"), ("", "/feed")]
)
def test_platforms_have_a_usual_place(generator: str, path: str) -> None:
    meta = f'<meta name="generator" content="{generator}">'
    assert usual_feed(page(meta), "https://news.example/") == f"https://news.example{path}"


def test_home_pages() -> None:
    assert is_home_page("https://news.example")
    assert is_home_page("https://news.example/index.html")
    assert not is_home_page("https://news.example/2026/ferry")
    assert not is_home_page("/home/me/index.html")
