"""Worker processes that parse untrusted input, limited in time and memory."""

from __future__ import annotations

import multiprocessing
import os
import resource
import signal
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future
from functools import cached_property
from typing import TYPE_CHECKING, TypeVar

from reader.errors import SourceError, WorkerTerminated
from reader.library.jobs import NICENESS

if TYPE_CHECKING:
    from pebble import ProcessPool

DEADLINE = 5.0
"""Default limit of CPU time per task in seconds, independent of the load of the machine,"""
_ELAPSED_FACTOR = 4
"""and the limit of elapsed time as a multiple of it."""
MEMORY = 256 << 20
"""Bytes of memory per worker."""
_OUT_OF_TIME = -signal.SIGPROF
"""Exit code of a worker that exceeded its CPU time."""
_PARENT_POLL = 1.0
"""Seconds between checks for the parent process."""
T = TypeVar("T")


class WorkerPool:
    """A pool with one process less than processors, but at least two, started on first use and ended with `close`.

    Tasks are module-level functions that raise `SourceError` for input they refuse. A worker that exceeds its deadline is killed
    and replaced.
    """

    def __init__(self, count: int | None = None, memory: int = MEMORY) -> None:
        self._count = count or max(2, len(os.sched_getaffinity(0)) - 1)
        self._memory = memory
        self._started = False

    @cached_property
    def _pool(self) -> ProcessPool:
        from pebble import ProcessPool

        self._started = True
        # spawned, not forked: the parent may run threads
        context = multiprocessing.get_context("spawn")
        return ProcessPool(max_workers=self._count, initializer=_initialize, initargs=(os.getpid(), self._memory), context=context)

    def submit(self, work: Callable[..., T], *given: object, deadline: float | None = DEADLINE) -> Future[T]:
        """Run `work(*given)` in a worker; the future raises `WorkerTerminated` on timeout, memory exhaustion or crash."""
        outer: Future[T] = Future()
        if deadline is None:
            inner = self._pool.schedule(work, args=given)
        else:
            inner = self._pool.schedule(_run_with_deadline, args=(deadline, work, *given), timeout=_ELAPSED_FACTOR * deadline)
        inner.add_done_callback(lambda done: _forward_result(outer, done, deadline, self._memory))
        return outer

    def close(self) -> None:
        """End all workers immediately."""
        if self._started:
            self._pool.stop()  # type: ignore[no-untyped-call] # pebble's own
            self._pool.join()


def _run_with_deadline(deadline: float, work: Callable[..., T], *given: object) -> T:
    """Run a task in this process, which is killed if it exceeds its CPU time."""
    signal.setitimer(signal.ITIMER_PROF, deadline)
    try:
        return work(*given)
    except SourceError:
        raise
    except Exception as error:
        from reader import log

        log.failure("worker", error, work=work.__name__)
        raise
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)


def _forward_result(outer: Future[T], inner: Future[T], deadline: float | None, memory: int) -> None:
    """Forward the result of a task, with errors translated."""
    from pebble import ProcessExpired

    if not outer.set_running_or_notify_cancel():
        return
    fault = inner.exception() if not inner.cancelled() else WorkerTerminated("was canceled", "slow")
    match fault:
        case None:
            outer.set_result(inner.result())
        case SourceError() | WorkerTerminated():
            outer.set_exception(fault)
        case TimeoutError() | ProcessExpired() if getattr(fault, "exitcode", _OUT_OF_TIME) == _OUT_OF_TIME:
            outer.set_exception(WorkerTerminated(f"takes longer than {deadline:g} s to read", "slow"))
        case MemoryError():
            outer.set_exception(WorkerTerminated(f"needs more than {memory >> 20} MB to read", f"memory:{memory >> 20}"))
        case _:
            name = type(fault).__name__
            outer.set_exception(WorkerTerminated(f"cannot be read: the parser failed ({name})", f"crashed:{name}"))


def _initialize(parent: int, memory: int) -> None:
    """Initialize a worker: memory limit, no Ctrl-C, and exit with the parent."""
    from reader import log

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    os.nice(NICENESS)
    log.start_child("worker")
    resource.setrlimit(resource.RLIMIT_DATA, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    threading.Thread(target=_watch_parent, args=(parent,), daemon=True).start()


def _watch_parent(parent: int) -> None:
    """Exit as soon as the parent is gone, whatever the worker is doing."""
    while os.getppid() == parent:
        time.sleep(_PARENT_POLL)
    os._exit(1)
