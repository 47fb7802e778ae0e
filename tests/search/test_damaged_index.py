"""Damage to each file of the index is detected, reported and repaired, and no foreign content is executed."""

from __future__ import annotations

import os
import pickle
import random
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from reader.errors import StorageError
from reader.search import indexer
from reader.search.index import SearchIndex
from reader.search.query import parse
from reader.storage.store import Store
from tests.support.stories import story

Harm = Callable[[Path, random.Random], None]


class Foreign:
    """An object that creates a file when it is unpickled."""

    def __reduce__(self) -> tuple[object, ...]:
        return (Path.touch, (Path("it-ran"),))


def flip(path: Path, draw: random.Random) -> None:
    data = bytearray(path.read_bytes())
    data[draw.randrange(len(data))] ^= 1 << draw.randrange(8)
    path.write_bytes(data)


def cut(path: Path, draw: random.Random) -> None:
    path.write_bytes(path.read_bytes()[: draw.randrange(path.stat().st_size)])


def empty(path: Path, _: random.Random) -> None:
    path.write_bytes(b"")


def remove(path: Path, _: random.Random) -> None:
    path.unlink()


def replace(path: Path, _: random.Random) -> None:
    path.write_bytes(pickle.dumps(Foreign()))


def pad(path: Path, _: random.Random) -> None:
    """A foreign pickle of the same length, so that only what is read can tell."""
    foreign = pickle.dumps(Foreign())
    path.write_bytes(foreign + path.read_bytes()[len(foreign) :])


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = Store(tmp_path)
    for number in range(12):
        opened.stories.put(story(f"/news/{number}", f"Ferry {number}", [f"The ferry number {number}."]))
    yield opened
    opened.close()


@pytest.fixture(autouse=True)
def in_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    """An index made anew has three segments."""
    monkeypatch.setattr(indexer, "SLICE", 4)
    monkeypatch.setattr(indexer, "cpu_count", lambda: 1)


@pytest.mark.parametrize(("harm", "times"), [(flip, 6), (cut, 3), (empty, 1), (remove, 1), (replace, 1), (pad, 1)])
def test_damage_to_any_file_is_detected_reported_and_repaired(
    harm: Harm, times: int, store: Store, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    draw = random.Random(harm.__name__)
    index = SearchIndex(store.folder)
    for place in range(4 * times):
        index.rebuild(store)
        index.close()
        files = sorted(index.folder.iterdir())
        assert len(files) == 4
        harm(files[place % 4], draw)
        again = SearchIndex(store.folder)
        assert not again.check(store).consistent
        with pytest.raises(StorageError, match="rebuilt"):
            again.search(parse("ferry"))
        if place % 8 < 4:
            again.include_pending(store)  # as before the next question; else as at the next start
        again.catch_up(store)
        assert again.search(parse("ferry")).total == 12
        assert again.check(store).consistent
        again.close()
    assert not (tmp_path / "it-ran").exists()


TRUNCATED = """
import sys, threading
from pathlib import Path
from reader.errors import StorageError
from reader.search.index import SearchIndex
from reader.search.query import parse
from reader.storage.store import Store

store = Store(Path(sys.argv[1]))
index = SearchIndex(store.folder)
assert index.search(parse("ferry")).total
for file in index.folder.glob("*.nla"):
    with file.open("r+b") as opened:
        opened.truncate(100)
try:
    index.search(parse("ferry number"))
except StorageError as error:
    assert "bytes instead of" in str(error)
else:
    raise AssertionError("not noticed")
index.include_pending(store)
index.catch_up(store)
print(index.search(parse("ferry number")).total)
"""


def test_an_open_index_that_is_truncated_is_noticed_and_rebuilt(store: Store) -> None:
    SearchIndex(store.folder).rebuild(store)
    ran = subprocess.run([sys.executable, "-c", TRUNCATED, str(store.folder)], capture_output=True, text=True, check=False)
    assert (ran.returncode, ran.stdout) == (0, "12\n"), ran.stderr


def test_an_index_is_not_truncated_during_a_query(store: Store) -> None:
    index = SearchIndex(store.folder)
    index.rebuild(store)
    (file, *_) = index.folder.glob("*.nla")
    size = file.stat().st_size
    cut = threading.Thread(target=os.truncate, args=(file, 100))
    with index._snapshots.engine() as engine:
        if not any(leaf.arrays.lease and leaf.arrays.lease.held for leaf in engine.leaves):
            pytest.skip("no leases on this file system")
        cut.start()
        cut.join(0.05)
        assert file.stat().st_size == size
        assert engine.count(parse("ferry").whoosh) == 12
    cut.join()
    assert file.stat().st_size == 100
    index.close()
