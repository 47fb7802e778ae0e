"""Reading history: by version, merged, by thread, deletable."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from reader.storage.reading_history import SeenPassages, merge_spans
from reader.storage.store import Store
from tests.support.stories import story


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = Store(tmp_path)
    yield opened
    opened.close()


def put(store: Store, name: str, body: str = "The harbour is open again.") -> str:
    return store.stories.put(story(f"/{name}", title=name, body=[body]))[0]


def tie(store: Store, thread: str, *stories: str, own: bool = False) -> None:
    with store.database.writing() as db:
        for place, key in enumerate(stories):
            db.execute(f"INSERT INTO {'corrected_thread_story' if own else 'thread_story'} VALUES (?, ?, ?)", (thread, place, key))


def see(store: Store, key: str, *spans: tuple[int, int]) -> None:
    store.history.record(key, store.stories.digest(key), spans)


def test_adjacent_passages_are_merged(store: Store) -> None:
    key = put(store, "one")
    see(store, key, (0, 5), (9, 12))
    see(store, key, (5, 9))
    assert store.history.of_thread(key, 9) == [SeenPassages(key, store.stories.digest(key), ((0, 12),))]


def test_versions_have_separate_histories(store: Store) -> None:
    key = put(store, "one")
    see(store, key, (0, 5))
    before = store.stories.digest(key)
    assert put(store, "one", "The harbour is closed again.") == key
    see(store, key, (2, 7))
    assert [(seen.digest, seen.spans) for seen in store.history.of_thread(key, 9)] == [
        (store.stories.digest(key), ((2, 7),)),
        (before, ((0, 5),)),
    ]
    old, new = store.stories.with_digest(key, before), store.stories.with_digest(key, store.stories.digest(key))
    assert old is not None
    assert new is not None
    assert (old.body, new.body) == (("The harbour is open again.",), ("The harbour is closed again.",))
    assert store.stories.with_digest(key, "of another story") is None


def test_the_history_of_a_thread_is_ordered_by_last_read(store: Store) -> None:
    one, two, three, alone = (put(store, name) for name in ("one", "two", "three", "alone"))
    tie(store, "t", one, two, three)
    for key in (two, one, alone):
        see(store, key, (0, 3))
    see(store, two, (0, 3))
    assert [seen.story for seen in store.history.of_thread(three, 9)] == [one, two], "nothing new was seen of the second"
    see(store, two, (0, 4))
    assert [seen.story for seen in store.history.of_thread(three, 9)] == [two, one]
    assert [seen.story for seen in store.history.of_thread(three, 1)] == [two]
    assert [seen.story for seen in store.history.of_thread(alone, 9)] == [alone]


def test_corrected_threads_are_used_as_shown(store: Store) -> None:
    one, two = put(store, "one"), put(store, "two")
    tie(store, "t", one, two)
    with store.database.writing() as db:
        db.execute("INSERT INTO replaced_thread VALUES ('t')")
    tie(store, "x", one, own=True)
    tie(store, "y", two, own=True)
    see(store, one, (0, 3))
    assert store.history.of_thread(two, 9) == []


def test_the_history_of_a_thread_or_of_all_is_deleted(store: Store) -> None:
    one, two, waiting = put(store, "one"), put(store, "two"), put(store, "waiting")
    tie(store, "t", one)
    tie(store, "u", two)
    for key in (one, two, waiting):
        see(store, key, (0, 3))
    assert (store.history.count("t"), store.history.count(f"w{waiting}"), store.history.count()) == (1, 1, 3)
    store.history.forget("t")
    assert (store.history.count("t"), store.history.count()) == (0, 2)
    store.history.forget(f"w{waiting}")
    assert store.history.count() == 1
    store.history.forget()
    assert store.history.count() == 0


def test_history_is_deleted_with_its_story(store: Store) -> None:
    key = put(store, "one")
    see(store, key, (0, 3))
    store.stories.remove([key])
    assert store.history.count() == 0
    store.history.record(key, "what it said", [(0, 3)])
    assert store.history.count() == 0


@pytest.mark.parametrize(
    ("spans", "merged"),
    [
        ([], ()),
        ([(3, 3)], ()),
        ([(5, 9), (0, 2)], ((0, 2), (5, 9))),
        ([(0, 4), (4, 6), (5, 8)], ((0, 8),)),
        ([(0, 9), (2, 3)], ((0, 9),)),
    ],
)
def test_touching_spans_are_merged(spans: list[tuple[int, int]], merged: tuple[tuple[int, int], ...]) -> None:
    assert merge_spans(spans) == merged
