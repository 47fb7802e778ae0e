"""Web addresses in plain text."""

from __future__ import annotations

import pytest

from reader.text.urls import bare_links


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("no address", []),
        ("See https://a.example/x, or (http://b.example/y_(z)).", ["https://a.example/x", "http://b.example/y_(z)"]),
        ("<https://a.example/>", ["https://a.example/"]),
        ("„https://a.example“ und https://b.example…", ["https://a.example", "https://b.example"]),
        ("見よhttps://a.example/京都。次", []),
        ("見よ https://a.example/京都。次", ["https://a.example/京都"]),
        ("xhttps://a.example ftp://a.example https:// https://.", []),
        ("https://a.example/\u202ebc", []),
    ],
)
def test_bare_links(text: str, found: list[str]) -> None:
    links = bare_links(text)
    assert [link.href for link in links] == found
    assert [text[link.start : link.end] for link in links] == found
