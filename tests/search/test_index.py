"""The index on disk: updated from the store, checked against it, rebuilt if damaged."""

from __future__ import annotations

import pickle
import shutil
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest
from whoosh.index import TOC

from reader.errors import StorageError
from reader.search.index import SearchIndex
from reader.search.index_directory import NAME, IndexStorage
from reader.search.query import parse
from reader.search.schema import schema
from reader.storage.change_log import DerivedState
from reader.storage.file_lock import locked
from reader.storage.store import Store
from tests.support.stories import story


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = Store(tmp_path)
    opened.stories.put(story("/news/ferry", "Ferry strike", ["The ferry crews are on strike."]))
    opened.stories.put(story("/news/tram", "Tram opens", ["The tram opened."]))
    yield opened
    opened.close()


@pytest.fixture
def index(store: Store) -> Iterator[SearchIndex]:
    opened = SearchIndex(store.folder)
    assert opened.catch_up(store) == 2
    yield opened
    opened.close()


def found(index: SearchIndex, query: str) -> int:
    return index.search(parse(query)).total


def test_changes_are_applied_once(store: Store, index: SearchIndex) -> None:
    assert index.catch_up(store) == 0
    store.stories.put(story("/news/ferry", "Ferry walkout", ["The ferry crews walked out."]))
    store.stories.remove(
        store.stories.find_ids(store.stories.headers()[0].id)
        if store.stories.headers()[0].title.startswith("Tram")
        else [store.stories.headers()[1].id]
    )
    assert index.catch_up(store) == 2
    assert (found(index, "walkout"), found(index, "strike"), found(index, "tram")) == (1, 0, 0)
    assert index.check(store).consistent


def test_applying_a_change_twice_is_harmless(store: Store, index: SearchIndex) -> None:
    store.log.set_state("index", DerivedState(store.log.state("index").recipe, 0))
    assert index.catch_up(store) == 2
    assert found(index, "ferry") == 1
    assert index.check(store).consistent


def test_a_check_reports_differences(store: Store, index: SearchIndex) -> None:
    store.stories.put(story("/news/bus", "Bus", ["The bus."]))
    store.stories.put(story("/news/tram", "Tram opens", ["The tram opened late."]))
    state = index.check(store)
    assert not state.consistent
    assert "1 story not in the index" in state.summary
    assert "1 story indexed with an older text" in state.summary


def test_a_check_reports_a_missing_index(tmp_path: Path) -> None:
    opened = Store(tmp_path)
    assert index_state(opened) == "the index has not been built yet"
    opened.close()


def index_state(store: Store) -> str:
    return SearchIndex(store.folder).check(store).summary


def flip(path: Path, place: int) -> None:
    data = bytearray(path.read_bytes())
    data[place] ^= 1
    path.write_bytes(data)


class Foreign:
    """What runs where it is unpickled by somebody who asks no questions."""

    def __reduce__(self) -> tuple[object, ...]:
        return (Path.touch, (Path("it-ran"),))


def harm_index(harm: str, folder: Path) -> None:
    """Do something to an index on disk."""
    segment, table = next(folder.glob("*.nla")), next(folder.glob("_MAIN*.toc"))
    match harm:
        case "gone":
            shutil.rmtree(folder)
        case "foreign":
            shutil.rmtree(folder)
            folder.write_text("no index")
        case "cut":
            segment.write_bytes(segment.read_bytes()[:20])
        case "missing":
            segment.unlink()
        case "flipped in a segment":
            flip(segment, segment.stat().st_size // 2)
        case "no table":
            table.unlink()
        case "table of zeros":
            table.write_bytes(b"\0" * 40)
        case "flipped in the table":
            flip(table, 60)
        case "pickle in the table":
            head, middle, _ = table.read_bytes().partition(b"\x80")
            table.write_bytes(head + pickle.dumps(Foreign()) + middle)
        case "sealed pickle":
            TOC(schema(), [Foreign()], 1).write(folder_of(folder), NAME)


def folder_of(folder: Path) -> IndexStorage:
    for table in folder.glob("*.toc"):
        table.unlink()
    return IndexStorage(folder)


HARMS = [
    "gone",
    "foreign",
    "cut",
    "missing",
    "flipped in a segment",
    "no table",
    "table of zeros",
    "flipped in the table",
    "pickle in the table",
    "sealed pickle",
]


@pytest.mark.parametrize("harm", HARMS)
def test_a_damaged_index_is_detected_reported_and_rebuilt(
    harm: str, store: Store, index: SearchIndex, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    index.close()
    harm_index(harm, index.folder)
    again = SearchIndex(store.folder)
    assert not again.check(store).consistent
    assert again.catch_up(store) == 2
    assert found(again, "ferry") == 1
    assert again.check(store).consistent
    again.close()
    assert not (tmp_path / "it-ran").exists()


def test_an_index_of_an_older_version_is_rebuilt(store: Store, index: SearchIndex) -> None:
    store.log.set_state("index", DerivedState(0, store.log.last()))
    assert index.catch_up(store) == 2
    assert index.check(store).consistent


def test_a_rebuild_contains_every_story(store: Store, index: SearchIndex) -> None:
    assert index.rebuild(store) == 2
    assert found(index, "ferry OR tram") == 2
    assert [path.name for path in store.folder.iterdir() if path.name.startswith("index.")] == ["index.lock"]


def test_two_indexes_of_one_folder_see_each_others_stories(store: Store, index: SearchIndex) -> None:
    other = SearchIndex(store.folder)
    store.stories.put(story("/news/bus", "Bus", ["The bus."]))
    assert other.catch_up(store) == 1
    assert found(index, "bus") == 1
    other.close()


def test_searching_a_missing_index_raises_an_error(tmp_path: Path) -> None:
    with pytest.raises(StorageError, match="rebuilt"):
        SearchIndex(tmp_path).search(parse("ferry"))


def test_an_index_repaired_by_another_process_is_used_again(store: Store, index: SearchIndex) -> None:
    index.close()
    shutil.rmtree(index.folder)
    with locked(store.folder, "index"):
        index.include_pending(store)
        with pytest.raises(StorageError, match="rebuilt"):
            found(index, "ferry")
    SearchIndex(store.folder).catch_up(store)
    made = {path: path.stat().st_ino for path in index.folder.iterdir()}
    index.include_pending(store)
    assert found(index, "ferry") == 1
    assert {path: path.stat().st_ino for path in index.folder.iterdir()} == made


def test_counts_and_suggestions(store: Store, index: SearchIndex) -> None:
    assert index.count(parse("ferry OR tram")) == 2
    assert index.suggest("fery") == "ferry"
    assert index.suggest("zzzzzzzz") is None
    assert index.search(parse("ferry OR tram"), limit=1).total == 2
    assert len(index.search(parse("ferry OR tram"), limit=1).found) == 1


def test_the_index_folder_is_private(index: SearchIndex) -> None:
    assert stat.S_IMODE(index.folder.stat().st_mode) == 0o700
