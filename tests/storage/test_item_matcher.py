"""Matching of feed items over several visits: every story once, none lost, a bounded number of versions."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from reader.models import FeedEntry, ImportReport
from reader.sources.feeds import read_feed
from reader.storage.feed_items import feed_item_rows
from reader.storage.item_matcher import MOST_VERSIONS
from reader.storage.store import Store
from tests.support.flags import set_flag

ONE, TWO = "https://one.example/feed", "https://two.example/feed"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    made = Store(tmp_path / "library")
    yield made
    made.close()


def item(title: str, link: str, text: str, guid: str = "", date: str = "Sat, 28 Nov 2020 09:00:00 GMT") -> str:
    stated = f'<guid isPermaLink="false">{guid}</guid>' if guid else ""
    return (
        f"<item><title>{title}</title><link>{link}</link>{stated}<pubDate>{date}</pubDate><description>{text}</description></item>"
    )


def visit(store: Store, *items: str, feed: str = ONE) -> ImportReport:
    document = f"<rss version='2.0'><channel><title>F</title>{''.join(items)}</channel></rss>"
    entries: tuple[FeedEntry, ...] = read_feed(document.encode(), feed).entries
    return store.feed_items.put(feed, feed_item_rows(entries))


def counts(report: ImportReport) -> tuple[int, int, int]:
    return len(report.added), len(report.updated), len(report.unchanged)


STORIES = [
    ("Lighthouse sold to a painter", "The painter from the capital paid less for the tower than for a car, the council said."),
    ("Tram line reaches the airport", "Passengers can ride from the old market to the departures hall in nineteen minutes."),
    ("Bakers win a prize for rye", "A jury of millers tasted forty loaves without names and gave the medal to two sisters."),
]


def test_items_sharing_one_guid_are_separate_stories(store: Store) -> None:
    items = [item(title, f"https://one.example/{at}", text, "node") for at, (title, text) in enumerate(STORIES)]
    assert counts(visit(store, *items)) == (3, 0, 0)
    assert counts(visit(store, *items)) == (0, 0, 3)
    assert counts(visit(store, items[1])) == (0, 0, 1)


def test_a_reused_guid_makes_a_new_story(store: Store) -> None:
    for at, (title, text) in enumerate(STORIES):
        single = item(title, "https://one.example/", text, "top", f"{20 + at} Nov 2020")
        assert counts(visit(store, single)) == (1, 0, 0)
        assert counts(visit(store, single)) == (0, 0, 1)
    assert store.stories.count() == 3


def test_items_without_guid_and_with_one_link_are_separate_stories(store: Store) -> None:
    items = [item(title, "https://one.example/polls", text) for title, text in STORIES]
    assert counts(visit(store, *items)) == (3, 0, 0)
    assert counts(visit(store, *items[::-1])) == (0, 0, 3)


def test_a_new_guid_and_a_changing_counter_do_not_change_a_story(store: Store) -> None:
    for number in range(5):
        items = [
            item(title, f"https://one.example/{at}", f"{text} ({number + 9} comments)", f"{number}-{at}")
            for at, (title, text) in enumerate(STORIES)
        ]
        assert counts(visit(store, *items)) == ((3, 0, 0) if number == 0 else (0, 0, 3))
    assert store.stories.versions(visit(store, *items).unchanged[0]) == []


def test_a_new_guid_and_a_new_link_do_not_duplicate_a_story(store: Store) -> None:
    for number in range(3):
        items = [
            item(title, f"https://one.example/?s={number}&a={at}", text, f"{number}{at}")
            for at, (title, text) in enumerate(STORIES)
        ]
        visit(store, *items)
    assert store.stories.count() == 3


def test_counters_in_unknown_languages_are_learned_from_the_feed(store: Store) -> None:
    for number in (9, 12):
        items = [
            item(title, f"https://one.example/{at}", f"{text} [{number} qwertz]", str(at))
            for at, (title, text) in enumerate(STORIES)
        ]
        report = visit(store, *items)
    assert counts(report) == (0, 0, 3)


def test_a_number_in_the_text_is_not_a_counter(store: Store) -> None:
    visit(store, item("Coach overturns", "https://one.example/1", "At least 12 people were hurt.", "1"))
    report = visit(store, item("Coach overturns", "https://one.example/1", "At least 13 people were hurt.", "1"))
    assert counts(report) == (0, 1, 0)
    assert len(store.stories.versions(report.updated[0])) == 1


def test_a_later_date_does_not_change_a_story(store: Store) -> None:
    for hour in range(10, 15):
        report = visit(
            store,
            item("Library extends hours", "https://one.example/1", "It closes at nine.", "1", f"Mon, 30 Nov 2020 {hour}:00:00 GMT"),
        )
    assert counts(report) == (0, 0, 1)
    story = store.stories.get(report.unchanged[0])
    assert story.published.value == "2020-11-30T10:00Z"
    assert store.stories.versions(story.id) == []


def test_tracking_parameters_and_trailing_slashes_do_not_duplicate_a_story(store: Store) -> None:
    title, text = STORIES[0]
    visit(store, item(title, "https://one.example/tower?utm_source=rss", text, "a"))
    assert counts(visit(store, item(title, "https://one.example/tower/", f"{text} Neighbors agree.", "b"), feed=TWO)) == (0, 0, 1)
    assert counts(visit(store, item(title, "https://one.example/tower?fbclid=1", text, "c"), feed=f"{TWO}2")) == (0, 0, 1)


def test_the_number_of_versions_is_bounded(store: Store) -> None:
    for number in range(3 * MOST_VERSIONS):
        words = " ".join(f"word{number}x{at}" for at in range(4))
        report = visit(store, item("Coach overturns", "https://one.example/1", f"The coach is upright again. {words}", "1"))
    assert store.stories.count() == 1
    assert len(store.stories.versions(report.updated[0])) == MOST_VERSIONS
    assert "word0x0" in " ".join(store.stories.versions(report.updated[0])[-1].story.body)


def test_an_updated_story_stays_read(store: Store) -> None:
    key = visit(store, item("Library extends hours", "https://one.example/1", "It closes at nine. (1 comment)", "a")).added[0]
    set_flag(store, "read", [key], True)
    visit(
        store,
        item(
            "Library extends hours",
            "https://one.example/1",
            "It closes at nine. (2 comments)",
            "b",
            "Sun, 29 Nov 2020 10:00:00 GMT",
        ),
    )
    assert store.flags.ids("read") == [key]


def test_boilerplate_that_is_learned_later_is_no_change(store: Store) -> None:
    text, line = "The tower of the old harbor is leaning more than last year.", "Read on in the paper."
    one = item("Tower leans", "https://one.example/1", f"<p>{text}</p><p>{line}</p>", "1")
    key = visit(store, one).added[0]
    others = [
        item(f"Other {n}", f"https://one.example/{n}", f"<p>Other news {n * 'x'}.</p><p>{line}</p>", str(n)) for n in range(2, 5)
    ]
    report = visit(store, one, *others)
    assert counts(report) == (3, 0, 1)
    assert store.stories.get(key).body == (text,)
    assert store.stories.versions(key) == []
    assert counts(visit(store, one)) == (0, 0, 1), "what one answer taught is not forgotten by the next"
    assert store.stories.get(key).body == (text,)


LINKED = "&lt;p&gt;The council sold &lt;a href='{}'&gt;the tower&lt;/a&gt; to a painter.&lt;/p&gt;"


def test_structure_alone_is_no_change(store: Store) -> None:
    (key,) = visit(store, item("Lighthouse sold", "https://one.example/1", "The council sold the tower to a painter.", "1")).added
    digest = store.stories.digest(key)
    report = visit(store, item("Lighthouse sold", "https://one.example/1", LINKED.format("/tower"), "1"))
    assert counts(report) == (0, 0, 1)
    story = store.stories.get(key)
    assert [(each.kind, each.href) for each in story.blocks[0].inline] == [("link", "https://one.example/tower")]
    assert (store.stories.digest(key), store.stories.versions(key)) == (digest, [])
    visit(store, item("Lighthouse sold", "https://one.example/1", LINKED.format("/tower/2"), "1"))
    assert store.stories.get(key).blocks[0].inline[0].href == "https://one.example/tower/2"


def test_another_feed_does_not_change_the_links_of_a_story(store: Store) -> None:
    (key,) = visit(store, item("Lighthouse sold", "https://one.example/1", LINKED.format("/tower"), "1")).added
    visit(store, item("Lighthouse sold", "https://two.example/1", LINKED.format("/elsewhere"), "9"), feed=TWO)
    assert store.stories.get(key).blocks[0].inline[0].href == "https://one.example/tower"
