"""Damaged rows and files: `check` rebuilds what is derived and names what is not; nothing ends in a traceback."""

from __future__ import annotations

import sqlite3
import struct
from collections.abc import Iterator
from pathlib import Path

import pytest

from reader.errors import StorageError
from reader.library import Library
from reader.models import ExtractedField, Story
from reader.storage.store import Store

NUMBER = 6


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    store = Store(tmp_path)
    for number in range(NUMBER):
        body = (f"The ferry number {number} sailed from the harbor on Monday with coal and mail, the port office said.",)
        store.stories.put(
            Story(source=f"{number}.txt", address=f"/{number}.txt", title=ExtractedField(f"Ferry {number} sails"), body=body)
        )
    store.close()
    library = Library.open(tmp_path)
    library.synchronizer.catch_up()
    library.close()
    return tmp_path


@pytest.fixture
def library(folder: Path) -> Iterator[Library]:
    opened = Library.open(folder)
    yield opened
    opened.close()


def damage(folder: Path, *statements: str) -> None:
    with sqlite3.connect(folder / "library.db") as db:
        for statement in statements:
            db.execute(statement)
    db.close()


def grouped(library: Library) -> int:
    return sum(len(thread.stories) for thread in library.threads.all())


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM thread",
        "DELETE FROM thread_story",
        "DELETE FROM cluster_member",
        "UPDATE cluster_member SET data = x'0102'",
        "UPDATE thread SET title_evidence = '{['",
        "UPDATE thread SET outlets = '[cut'",
        "UPDATE thread SET terms = 'cut'",
    ],
)
def test_damaged_threads_are_rebuilt_by_a_check(folder: Path, library: Library, statement: str) -> None:
    damage(folder, "PRAGMA foreign_keys = OFF", statement)
    report = library.synchronizer.check()
    assert report.sound
    assert "rebuilt" in report.lines[-1]
    assert grouped(library) == NUMBER
    assert "rebuilt" not in library.synchronizer.check().lines[-1]


@pytest.mark.parametrize("statement", ["UPDATE cluster_member SET data = x'0102'", "UPDATE thread SET title_evidence = '{['"])
def test_damaged_threads_are_rebuilt_when_stories_are_added(folder: Path, library: Library, statement: str) -> None:
    damage(folder, statement)
    (folder / "new.txt").write_text(
        "Ferry returns\n\nThe ferry came back to the harbor on Tuesday, the port office said on the radio.\n"
    )
    library.importer.add([str(folder / "new.txt")])
    assert grouped(library) == NUMBER + 1


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE story_text SET body = '[\"cut'",
        "UPDATE story_text SET body = CAST(x'5b22ff225d' AS TEXT)",
        "UPDATE story_text SET field_reasons = ''",
        'UPDATE story_text SET structure = \'{"blocks": [{"kind": 7}]}\'',
    ],
)
def test_damaged_stories_are_named(folder: Path, library: Library, statement: str) -> None:
    story = library.threads.all()[0].stories[0]
    damage(folder, statement)
    with pytest.raises(StorageError):
        library.stories.get(story)
    report = library.synchronizer.check()
    assert not report.sound
    assert len(report.lines) == NUMBER


def test_one_damaged_story_leaves_the_others_readable(folder: Path, library: Library) -> None:
    damaged, *others = (story for thread in library.threads.all() for story in thread.stories)
    damage(folder, f"UPDATE story_text SET body = '[' WHERE story = '{damaged}'")
    assert len(library.synchronizer.check().lines) == 1
    assert all(library.stories.get(story).body for story in others)


def test_damaged_pages_are_found(folder: Path) -> None:
    with sqlite3.connect(folder / "library.db") as db:
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        (root,) = db.execute("SELECT rootpage FROM sqlite_schema WHERE name = 'story_change'").fetchone()
        (size,) = db.execute("PRAGMA page_size").fetchone()
    db.close()
    with (folder / "library.db").open("r+b") as file:
        file.seek((root - 1) * size)
        page = bytearray(file.read(size))
        assert struct.unpack(">H", page[3:5])[0] >= 2
        page[8:10], page[10:12] = page[10:12], page[8:10]  # two rows in the wrong order
        file.seek((root - 1) * size)
        file.write(page)
    library = Library.open(folder)
    report = library.synchronizer.check()
    assert not report.sound
    assert "library.db is damaged" in report.lines[0]
    library.close()


@pytest.mark.parametrize("kept", ["index", "library.db-wal"])
def test_a_missing_library_beside_its_remains_is_not_replaced_by_an_empty_one(folder: Path, kept: str) -> None:
    (folder / "library.db").unlink()
    if kept != "index":
        (folder / "index").rename(folder / "elsewhere")
        (folder / kept).write_bytes(b"")
    with pytest.raises(StorageError, match="is missing"):
        Library.open(folder)
    assert not (folder / "library.db").exists()
