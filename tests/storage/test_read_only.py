"""A library that may not be written can be read; one that is moved, deleted or replaced while it is open is not written again."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from reader.errors import StorageError
from reader.library import Library
from reader.storage.database import Database
from tests.support.feed_stories import subscribe
from tests.support.flags import set_flag

UNPRIVILEGED = ["setpriv", "--bounding-set=-dac_override,-dac_read_search", "--inh-caps=-dac_override,-dac_read_search"]
"""Root without the right to write whatever it wants."""


def run(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """The command line on a library, as a user whom permissions stop."""
    if os.geteuid() == 0 and shutil.which("setpriv") is None:
        pytest.skip("root may write everything")
    command = [*(UNPRIVILEGED if os.geteuid() == 0 else []), sys.executable, "-m", "reader", "--library", str(folder), *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    library = Library.open(tmp_path / "library")
    subscribe(library, "https://sea.com/feed", "ferry", "harbor")
    library.synchronizer.catch_up()
    library.close()
    return tmp_path / "library"


@pytest.fixture
def read_only(folder: Path) -> Path:
    for path in folder.iterdir():
        path.chmod(0o555 if path.is_dir() else 0o444)
    folder.chmod(0o555)
    return folder


@pytest.mark.process
@pytest.mark.parametrize(("arguments", "code"), [(["threads"], 0), (["search", "words"], 0), (["feeds"], 0), (["check"], 0)])
def test_a_read_only_library_is_read(arguments: list[str], code: int, read_only: Path) -> None:
    found = run(read_only, *arguments)
    assert (found.returncode, found.stderr) == (code, "")
    assert found.stdout


@pytest.mark.process
def test_a_read_only_library_says_so_when_it_should_be_written(read_only: Path) -> None:
    found = run(read_only, "mark", "words", "star")
    assert found.returncode == 2
    assert "library.db is read-only" in found.stderr


@pytest.mark.process
@pytest.mark.parametrize("name", ["index.lock", "threads.lock", "index"])
def test_files_of_another_user_are_named_and_stories_are_kept(name: str, folder: Path) -> None:
    (folder / name).chmod(0o555 if name == "index" else 0o444)
    text = folder.parent / "story.txt"
    text.write_text("Army leaves town\n\nThe army left the town of Velt on Monday, the mayor said to the press and to the radio.\n")
    found = run(folder, "add", str(text))
    assert "1 story added" in found.stderr
    assert f"{folder / name} cannot be written" in found.stderr
    (folder / name).chmod(0o700)
    assert run(folder, "check").returncode == 0
    assert "Army leaves town" in run(folder, "search", "army").stdout


@pytest.fixture
def library(folder: Path) -> Library:
    return Library.open(folder)


def replaced(folder: Path) -> None:
    with sqlite3.connect(folder / "other.db") as db:
        db.execute("CREATE TABLE story (id)")
    db.close()
    (folder / "other.db").rename(folder / "library.db")


@pytest.mark.parametrize("harm", [lambda folder: folder.rename(folder.parent / "moved"), shutil.rmtree, replaced])
def test_a_library_that_is_lost_while_it_is_open_is_noticed(harm: object, folder: Path, library: Library) -> None:
    story = library.threads.all()[0].stories[0]
    assert callable(harm)
    harm(folder)
    for act in (library.threads.all, lambda: set_flag(library, "starred", [story], True), library.jobs.catch_up):
        if act == library.jobs.catch_up and folder.exists():
            continue
        with pytest.raises(StorageError, match=r"was moved or deleted|was replaced"):
            act()
    assert harm is replaced or not folder.exists()
    library.close()


def test_a_library_that_is_put_back_is_used_again(folder: Path, library: Library) -> None:
    folder.rename(folder.parent / "moved")
    with pytest.raises(StorageError):
        library.threads.all()
    (folder.parent / "moved").rename(folder)
    assert library.threads.all()
    library.close()


def test_a_read_only_file_of_an_older_version_or_with_an_unmerged_log_raises_an_error(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("os.access", lambda *_: False)
    (folder / "library.db-wal").write_bytes(b"changes")
    with pytest.raises(StorageError, match="not merged"):
        Database(folder / "library.db")
    (folder / "library.db-wal").unlink()
    with sqlite3.connect(folder / "library.db") as db:
        db.execute("PRAGMA user_version = 8")
    db.close()
    for left in ("library.db-wal", "library.db-shm"):
        (folder / left).unlink(missing_ok=True)
    with pytest.raises(StorageError, match="older Newsloom"):
        Database(folder / "library.db")
