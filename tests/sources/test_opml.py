"""Lists of feeds: what is taken, what is refused and why, and that a list written is read back the same."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.errors import SourceError
from reader.models import Feed, FeedCandidate
from reader.sources.newsboat import read_urls
from reader.sources.opml import read_opml, write_opml
from reader.sources.subscriptions import MOST
from reader.text.sanitize import clean_line

PIECES = [
    *("<opml>", "</opml>", "<body>", "<outline", "<outline>", '<outline text="a">', "</outline>", "/>", ">", 'text="b"'),
    *('xmlUrl="https://one.example/"', 'xmlUrl="|rm"', 'type="link" url="x"', 'htmlUrl="h"', 'category="/a/b,c"', "<![CDATA["),
    *('xmlns:f="http://xmlns.com/foaf/0.1/"', "<f:Agent>", "</f:Agent>", "<foaf:Group>", "</foaf:Group>", "<f:name>", "</f:name>"),
    *('<gtml:Tab title="x">', "</gtml:Tab>", "<iGoogle:ModulePrefs xmlUrl='q'/>", '<rss:channel rdf:about="http://a/">'),
    *("]]>", "<!--", "-->", "&#0;", "&#xD800;", "\0", "\n", '"', "https://two.example/", "exec:x", "<dateCreated>x</dateCreated>"),
]
"""Of what broken lists are made."""


def opml(*outlines: str) -> bytes:
    return f'<opml version="2.0"><head/><body>{"".join(outlines)}</body></opml>'.encode()


def test_folders_become_tags() -> None:
    inner = '<outline type="rss" text="One" xmlUrl="https://one.example/feed"/>'
    listing = read_opml(opml(f'<outline text="World"><outline text="Asia">{inner}</outline></outline>'), "list.opml")
    assert listing.feeds == (FeedCandidate("https://one.example/feed", "One", ("World", "Asia")),)
    assert listing.refused == ()


@pytest.mark.parametrize(
    ("address", "why"),
    [
        ("|rm -rf .", "would run a command"),
        ("exec:rm", "would run a command"),
        ("file:///etc/passwd", "not a web address"),
        ("ftp://one.example/", "not a web address"),
        ("https://me:secret@one.example/", "contains a user name"),
        ("https://", "names no host"),
    ],
)
def test_what_is_no_feed_is_refused_with_its_reason(address: str, why: str) -> None:
    good = '<outline type="rss" text="Good" xmlUrl="https://good.example/"/>'
    listing = read_opml(opml(f'<outline type="rss" text="Bad" xmlUrl="{address}"/>', good), "list.opml")
    assert [wanted.address for wanted in listing.feeds] == ["https://good.example/"]
    assert why in listing.refused[0].why
    assert listing.refused[0].source == f"list.opml, “Bad” {address.replace('me:secret@', '')}"
    assert "secret" not in str(listing.refused)
    assert listing.refused[0].remedy


@pytest.mark.parametrize("data", [b"", b"<opml", b"<opml><body/></opml>", b"\0\0", b"not a list"])
def test_a_list_without_feeds_is_refused(data: bytes) -> None:
    with pytest.raises(SourceError, match="contains no feed"):
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
        FeedCandidate("https://one.example/feed"),
        FeedCandidate("https://two.example/feed", "Own name", ("two words", "sea")),
        FeedCandidate("https://three.example/", None, ("open",)),
    )
    assert [refusal.source for refusal in listing.refused] == ["urls, line 5", "urls, line 6", "urls, line 7"]
    assert all(refusal.remedy for refusal in listing.refused)


def test_a_feed_named_twice_is_taken_once() -> None:
    listing = read_urls(b"https://one.example/feed\nhttps://ONE.example/feed\n", "urls")
    assert [wanted.address for wanted in listing.feeds] == ["https://one.example/feed"]


TEXTS = st.text(st.characters(exclude_categories=("C", "Z")), min_size=1, max_size=12).filter(
    lambda text: clean_line(text).strip("/") == text
)


@given(
    names=st.lists(TEXTS, min_size=1, max_size=6, unique=True), tags=st.lists(st.lists(TEXTS, max_size=4, unique=True), min_size=6)
)
def test_a_list_written_is_read_back_the_same(names: list[str], tags: list[list[str]]) -> None:
    feeds = [
        Feed(address=f"https://one.example/a?b={at}&c=2", name=name, tags=tuple(tags[at]), home="https://one.example/")
        for at, name in enumerate(names)
    ]
    listing = read_opml(write_opml(feeds).encode(), "list.opml")
    assert set(listing.feeds) == {FeedCandidate(feed.address, feed.name, feed.tags) for feed in feeds}
    assert listing.refused == ()


def test_a_list_written_nests_folders_and_leaves_watched_folders_out() -> None:
    feeds = [
        Feed(address="https://two.example/", name="Two", tags=("World",)),
        Feed(address="https://one.example/", name='A "name" & <more>', tags=("World", "Asia")),
        Feed(address="https://three.example/", name="Three", title="The Third"),
        Feed(address="/home/me/news", name="a watched folder"),
    ]
    assert write_opml(feeds).splitlines()[3:] == [
        "<body>",
        '<outline type="rss" text="Three" title="The Third" xmlUrl="https://three.example/"/>',
        '<outline text="World">',
        '<outline type="rss" text="Two" xmlUrl="https://two.example/"/>',
        '<outline text="Asia">',
        '<outline type="rss" text="A &quot;name&quot; &amp; &lt;more&gt;" xmlUrl="https://one.example/"/>',
        "</outline>",
        "</outline>",
        "</body>",
        "</opml>",
    ]


def test_text_in_a_list_is_cleaned() -> None:
    listing = read_opml(opml('<outline type="rss" text="Red &#x9b;31m news" xmlUrl="https://one.example/"/>'), "list.opml")
    assert "\x9b" not in (listing.feeds[0].name or "")


def test_a_feed_in_two_folders_and_with_categories_has_all_their_tags() -> None:
    feed = '<outline type="rss" text="One" category="/daily/long,short" xmlUrl="https://one.example/"/>'
    listing = read_opml(opml(f'<outline text="World">{feed}</outline>', f'<outline text="Asia">{feed}</outline>'), "list.opml")
    (wanted,) = listing.feeds
    assert set(wanted.tags) == {"World", "Asia", "daily", "long", "short"}
    assert len(wanted.tags) == 5


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "iso-8859-1"])
@pytest.mark.parametrize("declared", ["", '<?xml version="1.0" encoding="{}"?>'])
def test_letters_beyond_ascii_are_read_in_every_encoding(encoding: str, declared: str) -> None:
    text = declared.format(encoding) + opml('<outline text="Grüße" xmlUrl="https://one.example/"/>').decode()
    assert [wanted.name for wanted in read_opml(text.encode(encoding), "list.opml").feeds] == ["Grüße"]


def test_a_list_that_declares_the_wrong_encoding_is_read() -> None:
    text = '<?xml version="1.0" encoding="utf-16"?>' + opml('<outline text="Grüße" xmlUrl="https://one.example/"/>').decode()
    assert [wanted.name for wanted in read_opml(text.encode(), "list.opml").feeds] == ["Grüße"]


def test_other_lists_and_pages_are_refused_not_fetched() -> None:
    listing = read_opml(
        opml(
            '<outline type="include" text="More" url="https://more.example/list.opml"/>',
            '<outline htmlUrl="https://site.example/"/>',
        ),
        "list.opml",
    )
    assert listing.feeds == ()
    assert [(refusal.source, refusal.why) for refusal in listing.refused] == [
        ("list.opml, “More” https://more.example/list.opml", "is another list, not a feed"),
        ("list.opml, https://site.example/", "is a page, not a feed"),
    ]


@given(st.lists(st.sampled_from(PIECES), max_size=30))
def test_every_broken_list_is_read_or_refused(pieces: list[str]) -> None:
    for read in (read_opml, read_urls):
        try:
            listing = read(" ".join(pieces).encode(), "list")
        except SourceError as fault:
            assert fault.why and fault.remedy
        else:
            assert all(refusal.why and refusal.remedy for refusal in listing.refused)


def test_a_list_whose_folders_do_not_close_is_refused() -> None:
    with pytest.raises(SourceError, match="too damaged"):
        read_opml(b"<outline ><foaf:Group>", "list.opml")


def test_of_a_list_too_long_the_first_feeds_are_taken() -> None:
    listing = read_urls(b"".join(b"https://one.example/%d\n" % number for number in range(MOST + 1)), "urls")
    assert len(listing.feeds) == MOST
    assert listing.feeds[0].address == "https://one.example/0"
    assert listing.refused[0].why == "contains 10,001 feeds; the first 10,000 were taken"
