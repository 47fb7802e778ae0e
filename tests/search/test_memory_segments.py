"""Stories are found as soon as they are put, changed stories by their new words only, and gone ones no more."""

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
    if index._committing:
        index._committing.join()


def test_a_story_is_found_while_another_process_writes_the_index(store: Store, index: SearchIndex) -> None:
    before = committed(store)
    with locked(store.folder, "index"):
        key, _ = store.stories.put(story("/news/tram", "Tram", ["The tram opens."]))
        index.freshen(store)
        assert found(index, "tram") == [key]
        assert len(found(index, "ferry")) == 30
        settle(index)
        assert committed(store) == before
        assert found(index, "tram") == [key]


def test_it_is_committed_beside_the_questions(store: Store, index: SearchIndex) -> None:
    key, _ = store.stories.put(story("/news/tram", "Tram", ["The tram opens."]))
    index.freshen(store)
    settle(index)
    assert committed(store) == store.log.last() == store.log.state("index").seen
    assert found(index, "tram") == [key]
    assert index._reading._fresh.seen == 0
    assert index.check(store).agrees


def test_changed_and_gone_stories_are_right_at_once(store: Store, index: SearchIndex) -> None:
    with locked(store.folder, "index"):
        key, _ = store.stories.put(story("/news/3", "Tram 3", ["The tram in place of it."]))
        store.stories.remove([(gone := found(index, "ferry")[0])])
        index.freshen(store)
        assert found(index, "tram") == [key]
        assert not {key, gone} & set(found(index, "ferry"))
        assert len(found(index, "ferry")) == 28 + (key == gone)
        store.stories.put(story("/news/3", "Bus 3", ["A bus at last."]))
        index.freshen(store)
        assert (found(index, "tram"), found(index, "bus")) == ([], [key])
        store.stories.remove([key])
        index.freshen(store)
        assert found(index, "bus") == []


def test_scores_in_memory_are_those_on_disk(store: Store, index: SearchIndex) -> None:
    def scored() -> list[tuple[str, float]]:
        return [(one.id, one.score) for one in index.search(parse("ferry pier -5")).found]

    with locked(store.folder, "index"):
        for place in range(30, 36):
            store.stories.put(story(f"/news/{place}", f"Ferry {place}", [f"The ferry sails from pier {place}, and the ferry."]))
            index.freshen(store)
        in_memory = scored()
    index.catch_up(store)
    assert scored() == in_memory


def test_memory_takes_only_so_much(store: Store, index: SearchIndex, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(memory_segments, "MOST", 5)
    with locked(store.folder, "index"):
        for place in range(8):
            store.stories.put(story(f"/tram/{place}", "Tram", [f"The tram number {place}."]))
            index.freshen(store)
        assert len(found(index, "tram")) == 5
    index.catch_up(store)
    assert len(found(index, "tram")) == 8


def test_a_phrase_and_a_beginning_are_found_in_memory(store: Store, index: SearchIndex) -> None:
    with locked(store.folder, "index"):
        key, _ = store.stories.put(story("/news/tram", "Tram", ["The night tram opens soon."], published="2019-03-01"))
        index.freshen(store)
        for query in ('"night tram"', '"night soon"~3', "nigh*", "tram date:2019-03", "tram -ferry"):
            assert found(index, query) == [key], query
