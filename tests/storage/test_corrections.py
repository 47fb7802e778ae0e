"""Storage of corrections and the threads they make."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace

from reader.models import Correction, Thread
from reader.storage.change_log import DerivedState
from reader.storage.clusters import ThreadUpdate
from reader.storage.corrections import CorrectionOverlay
from reader.storage.store import Store
from tests.support.stories import story


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    made = Store(tmp_path)
    yield made
    made.close()


def thread(id: str, *stories: str, **more: object) -> Thread:
    made = Thread(
        id=id,
        name=f"Name of {id}",
        automatic=f"Name of {id}",
        stories=stories,
        unread=len(stories),
        outlets=(),
        unnamed=len(stories),
        first=None,
        last=None,
        earliest=None,
        latest=None,
        about=False,
        terms=(),
    )
    return replace(made, **more)


def shelved(store: Store) -> list[str]:
    """Four stories, the first three found in two threads."""
    ids = [
        store.stories.put(story(f"/{place}", body=[f"Story {place}."], url=f"https://paper.example/{place}"))[0] for place in "abcd"
    ]
    threads = [thread("t1", ids[0], ids[1]), thread("t2", ids[2])]
    store.clusters.save(ThreadUpdate(state=DerivedState(1, 3), totals="{}", threads=threads, names={"t1": "[]", "t2": "[]"}))
    return ids


def test_a_correction_is_stored_and_can_be_undone(store: Store) -> None:
    first = store.corrections.add(
        Correction(number=0, kind="merge", stories=("a", "b"), others=(("c",), ("d",)), message=("text", "one"))
    )
    second = store.corrections.add(Correction(number=0, kind="rename", stories=("a",), text="Name", message=("text", "two")))
    assert (first.number, first.others, second.number) == (1, (("c",), ("d",)), 2)
    assert store.corrections.undo() == second
    assert store.corrections.all() == [first]
    assert store.corrections.all(undone=True) == [first, replace(second, undone=True)]
    assert store.corrections.undo() == first
    assert store.corrections.undo() is None
    third = store.corrections.add(Correction(number=0, kind="pin", stories=("a",), text="on"))
    assert third.number == 3


def test_corrected_threads_replace_the_covered_ones(store: Store) -> None:
    a, b, c, d = shelved(store)
    before = store.threads.all()
    own = thread("t1", b, c, pinned=True, renamed=True), thread("c1", a, muted=True)
    store.corrections.save_overlay(CorrectionOverlay([(one, "[]") for one in own], ["t1", "t2"]))
    assert [(one.id, one.stories) for one in store.threads.all()] == [("t1", (b, c)), (f"w{d}", (d,)), ("c1", (a,))]
    assert [(one.pinned, one.renamed, one.muted) for one in store.threads.all()] == [(1, 1, 0), (0, 0, 0), (0, 0, 1)]
    assert [head.thread for head in store.stories.headers([a, b, c, d])] == ["c1", "t1", "t1", f"w{d}"]
    assert [head.id for head in store.stories.headers(thread="t1")] == [b, c]
    assert store.stories.headers(thread="t2") == []
    assert store.threads.shown("c1") == ("Name of c1", False, [a])
    assert store.threads.shown("t2") is None
    assert store.threads.shown(f"w{d}") == ("Harbour reopens", False, [d])
    assert store.threads.clustered([a, d]).threads == {"t1": [a, b], f"w{d}": [d]}
    store.corrections.save_overlay(CorrectionOverlay((), ()))
    assert store.threads.all() == before


def test_an_unclustered_story_can_be_in_a_corrected_thread(store: Store) -> None:
    *_, c, d = shelved(store)
    store.corrections.save_overlay(CorrectionOverlay([(thread(f"w{d}", c, d), "[]")], ["t2", f"w{d}"]))
    assert [head.id for head in store.stories.headers(thread=f"w{d}")] == [c, d]
    assert {(one.id, one.waiting) for one in store.threads.all()} == {("t1", False), (f"w{d}", False)}


def test_a_removed_story_leaves_its_corrected_thread(store: Store) -> None:
    a, b, *_ = shelved(store)
    store.corrections.save_overlay(CorrectionOverlay([(thread("t1", a, b, pinned=True), "[]")], ["t1"]))
    store.stories.remove([a])
    assert store.threads.all()[0].stories == (b,)


def test_locators_identify_stories_by_page_or_address(store: Store) -> None:
    a, b, *_ = shelved(store)
    other = store.stories.put(story("/other", body=["Another one."], url="https://paper.example/b"))[0]
    assert store.stories.locators([a, b, other]) == {a: "https://paper.example/a", b: "/b", other: "/other"}
    places = ["https://paper.example/a", "https://paper.example/b", "/b", "/nowhere"]
    assert store.stories.at_locators(places) == {"https://paper.example/a": a, "/b": b, "/a": a, "/other": other}


def test_a_transaction_is_stored_as_a_whole_or_not_at_all(store: Store) -> None:
    with pytest.raises(RuntimeError), store.database.writing():
        key = store.stories.put(story())[0]
        store.notes.set("key", "value")
        assert store.stories.headers([key])[0].id == key, "within it, what was written is seen"
        raise RuntimeError
    assert store.stories.count() == 0
    assert store.notes.get("key") is None
    with store.database.writing():
        store.stories.put(story())
    assert store.stories.count() == 1
