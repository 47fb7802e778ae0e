"""Lists of feeds: what is taken, what is refused and why, and that a list written is read back the same."""

from __future__ import annotations

import pytest

from reader.model import Feed, SourceError, Wanted
from reader.sources.lists import read_opml, read_urls, write_opml


def opml(*outlines: str) -> bytes:
    return f'<opml version="2.0"><head/><body>{"".join(outlines)}</body></opml>'.encode()


def test_folders_become_tags() -> None:
    inner = '<outline type="rss" text="One" xmlUrl="https://one.example/feed"/>'
    listing = read_opml(opml(f'<outline text="World"><outline text="Asia">{inner}</outline></outline>'), "list.opml")
    assert listing.feeds == (Wanted("https://one.example/feed", "One", ("World", "Asia")),)
    assert listing.refused == ()


@pytest.mark.parametrize(
    ("address", "why"),
    [
        ("|rm -rf .", "would run a command"),
        ("exec:rm", "would run a command"),
        ("file:///etc/passwd", "no web address"),
        ("ftp://one.example/", "no web address"),
        ("https://me:secret@one.example/", "names a user"),
        ("https://", "names no host"),
    ],
)
def test_what_is_no_feed_is_refused_with_its_reason(address: str, why: str) -> None:
    good = '<outline type="rss" text="Good" xmlUrl="https://good.example/"/>'
    listing = read_opml(opml(f'<outline type="rss" text="Bad" xmlUrl="{address}"/>', good), "list.opml")
    assert [wanted.address for wanted in listing.feeds] == ["https://good.example/"]
    assert why in listing.refused[0].why
    assert "Bad" in listing.refused[0].source
    assert listing.refused[0].remedy


@pytest.mark.parametrize("data", [b"", b"<opml", b"<opml><body/></opml>", b"\0\0", b"not a list"])
def test_a_list_without_feeds_is_refused(data: bytes) -> None:
    with pytest.raises(SourceError, match="names no feed"):
        read_opml(data, "list.opml")


def test_a_list_that_declares_entities_is_refused() -> None:
    bomb = b'<!DOCTYPE opml [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>' + opml('<outline text="&b;" xmlUrl="https://one.example/"/>')
    with pytest.raises(SourceError, match="entities"):
        read_opml(bomb, "list.opml")


def test_newsboat_urls_are_read_line_by_line() -> None:
    text = (
        "# mine\n\nhttps://one.example/feed\n"
        'https://two.example/feed "two words" sea "~Own name" "!hidden"\n'
        'query:All:unread = "yes"\nexec:~/bin/make-feed\nfile:///home/me/feed\nhttps://three.example "open\n'
    )
    listing = read_urls(text.encode(), "urls")
    assert listing.feeds == (
        Wanted("https://one.example/feed"),
        Wanted("https://two.example/feed", "Own name", ("two words", "sea")),
    )
    assert [refusal.source for refusal in listing.refused] == ["urls, line 5", "urls, line 6", "urls, line 7", "urls, line 8"]
    assert all(refusal.remedy for refusal in listing.refused)


def test_a_feed_named_twice_is_taken_once() -> None:
    listing = read_urls(b"https://one.example/feed\nhttps://ONE.example/feed\n", "urls")
    assert [wanted.address for wanted in listing.feeds] == ["https://one.example/feed"]


def test_a_list_written_is_read_back_the_same() -> None:
    feeds = [
        Feed(address="https://one.example/a?b=1&c=2", name='A "name" & <more>', tags=("World", "Asia")),
        Feed(address="https://two.example/", name="Two"),
        Feed(address="/home/me/news", name="a watched folder"),
    ]
    listing = read_opml(write_opml(feeds).encode(), "list.opml")
    assert set(listing.feeds) == {
        Wanted("https://two.example/", "Two"),
        Wanted("https://one.example/a?b=1&c=2", 'A "name" & <more>', ("World", "Asia")),
    }


def test_text_in_a_list_is_cleaned() -> None:
    listing = read_opml(opml('<outline type="rss" text="Red &#x9b;31m news" xmlUrl="https://one.example/"/>'), "list.opml")
    assert "\x9b" not in (listing.feeds[0].name or "")
