"""Pending changes are searchable at once: new stories, changed and deleted ones."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from reader.search import memory_segments
from reader.search.index import SearchIndex
from reader.search.index_directory import IndexDirectory
from reader.search.query import parse
from reader.storage.file_lock import locked
from reader.storage.store import Store
from tests.support.stories import story


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = Store(tmp_path)
    for place in range(30):
        opened.stories.put(story(f"/news/{place}", f"Ferry {place}", [f"The ferry sails from pier {place}."]))
    yield opened
    opened.close()


def found(index: SearchIndex, query: str) -> list[str]:
    return [one.id for one in index.search(parse(query)).found]


def committed(store: Store) -> int:
    return IndexDirectory(store.folder / "index").read()[1]


def settle(index: SearchIndex) -> None:
    """Wait for what is committed beside the questions."""
    if index._committer:
        index._committer.join()


def test_a_story_is_found_while_another_process_writes_the_index(store: Store, index: SearchIndex) -> None:
    before = committed(store)
    with locked(store.folder, "index"):
        key, _ = store.stories.put(story("/news/tram", "Tram", ["The tram opens."]))
        index.include_pending(store)
        assert found(index, "tram") == [key]
        assert len(found(index, "ferry")) == 30
        settle(index)
        assert committed(store) == before
        assert found(index, "tram") == [key]


def test_pending_changes_are_committed_in_the_background(store: Store, index: SearchIndex) -> None:
    key, _ = store.stories.put(story("/news/tram", "Tram", ["The tram opens."]))
    index.include_pending(store)
    settle(index)
    assert committed(store) == store.log.last() == store.log.state("index").seen
    assert found(index, "tram") == [key]
    assert index._snapshots._memory.seen == 0
    assert index.check(store).consistent


def test_changed_and_deleted_stories_are_correct_at_once(store: Store, index: SearchIndex) -> None:
    with locked(store.folder, "index"):
        key, _ = store.stories.put(story("/news/3", "Tram 3", ["The tram in place of it."]))
        store.stories.remove([(gone := found(index, "ferry")[0])])
        index.include_pending(store)
        assert found(index, "tram") == [key]
        assert not {key, gone} & set(found(index, "ferry"))
        assert len(found(index, "ferry")) == 28 + (key == gone)
        store.stories.put(story("/news/3", "Bus 3", ["A bus at last."]))
        index.include_pending(store)
        assert (found(index, "tram"), found(index, "bus")) == ([], [key])
        store.stories.remove([key])
        index.include_pending(store)
        assert found(index, "bus") == []


def test_scores_are_equal_in_memory_and_on_disk(store: Store, index: SearchIndex) -> None:
    def scored() -> list[tuple[str, float]]:
        return [(one.id, one.score) for one in index.search(parse("ferry pier -5")).found]

    with locked(store.folder, "index"):
        for place in range(30, 36):
            store.stories.put(story(f"/news/{place}", f"Ferry {place}", [f"The ferry sails from pier {place}, and the ferry."]))
            index.include_pending(store)
        in_memory = scored()
    index.catch_up(store)
    assert scored() == in_memory


def test_the_number_of_changes_in_memory_is_limited(store: Store, index: SearchIndex, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(memory_segments, "MAX_CHANGES", 5)
    with locked(store.folder, "index"):
        for place in range(8):
            store.stories.put(story(f"/tram/{place}", "Tram", [f"The tram number {place}."]))
            index.include_pending(store)
        assert len(found(index, "tram")) == 5
    index.catch_up(store)
    assert len(found(index, "tram")) == 8


def test_phrases_and_prefixes_match_in_memory(store: Store, index: SearchIndex) -> None:
    with locked(store.folder, "index"):
        key, _ = store.stories.put(story("/news/tram", "Tram", ["The night tram opens soon."], published="2019-03-01"))
        index.include_pending(store)
        for query in ('"night tram"', '"night soon"~3', "nigh*", "tram date:2019-03", "tram -ferry"):
            assert found(index, query) == [key], query
