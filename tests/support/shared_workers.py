"""Worker processes that the libraries of all tests share: to start them takes longer than most tests."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from typing import TypeVar

from reader.library.worker_pool import DEADLINE, WorkerPool

T = TypeVar("T")


class SharedWorkers:
    """A worker pool that stays open when the library of a test closes it."""

    def __init__(self) -> None:
        self._pool = WorkerPool()

    def submit(self, work: Callable[..., T], *given: object, deadline: float | None = DEADLINE) -> Future[T]:
        """Run a task as in a pool of its own."""
        return self._pool.submit(work, *given, deadline=deadline)

    def close(self) -> None:
        """Leave the pool open, for the next test."""

    def end(self) -> None:
        """End the processes; the next task starts others."""
        self._pool.close()
        self._pool = WorkerPool()
