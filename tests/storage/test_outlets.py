"""Outlets: identity and displayed name."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from reader.models import FeedCandidate, FeedEntry
from reader.storage.feed_items import feed_item_rows
from reader.storage.store import Store
from tests.support.stories import story

WORLD, TECH = "https://feeds.courier.com/world.xml", "https://feeds.courier.com/tech.xml"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    made = Store(tmp_path)
    yield made
    made.close()


def refresh(
    store: Store, address: str, title: str, home: str | None, *pages: tuple[str, str], site_name: str | None = None
) -> list[str]:
    """Let a feed list pages, each its address and the outlet it states; the ids of its new stories."""
    store.feeds.subscribe(FeedCandidate(address))
    told = [FeedEntry(url, story(url, f"Told at {url}", [f"Words of {url}."], url=url, outlet=outlet)) for url, outlet in pages]
    rows = feed_item_rows(told)
    outlet = store.feeds.describe(address, title=title, home=home, site_name=site_name, pages=[row.url for row in rows])
    return list(store.feed_items.put(address, rows, outlet).added)


def shown(store: Store, *ids: str) -> list[tuple[str | None, str | None]]:
    return [(header.outlet_id, header.outlet) for header in store.stories.headers(ids)]


def test_feeds_of_one_site_share_an_outlet(store: Store) -> None:
    world = refresh(store, WORLD, "World – Courier", "https://www.courier.com", ("https://www.courier.com/1", "World – Courier"))
    tech = refresh(store, TECH, "Tech – Courier", "https://www.courier.com/tech", ("https://tech.courier.com/2", "Tech – Courier"))
    assert shown(store, *world, *tech) == [("courier.com", "Courier")] * 2
    assert store.facets.outlets() == ["Courier"]
    assert sorted(store.outlets.story_ids(["courier.com"])) == sorted([*world, *tech])


def test_the_better_name_wins_in_any_order(store: Store) -> None:
    (one,) = refresh(store, WORLD, "Top Stories", "https://www.courier.com", ("https://www.courier.com/1", "Top Stories"))
    assert shown(store, one) == [("courier.com", "courier.com")]
    refresh(store, TECH, "Tech – Courier", "https://www.courier.com", ("https://www.courier.com/2", "Tech – Courier"))
    assert shown(store, one) == [("courier.com", "Courier")]
    assert refresh(store, WORLD, "Top Stories", "https://www.courier.com", ("https://www.courier.com/1", "Top Stories")) == []
    assert shown(store, one) == [("courier.com", "Courier")]


def test_pages_name_an_outlet_if_its_feed_does_not(store: Store) -> None:
    (one,) = refresh(store, WORLD, "Top Stories", "https://www.courier.com", ("https://www.courier.com/1", "Top Stories"))
    store.feed_items.set_full_text(one, story(url="https://www.courier.com/1", outlet="The Courier", body=["A long text. " * 20]))
    assert shown(store, one) == [("courier.com", "The Courier")]
    two, _ = store.stories.put(story("/two", url="https://courier.com/two", outlet="The Courier", body=["Another page."]))
    assert shown(store, two) == [("courier.com", "The Courier")]


def test_renaming_a_feed_renames_its_outlet(store: Store) -> None:
    (one,) = refresh(store, WORLD, "World – Courier", "https://www.courier.com", ("https://www.courier.com/1", "World – Courier"))
    store.feeds.change(WORLD, name="My paper")
    assert shown(store, one) == [("courier.com", "My paper")]
    assert store.facets.outlets() == ["My paper"]
    assert store.outlets.names() == {"courier.com": "My paper"}
    refresh(store, WORLD, "World – Courier", "https://www.courier.com", ("https://www.courier.com/1", "World – Courier"))
    assert shown(store, one) == [("courier.com", "My paper")]
    store.feeds.change(WORLD, name=None)
    assert shown(store, one) == [("courier.com", "Courier")]


def test_sections_are_removed_from_names_of_several_feeds(store: Store) -> None:
    (one,) = refresh(store, WORLD, "World – Courier", "https://www.courier.com", ("https://www.courier.com/1", "World – Courier"))
    refresh(store, TECH, "Tech – Courier", "https://www.courier.com", ("https://www.courier.com/2", "Tech – Courier"))
    store.feeds.change(WORLD, name="Courier, world")
    store.feeds.change(TECH, name="Courier: Tech")
    assert shown(store, one) == [("courier.com", "Courier")]


def test_a_collection_is_recognized_by_the_sites_it_lists(store: Store) -> None:
    home = "https://planet.org/"
    pages = [(f"https://{name}.net/1", outlet) for name, outlet in (("ant", "Ant's Notes"), ("bee", "Planet"), ("cat", "Planet"))]
    ids = refresh(store, "https://planet.org/feed", "Planet", home, *pages)
    assert shown(store, *ids) == [("ant.net", "Ant's Notes"), ("bee.net", "bee.net"), ("cat.net", "cat.net")]


def test_a_blog_linking_to_another_site_is_the_outlet(store: Store) -> None:
    pages = [("https://jane.net/1", "Jane"), ("https://jane.net/2", "Jane"), ("https://work.org/3", "Jane")]
    ids = refresh(store, "https://jane.net/feed", "Jane", "https://jane.net", *pages)
    assert {identity for identity, _ in shown(store, *ids)} == {"jane.net"}


def test_an_item_credited_to_another_outlet_belongs_to_it(store: Store) -> None:
    (own,) = refresh(store, WORLD, "The Courier", "https://courier.com", ("https://courier.com/1", "The Courier"))
    (credited,) = refresh(store, "https://hub.net/feed", "Hub", "https://hub.net", ("https://hub.net/x", "The Courier"))
    (unknown,) = refresh(store, "https://hub.net/other", "Hub", "https://hub.net", ("https://hub.net/y", "Gazette"))
    assert shown(store, own, credited, unknown) == [
        ("courier.com", "The Courier"),
        ("courier.com", "The Courier"),
        ("name:gazette", "Gazette"),
    ]


def test_a_feed_without_a_public_address_is_identified_by_name(store: Store) -> None:
    address = "http://127.0.0.1/index.xml"
    ids = refresh(
        store, address, "Notes on tides on Jane Ferry", "http://127.0.0.1/", ("http://127.0.0.1/1", "x"), site_name="Jane Ferry"
    )
    assert shown(store, *ids)[0][1] == "x"  # an item may be credited to another
    (other,) = refresh(store, address, "Notes", None, ("http://127.0.0.1/2", "Notes"), site_name="Jane Ferry")
    assert shown(store, other) == [("name:jane ferry", "Jane Ferry")]


def test_an_outlet_known_by_name_is_merged_into_its_site(store: Store) -> None:
    clipping, _ = store.stories.put(story("/clipping.txt", outlet="The Courier", body=["A clipping."]))
    assert shown(store, clipping) == [("name:the courier", "The Courier")]
    refresh(store, WORLD, "The Courier | World", "https://courier.com", ("https://courier.com/1", "The Courier | World"))
    assert shown(store, clipping) == [("courier.com", "The Courier")]
    later, _ = store.stories.put(story("/later.txt", outlet="the courier", body=["Another clipping."]))
    assert shown(store, later) == [("courier.com", "The Courier")]


def test_an_ambiguous_name_is_neither_site(store: Store) -> None:
    refresh(store, WORLD, "Journal X", "https://one.com", ("https://one.com/1", "Journal X"))
    refresh(store, TECH, "Journal X", "https://two.com", ("https://two.com/1", "Journal X"))
    clipping, _ = store.stories.put(story("/clipping.txt", outlet="Journal X", body=["A clipping."]))
    assert shown(store, clipping) == [("name:journal x", "Journal X")]


def test_stories_follow_a_feed_to_its_new_site(store: Store) -> None:
    (one,) = refresh(store, WORLD, "Courier", "https://old.com", ("https://x.org/1", "Courier"))
    assert shown(store, one) == [("old.com", "Courier")]
    refresh(store, WORLD, "Courier", "https://courier.com", ("https://x.org/1", "Courier"))
    assert shown(store, one) == [("courier.com", "Courier")]


def test_a_story_can_have_no_outlet(store: Store) -> None:
    one, _ = store.stories.put(story())
    assert shown(store, one) == [(None, None)]


def test_a_page_can_change_its_outlet(store: Store) -> None:
    one, _ = store.stories.put(story("/a.txt", outlet="Courier", body=["A."]))
    store.stories.put(story("/a.txt", outlet="Gazette", body=["B."]))
    assert shown(store, one) == [("name:gazette", "Gazette")]


def test_a_page_crediting_another_outlet_belongs_to_it(store: Store) -> None:
    portal, _ = store.stories.put(story("/1", url="https://portal.com/1", outlet="Portal", body=["Own."]))
    copied, _ = store.stories.put(story("/2", url="https://portal.com/2", outlet="The Gazette", body=["Copied."]))
    gazette, _ = store.stories.put(story("/3", url="https://gazette.org/3", outlet="The Gazette", body=["Original."]))
    mirror, _ = store.stories.put(story("/4", url="https://mirror.net/4", outlet="The Gazette", body=["Mirrored."]))
    assert [identity for identity, _ in shown(store, portal, copied, gazette, mirror)] == ["portal.com", *["gazette.org"] * 3]


def test_a_site_name_unlike_its_address_is_one_outlet(store: Store) -> None:
    one, _ = store.stories.put(story("/1", url="https://telescope.blog/1", outlet="Out of the Fog", body=["One."]))
    two, _ = store.stories.put(story("/2", url="https://telescope.blog/2", outlet="Photos | Out of the Fog", body=["Two."]))
    assert shown(store, one, two) == [("telescope.blog", "Out of the Fog")] * 2


def test_a_page_without_an_outlet_belongs_to_a_known_site(store: Store) -> None:
    def page(url: str) -> str:
        return store.stories.put(story(url, f"At {url}", [f"Words of {url}."], url=url))[0]

    store.stories.put(story("/1", url="https://portal.com/1", outlet="Portal", body=["One."]))
    store.stories.put(story("/2", url="https://hub.net/2", outlet="The Gazette", body=["Two."]))
    refresh(store, WORLD, "Out of the Fog", "https://telescope.blog", ("https://telescope.blog/1", "Out of the Fog"))
    pages = [page(f"https://{site}/page") for site in ("portal.com", "hub.net", "telescope.blog", "unknown.org")]
    assert shown(store, *pages) == [("portal.com", "Portal"), (None, None), ("telescope.blog", "Out of the Fog"), (None, None)]
