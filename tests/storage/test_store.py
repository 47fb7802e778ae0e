from __future__ import annotations

import os
import sqlite3
import stat
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from reader.errors import StorageError
from reader.models import DateEstimate, ExtractedField, RemovedLine, Story, StoryText, Thread
from reader.storage import story_rows
from reader.storage.change_log import DerivedState, StoryChange
from reader.storage.clusters import ClusterMember, ThreadUpdate
from reader.storage.store import Store
from tests.support.flags import set_flag
from tests.support.stories import story


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    made = Store(tmp_path / "library")
    yield made
    made.close()


def thread(name: str, stories: tuple[str, ...], latest: str | None = None) -> Thread:
    return Thread(
        id=name,
        name=f"Thread {name}",
        automatic=f"Thread {name}",
        stories=stories,
        unread=0,
        outlets=("the harbour post",),
        outlet_ids=("name:the harbour post",),
        unnamed=1,
        first=None,
        last=None,
        earliest=latest,
        latest=latest,
        about=True,
        terms=("harbour", "ferry"),
    )


# The file


def test_folder_and_file_are_private(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        store = Store(tmp_path / "deep" / "library")
        store.stories.put(story())
        modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in store.folder.iterdir()}
        assert stat.S_IMODE(store.folder.stat().st_mode) == 0o700
        assert set(modes.values()) == {0o600}
        store.close()
    finally:
        os.umask(before)


def test_stories_persist_across_restarts(tmp_path: Path) -> None:
    first = Store(tmp_path)
    key, _ = first.stories.put(story())
    set_flag(first, "read", [key], True)
    first.notes.set("place", "42")
    first.close()
    second = Store(tmp_path)
    assert second.stories.get(key).title.value == "Harbour reopens"
    assert second.stories.headers()[0].read
    assert second.notes.get("place") == "42"
    second.close()


def test_a_foreign_file_is_reported(tmp_path: Path) -> None:
    (tmp_path / "library.db").write_bytes(b"no database at all, but long enough to look like one" * 40)
    with pytest.raises(StorageError, match=r"library\.db is not a Newsloom library; move it away"):
        Store(tmp_path)


def test_a_foreign_database_is_not_changed(tmp_path: Path) -> None:
    other = sqlite3.connect(tmp_path / "library.db")
    other.execute("CREATE TABLE recipes (cake TEXT)")
    other.close()
    with pytest.raises(StorageError, match="is not a Newsloom library"):
        Store(tmp_path)
    other = sqlite3.connect(tmp_path / "library.db")
    assert [row[0] for row in other.execute("SELECT name FROM sqlite_schema")] == ["recipes"]
    other.close()


def test_a_library_of_a_newer_version_is_not_changed(tmp_path: Path) -> None:
    Store(tmp_path).close()
    other = sqlite3.connect(tmp_path / "library.db")
    other.execute("PRAGMA user_version = 99")
    other.close()
    with pytest.raises(StorageError, match=r"library\.db was written by a newer Newsloom \(version 99.*update Newsloom"):
        Store(tmp_path)


def test_a_damaged_library_is_reported_with_a_remedy(tmp_path: Path) -> None:
    store = Store(tmp_path)
    for number in range(50):
        store.stories.put(story(f"/news/{number}", body=[f"Paragraph {number}. " * 50]))
    store.close()
    file = tmp_path / "library.db"
    whole = file.read_bytes()
    file.write_bytes(whole[:4096] + b"\xff" * (len(whole) - 4096))
    with pytest.raises(StorageError, match=r"library\.db is damaged; restore a copy"):
        Store(tmp_path).stories.headers()


def test_a_folder_that_cannot_be_created_is_reported(tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("a file")
    with pytest.raises(StorageError, match="taken"):
        Store(tmp_path / "taken" / "library")


def test_a_closed_store_closes_returned_connections(tmp_path: Path) -> None:
    store = Store(tmp_path)
    store.stories.put(story())
    store.close()
    assert not (tmp_path / "library.db-wal").exists()


# Stories


def test_a_story_is_restored_unchanged(store: Store) -> None:
    whole = Story(
        source="one.txt",
        address="/news/one.txt",
        url="https://example.org/1",
        title=ExtractedField("Élysée “reopens”", 0.5, "made from the lead"),
        title_made=True,
        outlet=ExtractedField("The Harbour Post", 1.0, "named in the dateline"),
        published=ExtractedField("2018-12-21T10:05", 0.9, "stated"),
        body=("One.", "Two\nlines, \N{GRINNING FACE}."),
        captions=("A boat.",),
        removed=(RemovedLine("Leave a Reply", "comments", "a comment form", 2),),
    )
    key, outcome = store.stories.put(whole)
    assert outcome == "added"
    assert store.stories.get(key) == replace(whole, id=key)


texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
facts = st.builds(ExtractedField, st.none() | texts, st.floats(0, 1), texts)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60, deadline=None)
@given(
    st.builds(
        Story,
        source=texts,
        address=texts,
        url=st.none() | texts,
        title=st.builds(ExtractedField, texts, st.floats(0, 1), texts),
        title_made=st.booleans(),
        outlet=facts,
        agency=facts,
        byline=facts,
        place=facts,
        published=facts,
        body=st.lists(texts, max_size=3).map(tuple),
        captions=st.lists(texts, max_size=2).map(tuple),
        removed=st.lists(st.builds(RemovedLine, texts, texts, texts, st.integers(0, 9)), max_size=2).map(tuple),
    )
)
def test_any_story_is_restored_unchanged(store: Store, anything: Story) -> None:
    store.stories.remove(head.id for head in store.stories.headers())
    key, _ = store.stories.put(anything)
    assert store.stories.get(key) == replace(anything, id=key)


def test_an_unknown_id_raises_a_key_error(store: Store) -> None:
    with pytest.raises(KeyError):
        store.stories.get("aaaaaaaa")
    assert store.stories.get_many(["aaaaaaaa"]) == []


def test_stories_are_returned_in_the_requested_order(store: Store) -> None:
    ids = [store.stories.put(story(f"/news/{n}", body=[str(n)]))[0] for n in range(4)]
    asked = [ids[2], ids[0], "aaaaaaaa", ids[3]]
    assert [found.body for found in store.stories.get_many(asked)] == [("2",), ("0",), ("3",)]
    assert [head.id for head in store.stories.headers(asked)] == [ids[2], ids[0], ids[3]]
    assert [*store.stories.texts(asked)] == [ids[2], ids[0], ids[3]]


def test_story_texts_have_no_generated_title(store: Store) -> None:
    one = story("/news/1", "Ferry sails", ["It sailed.", "At last."], published="2018-12-21")
    made = story("/news/2", "It sailed", ["It sailed.", "At last."], title_made=True)
    stated, other = (store.stories.put(each)[0] for each in (one, made))
    assert store.stories.texts([stated, other]) == {
        stated: StoryText("Ferry sails", ["It sailed.", "At last."], "2018-12-21"),
        other: StoryText("", ["It sailed.", "At last."]),
    }


def test_ids_derive_from_content(store: Store, tmp_path: Path) -> None:
    key, _ = store.stories.put(story("/here/a.txt"))
    assert len(key) == 8
    assert set(key) <= set("abcdefghijklmnopqrstuvwxyz234567")
    other = Store(tmp_path / "other")
    assert other.stories.put(story("/there/b.txt"))[0] == key
    other.close()


def test_an_id_collision_gives_another_id(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(story_rows, "short_id", lambda content, clash=0: f"aaaaaaa{'abc'[clash]}")
    assert [store.stories.put(story(f"/news/{n}", body=[str(n)]))[0] for n in range(3)] == ["aaaaaaaa", "aaaaaaab", "aaaaaaac"]


def test_each_clash_gives_another_id() -> None:
    content = story_rows.digest(story())
    assert len({story_rows.short_id(content, clash) for clash in range(10)}) == 10


# What put does


def test_storing_a_story_twice_changes_nothing(store: Store) -> None:
    first = store.stories.put(story())
    again = store.stories.put(story())
    assert first == (again[0], "added")
    assert again[1] == "unchanged"
    assert store.stories.count() == 1
    assert len(store.log.since(0)) == 1


def test_a_changed_file_updates_its_story_and_keeps_id_and_flags(store: Store) -> None:
    key, _ = store.stories.put(story(body=["Closed."]))
    set_flag(store, "read", [key], True)
    set_flag(store, "starred", [key], True)
    assert store.stories.put(story(body=["Open."])) == (key, "updated")
    assert store.stories.get(key).body == ("Open.",)
    head = store.stories.headers()[0]
    assert head.read
    assert head.starred


def test_equal_content_elsewhere_adds_an_address(store: Store) -> None:
    key, _ = store.stories.put(story("/news/a.txt"))
    assert store.stories.put(story("/news/b.txt")) == (key, "unchanged")
    assert store.stories.addresses(key) == ["/news/a.txt", "/news/b.txt"]
    assert store.stories.get(key).source == "a.txt"


def test_a_new_extraction_of_equal_content_is_stored(store: Store) -> None:
    key, _ = store.stories.put(story())
    better = replace(story(), title=ExtractedField("Harbour reopens", 1.0, "stands twice"))
    assert store.stories.put(better) == (key, "updated")
    assert store.stories.get(key).title.why == "stands twice"
    assert store.stories.put(replace(better, address="/elsewhere", removed=(RemovedLine("x", "x", "x", 0),))) == (key, "unchanged")
    assert store.stories.get(key).removed == ()


def test_one_of_two_equal_files_changes(store: Store) -> None:
    key, _ = store.stories.put(story("/news/a.txt", body=["Old."]))
    store.stories.put(story("/news/b.txt", body=["Old."]))
    other, outcome = store.stories.put(story("/news/a.txt", body=["New."]))
    assert outcome == "added"
    assert other != key
    assert (store.stories.get(key).body, store.stories.get(key).source) == (("Old.",), "b.txt")
    assert store.stories.addresses(key) == ["/news/b.txt"]
    assert store.stories.put(story("/news/b.txt", body=["Old."])) == (key, "unchanged")
    assert store.stories.put(story("/news/a.txt", body=["New."])) == (other, "unchanged")


def test_a_file_that_becomes_equal_to_a_story_joins_it(store: Store) -> None:
    first, _ = store.stories.put(story("/news/a.txt", body=["First."]))
    second, _ = store.stories.put(story("/news/b.txt", body=["Second."]))
    set_flag(store, "starred", [first], True)
    assert store.stories.put(story("/news/a.txt", body=["Second."])) == (second, "unchanged")
    assert store.stories.addresses(second) == ["/news/a.txt", "/news/b.txt"]
    assert store.stories.get(first).body == ("First.",)  # kept with its star, though no file says it any more
    assert store.stories.put(story("/news/a.txt", body=["First."])) == (first, "unchanged")
    assert store.stories.addresses(second) == ["/news/b.txt"]


def test_stories_with_different_outlets_are_separate(store: Store) -> None:
    ids = {store.stories.put(story(f"/news/{outlet}", outlet=outlet))[0] for outlet in ("Post", "Herald")}
    assert len(ids) == 2
    assert store.facets.outlets() == ["Herald", "Post"]


def test_removing_a_story_removes_all_its_data(store: Store) -> None:
    key, _ = store.stories.put(story())
    set_flag(store, "read", [key], True)
    assert store.stories.remove([key, "aaaaaaaa"]) == 1
    assert (store.stories.count(), store.stories.headers(), store.stories.addresses(key), store.flags.unread_count()) == (
        0,
        [],
        [],
        0,
    )
    assert [(change.story, change.deleted) for change in store.log.since(0)] == [(key, True)]
    assert store.stories.put(story()) == (key, "added")
    assert not store.stories.headers()[0].read


# Finding and marking


def test_ids_are_found_by_prefix(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    names = iter(["abcdefgh", "abzzzzzz", "b2222222"])
    monkeypatch.setattr(story_rows, "short_id", lambda content, clash=0: next(names))
    for n in range(3):
        store.stories.put(story(f"/news/{n}", body=[str(n)]))
    assert store.stories.find_ids("ab") == ["abcdefgh", "abzzzzzz"]
    assert store.stories.find_ids("ABC ") == ["abcdefgh"]
    assert store.stories.find_ids("abcdefgh") == ["abcdefgh"]
    assert store.stories.find_ids("%") == store.stories.find_ids("") == store.stories.find_ids("zz") == []


def test_setting_flags_returns_the_number_of_changes(store: Store) -> None:
    ids = [store.stories.put(story(f"/news/{n}", body=[str(n)]))[0] for n in range(3)]
    assert set_flag(store, "read", ids[:2], True) == 2
    assert set_flag(store, "read", ids, True) == 1
    assert store.flags.unread_count() == 0
    assert set_flag(store, "read", [*ids, "aaaaaaaa"], False) == 3
    assert set_flag(store, "starred", ["aaaaaaaa"], True) == 0
    assert store.flags.unread_count() == 3


def test_headers_are_sorted_by_stated_or_estimated_time(store: Store) -> None:
    dated = {
        day: store.stories.put(story(f"/news/{day}", body=[day], published=day))[0]
        for day in ("2018-12-21", "2018-12-19", "2018-12-23T08:00")
    }
    bare, _ = store.stories.put(story("/news/bare", body=["bare"]))
    lost, _ = store.stories.put(story("/news/lost", body=["lost"]))
    store.clusters.save(weave(thread("t1", (bare,)), estimates={bare: DateEstimate("2018-12-20", 0.5, "near its thread")}))
    heads = store.stories.headers()
    assert [head.id for head in heads] == [dated["2018-12-19"], bare, dated["2018-12-21"], dated["2018-12-23T08:00"], lost]
    assert heads[1].estimate == DateEstimate("2018-12-20", 0.5, "near its thread")
    assert heads[0].estimate is None
    assert heads[0].published == "2018-12-19"


# The log


def test_the_log_has_the_last_change_of_each_story_in_order(store: Store) -> None:
    one, _ = store.stories.put(story("/news/1", body=["1"]))
    two, _ = store.stories.put(story("/news/2", body=["2"]))
    seen = store.log.since(0)[-1].seq
    store.stories.put(story("/news/1", body=["1, corrected"]))
    assert [change.story for change in store.log.since(0)] == [two, one]
    assert store.log.since(seen) == [StoryChange(seen + 1, one, False)]
    assert store.log.since(seen + 1) == []


def test_a_failed_write_is_rolled_back(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError("in the middle")

    with monkeypatch.context() as broken:
        broken.setattr(story_rows, "text_row", fail)
        with pytest.raises(RuntimeError):
            store.stories.put(story())
    assert (store.stories.count(), store.log.since(0)) == (0, [])
    assert store.stories.put(story())[1] == "added"


def test_many_threads_write_and_read(store: Store) -> None:
    failed: list[BaseException] = []

    def work(worker: int) -> None:
        try:
            for n in range(25):
                key, _ = store.stories.put(story(f"/news/{worker}/{n}", body=[f"{worker} {n}"]))
                set_flag(store, "read", [key], True)
                store.stories.headers([key])
        except BaseException as error:
            failed.append(error)

    workers = [threading.Thread(target=work, args=(n,)) for n in range(6)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert failed == []
    assert (store.stories.count(), store.flags.unread_count()) == (150, 0)


def test_two_stores_share_one_file(store: Store) -> None:
    other = Store(store.folder)
    key, _ = other.stories.put(story())
    assert store.stories.get(key).id == key
    other.close()


def test_a_blocked_write_is_reported(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("reader.storage.database.PATIENCE", 0.05)
    other = Store(store.folder)
    hog = sqlite3.connect(store.folder / "library.db", isolation_level=None)
    hog.execute("BEGIN IMMEDIATE")
    with pytest.raises(StorageError, match="is being written by another Newsloom; wait for it or close it"):
        other.stories.put(story())
    hog.execute("ROLLBACK")
    hog.close()
    assert other.stories.put(story())[1] == "added"
    other.close()


# Derived


def placed(arrival: int, event: int, *terms: str) -> ClusterMember:
    return ClusterMember(arrival + 1, arrival, event, b"\x00packed\xff%d" % event, terms)


def weave(*threads: Thread, seen: int = 1, estimates: dict[str, DateEstimate] | None = None, **more: Any) -> ThreadUpdate:
    names = {thread.id: "[]" for thread in threads}
    return ThreadUpdate(state=DerivedState(1, seen), totals="{}", threads=threads, estimates=estimates or {}, names=names, **more)


def test_the_backlog_is_ordered_by_date(store: Store) -> None:
    late, early, undated = (
        store.stories.put(story(f"/news/{n}", body=[str(n)], published=day))[0]
        for n, day in enumerate(("2018-12-21", "2018-12-20", None))
    )
    assert [change.story for change in store.clusters.backlog()] == [early, late, undated]
    seqs = {change.story: change.seq for change in store.clusters.backlog()}
    store.clusters.save(weave(new={early: ClusterMember(seqs[early], 0, 1, b"x")}))
    assert [change.story for change in store.clusters.backlog()] == [late, undated]
    store.stories.put(story("/news/1", body=["changed"], published="2018-12-20"))
    assert [change.story for change in store.clusters.backlog()] == [early, late, undated]
    store.stories.remove([early])
    assert [(change.story, change.deleted) for change in store.clusters.backlog()] == [
        (early, True),
        (late, False),
        (undated, False),
    ]
    store.clusters.save(weave(gone=[early]))
    assert early not in {change.story for change in store.clusters.backlog()}


def test_members_are_found_by_arrival_event_and_term(store: Store) -> None:
    one, two, three = (store.stories.put(story(f"/news/{n}", body=[str(n)]))[0] for n in range(3))
    store.clusters.save(weave(new={one: placed(0, 1, "ferry", "strike"), two: placed(1, 2, "tram"), three: placed(2, 1, "ferry")}))
    assert store.clusters.members_since(2).keys() == {one, three}
    assert store.clusters.members(stories=[two]) == {two: b"\x00packed\xff2"}
    assert store.clusters.members(events=[1]).keys() == {one, three}
    assert store.clusters.arrivals_by_term(["ferry", "tram", "bus"], 5) == {"ferry": [2, 0], "tram": [1], "bus": []}
    assert store.clusters.arrivals_by_term(["ferry"], 1) == {"ferry": [2]}
    assert store.clusters.arrivals_by_term(["ferry", "tram"], 5, before=1) == {"ferry": [0], "tram": []}
    assert store.clusters.stories_by_arrival([0, 2, 7]) == {0: one, 2: three}
    store.clusters.save(weave(moved={one: (2, b"moved")}))
    assert store.clusters.members(events=[2]) == {one: b"moved", two: b"\x00packed\xff2"}


def test_clusters_can_be_cleared(store: Store) -> None:
    key, _ = store.stories.put(story())
    store.clusters.save(weave(thread("t1", (key,)), new={key: placed(0, 1, "ferry")}))
    assert store.clusters.events_of_threads([key]) == {"t1": {1}}
    assert store.threads.title_evidence(["t1"]) == {"t1": ("Thread t1", "[]")}
    store.clusters.clear(7)
    assert (store.log.state("threads"), store.clusters.members_since(0), store.notes.get("totals")) == (
        DerivedState(7, 0),
        {},
        None,
    )
    assert [found.waiting for found in store.threads.all()] == [True]


def test_threads_are_sorted_by_time_with_current_unread_counts(store: Store) -> None:
    ids = tuple(store.stories.put(story(f"/news/{n}", body=[str(n)]))[0] for n in range(6))
    old, new, undated = thread("t1", ids[2::-1], "2018-12-21"), thread("t2", ids[3:5], "2018-12-21T09:00"), thread("t3", ids[5:])
    store.clusters.save(weave(old, undated, new, seen=6))
    assert store.threads.all() == [replace(undated, unread=1), replace(new, unread=2), replace(old, unread=3)]
    set_flag(store, "read", [ids[0], ids[5]], True)
    set_flag(store, "starred", [ids[1]], True)
    assert [(found.id, found.unread) for found in store.threads.all()] == [("t3", 0), ("t2", 2), ("t1", 2)]
    assert [head.id for head in store.stories.headers(thread="t1")] == [ids[2], ids[1], ids[0]]
    assert {head.thread for head in store.stories.headers(ids[:3])} == {"t1"}
    assert store.log.state("threads") == DerivedState(1, 6)


def test_a_story_without_a_thread_is_waiting(store: Store) -> None:
    tied, long = (
        store.stories.put(story(body=["tied"]))[0],
        "A headline that goes on and on until it is longer than a row of the list is wide",
    )
    key, _ = store.stories.put(story("/news/2", title=long, body=["waits"], published="2018-12-21", outlet="Post"))
    store.clusters.save(weave(thread("t1", (tied,), "2018-12-20")))
    first, second = store.threads.all()
    assert (first.id, first.waiting, first.stories, first.outlets, first.latest) == (
        f"w{key}",
        True,
        (key,),
        ("Post",),
        "2018-12-21",
    )
    assert first.name == first.automatic == first.headline == long
    assert (second.id, second.waiting) == ("t1", False)
    assert [head.thread for head in store.stories.headers(thread=first.id)] == [first.id]


def test_threads_replace_dissolved_ones(store: Store) -> None:
    ids = tuple(store.stories.put(story(f"/news/{n}", body=[str(n)]))[0] for n in range(4))
    near = {ids[0]: DateEstimate("2018-12-20", 0.5, "near")}
    store.clusters.save(weave(thread("t1", ids[:2]), thread("t2", ids[2:]), estimates=near))
    set_flag(store, "read", ids, True)
    merged = thread("t2", (ids[3], ids[0], ids[2], ids[1]))
    store.clusters.save(weave(merged, dissolved=["t1"], estimates={ids[1]: DateEstimate("2018-12-22", 0.5, "near")}, seen=5))
    assert store.threads.all() == [merged]
    assert [head.estimate is None for head in store.stories.headers(ids)] == [True, False, True, True]
    assert all(head.read for head in store.stories.headers())
    store.clusters.save(weave(renamed={"t2": "Another name"}, seen=6))
    assert store.threads.all() == [replace(merged, name="Another name", automatic="Another name")]


def test_the_last_change_has_the_highest_number(store: Store) -> None:
    assert store.log.last() == 0
    key, _ = store.stories.put(story())
    assert store.log.last() == store.log.since(0)[-1].seq
    store.stories.remove([key])
    assert store.log.last() == store.log.since(0)[-1].seq > 1


def test_missing_derived_data_has_an_empty_state(store: Store) -> None:
    assert store.log.state("index") == DerivedState(0, 0)
    store.log.set_state("index", DerivedState(2, 7))
    assert store.log.state("index") == DerivedState(2, 7)
    assert store.notes.get("nothing") is None
