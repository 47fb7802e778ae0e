"""Processes that read what comes from outside, and are ended when it takes too long or too much memory."""

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
from reader.library.jobs import GIVES_WAY

if TYPE_CHECKING:
    from pebble import ProcessPool

DEADLINE = 5.0
"""Seconds of computing that reading one thing may take: on a machine with other work that is longer by the clock,"""
_STANDSTILL = 4
"""and so many times as long by the clock, whatever it waits for."""
MEMORY = 256 << 20
"""Bytes a worker may use."""
_OUT_OF_TIME = -signal.SIGPROF
"""How a process ends that computed for too long."""
_ORPHAN_LOOK = 1.0
"""Seconds between two looks at whether the parent is still there."""
T = TypeVar("T")


class WorkerPool:
    """As many processes as there are processors but one, which the asker has; started with the first work, gone with `close`.

    Works are functions that stand in modules; they raise `SourceError` for what they refuse. A worker that is still at it after its
    deadline is killed, and another takes its place.
    """

    def __init__(self, count: int | None = None, memory: int = MEMORY) -> None:
        self._count = count or max(1, len(os.sched_getaffinity(0)) - 1)
        self._memory = memory
        self._started = False

    @cached_property
    def _pool(self) -> ProcessPool:
        from pebble import ProcessPool

        self._started = True
        # spawned, not forked: the parent may run threads
        context = multiprocessing.get_context("spawn")
        return ProcessPool(max_workers=self._count, initializer=_begin, initargs=(os.getpid(), self._memory), context=context)

    def submit(self, work: Callable[..., T], *given: object, deadline: float | None = DEADLINE) -> Future[T]:
        """Run `work(*given)` in a worker; the future raises `WorkerTerminated` if it took too long, too much memory, or crashed."""
        outer: Future[T] = Future()
        if deadline is None:
            inner = self._pool.schedule(work, args=given)
        else:
            inner = self._pool.schedule(_within, args=(deadline, work, *given), timeout=_STANDSTILL * deadline)
        inner.add_done_callback(lambda done: _settle(outer, done, deadline, self._memory))
        return outer

    def close(self) -> None:
        """End every worker, whatever it is doing."""
        if self._started:
            self._pool.stop()  # type: ignore[no-untyped-call] # pebble's own
            self._pool.join()


def _within(deadline: float, work: Callable[..., T], *given: object) -> T:
    """Do a work in this process, which is killed where it computes for longer."""
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


def _settle(outer: Future[T], inner: Future[T], deadline: float | None, memory: int) -> None:
    """Hand on how a work ended, in our own words."""
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


def _begin(parent: int, memory: int) -> None:
    """Make a process ready to read: bounded in memory, deaf to Ctrl-C, gone when its parent is."""
    from reader import log

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    os.nice(GIVES_WAY)
    log.start_child("worker")
    resource.setrlimit(resource.RLIMIT_DATA, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    threading.Thread(target=_watch_parent, args=(parent,), daemon=True).start()


def _watch_parent(parent: int) -> None:
    """End this process once its parent is gone, in the middle of whatever it does."""
    while os.getppid() == parent:
        time.sleep(_ORPHAN_LOOK)
    os._exit(1)
