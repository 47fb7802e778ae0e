"""Rebuilding the index: beside the old one, by several processes, and safe against being killed."""

from __future__ import annotations

import itertools
import multiprocessing
import os
import shutil
import signal
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from reader.errors import StorageError
from reader.search import build_workers, index_writer, indexer
from reader.search.build_workers import BuildWorkers
from reader.search.index import SearchIndex
from reader.search.index_directory import IndexDirectory
from reader.search.indexer import IndexingMonitor
from reader.search.query import parse
from reader.storage.store import Store
from tests.support.shared_workers import SharedWorkers
from tests.support.stories import story

pytestmark = pytest.mark.process


@pytest.fixture(autouse=True)
def _only_builders(shared_workers: SharedWorkers) -> None:
    """No other child processes than those that build."""
    shared_workers.end()


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = Store(tmp_path)
    for number in range(12):
        opened.stories.put(story(f"/news/{number}", f"Ferry {number}", [f"The ferry number {number}."]))
    yield opened
    opened.close()


def ferries(index: SearchIndex) -> int:
    return index.search(parse("ferry")).total


def test_a_parallel_build_gives_the_same_index(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(indexer, "SLICE", 3)
    monkeypatch.setattr(indexer, "_MIN_SHARE", 2)
    monkeypatch.setattr(indexer, "cpu_count", lambda: 2)
    monkeypatch.setattr(build_workers, "cpu_count", lambda: 2)
    index = SearchIndex(store.folder)
    assert index.rebuild(store) == 12
    assert index.check(store).consistent
    assert ferries(index) == 12
    assert not multiprocessing.active_children()
    index.close()


def test_a_killed_worker_raises_an_error(store: Store) -> None:
    folder = IndexDirectory.create(store.folder / "index.new")
    working = BuildWorkers(store.folder, folder.path, 2)
    os.kill(multiprocessing.active_children()[0].pid or 0, signal.SIGKILL)
    ids = [change.story for change in store.log.since(0)]
    with pytest.raises(StorageError, match="ended early"):
        working.build([ids[:6], ids[6:]])
    working.close()
    assert not multiprocessing.active_children()


def test_an_orphaned_worker_does_not_block_a_rebuild(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    index, left = SearchIndex(store.folder), store.folder / "index.new"
    index.catch_up(store)
    left.mkdir()
    removed = os.rmdir

    def late(path: str, **options: int) -> None:
        """Remove a folder, into which another process writes in the last moment."""
        with suppress(FileNotFoundError):
            (left / "late.nla").write_bytes(b"late")
        removed(path, **options)

    monkeypatch.setattr(os, "rmdir", late)
    assert index.rebuild(store) == 12
    assert index.check(store).consistent
    index.close()


def test_orphaned_workers_exit_silently(store: Store, capfd: pytest.CaptureFixture[str]) -> None:
    working = BuildWorkers(store.folder, IndexDirectory.create(store.folder / "index.new").path, 1)
    (builder,) = multiprocessing.active_children()
    working._pipes[0].send([change.story for change in store.log.since(0)])
    working._pipes[0].close()
    builder.join(10.0)
    assert builder.exitcode == 0
    assert capfd.readouterr().err == ""


def test_the_old_index_answers_during_a_rebuild(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    index, asked = SearchIndex(store.folder), []
    index.catch_up(store)
    monkeypatch.setattr(indexer, "SLICE", 5)
    monkeypatch.setattr(indexer, "cpu_count", lambda: 1)
    taken = index_writer.commit

    def commit(*given: Any, **more: Any) -> None:
        asked.append(ferries(index))
        taken(*given, **more)

    monkeypatch.setattr(index_writer, "commit", commit)
    index.rebuild(store)
    assert asked == [12, 12, 12]
    assert ferries(index) == 12
    index.close()


def test_an_interrupted_rebuild_is_resumed(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    index = SearchIndex(store.folder)
    index.catch_up(store)
    monkeypatch.setattr(indexer, "SLICE", 5)
    begun = indexer.create(store.folder / "index.new")
    indexer.apply_backlog(begun, store, IndexingMonitor(cancelled=lambda: True), live=False)
    assert index.rebuild(store) == 7
    assert index.check(store).consistent
    index.close()


def test_an_interrupted_swap_is_recovered(store: Store) -> None:
    index = SearchIndex(store.folder)
    index.catch_up(store)
    index.close()
    index.folder.rename(store.folder / "index.old")
    assert index.catch_up(store) == 0
    assert ferries(index) == 12
    index.close()


def test_leftovers_of_an_interrupted_rebuild_are_removed(store: Store) -> None:
    index = SearchIndex(store.folder)
    index.catch_up(store)
    for left in ("index.new", "index.old", "index.gone"):
        shutil.copytree(index.folder, store.folder / left)
    assert index.catch_up(store) == 0
    assert [path.name for path in store.folder.glob("index.*")] == ["index.lock"]
    assert ferries(index) == 12
    index.close()


@pytest.mark.parametrize("work", ["catch_up", "rebuild"])
def test_a_killed_process_leaves_an_intact_index(store: Store, work: str) -> None:
    index = SearchIndex(store.folder)
    index.catch_up(store)
    context = multiprocessing.get_context("fork")
    for left in itertools.count():
        store.stories.put(story(f"/news/{12 + left}", f"Ferry {12 + left}", [f"The ferry number {12 + left}."]))
        process = context.Process(target=_killed_after, args=(store.folder, work, left))
        process.start()
        process.join()
        again = SearchIndex(store.folder)
        again.include_pending(store)
        assert ferries(again) == 13 + left
        again.close()
        if process.exitcode == 0:
            break
        assert process.exitcode == -signal.SIGKILL
    assert left > 9
    index.catch_up(store)
    assert [path.name for path in store.folder.glob("index.*")] == ["index.lock"]
    assert not list(index.folder.glob("*.toc.*"))
    assert index.check(store).consistent
    index.close()


def _killed_after(folder: Path, work: str, left: int) -> None:
    """Work, and be killed after so many files are written, renamed or deleted; end in peace if there are fewer."""
    steps = iter(range(left + 1))

    def step(event: str, _: object) -> None:
        if event in ("open", "os.rename", "os.remove", "os.rmdir") and next(steps, None) is None:
            os.kill(os.getpid(), signal.SIGKILL)

    store = Store(folder)
    sys.addaudithook(step)
    getattr(SearchIndex(folder), work)(store)
    os._exit(0)
