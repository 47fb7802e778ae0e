"""Feeds of every kind, whole and broken: what becomes of their entries."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta

import pytest

from reader.errors import SourceError
from reader.models import Link, Story
from reader.sources.feeds import FeedPage, read_feed
from reader.sources.feeds.items import MOST, resolve

ADDRESS = "https://news.example/feeds/main.xml"


def rss(items: str, head: str = "<title>Harbour Courier</title><link>https://news.example/</link>") -> bytes:
    spaces = 'xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/"'
    return f'<?xml version="1.0"?><rss version="2.0" {spaces}><channel>{head}{items}</channel></rss>'.encode()


def only(data: bytes) -> Story:
    (entry,) = read_feed(data, ADDRESS).entries
    return entry.story


def test_an_item_of_rss_becomes_a_story() -> None:
    page = read_feed(
        rss(
            "<item><title>Ferry strike ends</title><link>https://news.example/ferry?id=1</link><guid isPermaLink='false'>f1</guid>"
            "<pubDate>Fri, 20 Nov 2026 10:30:00 +0200</pubDate><dc:creator>Ada Lund</dc:creator><category>Sea</category>"
            "<category>Work</category><description>In short.</description>"
            "<content:encoded><![CDATA[<p>The crews went <b>back</b> to work.</p><p>Boats sail.</p>]]></content:encoded>"
            "<enclosure url='https://news.example/a.mp3' type='audio/mpeg' length='1'/></item>"
        ),
        ADDRESS,
    )
    assert (page.title, page.home, page.note) == ("Harbour Courier", "https://news.example/", None)
    (entry,) = page.entries
    story = entry.story
    assert entry.guid == "f1"
    assert (story.title.value, story.title_made) == ("Ferry strike ends", False)
    assert story.url == story.address == story.source == "https://news.example/ferry?id=1"
    assert (story.outlet.value, story.byline.value, story.published.value) == ("Harbour Courier", "Ada Lund", "2026-11-20T08:30Z")
    assert story.body == ("The crews went back to work.", "Boats sail.")
    assert (story.summary, story.categories) == (("In short.",), ("Sea", "Work"))
    assert story.links == (Link("https://news.example/a.mp3", "enclosure", "audio/mpeg"),)


def test_an_entry_of_atom_becomes_a_story() -> None:
    story = only(
        b'<feed xmlns="http://www.w3.org/2005/Atom"><title>Post</title><entry><title type="html">A &amp;lt;b&amp;gt; c</title>'
        b'<id>tag:x,1</id><link href="../story"/><link rel="related" href="/other"/><published>2026-11-20T08:00:00Z</published>'
        b"<updated>2026-11-21T09:15:00Z</updated><author><name>Ada</name></author><author><name>Bo</name></author>"
        b'<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>One.</p><p>Two.</p></div></content></entry></feed>'
    )
    assert story.title.value == "A <b> c"
    assert story.url == "https://news.example/story"
    assert (story.published.value, story.updated) == ("2026-11-20T08:00Z", "2026-11-21T09:15Z")
    assert story.byline.value == "Ada and Bo"
    assert story.body == ("One.", "Two.")
    assert story.links == (Link("https://news.example/other", "related", "text/html"),)


def test_the_site_is_named_by_the_template_that_adds_it_to_the_title() -> None:
    def page(title: str, description: str) -> FeedPage:
        feed = f"<rss version='2.0'><channel><title>{title}</title><description>{description}</description></channel></rss>"
        return read_feed(feed.encode(), "https://news.example/index.xml")

    assert page("Notes on tides on Jane Ferry", "Recent content in Notes on tides on Jane Ferry").site_name == "Jane Ferry"
    assert page("Views on News", "All that we think").site_name is None
    assert page("Views", "Recent content in Views").site_name is None


def test_rdf_and_old_rss_are_read() -> None:
    rdf = (
        b'<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"><channel><title>Old</title>'
        b"</channel><item><title>One</title><link>https://news.example/1</link></item></rdf:RDF>"
    )
    assert only(rdf).title.value == "One"
    assert (
        only(b'<rss version="0.91"><channel><title>Older</title><item><title>Two</title></item></channel></rss>').title.value
        == "Two"
    )


def test_a_json_feed_is_read() -> None:
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "Post & Co",
        "home_page_url": "https://news.example/",
        "authors": [{"name": "The desk"}],
        "items": [
            {
                "id": 7,
                "url": "/story",
                "title": "A < b",
                "content_text": "One.\n\nTwo.",
                "date_published": "2026-11-20T10:00:00+02:00",
                "tags": ["sea", 3],
                "attachments": [{"url": "a.mp3", "mime_type": "audio/mpeg"}, "no"],
            },
            {"id": "8", "external_url": "https://other.example/", "content_html": "<p>Hi</p>", "author": {"name": "Ada"}},
            "no item",
        ],
    }
    page = read_feed(json.dumps(feed).encode(), ADDRESS)
    assert (page.title, page.home) == ("Post & Co", "https://news.example/")
    first, second = (entry.story for entry in page.entries)
    assert [entry.guid for entry in page.entries] == ["7", "8"]
    assert (first.title.value, first.url, first.body) == ("A < b", "https://news.example/story", ("One.", "Two."))
    assert (first.published.value, first.byline.value, first.categories) == ("2026-11-20T08:00Z", "The desk", ("sea",))
    assert first.links == (Link("https://news.example/feeds/a.mp3", "enclosure", "audio/mpeg"),)
    assert (second.url, second.body, second.byline.value, second.title_made) == ("https://other.example/", ("Hi",), "Ada", True)


@pytest.mark.parametrize("data", [b"{", b'{"items": NaN}', b'{"a": 1}', b"[" * 100_000, b'{"items": ' + b"[" * 100_000])
def test_json_that_is_no_feed_is_refused(data: bytes) -> None:
    with pytest.raises(SourceError) as caught:
        read_feed(data, ADDRESS)
    assert caught.value.remedy


@pytest.mark.parametrize("data", [b"", b"\0\1", b"plain words", b"<html><title>x</title></html>", b"<rss><channel><item", b"<a/>"])
def test_what_is_no_feed_is_refused(data: bytes) -> None:
    with pytest.raises(SourceError, match=r"is not a(?: readable)? feed") as caught:
        read_feed(data, ADDRESS)
    assert caught.value.remedy


def test_an_item_without_a_headline_has_its_first_words_and_a_name_of_its_own() -> None:
    words = "Some words of a story without a headline, and more of them here"
    page = read_feed(rss(f"<item/><item><description>{words}</description></item><item><title>Only this</title></item>"), ADDRESS)
    first, second = page.entries
    assert first.guid != second.guid
    assert first.story.title_made
    assert first.story.title.value == "Some words of a story without a headline, and more…"
    assert first.story.address == f"{ADDRESS}#{first.guid}"


def test_a_summary_that_the_body_repeats_is_left_out() -> None:
    whole = "<content:encoded>The crews went back to work.</content:encoded>"
    story = only(rss(f"<item><description>The crews went back […]</description>{whole}</item>"))
    assert story.summary == ()


@pytest.mark.parametrize(
    "link", ["javascript:alert(1)", "file:///etc/passwd", "data:text/html,x", "http://[", "mailto:a@b.example"]
)
def test_a_link_that_is_not_of_the_web_is_none(link: str) -> None:
    story = only(rss(f"<item><guid isPermaLink='false'>1</guid><title>T</title><link>{link}</link></item>"))
    assert story.url is None
    assert story.address == f"{ADDRESS}#1"


def test_text_is_cleaned_and_never_markup() -> None:
    story = only(rss("<item><title>[b]Red\u202e &lt;i&gt;news&lt;/i&gt;</title><description>a\u202eb</description></item>"))
    assert story.title.value == "[b]Red news"
    assert story.body == ("ab",)


def test_files_are_not_looked_up() -> None:
    hostile = (
        b'<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
        b'<rss version="2.0"><channel><title>T</title><item><title>x &a;</title></item></channel></rss>'
    )
    assert "root:" not in (only(hostile).title.value or "")


def test_of_an_endless_feed_the_newest_items_are_kept() -> None:
    start = datetime(2003, 1, 1, tzinfo=UTC)
    days = [start + timedelta(days=number) for number in range(MOST + 5)]
    items = "".join(f"<item><title>x{day:%Y%m%d}</title><pubDate>{day:%Y-%m-%d}</pubDate></item>" for day in days)
    page = read_feed(rss(items), ADDRESS)
    assert [entry.story.published.value for entry in page.entries] == [f"{day:%Y-%m-%d}" for day in days[5:]]
    assert page.note == "the newest 5,000 of 5,005 items were kept"


def test_a_feed_that_breaks_off_is_incomplete() -> None:
    whole = rss("<item><title>One</title></item><item><title>Two</title></item>")
    assert read_feed(whole, ADDRESS).complete
    assert not read_feed(whole[: whole.index(b"Two")], ADDRESS).complete


def test_numeric_dates_and_dates_ahead_are_read_by_the_whole_feed() -> None:
    dates = ("03/04/2020", "28/11/2020 10:00", "Sun, 29 Nov 2099 09:00:00 GMT", "soon")
    items = "".join(f"<item><title>On {date}</title><pubDate>{date}</pubDate></item>" for date in dates)
    fields = [entry.story.published for entry in read_feed(rss(items), ADDRESS).entries]
    assert [field.value for field in fields] == ["2020-04-03", "2020-11-28T10:00", None, None]
    assert [field.why.partition(":")[0] for field in fields] == ["feed_order", "feed", "feed_ahead", "unreadable_date"]


@pytest.mark.parametrize(
    ("head", "interval"),
    [("<ttl>30</ttl>", 30), ("<ttl>0</ttl>", None), ("<ttl>x</ttl>", None), ("<ttl>99999999</ttl>", 7 * 24 * 60), ("", None)],
)
def test_how_often_a_feed_asks_to_be_asked(head: str, interval: int | None) -> None:
    assert read_feed(rss("<item><title>x</title></item>", head), ADDRESS).interval == interval


def test_addresses_are_made_whole() -> None:
    assert resolve("/a b", "https://one.example/x/y") == "https://one.example/a%20b"
    assert resolve(None, "https://one.example/") is None
    assert resolve("https://one.example/" + "a" * 5000, "https://one.example/") is None
