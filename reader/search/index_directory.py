"""The index folder: Whoosh's table of contents with a checksum, read without executing any of its content.

A table of contents is Whoosh's own file followed by a trailer: magic number, index version, last applied change of the change log,
and a checksum (CRC-32) of everything before it. The only class its pickle can load is our `Segment`.
"""

from __future__ import annotations

import io
import os
import pickle
import struct
import time
import zlib
from pathlib import Path
from typing import Any

from whoosh.filedb.filestore import FileStorage
from whoosh.filedb.structfile import StructFile
from whoosh.index import TOC, FileIndex, clean_files

from reader.errors import DamagedArrayFile
from reader.search import array_file
from reader.search.schema import schema
from reader.search.segment_codec import Segment
from reader.search.segment_reader import SegmentReader
from reader.storage.versions import INDEX as RECIPE

NAME = "MAIN"
_TRAILER = struct.Struct("<4sIQI")
_MAGIC = b"NLS1"
_SECOND = 1_000_000_000
_CLOCK_TICK, _COARSE_CLOCK = _SECOND // 20, 2 * _SECOND
"""Nanoseconds within which two changes of a folder can have the same mtime: a few clock ticks, or two seconds on file systems with
coarse timestamps.
"""
_ALLOWED_CLASSES = {
    (Segment.__module__, Segment.__name__): Segment,
    ("reader.shelf.search.codec", "Segment"): Segment,  # module name in version 0.1
}


class _Unpickler(pickle.Unpickler):
    def find_class(self, module: str, name: str) -> Any:
        """Return an allowed class; raises `DamagedArrayFile` for any other."""
        found = _ALLOWED_CLASSES.get((module, name))
        if found is None:
            raise DamagedArrayFile(f"the table of contents asks for {module}.{name}, which is not part of the index")
        return found


class _TableOfContents(StructFile):  # type: ignore[misc] # Whoosh has no types
    def read_pickle(self) -> Any:
        """Load the segments."""
        return _Unpickler(self.file).load()


class IndexStorage(FileStorage):  # type: ignore[misc]
    """The folder as Whoosh's storage; `leaves` holds the open segments."""

    def __init__(self, folder: Path) -> None:
        super().__init__(str(folder))
        self.leaves: dict[str, SegmentReader] = {}
        self.seen = 0

    def open_file(self, name: str, **options: Any) -> StructFile:
        """Open a table of contents after verifying its trailer; nothing else is opened this way."""
        data = Path(self.folder, name).read_bytes()
        if len(data) < _TRAILER.size:
            raise DamagedArrayFile(f"{name} is truncated")
        magic, recipe, self.seen, checksum = _TRAILER.unpack(data[-_TRAILER.size :])
        if magic != _MAGIC or zlib.crc32(data[:-4]) != checksum:
            raise DamagedArrayFile(f"{name} is damaged")
        if recipe != RECIPE:
            raise DamagedArrayFile("the index was built by another version")
        return _TableOfContents(io.BytesIO(data[: -_TRAILER.size]), name=name)

    def rename_file(self, old: str, new: str, safe: bool = False) -> None:
        """Append the trailer to a table of contents and rename it durably: Whoosh's last step of a commit."""
        path = Path(self.folder, old)
        data = path.read_bytes() + _TRAILER.pack(_MAGIC, RECIPE, self.seen, 0)[:-4]
        array_file.write_pieces(path, [data, struct.pack("<I", zlib.crc32(data))])
        path.rename(Path(self.folder, new))
        handle = os.open(self.folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


class IndexDirectory:
    """An index in a folder: its segments, and the last change applied to them."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.storage = IndexStorage(path)
        self._last_listing = (0, -1)
        self._generation = -1

    @classmethod
    def create(cls, path: Path) -> IndexDirectory:
        """Create an empty index in a new folder that only its owner can read."""
        path.mkdir(mode=0o700)
        made = cls(path)
        made.commit([], 0, 0)
        return made

    def stamp(self) -> tuple[int, int]:
        """Identifier that changes with each commit and whenever the folder is replaced.

        The folder is listed again only if its mtime has changed, or is too recent to rule out an unnoticed change.
        """
        found = self.path.stat()
        if self._last_listing != (found.st_ino, found.st_mtime_ns):
            now = time.time_ns()
            self._generation = self.generation()
            reliable = now - found.st_mtime_ns > (_CLOCK_TICK if found.st_mtime_ns % _SECOND else _COARSE_CLOCK)
            self._last_listing = (found.st_ino, found.st_mtime_ns if reliable else -1)
        return found.st_ino, self._generation

    def generation(self) -> int:
        """Number of the last commit, -1 if there is none."""
        return int(TOC._latest_generation(self.storage, NAME))

    def read(self) -> tuple[list[Segment], int, int]:
        """Return the segments, the last applied change and the number of the commit; raises `DamagedArrayFile`."""
        try:
            table = TOC.read(self.storage, NAME, schema=schema())
        except (DamagedArrayFile, FileNotFoundError):
            raise
        except Exception as error:  # Whoosh fails in as many ways as a file can be damaged
            raise DamagedArrayFile(f"the table of contents cannot be read ({error or type(error).__name__})") from error
        return table.segments, self.storage.seen, table.generation

    def whoosh(self) -> FileIndex:
        """The same index for stock Whoosh, for queries that our engine does not support."""
        return FileIndex(self.storage, schema=schema(), indexname=NAME)

    def commit(self, segments: list[Segment], seen: int, generation: int) -> None:
        """Commit these segments, and delete the files of earlier ones."""
        self.storage.seen = seen
        TOC(schema(), segments, generation).write(self.storage, NAME)
        clean_files(self.storage, NAME, generation, segments)
        for leftover in self.path.glob("_*.toc.*"):  # left by a killed process
            leftover.unlink()
        kept = {segment.segment_id() for segment in segments}
        self.storage.leaves = {name: leaf for name, leaf in self.storage.leaves.items() if name in kept}

    def verify(self, segments: list[Segment]) -> None:
        """Check size and checksum of every file; raises `DamagedArrayFile` for the first mismatch."""
        for segment in segments:
            path = self.path / segment.file
            if not path.is_file() or path.stat().st_size != segment.size or array_file.checksum(path) != segment.checksum:
                raise DamagedArrayFile(f"{segment.file} is missing or not as it was written")
