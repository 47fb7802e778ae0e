"""Identity of feed items over a whole answer."""

from __future__ import annotations

import pytest

from reader.sources.feeds.identity import ItemLabels, identify, same_page


def item(guid: str | None, link: str | None, title: str, published: str = "2026-11-28", lead: str = "") -> ItemLabels:
    return ItemLabels(guid, link, title, published, lead)


@pytest.mark.parametrize(
    "address",
    [
        "https://news.example/tower?utm_source=rss&utm_medium=feed",
        "https://news.example/tower/?fbclid=abc",
        "https://NEWS.example:443/tower/#xtor=RSS-3",
        "https://news.example/tower?gclid=1&mc_cid=2&ref=rss",
    ],
)
def test_tracking_does_not_change_a_page(address: str) -> None:
    assert same_page(address) == "https://news.example/tower"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://news.example/?id=1", "https://news.example/?id=2"),
        ("https://news.example/changes#v1", "https://news.example/changes#v2"),
        ("https://news.example/a", "https://news.example/A"),
        ("https://news.example/a?ref=lisbon", "https://news.example/a"),
        ("https://news.example/a?lang=en", "https://news.example/a?lang=de"),
    ],
)
def test_other_differences_do(one: str, other: str) -> None:
    assert same_page(one) != same_page(other)


def test_a_guid_of_its_own_identifies_an_item() -> None:
    found = identify([item("1", "https://x.example/a", "One"), item("2", "https://x.example/b", "Two")])
    assert [identity.key for identity in found] == ["1", "2"]
    assert [identity.address for identity in found] == ["https://x.example/a", "https://x.example/b"]


def test_a_guid_that_occurs_twice_is_not_trusted() -> None:
    found = identify([item("node", f"https://x.example/{number}", f"Story {number}") for number in range(3)])
    assert [identity.key for identity in found] == [f"https://x.example/{number}" for number in range(3)]


def test_a_link_that_occurs_twice_is_not_trusted() -> None:
    items = [item(None, "https://x.example/quiz", f"Question {number}") for number in range(3)]
    found = identify(items)
    assert len({identity.key for identity in found}) == 3
    assert {identity.address for identity in found} == {None}
    assert identify(items[::-1])[::-1] == found


def test_one_headline_on_one_page_is_told_apart_by_its_date() -> None:
    found = identify([item(None, "https://x.example/", "Weather", f"2026-11-{day}") for day in (27, 28)])
    assert len({identity.key for identity in found}) == 2


def test_an_item_that_is_listed_twice_is_one() -> None:
    one, other = identify([item("1", "https://x.example/a", "One"), item("1", "https://x.example/a", "One")])
    assert one == other == ("1", "https://x.example/a")
