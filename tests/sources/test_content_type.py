"""What bytes are, by how they begin and by what they are called."""

from __future__ import annotations

import codecs

import pytest

from reader.sources.content_type import kind

MAIL = b"Return-Path: <a@b>\r\nReceived: from x\r\n\tby y\r\nFrom: Fox <fox@example.org>\r\nSubject: Dog\r\n\r\nText.\r\n"


@pytest.mark.parametrize(
    ("data", "is_a"),
    [
        (b"", "empty"),
        (b"\xef\xbb\xbf \r\n\t", "empty"),
        (codecs.BOM_UTF16_LE, "empty"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0", "binary"),
        (b"The fox jumped.", "text"),
        ("The fox jumped.".encode("utf-16"), "text"),
        ("The fox jumped.".encode("utf-16-be"), "text"),
        (b"<rss version='2.0'>", "feed"),
        (b"\xef\xbb\xbf\n<?xml version='1.0'?>\n<!-- x -->\n<?xml-stylesheet href='x'?><feed xmlns='x'>", "feed"),
        (b"<?xml version='1.0'?><!DOCTYPE rss [<!ENTITY a 'b'>]><rss>", "feed"),
        ("<?xml version='1.0' encoding='utf-16'?><rss>".encode("utf-16"), "feed"),
        (b"<rdf:RDF xmlns:rdf='x'><channel rdf:about='y'>", "feed"),
        (b"<rdf:RDF xmlns:rdf='x' xmlns:foaf='y'><foaf:Agent>", "list"),
        (b'{"version": "https://jsonfeed.org/version/1.1", "items": []}', "feed"),
        (b'{"title": "Fox", "items": [{"id": "1"}]}', "feed"),
        (b"<?xml version='1.0'?><opml version='2.0'>", "list"),
        (b"<!DOCTYPE html><title>Fox</title>", "page"),
        (b"<!-- saved from url=(0019)https://example.org -->\n<html lang='en'>", "page"),
        (b"<!doctype html PUBLIC '-//W3C//DTD HTML 4.01//EN'>\nFox", "page"),
        (b"<!doctype html>\0<body>", "page"),
        (b"<p>The fox jumped.", "page"),
        (b"<fox> jumped.", "text"),
        (MAIL, "mail"),
        (b"From fox@example.org Fri Dec 21 10:00:00 2018\n" + MAIL, "mail"),
        (b"From: <Saved by Browser>\r\nSnapshot-Content-Location: https://x\r\nSubject: x\r\n\r\n", "mail"),
        (b"Subject: foxes and dogs\nDate: 2018-12-21\n\nThe fox jumped.", "text"),
        (b"From: the fox\n\nThe fox jumped.", "text"),
    ],
)
def test_what_it_says_of_itself_tells_the_kind(data: bytes, is_a: str) -> None:
    assert kind(data) == is_a


@pytest.mark.parametrize(
    ("name", "content_type", "is_a"),
    [
        ("fox.html", None, "page"),
        ("fox.HTM", None, "page"),
        ("fox.xml", None, "feed"),
        ("fox.opml", None, "list"),
        ("fox.eml", None, "mail"),
        ("fox.mhtml", None, "mail"),
        ("fox.txt", None, "text"),
        ("html", None, "text"),
        ("", "text/html; charset=utf-8", "page"),
        ("", "Application/RSS+XML", "feed"),
        ("", "text/plain", "text"),
        ("fox.txt", "no type", "text"),
    ],
)
def test_its_name_and_type_tell_the_kind_of_what_says_nothing(name: str, content_type: str | None, is_a: str) -> None:
    assert kind(b"The fox jumped.", name, content_type) == is_a


def test_what_it_says_counts_for_more_than_what_it_is_called() -> None:
    assert kind(b"<rss>", "fox.html", "text/html") == "feed"
    assert kind(b"<html>", "fox.xml", "application/rss+xml") == "page"
    assert kind(b"<html>", "fox.txt", "text/plain") == "page"


@pytest.mark.parametrize("unit", [b"<!--", b"<?", b"<!doctype [", b"a:b\n", b"From: x\n ", b'{"', b'"items', b"<", b" "])
def test_a_megabyte_of_the_worst_has_a_kind(unit: bytes) -> None:
    for start in (b"", b"<", b"{", b"From: x\nSubject: y\n"):
        assert kind(start + unit * (1_000_000 // len(unit)))
