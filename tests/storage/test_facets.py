"""Counts beside search results, and queries by state."""

from __future__ import annotations

import itertools
import random
from collections.abc import Iterator
from pathlib import Path

import pytest

from reader.models import Facets, FeedCandidate, FeedEntry, FieldValue
from reader.search.index import SearchIndex
from reader.search.query import parse
from reader.search.query_nodes import no_filters
from reader.search.schema import keys, number, numbers
from reader.storage.feed_items import feed_item_rows
from reader.storage.store import Store
from reader.storage.threads import INSERT_THREAD
from tests.support.stories import story

TOLD = [
    ("/a", "Coast News", "A. Writer", "2018-12-19"),
    ("/b", "Coast News", "", "2018-12-20T08:00"),
    ("/c", "Harbour Post", "A. Writer", "2019-01-02"),
    ("/d", "", "", ""),
]


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = Store(tmp_path)
    yield opened
    opened.close()


@pytest.fixture
def ids(store: Store) -> list[str]:
    """Ids of four stories about a ferry."""
    return [
        store.stories.put(story(address, f"Ferry {address}", [f"A ferry {address}."], outlet=outlet, byline=byline, published=day))[
            0
        ]
        for address, outlet, byline, day in TOLD
    ]


def test_stories_are_counted_by_outlet_and_by_month(store: Store, ids: list[str]) -> None:
    assert store.facets.count(ids) == Facets(
        4,
        (("Coast News", 2), ("Harbour Post", 1), (None, 1)),
        ((("2019-01", True), 1), (("2018-12", True), 2)),
    )
    assert store.facets.count(ids[2:3]) == Facets(1, (("Harbour Post", 1),), ((("2019-01", True), 1),))
    assert store.facets.count([]) == Facets(0)


def test_estimated_months_are_counted_separately(store: Store, ids: list[str]) -> None:
    with store.database.writing() as db:
        db.execute("INSERT INTO date_estimate VALUES (?, '2018-12-20', .5, 'near')", (ids[3],))
    assert store.facets.count(ids).months == ((("2019-01", True), 1), (("2018-12", False), 1), (("2018-12", True), 2))


def test_field_values_have_counts(store: Store, ids: list[str]) -> None:
    assert store.facets.values("outlet") == [FieldValue("Coast News", 2), FieldValue("Harbour Post", 1)]
    assert store.facets.values("author") == [FieldValue("A. Writer", 2)]
    assert store.facets.values("date") == [FieldValue("2019-01", 1), FieldValue("2018-12", 2)]
    assert store.facets.values("title") == []


def test_tag_values_come_from_feeds(store: Store) -> None:
    assert store.facets.values("tag") == []
    for address, tags, names in (("https://x.example/1", ("sea", "news"), "ab"), ("https://x.example/2", ("sea",), "c")):
        store.feeds.subscribe(FeedCandidate(address, None, tags))
        store.feed_items.put(
            address, feed_item_rows([FeedEntry(name, story(f"/{name}", f"Told {name}", [f"Words {name}."])) for name in names])
        )
    assert store.facets.values("tag") == [FieldValue("sea", 3), FieldValue("news", 2)]
    store.feeds.unsubscribe("https://x.example/1")
    assert store.facets.values("tag") == [FieldValue("sea", 1)]


def test_an_unclustered_story_is_a_thread_of_its_own(store: Store, ids: list[str]) -> None:
    found = store.threads.headings([f"w{ids[0]}", "t9"])
    assert [(one.name, one.size, one.renamed) for one in found.values()] == [("Ferry /a", 1, False)]


def test_thread_names_and_story_ids(store: Store, ids: list[str]) -> None:
    assert store.threads.names() == [
        (f"w{id}", f"Ferry {address}", False) for id, (address, *_) in sorted(zip(ids, TOLD, strict=True))
    ]
    with store.database.writing() as db:
        for id, name in (("t1", "Found"), ("t2", "Covered")):
            db.execute(INSERT_THREAD, (id, name, name, "[]", 0, *[None] * 4, 0, "[]", "", 1, "A headline"))
        made = ("t2", "Mine", "Mine", "[]", 0, *[None] * 4, 0, "[]", "", 1, 0, 0, 0, 1, "A headline")
        db.execute(f"INSERT INTO corrected_thread VALUES ({', '.join('?' * 18)})", made)
        db.execute("INSERT INTO replaced_thread VALUES ('t2')")
        db.executemany("INSERT INTO thread_story VALUES (?, ?, ?)", [("t1", 0, ids[0]), ("t2", 0, ids[1]), ("t2", 1, ids[2])])
        db.execute("INSERT INTO corrected_thread_story VALUES ('t2', 0, ?)", (ids[1],))
    assert {one[0] for one in store.threads.names()} == {"t1", "t2", f"w{ids[3]}"}, "a story of a covered thread is in no found one"
    assert ("t2", "Mine", True) in store.threads.names()
    with store.database.writing() as db:
        db.execute("UPDATE thread SET name = ''")
    assert ("t1", "A headline", False) in store.threads.names(), "without a kicker the headline is the name"
    assert store.threads.headings(["t1"])["t1"].name == "A headline"
    assert store.threads.story_ids(["t1", "t2", f"w{ids[3]}"]) == [ids[0], ids[1], ids[3]]
    assert {id: one.size for id, one in store.threads.headings(["t1", "t2"]).items()} == {"t1": 1, "t2": 1}


def test_newest_stories_come_first_and_undated_ones_last(store: Store, ids: list[str], index: SearchIndex) -> None:
    found = index.search(parse("ferry"), newest=True)
    assert [one.id for one in found.found] == [ids[2], ids[1], ids[0], ids[3]]
    assert {one.id: one.score for one in found.found} == {one.id: one.score for one in index.search(parse("ferry")).found}
    few = index.search(parse("ferry"), 2, newest=True)
    assert ([one.id for one in few.found], few.total) == ([ids[2], ids[1]], 4)


def test_the_newest_of_many_on_few_days(store: Store) -> None:
    draw = random.Random(5)
    days = [f"2020-01-{draw.randrange(1, 6):02}" for _ in range(60)]
    made = [store.stories.put(story(f"/{at}", f"Ferry {at}", [f"Number {at}."], published=day))[0] for at, day in enumerate(days)]
    index = SearchIndex(store.folder)
    index.catch_up(store)
    wanted = [made[at] for at in sorted(range(60), key=lambda at: (days[at], at), reverse=True)]
    for limit in (1, 7, 30, 59, 60, 80):
        assert [one.id for one in index.search(parse("ferry"), limit, newest=True).found] == wanted[:limit]
    index.close()


def test_unread_matches_are_counted(store: Store, ids: list[str], index: SearchIndex) -> None:
    def lookup(kind: str, text: str) -> list[str]:
        return {("is", "read"): ids[:1], ("outlet", "coast"): ids[:2], ("outlet", "post"): ids[2:3]}.get((kind, text), [])

    assert index.count_unread(parse("ferry"), lookup) == 3
    assert index.count_unread(parse("outlet:coast OR outlet:post"), lookup) == 2
    assert index.count_unread(parse("ferry"), no_filters) == 4
    assert index.count_unread_among(parse("ferry"), ids[:2], lookup) == 1
    assert index.count_unread_among(parse("-ferry"), ids, lookup) == 0
    assert index.count_unread_among(parse("ferry"), [], lookup) == 0
    assert index.all_ids(parse("outlet:coast"), lookup) == ids[:2]


def test_story_ids_convert_to_numbers_and_back() -> None:
    made = ["".join(letters) for letters in itertools.permutations("az27qm5b")][:500]
    assert numbers(made).tolist() == [number(one) for one in made]
    assert keys(numbers(made)) == made
    assert numbers([]).tolist() == []
