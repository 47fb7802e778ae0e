"""The short forms of the fault harness; `make faults` and `make fuzz` run the long ones."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from reader.errors import NewsloomError, StorageError
from reader.library import Library
from tests.faults import damages, fuzz
from tests.faults.acts import make_library, problems

pytestmark = [pytest.mark.process, pytest.mark.faults]


@pytest.mark.parametrize(("kind", "times"), [("kills", 4), ("full-disk", 4), ("damages", 6), ("screens", 1)])
def test_nothing_is_lost_without_a_word(kind: str, times: int) -> None:
    command = [sys.executable, "-m", "tests.faults", kind, "--times", str(times), "--seed", "7"]
    ran = subprocess.run(command, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stdout + ran.stderr
    assert '"wrong": 0' in ran.stdout


def test_a_message_of_the_database_that_is_not_utf_8_is_no_traceback(tmp_path: Path) -> None:
    make_library(tmp_path / "library")
    path = tmp_path / "library" / "library.db"
    data = path.read_bytes()
    assert b"CREATE TABLE" in data
    path.write_bytes(data.replace(b"CREATE TABLE ", b"CREATE T\xff\xfe\xff\xfe "))
    with pytest.raises(StorageError, match=r"is damaged"):
        Library.open(tmp_path / "library")


def test_parsers_take_mutated_input() -> None:
    assert [problem for seed in range(150) for problem in fuzz.tried(seed)] == []


def test_a_parser_that_fails_is_reported(monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(data: bytes) -> None:
        raise ValueError(data[:0])

    def refuses(_: bytes) -> None:
        raise NewsloomError

    monkeypatch.setattr(fuzz, "PARSERS", dict.fromkeys(fuzz.PARSERS, (fails, refuses)))
    (problem,) = fuzz.tried(1)
    assert problem.startswith("seed 1, ")
    assert "ValueError" in problem


def test_a_lost_write_is_reported(tmp_path: Path) -> None:
    folder = tmp_path / "library"
    make_library(folder)
    assert problems(folder, {"query": "ferry"}) == ["query: None instead of 'ferry'"]
    assert problems(folder, {"query": "ferry"}, ("query", None)) == []


def test_a_traceback_is_reported(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "library"
    make_library(folder)

    def fails(_: object) -> None:
        raise ValueError

    monkeypatch.setattr("reader.library.threads.Threads.all", fails)
    assert any("Unexpected error: ValueError" in problem for problem in damages.run(folder, 3))
