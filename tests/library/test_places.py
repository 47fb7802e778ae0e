"""The places of the list pane."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from reader.library import Library
from reader.models import FeedCandidate, FeedEntry, LastPlace, Place, SavedSearch, StoryFilter, StoryHeader
from reader.storage.feed_items import feed_item_rows
from tests.support.feed_stories import COAST, NOTES, SEA, group, subscribe
from tests.support.flags import set_flag


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    made = Library.open(tmp_path)
    yield made
    made.close()


def titles(headers: list[StoryHeader]) -> list[str]:
    return [header.title for header in headers]


def test_places_are_listed_in_order_with_counts(library: Library) -> None:
    a, b = subscribe(library, SEA, "a", "b", tags=("Water", "Daily"))
    subscribe(library, COAST, "c", tags=("Water",))
    subscribe(library, NOTES, "d")
    set_flag(library, "read", [a], True)
    set_flag(library, "starred", [a, b], True)
    library.saved_searches.save(SavedSearch("Ferries", "ferry"))
    found = [(place.kind, place.key, place.folder, place.stories, place.unread) for place in library.places.all()]
    assert found == [
        ("front", "", "", 4, 3),
        ("all", "", "", 4, 3),
        ("unread", "", "", 3, 3),
        ("starred", "", "", 2, 1),
        ("folder", "Daily", "", 2, 1),
        ("feed", SEA, "Daily", 2, 1),
        ("folder", "Water", "", 3, 2),
        ("feed", COAST, "Water", 1, 1),
        ("feed", SEA, "Water", 2, 1),
        ("folder", "", "", 1, 1),
        ("feed", NOTES, "", 1, 1),
        ("search", "Ferries", "", None, None),
    ]


def test_a_story_in_two_feeds_of_a_folder_counts_once(library: Library) -> None:
    subscribe(library, SEA, "a", tags=("Water",))
    library._store.feeds.subscribe(FeedCandidate(COAST, None, ("Water",)))
    library._store.feed_items.put(
        COAST, feed_item_rows([FeedEntry("x", library.stories.get(library._store.listings.ids(StoryFilter())[0]))])
    )
    (folder,) = [place for place in library.places.all() if place.kind == "folder"]
    assert (folder.stories, folder.unread) == (1, 1)


def test_an_empty_library_has_its_places(library: Library) -> None:
    assert [(place.kind, place.stories) for place in library.places.all()] == [
        ("front", 0),
        ("all", 0),
        ("unread", 0),
        ("starred", 0),
    ]
    assert library.places.rows(Place(kind="all")).headers(0, 10) == []


def test_places_list_newest_stories_first(library: Library) -> None:
    a, _ = subscribe(library, SEA, "a", "b", tags=("Water",))
    subscribe(library, COAST, "c", "d", "e", tags=("Water",))
    set_flag(library, "read", [a], True)
    set_flag(library, "starred", [a], True)

    def opened(place: Place, **how: object) -> list[str]:
        return titles(library.places.rows(place, **how).headers(0, 100))  # type: ignore[arg-type]

    assert opened(Place(kind="feed", key=SEA)) == ["About b", "About a"]
    assert opened(Place(kind="folder", key="Water"))[0] == "About e"
    assert len(opened(Place(kind="folder", key="Water"))) == len(opened(Place(kind="all"))) == 5
    assert opened(Place(kind="folder", key="gone")) == []
    assert "About a" not in opened(Place(kind="unread"))
    assert opened(Place(kind="starred")) == ["About a"]
    assert opened(Place(kind="starred"), unread=True) == []
    assert opened(Place(kind="feed", key=SEA), unread=True) == ["About b"]
    assert opened(Place(kind="all"), text="coast") == ["About e", "About d", "About c"]
    assert opened(Place(kind="all"), text="coast about D") == ["About d"]


def test_saved_searches_are_counted(library: Library) -> None:
    subscribe(library, SEA, "a", "b", "c")
    library.synchronizer.catch_up()
    library.saved_searches.save(SavedSearch("Ferries", "ferry"))
    library.saved_searches.save(SavedSearch("Words", "words"))
    found = library.places.rows(Place(kind="search", key="Words")).ids()
    set_flag(library, "read", [found[0]], True)
    assert [(place.name, place.stories, place.unread) for place in library.places.counted_searches()] == [
        ("Ferries", 0, 0),
        ("Words", len(found), len(found) - 1),
    ]


def test_a_saved_search_lists_all_matches(library: Library) -> None:
    subscribe(library, SEA, *(f"n{number}" for number in range(28)))
    library.synchronizer.catch_up()
    library.saved_searches.save(SavedSearch("Words", "words"))
    rows = library.places.rows(Place(kind="search", key="Words"))
    assert (rows.total, len(rows.ids())) == (28, 28)
    assert library.places.rows(Place(kind="search", key="gone")).ids() == []


def test_a_list_is_loaded_as_far_as_needed(library: Library) -> None:
    ids = subscribe(library, SEA, *(f"n{number}" for number in range(28)))
    rows = library.places.rows(Place(kind="all"))
    assert rows.total == 28
    assert rows.ids(0, 3) == ids[:-4:-1]
    assert titles(rows.headers(26, 40)) == ["About n1", "About n0"]
    assert rows.row(ids[0]) == 27
    assert rows.row("gone") is None
    typed = library.places.rows(Place(kind="all"), text="n2")
    assert typed.total is None
    assert len(typed.ids()) == typed.total == 9


def test_the_front_page_lists_threads_of_several_outlets_then_other_stories(library: Library) -> None:
    a, b, c = subscribe(library, SEA, "a", "b", "c", tags=("Water",))
    d, e = subscribe(library, COAST, "d", "e", tags=("Water",))
    (f,) = subscribe(library, NOTES, "f")
    group(library, [a, d], [b, c], [e], [f])
    front = library.places.front()
    assert front.threads == ("t0",)
    (thread,) = front.window(0, 10)
    assert (thread.outlets, thread.independent, set(thread.stories)) == (("Sea", "Coast"), 2, {a, d})
    assert [(place.key, {header.id for header in rows.headers(0, 9)}) for place, rows in front.sections] == [
        ("Water", {c, b, e}),
        ("", {f}),
    ]


def test_feeds_of_one_outlet_count_once_on_the_front_page(library: Library) -> None:
    (a,) = subscribe(library, SEA, "a")
    (b,) = subscribe(library, "https://sea.com/second", "b")
    group(library, [a, b])
    assert library.places.front().threads == ()
    assert [(thread.outlets, thread.unnamed) for thread in library.threads.all()] == [(("Sea",), 0)]


def test_a_renamed_feed_has_its_new_name_in_threads_and_queries(library: Library) -> None:
    (a,) = subscribe(library, SEA, "a")
    (d,) = subscribe(library, COAST, "d")
    group(library, [a, d])
    library.feeds.change(SEA, name="Salt Water")
    assert library.threads.all()[0].outlets == ("Salt Water", "Coast")
    library.synchronizer.catch_up()
    assert [match.head.id for match in library.search.run('outlet:"salt water"').matches] == [a]
    assert [match.head.id for match in library.search.run("outlet:saltwater").matches] == [a]
    assert [match.head.id for match in library.search.run("outlet:wat*").matches] == [a]
    assert library.search.run("outlet:sea").matches == ()
    assert library.search.run("outlet:salt about -outlet:coast").total == 1


def test_new_counts_unread_stories_since_the_last_visit(library: Library) -> None:
    a, b = subscribe(library, SEA, "a", "b")
    (c,) = subscribe(library, COAST, "c")
    group(library, [a, b, c])
    assert library.places.last_visit() is None
    assert library.places.front().window(0, 1)[0].new == 0
    visit(library, hours=5)
    library.places.begin_visit()
    set_flag(library, "read", [a], True)
    assert library.places.front().window(0, 1)[0].new == 2
    found(library, [c], hours=9)
    assert library.places.front().window(0, 1)[0].new == 1


def test_a_short_break_does_not_end_a_visit(library: Library) -> None:
    visit(library, hours=5)
    library.places.begin_visit()
    since = library.places.last_visit()
    library.places.end_visit()
    library.places.begin_visit()
    assert library.places.last_visit() == since is not None


def visit(library: Library, hours: int) -> None:
    """Let the last visit have ended so many hours ago."""
    library._store.notes.set("visit", json.dumps([None, time(hours)]))


def found(library: Library, ids: list[str], hours: int) -> None:
    with library._store.database.writing() as db:
        db.executemany("UPDATE story SET found = ? WHERE id = ?", [(time(hours), id) for id in ids])


def time(hours: int) -> str:
    return (datetime.now(UTC) - timedelta(hours=hours)).strftime("%Y-%m-%dT%H:%M:%S")


def test_the_last_place_is_restored(library: Library, tmp_path: Path) -> None:
    subscribe(library, SEA, "a", tags=("Water",))
    assert library.places.last() is None
    left = LastPlace(kind="feed", key=SEA, folder="Water", item="a", row=3, scroll=1)
    library.places.remember(left)
    library.close()
    again = Library.open(tmp_path)
    assert again.places.last() == left
    again.feeds.unsubscribe(SEA)
    assert again.places.last() is None
    again.places.remember(LastPlace(kind="folder", key="Water"))
    assert again.places.last() is None
    again.places.remember(LastPlace(kind="search", key="gone"))
    assert again.places.last() is None
    again.places.remember(LastPlace(kind="starred", row=2))
    assert again.places.last() == LastPlace(kind="starred", row=2)
    again.close()


@pytest.mark.parametrize("damaged", ["", "null", "{", "[1]", '{"kind": "feed", "more": 1}', "{}"])
def test_a_damaged_last_place_is_ignored(library: Library, damaged: str) -> None:
    library._store.notes.set("last place", damaged)
    assert library.places.last() is None


def test_the_front_page_without_what_is_read(library: Library) -> None:
    a, b = subscribe(library, SEA, "a", "b", tags=("Water",))
    c, d = subscribe(library, COAST, "c", "d", tags=("Water",))
    group(library, [a, c], [b, d])
    set_flag(library, "read", [a, c], True)
    assert library.places.front(unread=True).threads == ("t1",)
    set_flag(library, "read", [d], True)
    assert library.places.front(unread=True).threads == ("t1",)


def test_the_front_page_counts_feeds_and_what_is_unread_in_its_sections(library: Library) -> None:
    a, _ = subscribe(library, SEA, "a", "b", tags=("Water", "Daily"))
    subscribe(library, NOTES, "c")
    set_flag(library, "read", [a], True)
    front = library.places.front()
    assert front.feeds == 2
    assert [place.key for place, _ in front.sections] == ["Daily", "Water", ""]
    assert list(front.unread()) == [1, 1, 1]


def test_stories_that_no_followed_feed_lists_are_a_place_of_their_own(library: Library) -> None:
    subscribe(library, SEA, "a", tags=("Water",))
    subscribe(library, COAST, "b")
    assert "other" not in [place.kind for place in library.places.all()]
    library.feeds.unsubscribe(COAST)
    (other,) = [place for place in library.places.all() if place.kind == "other"]
    assert (other.stories, other.unread) == (1, 1)
    assert titles(library.places.rows(other).headers(0, 9)) == ["About b"]
    front = library.places.front()
    assert [place.kind for place, _ in front.sections] == ["folder", "other"]
    assert list(front.unread()) == [1, 1]


def test_a_list_counts_what_is_unread(library: Library) -> None:
    a, *_ = subscribe(library, SEA, "a", "b", "c")
    set_flag(library, "read", [a], True)
    assert library.places.rows(Place(kind="all")).unread() == 2
    assert library.places.rows(Place(kind="all"), text="about").unread() == 2


def test_followed_threads_are_found_and_muted_ones_count_nothing_unread(library: Library) -> None:
    a, b = subscribe(library, SEA, "a", "b")
    c, d = subscribe(library, COAST, "c", "d")
    group(library, [a, c], [b, d])
    library.corrections.follow("t0")
    library.corrections.mute("t1")
    assert [thread.id for thread in library.threads.followed()] == ["t0"]
    assert library.threads.unread() == 2
    assert [(thread.id, thread.new) for thread in library.places.front().window(0, 9)] == [("t0", 0), ("t1", 0)]


def test_stories_that_wait_are_threads_too(library: Library) -> None:
    a, b = subscribe(library, SEA, "a", "b")
    assert library.threads.waiting() == 2
    assert [thread.stories for thread in library.threads.get_many([f"w{b}", "nowhere", f"w{a}"])] == [(b,), (a,)]
