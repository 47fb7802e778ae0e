"""Web pages to stories, and the feeds that pages name."""

from __future__ import annotations

import json
import socket

import pytest

from reader.errors import SourceError
from reader.extraction.feed_discovery import find_feeds
from reader.extraction.web_page import read_html
from reader.models import FeedCandidate, Story

FIRST = "The quick brown fox jumped over the lazy dog in the park on Friday, and nobody was looking at it at the time, police said."
SECOND = "The dog did not wake up, its owner told reporters, and will be asked about the fox as soon as it has had its breakfast."
THIRD = "Foxes have been seen in the park before, but never so near to a dog, according to the keeper of the park and its benches."
PROSE = f"<p>{FIRST}</p><p>{SECOND}</p><p>{THIRD}</p><p>{FIRST[:-13]} once more.</p>"
HEADING = "<h1>Quick fox jumps over lazy dog</h1>"
MENU = "<nav><ul><li><a href='/'>Home</a></li><li><a href='/news'>News</a></li></ul></nav>"
FOOTER = "<footer><p>Sign up for our newsletter</p><p>© 2018 The Kennel. All rights reserved.</p></footer>"


def page(head: str = "", top: str = HEADING, body: str = PROSE) -> bytes:
    return f"<html><head>{head}</head><body>{MENU}<article>{top}{body}</article>{FOOTER}</body></html>".encode()


def story(data: bytes, **more: str) -> Story:
    return read_html(data, source="fox.html", address="/fox.html", **more)


def test_the_prose_of_a_page_is_the_story() -> None:
    found = story(page())
    assert found.body == (FIRST, SECOND, THIRD, f"{FIRST[:-13]} once more.")
    assert (found.title.value, found.title_made) == ("Quick fox jumps over lazy dog", False)
    assert (found.source, found.address, found.url, found.published.value) == ("fox.html", "/fox.html", None, None)


def test_a_page_without_a_headline_gets_a_made_one() -> None:
    found = story(page(top=""))
    assert found.title_made
    assert found.title.value
    assert found.title.value.startswith("The quick brown fox")


@pytest.mark.parametrize(
    ("head", "top", "title"),
    [
        ("<title>Fox: a jump - The Kennel</title><meta property=og:site_name content='The Kennel'>", "", "Fox: a jump"),
        ("<meta property=og:title content='Lazy dog sleeps on'>", "", "Lazy dog sleeps on"),
        ("<title>Lazy dog sleeps on</title>", "<h1>The Kennel Daily News</h1><h1>Lazy dog sleeps on</h1>", "Lazy dog sleeps on"),
        ("<title>What foxes do to dogs</title>", HEADING, "Quick fox jumps over lazy dog"),
        (
            "<title>Fox and dog</title><meta property=og:site_name content='The Lazy Kennel'>",
            "<h1>The Lazy Kennel</h1>",
            "Fox and dog",
        ),
    ],
)
def test_the_headline_is_what_the_page_shows_else_what_its_data_says(head: str, top: str, title: str) -> None:
    assert story(page(head, top)).title.value == title


@pytest.mark.parametrize(
    ("head", "top", "time"),
    [
        ("<meta property=article:published_time content=2018-12-21T23:30:00Z>", "", "2018-12-21T23:30Z"),
        (
            "<meta property=article:published_time content=2018-12-22T03:30:00Z>",
            "<p>Dec 21, 2018 10:30 pm EST</p>",
            "2018-12-21T22:30",
        ),
        ("<meta property=article:published_time content=2018-12-01>", "<p>Updated December 21, 2018</p>", "2018-12-01"),
        ("", "<p>By Ann Fox</p><p>December 21, 2018</p>", "2018-12-21"),
        ("", "<time datetime='2018-12-21T10:30'>yesterday</time>", "2018-12-21T10:30"),
        ("<meta property=article:modified_time content=2018-12-21>", "", None),
    ],
)
def test_the_time_of_publication_is_what_the_page_states(head: str, top: str, time: str | None) -> None:
    assert story(page(head, HEADING + top)).published.value == time


def test_who_wrote_it_who_published_it_and_where_are_read() -> None:
    head = "<meta property=og:site_name content='The Kennel'><meta property=article:section content=Animals>"
    found = story(page(head, HEADING + "<p>By Ann Fox</p>", PROSE.replace("<p>The quick", "<p>LONDON (Reuters) - The quick", 1)))
    assert (found.byline.value, found.outlet.value, found.categories) == ("Ann Fox", "The Kennel", ("Animals",))
    assert (found.place.value, found.agency.value) == ("London", "Reuters")
    assert found.body[0] == FIRST


def test_a_table_that_lays_out_a_page_is_no_table() -> None:
    found = story(page(body=f"<table><tr><td><p>Menu</p></td><td>{PROSE}</td></tr></table>"))
    assert found.body[-4:-1] == (FIRST, SECOND, THIRD)


def test_what_a_picture_shows_is_kept_apart() -> None:
    found = story(page(body="<figure><img src=x><figcaption>A fox in the park.</figcaption></figure>" + PROSE))
    assert found.captions == ("A fox in the park.",)
    assert "A fox in the park." not in found.body


@pytest.mark.parametrize(
    "mark",
    [
        "<!-- saved from url=(0027)https://example.org/a/fox -->",
        "<link rel=canonical href='https://example.org/a/fox'>",
        "<meta property=og:url content='https://example.org/a/fox'>",
    ],
)
def test_a_saved_page_knows_where_it_came_from(mark: str) -> None:
    assert story(page(mark)).url == "https://example.org/a/fox"
    assert story(page(mark), url="https://example.org/b").url == "https://example.org/b"
    assert story(page("<link rel=canonical href='javascript:x'>")).url is None


@pytest.mark.parametrize(
    ("stated", "paid"),
    [
        ('"isAccessibleForFree": false', True),
        ('"isAccessibleForFree": "False"', True),
        ('"hasPart": {"@type": "WebPageElement", "isAccessibleForFree": false, "cssSelector": ".rest"}', True),
        ('"hasPart": ["x", {"isAccessibleForFree": "false"}]', True),
        ('"isAccessibleForFree": true', False),
        ('"hasPart": 3', False),
        ('"headline": "This story is for subscribers"', False),
    ],
)
def test_a_page_for_subscribers_is_marked_by_its_data(stated: str, paid: bool) -> None:
    data = f'<script type="application/ld+json">{{"@type": "NewsArticle", {stated}}}</script>'
    assert story(page(data)).subscribers_only is paid


def test_a_page_for_subscribers_is_marked_by_its_tier() -> None:
    assert story(page("<meta property='article:content_tier' content='locked'>")).subscribers_only
    assert not story(page("<meta property='article:content_tier' content='metered'>")).subscribers_only


@pytest.mark.parametrize(
    ("after", "outlet"),
    [
        (" - The Coast Post", "The Coast Post"),
        (" | Coast Post Online", "Coast Post Online"),
        (" — Sport", "example.org"),
        (" - Sport - The Coast Post", "example.org"),
        (": what we know", "example.org"),
        ("", "example.org"),
    ],
)
def test_the_outlet_is_named_after_the_headline_in_the_title(after: str, outlet: str) -> None:
    found = story(page(f"<title>Quick fox jumps over lazy dog{after}</title>"), url="https://example.org/a")
    assert found.outlet.value == outlet


def test_the_text_in_the_data_of_a_page_counts_where_it_shows_none() -> None:
    data = json.dumps({"@type": "Article", "headline": "Quick fox", "articleBody": f"{FIRST}\n\n{SECOND}"})
    found = story(f"<html><script type='application/ld+json'>{data}</script><body><p>Loading.</p></body></html>".encode())
    assert (found.title.value, found.body) == ("Quick fox", (FIRST, SECOND))


@pytest.mark.parametrize("data", [b"<html></html>", b"<!doctype html>", page(body="", top=""), b"<html>\0", b"<body><img src=x>"])
def test_a_page_without_prose_is_refused_with_a_reason(data: bytes) -> None:
    with pytest.raises(SourceError, match="is a web page without") as caught:
        story(data)
    assert caught.value.remedy


@pytest.mark.parametrize(
    "hostile",
    [
        "<div>" * 100_000,
        "<b><p>" * 3000,
        "<i>" + "</p>" * 50_000,
        "<body " + " ".join(f"a{number}=1" for number in range(5000)) + ">",
        "<a href='" + "x" * 1_000_000 + "'>y</a>",
        "<!--" * 10_000 + "-->",
        "\x1b]0;x\x07\x9b31m\u202e",
        "&#0;&#27;&#xd800;&#x110000;",
        "<h1>" * 3000,
        "<script type=application/ld+json>" + "[" * 100_000 + "</script>",
        "<meta charset=utf-16><meta charset=utf-7>",
    ],
)
def test_a_hostile_page_ends_in_a_story_or_a_reason(hostile: str) -> None:
    try:
        found = story(page(hostile, hostile))
    except SourceError as fault:
        assert fault.why
    else:
        assert found.body
        assert not any(letter in text for text in (*found.body, found.title.value or "") for letter in "\0\x1b\x9b\u202e")


def test_a_page_of_very_many_parts_is_read_by_what_it_shows() -> None:
    found = story(page(body=PROSE + "x<br>" * 8_000))
    assert found.body[:3] == (FIRST, SECOND, THIRD)


def test_nothing_is_fetched(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*given: object) -> None:
        raise AssertionError("a page was to be read, not fetched")

    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    monkeypatch.setattr(socket.socket, "connect", refuse)
    head = (
        "<link rel=stylesheet href='http://127.0.0.1/x'><base href='http://127.0.0.1/'><script src='http://127.0.0.1/y'></script>"
    )
    assert story(page(head, HEADING + "<iframe src='http://127.0.0.1/z'></iframe>"), url="http://127.0.0.1/fox").body


def test_a_pages_feeds_are_found_once_each_by_absolute_addresses() -> None:
    head = (
        "<link rel='alternate' type='application/rss+xml' title='All &amp; more\x1b[31m' href='/feed'>"
        "<link rel='alternate home' type='Application/Atom+XML' href='atom'>"
        "<link rel='feed' href='//other.org/feed'>"
        "<link rel='alternate' type='application/feed+json' href='/feed'>"
        "<link rel='alternate' type='text/html' hreflang='de' href='/de'>"
        "<link rel='alternate' type='application/rss+xml' href='javascript:x'>"
        "<link rel='stylesheet' type='application/rss+xml' href='/style'>"
    )
    assert find_feeds(page(head), "https://example.org/a/fox") == (
        FeedCandidate("https://example.org/feed", "All & more"),
        FeedCandidate("https://example.org/a/atom"),
        FeedCandidate("https://other.org/feed"),
    )
    assert find_feeds(page("<base href='https://base.org/b/'><link rel=feed href=c>"), "/fox.html") == (
        FeedCandidate("https://base.org/b/c"),
    )


def test_a_page_names_no_feed_or_at_most_a_few() -> None:
    assert find_feeds(page(), "https://example.org/") == find_feeds(b"", "https://example.org/") == ()
    links = "".join(f"<link rel=feed href='/{number}'>" for number in range(1000))
    assert len(find_feeds(page(links), "https://example.org/")) == 20
