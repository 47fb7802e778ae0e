"""The index on disk: in step with the store, checked against it, and made again whenever it is in doubt."""

from __future__ import annotations

import gc
import shutil
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest
from shelf_stories import story

from reader.model import ShelfError
from reader.shelf.query import parse
from reader.shelf.search.index import Index
from reader.shelf.store import State, Store


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = Store(tmp_path)
    opened.put(story("/news/ferry", "Ferry strike", ["The ferry crews are on strike."]))
    opened.put(story("/news/tram", "Tram opens", ["The tram opened."]))
    yield opened
    opened.close()


@pytest.fixture
def index(store: Store) -> Iterator[Index]:
    opened = Index(store.folder)
    assert opened.catch_up(store) == 2
    yield opened
    opened.close()


def found(index: Index, query: str) -> int:
    return index.search(parse(query)).total


def test_changes_are_taken_in_once(store: Store, index: Index) -> None:
    assert index.catch_up(store) == 0
    store.put(story("/news/ferry", "Ferry walkout", ["The ferry crews walked out."]))
    store.remove(store.find(store.heads()[0].id) if store.heads()[0].title.startswith("Tram") else [store.heads()[1].id])
    assert index.catch_up(store) == 2
    assert (found(index, "walkout"), found(index, "strike"), found(index, "tram")) == (1, 0, 0)
    assert index.check(store).agrees


def test_taking_a_change_in_twice_does_no_harm(store: Store, index: Index) -> None:
    store.set_state("index", State(store.state("index").recipe, 0))
    assert index.catch_up(store) == 2
    assert found(index, "ferry") == 1
    assert index.check(store).agrees


def test_what_differs_is_said(store: Store, index: Index) -> None:
    store.put(story("/news/bus", "Bus", ["The bus."]))
    store.put(story("/news/tram", "Tram opens", ["The tram opened late."]))
    state = index.check(store)
    assert not state.agrees
    assert "1 story not in the index" in state.why
    assert "1 story indexed in older words" in state.why


def test_an_index_never_made_is_said(tmp_path: Path) -> None:
    opened = Store(tmp_path)
    assert index_state(opened) == "the index has not been made yet"
    opened.close()


def index_state(store: Store) -> str:
    return Index(store.folder).check(store).why


# Whoosh leaves a segment's file open when it fails half-way in reading it
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning", "ignore::ResourceWarning")
@pytest.mark.parametrize("harm", ["gone", "foreign", "cut", "toc"])
def test_a_harmed_index_is_made_again(harm: str, store: Store, index: Index) -> None:
    index.close()
    folder = index.folder
    if harm == "gone":
        shutil.rmtree(folder)
    elif harm == "foreign":
        shutil.rmtree(folder)
        folder.write_text("no index")
    elif harm == "cut":
        for path in folder.glob("*.seg"):
            path.write_bytes(path.read_bytes()[:20])
    else:
        for path in folder.glob("_MAIN*.toc"):
            path.write_bytes(b"\0" * 40)
    again = Index(store.folder)
    assert again.catch_up(store) == 2
    assert found(again, "ferry") == 1
    assert again.check(store).agrees
    again.close()
    gc.collect()


def test_an_older_recipe_is_made_again(store: Store, index: Index) -> None:
    store.set_state("index", State(0, store.last_change()))
    assert index.catch_up(store) == 2
    assert index.check(store).agrees


def test_a_rebuild_holds_every_story(store: Store, index: Index) -> None:
    assert index.rebuild(store) == 2
    assert found(index, "ferry OR tram") == 2
    assert [path.name for path in store.folder.iterdir() if path.name.startswith("index.")] == ["index.lock"]


def test_two_indexes_of_one_folder_see_each_others_stories(store: Store, index: Index) -> None:
    other = Index(store.folder)
    store.put(story("/news/bus", "Bus", ["The bus."]))
    assert other.catch_up(store) == 1
    assert found(index, "bus") == 1
    other.close()


def test_asking_an_index_that_is_not_there_is_an_error_in_words(tmp_path: Path) -> None:
    with pytest.raises(ShelfError, match="made again"):
        Index(tmp_path).search(parse("ferry"))


def test_counts_and_suggestions(store: Store, index: Index) -> None:
    assert index.count(parse("ferry OR tram")) == 2
    assert index.suggest("fery") == "ferry"
    assert index.suggest("zzzzzzzz") is None
    assert index.search(parse("ferry OR tram"), limit=1).total == 2
    assert len(index.search(parse("ferry OR tram"), limit=1).found) == 1


def test_the_folder_is_private(index: Index) -> None:
    assert stat.S_IMODE(index.folder.stat().st_mode) == 0o700
