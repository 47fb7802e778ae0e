"""The log file: what it records, and that no text from outside gets into it."""

from __future__ import annotations

import multiprocessing
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from reader import log


@pytest.fixture(autouse=True)
def closed(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """No log file before and after a test."""
    monkeypatch.setenv(log.VARIABLE, "")
    yield
    log.stop()


def fail() -> None:
    try:
        raise KeyError("secret title")
    except KeyError as cause:
        raise ValueError("secret address https://user:password@host.example/") from cause


def test_records_are_numbers_and_identifiers(tmp_path: Path) -> None:
    path = tmp_path / "log"
    log.start(path, "refresh")
    log.event("refresh", feeds=3, seconds=0.25, thread="t1a2", title="A secret title", due=True, nothing=None)
    started, line = path.read_text(encoding="utf-8").splitlines()
    assert " start command=refresh version=" in started
    assert line.endswith(" refresh feeds=3 seconds=0.25 thread=t1a2 title=(withheld) due=True nothing=None")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_errors_are_types_and_frames_without_messages(tmp_path: Path) -> None:
    path = tmp_path / "log"
    log.start(path, "add")
    with pytest.raises(ValueError, match="secret"), log.timed("add", sources=1) as found:
        found["added"] = 2
        fail()
    text = path.read_text(encoding="utf-8")
    assert "secret" not in text
    assert "ERROR" in text
    assert " add sources=1 added=2 seconds=" in text
    lines = text.splitlines()
    assert lines.index("builtins.KeyError") < lines.index("builtins.ValueError")
    assert any(line.startswith("  tests/test_log.py:") and line.endswith(" fail") for line in lines)
    assert str(Path.home()) not in text


def test_without_a_file_nothing_is_written(capsys: pytest.CaptureFixture[str]) -> None:
    log.event("refresh", feeds=3)
    log.failure("refresh", ValueError("secret"))
    assert capsys.readouterr() == ("", "")


def child() -> None:
    log.start_child("worker")
    log.event("work", number=7)


def test_child_processes_write_to_the_same_file(tmp_path: Path) -> None:
    path = tmp_path / "log"
    log.start(path, "add")
    process = multiprocessing.get_context("spawn").Process(target=child)
    process.start()
    process.join()
    lines = path.read_text(encoding="utf-8").splitlines()
    assert [line.split(" ", 3)[3] for line in lines[1:]] == ["child role=worker", "work number=7"]
    assert len({line.split()[2] for line in lines}) == 2
