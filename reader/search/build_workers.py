"""Processes that make segments side by side, each out of stories that it reads from the store itself."""

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

MOST = 4
"""Processes at once: more of them wait for the disk and for the one that merges."""

_NICE = 5


class BuildWorkers:
    """As many processes as there are processors to use, `MOST` at most; those that are begun end with `close`."""

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
        """A segment for each of these groups of stories, in their order; as many groups as there are processes, or fewer."""
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
        """End them; a process that finds its pipe closed ends by itself."""
        for pipe in self._pipes:
            pipe.close()
        for process in self._processes:
            process.join(5.0)
            if process.is_alive():
                process.kill()
                process.join()


@contextmanager
def builders(library: Path, folder: Path) -> Iterator[BuildWorkers]:
    """Builders that are ended in the end."""
    made = BuildWorkers(library, folder, min(MOST, processors()))
    try:
        yield made
    finally:
        made.close()


def processors() -> int:
    """How many processors this process may use."""
    return len(os.sched_getaffinity(0))


def _serve(pipe: Connection, library: Path, folder: Path) -> None:
    """Make a segment of each group that is named, until nobody names any more."""
    from reader import log
    from reader.search.index_directory import IndexDirectory
    from reader.search.index_writer import inverted, written_segment
    from reader.storage.store import Store

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    os.nice(_NICE)
    log.start_child("indexer")
    store, target = Store(library), IndexDirectory(folder)
    try:
        while True:
            inverter = inverted(store.stories.get_many(pipe.recv()))
            pipe.send(written_segment(target, inverter.arrays(), inverter.count))
    except (EOFError, BrokenPipeError, ConnectionResetError):
        pass  # nobody waits for it any more
    except Exception as error:  # whoever waits for it is to hear of it
        with suppress(OSError):
            pipe.send(error)
    finally:
        store.close()
