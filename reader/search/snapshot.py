"""The index as it is asked: what was committed last, by whomever, and what is newer and still in memory."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from reader.errors import DamagedArrayFile, StorageError
from reader.search.consistency import described
from reader.search.engine import Engine
from reader.search.index_directory import IndexDirectory
from reader.search.memory_segments import MemorySegments
from reader.search.segment_codec import Segment
from reader.storage.store import Store

AT_ONCE = 16 << 20
"""Bytes of an index that is read whole before it is first asked; a larger one is read meanwhile."""

_LATER = 1.0
"""Seconds after the first question, so that it need not share the processor."""


class IndexSnapshots:
    """Opens the index in a folder when it is asked, and again whenever another was committed."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.doubt = ""
        self.lock = threading.RLock()
        self._folder: IndexDirectory | None = None
        self._stamp: tuple[int, int] | None = None
        self._segments: list[Segment] = []
        self._committed = 0
        self._fresh = MemorySegments()
        self._engine: Engine | None = None

    def close(self) -> None:
        """Let go of the files; the next question opens them again."""
        with self.lock:
            self._folder = self._engine = self._stamp = None
            self._fresh.clear()
            self.doubt = ""

    @contextmanager
    def asking(self) -> Iterator[Engine]:
        """What answers; raises `StorageError` where the index is not whole."""
        with self.lock:
            try:
                if self.doubt:
                    raise DamagedArrayFile(self.doubt)
                yield self._current()
            except Exception as error:  # an index can be damaged in as many ways as there are files
                self.doubt = described(error)
                raise StorageError(f"{self.path} cannot be read ({self.doubt}); it is rebuilt at the next start") from error

    def freshen(self, store: Store) -> None:
        """Take into memory what was not committed yet."""
        with self.asking():
            if self._folder and self._fresh.take(self._folder.storage, store, self._committed):
                self._engine = None

    def _current(self) -> Engine:
        folder = self._folder or IndexDirectory(self.path)
        stamp = folder.stamp()
        if stamp != self._stamp:
            if self._stamp is None or stamp[0] != self._stamp[0]:
                folder = IndexDirectory(self.path)
                self._verify(folder)
            self._segments, self._committed, _ = folder.read()
            self._fresh.drop(self._committed)
            self._folder, self._stamp, self._engine = folder, stamp, None
        if self._engine is None:
            segments = list(self._fresh.over(folder.storage, self._segments))
            kept = {segment.segment_id() for segment in segments}
            for name in folder.storage.leaves.keys() - kept:
                del folder.storage.leaves[name]
            self._engine = Engine(folder.storage, segments)
        return self._engine

    def _verify(self, folder: IndexDirectory) -> None:
        """Read all files once, to be sure that they are as they were written."""
        segments, _, _ = folder.read()
        if sum(segment.size for segment in segments) <= AT_ONCE:
            folder.verify(segments)
        else:
            threading.Thread(target=self._verify_beside, args=(folder, segments), name="verify", daemon=True).start()

    def _verify_beside(self, folder: IndexDirectory, segments: list[Segment]) -> None:
        time.sleep(_LATER)
        try:
            for segment in segments:
                # a segment that was merged away in the meantime is none of ours any more
                with suppress(FileNotFoundError):
                    if (folder.path / segment.file).exists():
                        folder.verify([segment])
        except DamagedArrayFile as damage:
            if (folder.path / segment.file).exists():
                self.doubt = str(damage)
