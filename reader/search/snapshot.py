"""Snapshots of the index: the last commit of any process, and newer changes in memory."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from reader.errors import DamagedArrayFile, StorageError
from reader.search.array_file import FileLease
from reader.search.consistency import describe
from reader.search.engine import Engine
from reader.search.index_directory import IndexDirectory
from reader.search.memory_segments import MemorySegments
from reader.search.segment_codec import Segment
from reader.storage.store import Store

EAGER_VERIFY_LIMIT = 16 << 20
"""Bytes up to which an index is verified before the first query; a larger one is verified in the background."""

_VERIFY_DELAY = 1.0
"""Seconds before background verification starts, so that it does not compete with the first query."""


class IndexSnapshots:
    """Opens the index in a folder for queries, and reopens it after each commit."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.damage = ""
        self.lock = threading.RLock()
        self._folder: IndexDirectory | None = None
        self._stamp: tuple[int, int] | None = None
        self._segments: list[Segment] = []
        self._committed = 0
        self._memory = MemorySegments()
        self._engine: Engine | None = None

    def close(self) -> None:
        """Close the files; the next query opens them again."""
        with self.lock:
            self._folder = self._engine = self._stamp = None
            self._memory.clear()
            self.damage = ""

    @contextmanager
    def engine(self) -> Iterator[Engine]:
        """Provide the engine for a query; raises `StorageError` if the index is damaged."""
        with self.lock:
            try:
                if self.damage:
                    raise DamagedArrayFile(self.damage)
                for lease in self._leases():
                    lease.hold()
                yield self._current()
            except Exception as error:  # an index can be damaged in as many ways as there are files
                self.damage = describe(error)
                raise StorageError(f"{self.path} cannot be read ({self.damage}); it is rebuilt at the next start") from error
            finally:
                for lease in self._leases():
                    lease.release()

    def include_pending(self, store: Store) -> None:
        """Load uncommitted changes into memory."""
        with self.engine():
            if self._folder and self._memory.add(self._folder.storage, store, self._committed):
                self._engine = None

    def _leases(self) -> list[FileLease]:
        """Leases of the open files, which are held during a query only."""
        leaves = self._folder.storage.leaves.values() if self._folder else ()
        return [leaf.arrays.lease for leaf in leaves if leaf.arrays.lease]

    def _current(self) -> Engine:
        folder = self._folder or IndexDirectory(self.path)
        stamp = folder.stamp()
        if stamp != self._stamp:
            if self._stamp is None or stamp[0] != self._stamp[0]:
                folder = IndexDirectory(self.path)
                self._verify(folder)
            self._segments, self._committed, _ = folder.read()
            self._memory.drop(self._committed)
            self._folder, self._stamp, self._engine = folder, stamp, None
        if self._engine is None:
            segments = list(self._memory.combined_with(folder.storage, self._segments))
            kept = {segment.segment_id() for segment in segments}
            for name in folder.storage.leaves.keys() - kept:
                del folder.storage.leaves[name]
            self._engine = Engine(folder.storage, segments)
        return self._engine

    def _verify(self, folder: IndexDirectory) -> None:
        """Verify all files once."""
        segments, _, _ = folder.read()
        if sum(segment.size for segment in segments) <= EAGER_VERIFY_LIMIT:
            folder.verify(segments)
        else:
            threading.Thread(target=self._verify_in_background, args=(folder, segments), name="verify", daemon=True).start()

    def _verify_in_background(self, folder: IndexDirectory, segments: list[Segment]) -> None:
        time.sleep(_VERIFY_DELAY)
        try:
            for segment in segments:
                # a segment may have been merged away in the meantime
                with suppress(FileNotFoundError):
                    if (folder.path / segment.file).exists():
                        folder.verify([segment])
        except DamagedArrayFile as error:
            if (folder.path / segment.file).exists():
                self.damage = str(error)
