"""The one door: what bytes hold, whatever it is."""

from __future__ import annotations

import pickle

import pytest

from reader.errors import SourceError
from reader.models import FeedCandidate, Story
from reader.sources.dispatch import WebPage, read, read_text
from reader.sources.feeds import FeedPage
from reader.sources.subscriptions import SubscriptionList

TEXT = "Fox jumps over dog\n\nThe quick brown fox jumped over the lazy dog in the park, and nobody was looking at it.\n"
PAGE = "<html><head>{}</head><body><h1>Fox jumps over dog</h1><p>{}</p></body></html>"
FEED = "<link rel='alternate' type='application/rss+xml' href='/feed'>"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le"])
def test_text_in_any_encoding_is_a_story(encoding: str) -> None:
    story = read(TEXT.encode(encoding), source="fox.txt", address="/fox.txt")
    assert isinstance(story, Story)
    assert story.title.value == "Fox jumps over dog"
    assert (story.id, story.source, story.address, story.url) == ("", "fox.txt", "/fox.txt", None)


def test_text_from_the_web_knows_its_address_and_its_servers_encoding() -> None:
    data = TEXT.replace("dog", "chien fâché").encode("latin-1")
    story = read(data, source="x", address="https://example.org/fox", content_type="text/plain; charset=latin-1")
    assert isinstance(story, Story)
    assert story.url == "https://example.org/fox"
    assert story.title.value == "Fox jumps over chien fâché"


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", "is empty"),
        (b" \n\t\n", "is empty"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0", "is binary, not text"),
        (b"Menu\nHome\n", "contains no prose"),
    ],
)
def test_what_holds_nothing_is_refused_with_a_reason(data: bytes, why: str) -> None:
    with pytest.raises(SourceError) as caught:
        read(data, source="x\x1b[31m.txt", address="/x.txt")
    assert (caught.value.source, caught.value.why) == ("x.txt", why)
    assert caught.value.remedy


def test_a_page_gives_its_story_and_its_feeds() -> None:
    page = read(PAGE.format(FEED, TEXT).encode(), source="fox", address="https://example.org/a/fox")
    assert isinstance(page, WebPage)
    assert page.story is not None
    assert page.story.title.value == "Fox jumps over dog"
    assert page.story.url == "https://example.org/a/fox"
    assert page.feeds == (FeedCandidate("https://example.org/feed"),)


def test_a_page_without_a_story_gives_its_feeds_and_says_why() -> None:
    page = read(PAGE.format(FEED, "Menu").encode(), source="fox", address="https://example.org/")
    assert page == WebPage(None, (FeedCandidate("https://example.org/feed"),), "is a web page without prose")


def test_a_feed_a_list_and_a_mail_go_to_their_readers() -> None:
    feed = b"<rss version='2.0'><channel><title>Foxes</title><item><title>Fox jumps</title><guid>1</guid></item></channel></rss>"
    found = read(feed, source="x", address="https://example.org/feed")
    assert isinstance(found, FeedPage)
    assert [entry.story.title.value for entry in found.entries] == ["Fox jumps"]
    listing = read(
        b"<opml version='2.0'><body><outline type='rss' xmlUrl='https://example.org/feed'/></body></opml>", source="x", address="/x"
    )
    assert isinstance(listing, SubscriptionList)
    assert [wanted.address for wanted in listing.feeds] == ["https://example.org/feed"]
    mail = read(b"From: Fox <fox@example.org>\nSubject: Jumping\n\n" + TEXT.encode(), source="x.eml", address="/x.eml")
    assert isinstance(mail, Story)
    assert mail.outlet.value == "Fox"


def test_what_is_found_and_what_is_refused_can_be_sent_to_another_process() -> None:
    page = read(PAGE.format(FEED, TEXT).encode(), source="fox", address="/fox")
    assert pickle.loads(pickle.dumps(page)) == page
    with pytest.raises(SourceError) as caught:
        read(b"", source="x", address="/x")
    again = pickle.loads(pickle.dumps(caught.value))
    assert (str(again), again.remedy) == (str(caught.value), caught.value.remedy)


def test_a_text_is_a_story_or_refused() -> None:
    assert read_text(TEXT, source="standard input", address="-").source == "standard input"
    with pytest.raises(SourceError, match="no prose"):
        read_text("nothing", source="standard input", address="-")
