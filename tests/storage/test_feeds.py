"""Storage of feeds: settings, visits, items, and allowed hosts."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from reader.models import FeedCandidate, FeedEntry, ImportReport, Link, Origin, Story
from reader.storage.feed_items import feed_item_rows
from reader.storage.store import Store
from tests.support.flags import set_flag
from tests.support.stories import story

LONG = (
    "The harbour council and the ferry crews agreed on Monday to end the strike that had stopped every crossing for nine days. " * 3
)
ONE, TWO = "https://one.example/feed", "https://two.example/feed"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    made = Store(tmp_path / "library")
    yield made
    made.close()


def put(store: Store, feed: str, *entries: tuple[str, Story]) -> ImportReport:
    return store.feed_items.put(feed, feed_item_rows(FeedEntry(guid, story) for guid, story in entries))


def test_an_unsubscribed_feed_is_restored_with_its_settings(store: Store) -> None:
    assert store.feeds.subscribe(FeedCandidate(ONE, "One", ("sea",)))
    assert not store.feeds.subscribe(FeedCandidate(ONE))
    store.feeds.change(ONE, interval=15, full_text=True)
    store.feeds.record_visit(ONE, title="The One", etag='"1"', good="2026-11-21T10:00:00Z")
    (feed,) = store.feeds.all()
    assert (feed.name, feed.title, feed.tags, feed.interval, feed.full_text, feed.etag) == (
        "One",
        "The One",
        ("sea",),
        15,
        True,
        '"1"',
    )
    store.feeds.unsubscribe(ONE)
    assert store.feeds.all() == []
    assert store.feeds.get(ONE) is None
    store.feeds.restore(ONE)
    assert store.feeds.get(ONE) == feed
    store.feeds.unsubscribe(ONE)
    assert store.feeds.subscribe(FeedCandidate(ONE, "Again"))
    assert store.feeds.get(ONE) == replace(feed, name="Again")


def test_a_feed_without_a_name_is_shown_by_title_or_address(store: Store) -> None:
    store.feeds.subscribe(FeedCandidate(ONE))
    assert store.feeds.all()[0].name == ONE
    store.feeds.record_visit(ONE, title="The One")
    assert store.feeds.all()[0].name == "The One"


def test_unknown_fields_are_rejected(store: Store) -> None:
    store.feeds.subscribe(FeedCandidate(ONE))
    with pytest.raises(KeyError, match="unknown feed fields"):
        store.feeds.change(ONE, etag="x")
    with pytest.raises(KeyError, match="unknown feed fields"):
        store.feeds.record_visit(ONE, name="x")


def test_a_moved_feed_keeps_settings_and_items(store: Store) -> None:
    store.feeds.subscribe(FeedCandidate(ONE, "One"))
    put(store, ONE, ("1", story("https://one.example/1")))
    store.feeds.move(ONE, TWO)
    (feed,) = store.feeds.all()
    assert (feed.address, feed.name, feed.stories) == (TWO, "One", 1)
    assert put(store, TWO, ("1", story("https://one.example/1"))).unchanged


def test_stories_and_unread_stories_are_counted(store: Store) -> None:
    store.feeds.subscribe(FeedCandidate(ONE))
    added = put(store, ONE, *((str(n), story(f"https://one.example/{n}", body=[str(n)])) for n in range(3))).added
    set_flag(store, "read", added[:1], True)
    (feed,) = store.feeds.all()
    assert (feed.stories, feed.unread) == (3, 2)


def test_an_entry_is_identified_by_its_id_in_the_feed(store: Store) -> None:
    first = put(store, ONE, ("1", story("https://one.example/1", body=["as it was"])))
    (key,) = first.added
    assert put(store, ONE, ("1", story("https://one.example/1", body=["as it was"]))) == ImportReport(unchanged=(key,))
    assert put(store, ONE, ("1", story("https://one.example/1", body=["as it is"]))) == ImportReport(updated=(key,))
    assert store.stories.get(key).body == ("as it is",)
    (older,) = store.stories.versions(key)
    assert older.story.body == ("as it was",)
    assert older.until.endswith("Z")
    other = put(store, TWO, ("1", story("https://two.example/1", body=["another with the same id"])))
    assert other.added
    assert other.added != first.added


def test_a_story_of_two_feeds_is_one_with_two_origins(store: Store) -> None:
    (key,) = put(store, ONE, ("1", story("https://one.example/1", body=[LONG]))).added
    assert put(store, TWO, ("a", story("https://one.example/1", body=[LONG]))).unchanged == (key,)
    assert put(store, TWO, ("b", story("https://two.example/1", body=[LONG]))).unchanged == (key,)
    assert set(store.stories.origins(key)) == {
        Origin("https://one.example/1", ONE),
        Origin("https://one.example/1", TWO),
        Origin("https://two.example/1", TWO),
    }


def test_the_longer_text_of_two_feeds_is_kept(store: Store) -> None:
    short, full = story("https://one.example/1", body=["The strike is over."]), story("https://one.example/1", body=[LONG])
    (key,) = put(store, ONE, ("1", short)).added
    assert put(store, TWO, ("a", full)).updated == (key,)
    assert put(store, ONE, ("1", short)).unchanged == (key,)
    assert put(store, TWO, ("a", full)).unchanged == (key,)
    assert store.stories.get(key).body == (LONG,)


def test_stories_with_one_shared_address_stay_separate(store: Store) -> None:
    entries = [(str(n), story("https://one.example/", title=f"Story {n}", body=[f"{n} {LONG}"])) for n in range(3)]
    assert len(put(store, ONE, *entries).added) == 3
    assert len(put(store, ONE, *entries).unchanged) == 3


def test_the_full_text_is_kept_while_the_feed_is_unchanged(store: Store) -> None:
    summary = story("https://one.example/1", body=["The strike is over."])
    (key,) = put(store, ONE, ("1", summary)).added
    assert store.feed_items.set_full_text(key, story("https://one.example/1", body=[LONG, LONG])) == "updated"
    kept = store.stories.get(key)
    assert (kept.body, kept.summary, kept.title) == ((LONG, LONG), ("The strike is over.",), summary.title)
    assert put(store, ONE, ("1", summary)).unchanged == (key,)
    changed = replace(summary, body=("The strike is over at last.",))
    assert put(store, ONE, ("1", changed)).updated == (key,)
    assert store.stories.get(key).body == (LONG, LONG)
    assert store.stories.get(key).summary == ("The strike is over at last.",)


def test_copies_are_found_ignoring_case_and_punctuation(store: Store) -> None:
    one, two, other, short = (
        store.stories.put(story(f"/{n}", outlet=f"Outlet {n}", body=[body]))[0]
        for n, body in enumerate((LONG, LONG.upper().replace(" ", ", "), LONG + "More.", "Short."))
    )
    store.stories.put(story("/short", outlet="Elsewhere", body=["Short."]))
    assert store.stories.copies(one) == [two]
    assert store.stories.copies(two) == [one]
    assert store.stories.copies(other) == store.stories.copies(short) == []


def test_optional_fields_are_stored(store: Store) -> None:
    whole = story(
        updated="2026-11-21", summary=("In short.",), categories=("sea",), links=(Link("https://one.example/a.mp3", "enclosure"),)
    )
    key, _ = store.stories.put(whole)
    assert store.stories.get(key) == replace(whole, id=key)


def test_hosts_are_allowed_and_forbidden_again(store: Store) -> None:
    store.feeds.allow_host("127.0.0.1", True)
    store.feeds.allow_host("127.0.0.1", True)
    assert store.feeds.allowed_hosts() == {"127.0.0.1"}
    store.feeds.allow_host("127.0.0.1", False)
    assert store.feeds.allowed_hosts() == frozenset()


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.tuples(
            st.sampled_from([ONE, TWO]), st.sampled_from("ab"), st.sampled_from(["/x", "/y"]), st.sampled_from(["", "1", LONG])
        ),
        max_size=12,
    )
)
def test_no_item_is_lost_or_duplicated(tmp_path_factory: pytest.TempPathFactory, told: list[tuple[str, str, str, str]]) -> None:
    store = Store(tmp_path_factory.mktemp("shelf"))
    for feed, guid, path, body in told:
        entry = (guid, story(f"https://one.example{path}", title=f"Title {path}", body=[body] if body else []))
        report = put(store, feed, entry)
        (key,) = (*report.added, *report.updated, *report.unchanged)
        assert len(" ".join(store.stories.get(key).body)) >= len(body) / 1.5
        assert put(store, feed, entry) == ImportReport(unchanged=(key,))
    assert store.stories.count() == len(store.stories.digests()) == len(set(store.stories.digests().values()))
    store.close()


def test_stories_are_found_by_the_tags_of_their_feeds(store: Store) -> None:
    store.feeds.subscribe(FeedCandidate(ONE, "One", ("Sea", "north")))
    store.feeds.subscribe(FeedCandidate(TWO, "Two", ("land",)))
    put(store, ONE, ("a", story("/a", "A ferry", [LONG])))
    put(store, TWO, ("b", story("/b", "A tram", [LONG + " And a tram."])))
    titles = {head.id: head.title for head in store.stories.headers()}
    assert [titles[key] for key in store.feeds.tagged_stories("sea")] == ["A ferry"]
    assert [titles[key] for key in store.feeds.tagged_stories("LAND")] == ["A tram"]
    assert store.feeds.tagged_stories("se") == []
