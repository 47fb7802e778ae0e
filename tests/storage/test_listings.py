"""Lists of stories, newest first, read page by page."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from reader.models import DateEstimate, FeedCandidate, FeedEntry, StoryFilter, Thread
from reader.storage import listings
from reader.storage.change_log import DerivedState
from reader.storage.clusters import ThreadUpdate
from reader.storage.feed_items import feed_item_rows
from reader.storage.outlets import FeedOutlet
from reader.storage.store import Store
from tests.support.flags import set_flag
from tests.support.stories import story

SEA, LAND = "https://sea.com/feed", "https://land.com/feed"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    made = Store(tmp_path)
    yield made
    made.close()


def put(store: Store, name: str, published: str | None = None, **more: object) -> str:
    return store.stories.put(story(f"/{name}", f"About {name}", [f"Words of {name}."], published=published, **more))[0]


def follow(store: Store, address: str, *names: str) -> list[str]:
    store.feeds.subscribe(FeedCandidate(address))
    told = [FeedEntry(name, story(f"{address}/{name}", f"About {name}", [f"Words of {name}."])) for name in names]
    return list(store.feed_items.put(address, feed_item_rows(told)).added)


def test_newest_come_first_and_future_dates_count_as_the_time_found(store: Store) -> None:
    old, new = put(store, "old", "2019-01-01"), put(store, "new", "2020-06-01T10:00")
    future = put(store, "future", (datetime.now(UTC) + timedelta(days=900)).strftime("%Y-%m-%d"))
    undated = put(store, "undated")
    ids = store.listings.ids(StoryFilter())
    assert set(ids[:2]) == {future, undated}
    assert ids[2:] == [new, old]
    with store.database.writing() as db:  # as if they had been found long ago
        db.execute(
            "UPDATE story SET found = '2019-06-01T00:00:00', listed = '2019-06-01T00:00:00' WHERE id IN (?, ?)", (future, undated)
        )
    assert store.listings.ids(StoryFilter())[0] == new
    assert store.listings.ids(StoryFilter())[3] == old


def test_stories_of_a_feed_file_that_is_not_followed_may_be_unlisted(store: Store) -> None:
    follow(store, SEA, "ferry")
    assert not store.listings.may_have_unlisted()
    entry = FeedEntry("tram", story("/tram", "About trams", ["Words of trams."]))
    (tram,) = store.feed_items.put("/town.xml", feed_item_rows([entry]), FeedOutlet("town.com", "Town News")).added
    assert store.listings.may_have_unlisted()
    assert store.listings.ids(StoryFilter(unlisted=True)) == [tram]


def test_an_estimate_lists_an_undated_story_and_a_stated_date_overrides_it(store: Store) -> None:
    undated, dated = put(store, "undated"), put(store, "dated", "2020-01-01")

    def estimate(time: str | None) -> None:
        made = {undated: DateEstimate(time, 0.5, "guessed")} if time else {}
        threads = [thread("t1", [undated])]
        store.clusters.save(ThreadUpdate(state=DerivedState(1, 1), totals="", threads=threads, names={"t1": ""}, estimates=made))

    assert store.listings.ids(StoryFilter()) == [undated, dated]
    estimate("2019-12-31")
    assert store.listings.ids(StoryFilter()) == [dated, undated]
    estimate("2999-01-01")
    assert store.listings.ids(StoryFilter()) == [undated, dated]
    estimate("2019-12-31")
    estimate(None)
    assert store.listings.ids(StoryFilter()) == [undated, dated]
    store.stories.put(story("/undated", "About undated", ["Other words."], published="2018-01-01"))
    assert store.listings.ids(StoryFilter()) == [dated, undated]


def thread(id: str, stories: list[str], independent: int = 1) -> Thread:
    ids = tuple(f"o{number}" for number in range(independent))
    return Thread(
        id=id, name=id, automatic=id, stories=tuple(stories), unread=0, outlets=ids, outlet_ids=ids, unnamed=0,
        first=None, last=None, earliest=None, latest=None, about=False, terms=(),
    )  # fmt: skip


def test_filters_narrow_each_other(store: Store) -> None:
    a, b, c = follow(store, SEA, "a", "b", "c")
    (d,) = follow(store, LAND, "d")
    set_flag(store, "read", [a, d], True)
    set_flag(store, "starred", [a, b, d], True)

    def ids(**fields: object) -> set[str]:
        return set(store.listings.ids(StoryFilter(**fields)))  # type: ignore[arg-type]

    assert ids(feeds=(SEA,)) == {a, b, c}
    assert ids(feeds=(SEA, LAND)) == {a, b, c, d}
    assert ids(feeds=()) == set()
    assert ids(unread=True) == {b, c}
    assert ids(feeds=(SEA,), unread=True) == {b, c}
    assert ids(starred=True) == {a, b, d}
    assert ids(starred=True, unread=True, feeds=(SEA,)) == {b}
    assert ids(ids=(a, d, "gone")) == {a, d}
    assert ids(before="2000-01-01") == set()
    assert ids(text="about D") == {d}
    assert ids(text="ABOUT", ids=(b,)) == {b}
    assert ids(text="about nothing") == set()


def test_counts_match_the_lists(store: Store) -> None:
    a, b, c = follow(store, SEA, "a", "b", "c")
    follow(store, LAND, "c")
    set_flag(store, "read", [a], True)
    set_flag(store, "starred", [a, b], True)
    for unread in (False, True):
        for fields in ({}, {"feeds": (SEA,)}, {"feeds": (SEA, LAND)}, {"feeds": ()}, {"starred": True}):
            wanted = StoryFilter(unread=unread, **fields)
            assert store.listings.count(wanted) == len(store.listings.ids(wanted)), wanted
    assert store.listings.count(StoryFilter(ids=(a, c, c))) == 2
    assert store.listings.count(StoryFilter(text="a")) is None


def test_text_is_found_in_titles_and_outlets_ignoring_case_and_accents(store: Store) -> None:
    one = put(store, "Élysée", outlet="The Courier")
    put(store, "harbor", outlet="Gazette")
    assert store.listings.ids(StoryFilter(text="elys")) == [one]
    assert store.listings.ids(StoryFilter(text="COURIER elysee")) == [one]
    assert store.listings.ids(StoryFilter(text="%")) == []


@pytest.mark.parametrize("few", [0, 4000])
def test_pages_add_up_to_the_whole_list(store: Store, few: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(listings, "_FEW", few)
    draw = random.Random(3)
    names = [f"n{number}" for number in range(60)]
    ids = follow(store, SEA, *names)
    with store.database.writing() as db:
        for id in ids:
            db.execute("UPDATE story SET listed = ? WHERE id = ?", (f"2020-01-0{draw.randrange(1, 5)}", id))
    set_flag(store, "starred", ids[:40], True)
    for wanted in (StoryFilter(), StoryFilter(feeds=(SEA,)), StoryFilter(starred=True), StoryFilter(ids=tuple(ids[5:30]))):
        whole = store.listings.page(wanted)
        assert whole == sorted(whole, reverse=True)
        pieces: list[listings.Position] = []
        while more := store.listings.page(wanted, pieces[-1] if pieces else None, 7):
            pieces += more
        assert pieces == whole


def test_alone_excludes_stories_in_threads_of_several_outlets(store: Store) -> None:
    a, b, c, d = follow(store, SEA, "a", "b", "c", "d")
    threads = [thread("t1", [a, b], 2), thread("t2", [c], 1)]
    store.clusters.save(ThreadUpdate(state=DerivedState(1, 1), totals="", threads=threads, names={"t1": "", "t2": ""}))
    assert set(store.listings.ids(StoryFilter(alone=True))) == {c, d}


def test_feed_counts_list_stories_and_unread_ones(store: Store) -> None:
    a, b = follow(store, SEA, "a", "b")
    set_flag(store, "read", [b], True)
    assert store.listings.feed_counts() == {SEA: (frozenset({a, b}), frozenset({a}))}
