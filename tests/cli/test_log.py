"""`--log` and `NEWSLOOM_LOG`."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from reader import log
from tests.support.shared_workers import SharedWorkers
from tests.support.shell import SEEDS, Shell, Site


@pytest.fixture(autouse=True)
def closed(monkeypatch: pytest.MonkeyPatch, shared_workers: SharedWorkers) -> Iterator[None]:
    """No log file before and after a test; worker processes know that of their start."""
    monkeypatch.setenv(log.VARIABLE, "")
    shared_workers.end()
    yield
    log.stop()
    shared_workers.end()


@pytest.mark.parametrize("by", ["option", "variable"])
def test_the_command_line_writes_it(shell: Shell, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, by: str) -> None:
    path = tmp_path / "log"
    if by == "variable":
        monkeypatch.setenv(log.VARIABLE, str(path))
    options = ["--log", str(path)] if by == "option" else []
    assert shell("add", str(SEEDS), *options)[0] == 0
    assert shell("search", "zebra", *options)[0] == 1
    text = path.read_text(encoding="utf-8")
    assert text.count(" start command=") == 2
    assert " command code=1 seconds=" in text
    for outside in ("zebra", "Mattis", str(SEEDS)):
        assert outside not in text


def test_a_log_file_that_cannot_be_written_is_refused(shell: Shell, tmp_path: Path) -> None:
    path = tmp_path / "missing" / "log"
    assert shell("threads", "--log", str(path)) == (2, "")
    assert str(path) in shell.words


def test_child_processes_and_refused_sources_are_recorded(online: Shell, site: Site, tmp_path: Path) -> None:
    path = tmp_path / "log"
    address = site.feed("feed.xml", "Secret Courier", ferry="https://courier.example/ferry")
    assert online("add", address, address + "-missing", "--log", str(path))[0] == 3
    lines = [line.split(" ", 3) for line in path.read_text(encoding="utf-8").splitlines()]
    records = [record for *_, record in lines]
    assert "child role=worker" in records
    assert "refused reason=http_404" in records
    assert "add sources=2 added=1 updated=0 unchanged=0 followed=1 refused=1" in records
    assert any(record.startswith("threads seconds=") for record in records)
    assert len({process for _, _, process, _ in lines}) > 1
    assert "Courier" not in path.read_text(encoding="utf-8")
    assert "missing" not in path.read_text(encoding="utf-8")
