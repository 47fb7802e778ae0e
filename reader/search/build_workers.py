"""Worker processes that build segments in parallel; each reads its stories from the store."""

from __future__ import annotations

import multiprocessing
import os
import signal
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from multiprocessing.connection import Connection
from pathlib import Path

from reader.errors import StorageError
from reader.search.segment_codec import Segment

MAX_PROCESSES = 4
"""Maximum number of processes: more would wait for the disk and for the process that merges."""

_NICENESS = 5


class BuildWorkers:
    """A fixed number of worker processes, at most `MAX_PROCESSES`; `close` ends them."""

    def __init__(self, library: Path, folder: Path, count: int) -> None:
        self.count = count
        context = multiprocessing.get_context("spawn")
        self._pipes: list[Connection] = []
        self._processes = []
        for _ in range(count):
            ours, theirs = context.Pipe()
            process = context.Process(target=_serve, args=(theirs, library, folder), daemon=True)
            process.start()
            theirs.close()
            self._pipes.append(ours)
            self._processes.append(process)

    def build(self, groups: Sequence[Sequence[str]]) -> list[Segment]:
        """Build one segment per group of story ids, in order; at most as many groups as there are processes."""
        try:
            for pipe, group in zip(self._pipes, groups, strict=False):
                pipe.send(list(group))
            found = [pipe.recv() for pipe, _ in zip(self._pipes, groups, strict=False)]
        except (EOFError, OSError) as error:
            raise StorageError("a process that built the index ended early; the index is rebuilt at the next start") from error
        for one in found:
            if isinstance(one, Exception):
                raise one
        return found

    def close(self) -> None:
        """End the processes; each exits by itself when its pipe is closed."""
        for pipe in self._pipes:
            pipe.close()
        for process in self._processes:
            process.join(5.0)
            if process.is_alive():
                process.kill()
                process.join()


@contextmanager
def started_workers(library: Path, folder: Path) -> Iterator[BuildWorkers]:
    """Start workers, one per processor, and end them on exit."""
    made = BuildWorkers(library, folder, min(MAX_PROCESSES, cpu_count()))
    try:
        yield made
    finally:
        made.close()


def cpu_count() -> int:
    """Number of processors available to this process."""
    return len(os.sched_getaffinity(0))


def _serve(pipe: Connection, library: Path, folder: Path) -> None:
    """Build a segment for each group received, until the pipe is closed."""
    from reader import log
    from reader.search.index_directory import IndexDirectory
    from reader.search.index_writer import invert, write_segment
    from reader.storage.store import Store

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    os.nice(_NICENESS)
    log.start_child("indexer")
    store, target = Store(library), IndexDirectory(folder)
    try:
        while True:
            inverter = invert(store.stories.get_many(pipe.recv()))
            pipe.send(write_segment(target, inverter.arrays(), inverter.count))
    except (EOFError, BrokenPipeError, ConnectionResetError):
        pass  # the parent has closed the pipe or is gone
    except Exception as error:  # raised again by the parent, in `build`
        with suppress(OSError):
            pipe.send(error)
    finally:
        store.close()
