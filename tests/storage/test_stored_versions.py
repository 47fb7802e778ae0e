"""Libraries written by the code of every schema version (tests/data/library-versions.tar.xz) open the same today.

Each was made from the same four texts, one of which has a star. Folders are named by schema version: files of `4` and `4a` have the
same number and different tables, those of `1` and `2` are not grouped yet, and no file has version 5.
"""

from __future__ import annotations

import hashlib
import re
import sqlite3
import tarfile
from pathlib import Path

import pytest

from reader.library import Library
from reader.storage import migrations
from reader.storage.store import Store

DATA = Path(__file__).resolve().parents[1] / "data" / "library-versions.tar.xz"
VERSIONS = ("1", "2", "3", "4a", "4", "6", "7", "8", "9", "10")
SCHEMAS = {9: "6dfcf305b6b29ca3", 10: "cbf8fe31b82dc188", 11: "00776b221e155a81"}
"""Digest of the schema of each version from now on: a schema that changes needs a new version and a migration."""


@pytest.fixture
def folder(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    with tarfile.open(DATA) as archive:
        archive.extract(f"{request.param}/library.db", tmp_path, filter="data")
    return tmp_path / str(request.param)


def columns(folder: Path) -> dict[str, set[str]]:
    """The columns of each table, and the names of all else."""
    with sqlite3.connect(folder / "library.db") as db:
        names = [row[0] for row in db.execute("SELECT name FROM sqlite_schema WHERE name NOT LIKE 'sqlite_%'")]
        found = {name: {row[1] for row in db.execute(f"PRAGMA table_info({name})")} for name in names}
    db.close()
    return found


@pytest.mark.parametrize("folder", VERSIONS, indirect=True)
def test_a_library_of_any_version_opens_with_the_same_schema_stories_and_flags(folder: Path, tmp_path: Path) -> None:
    library = Library.open(folder)
    library.synchronizer.catch_up()
    heads = [head for thread in library.threads.all() for head in library.threads.headers(thread.id)]
    assert sorted(head.title for head in heads) == [f"Ferry {number} leaves the harbor" for number in range(4)]
    assert [head.id for head in heads if head.starred] == [min(head.id for head in heads)]
    assert all(library.stories.get(head.id).body for head in heads)
    assert library.search.run("coal").total == 4
    report = library.synchronizer.check()
    assert report.sound
    assert "rebuilt" not in " ".join(report.lines)
    library.close()
    Store(tmp_path / "new").close()
    assert columns(folder) == columns(tmp_path / "new")


def test_the_schema_changes_with_its_version_only() -> None:
    script = (Path(migrations.__file__).with_name("schema.sql")).read_text(encoding="utf-8")
    plain = " ".join(re.sub(r"--[^\n]*", "", script).split())
    assert SCHEMAS.get(migrations.VERSION) == hashlib.sha256(plain.encode()).hexdigest()[:16]
    assert max(SCHEMAS) == migrations.VERSION
