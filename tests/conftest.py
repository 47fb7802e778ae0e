"""What several rooms' tests share: the samples, and libraries made of them."""

from __future__ import annotations

import gc
import os
import time
from collections.abc import Iterator
from pathlib import Path

import hypothesis
import pytest

from reader.library import Library
from reader.tui.start import FRAMES_PER_SECOND
from tests.support.example_library import close_all
from tests.support.goldens import GOLDENS
from tests.support.shared_workers import SharedWorkers

# Times are shown as they are here: everywhere the same for the tests.
os.environ["TZ"] = "UTC"
time.tzset()

# Textual reads its frame rate when it is imported; the tests use the rate of the program.
os.environ["TEXTUAL_FPS"] = FRAMES_PER_SECOND

SEEDS = Path(__file__).resolve().parent.parent / "seeds"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-goldens", action="store_true", help="write the golden files instead of comparing with them")


# How long an example takes says how busy the machine is.
hypothesis.settings.register_profile("untimed", deadline=None)
hypothesis.settings.load_profile("untimed")


def pytest_configure(config: pytest.Config) -> None:
    GOLDENS.updating = config.getoption("--update-goldens")


def pytest_collection_finish() -> None:
    """Leave what was imported out of garbage collection, as it costs a quarter of the time of the screen's tests."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 100)


@pytest.fixture(scope="session")
def seeds() -> list[Path]:
    """The five sample stories, in the order of their names: 000 to 004."""
    return sorted(SEEDS.glob("*.txt"))


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    """An empty library."""
    opened = Library.open(tmp_path / "library")
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def samples(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    """A library of the five samples, followed as their owner follows them; for tests that only read."""
    opened = Library.open(tmp_path_factory.mktemp("samples"), followed=SEEDS / "threads.yaml")
    opened.importer.add([str(SEEDS)])
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def ids(samples: Library) -> dict[str, str]:
    """The samples' ids by the first three characters of their files' names."""
    return {head.source[:3]: head.id for thread in samples.threads.all() for head in samples.threads.headers(thread.id)}


@pytest.fixture(scope="session", autouse=True)
def shared_workers() -> Iterator[SharedWorkers]:
    """The worker processes that the libraries of all tests share."""
    shared = SharedWorkers()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("reader.library.worker_pool.WorkerPool", lambda: shared)
        yield shared
    shared.end()


@pytest.fixture(autouse=True)
def _close_libraries() -> Iterator[None]:
    """Close the example libraries that a test opened."""
    yield
    close_all()
