"""Fixtures of the screen's tests."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import textual.app
import textual.pilot

from reader.library import Library
from reader.library.synchronizer import Synchronizer
from tests.support.stage import run_until_idle


@pytest.fixture(autouse=True)
def _no_idle_sleeps(monkeypatch: pytest.MonkeyPatch) -> None:
    """Textual sleeps 20 ms or more around each key until the processor is idle; an empty event loop is exact and costs nothing.

    It also sends a message to every widget and waits for all of them, which the empty loop makes needless.
    """
    monkeypatch.setattr(textual.app, "wait_for_idle", run_until_idle)
    monkeypatch.setattr(textual.pilot, "wait_for_idle", run_until_idle)
    monkeypatch.setattr(textual.pilot.Pilot, "_wait_for_screen", _processed)


@pytest.fixture
def library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Library]:
    """A library whose stories stay in the threads in which a test puts them."""
    monkeypatch.setattr(Synchronizer, "is_behind", lambda synchronizer: False)
    made = Library.open(tmp_path / "library")
    yield made
    made.close()


@pytest.fixture
def loosely_related(monkeypatch: pytest.MonkeyPatch) -> None:
    """Show the related stories of the examples, which are less alike than those that the reader shows."""
    monkeypatch.setattr("reader.tui.loaders.RELATED_LIKENESS", 0.01)


async def _processed(_: textual.pilot.Pilot[Any], timeout: float = 30.0) -> bool:
    await run_until_idle()
    return True
