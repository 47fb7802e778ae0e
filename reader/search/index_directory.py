"""The index's folder: Whoosh's table of contents, sealed with a checksum and read without running what stands in it.

A table is Whoosh's own file and behind it a seal: a magic, the recipe, the last change of the store's log that the index has taken
in, and the checksum (CRC-32) of all before it. Nothing but our `Segment` comes out of its pickle, by identity, whatever it asks
for.
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
_SEAL = struct.Struct("<4sIQI")
_MAGIC = b"NLS1"
_SECOND = 1_000_000_000
_TICK, _COARSE = _SECOND // 20, 2 * _SECOND
"""Nanoseconds within which two changes of a folder may have one time: some clock ticks, or two seconds where only those count."""
_ALLOWED = {
    (Segment.__module__, Segment.__name__): Segment,
    ("reader.shelf.search.codec", "Segment"): Segment,  # its name in version 0.1
}


class _Unpickler(pickle.Unpickler):
    def find_class(self, module: str, name: str) -> Any:
        """One of ours, and no other."""
        found = _ALLOWED.get((module, name))
        if found is None:
            raise DamagedArrayFile(f"the table of contents asks for {module}.{name}, which is not part of the index")
        return found


class _Table(StructFile):  # type: ignore[misc] # Whoosh has no types
    def read_pickle(self) -> Any:
        """The segments."""
        return _Unpickler(self.file).load()


class IndexStorage(FileStorage):  # type: ignore[misc]
    """The folder as Whoosh uses it; `leaves` are the segments that are open."""

    def __init__(self, folder: Path) -> None:
        super().__init__(str(folder))
        self.leaves: dict[str, SegmentReader] = {}
        self.seen = 0

    def open_file(self, name: str, **options: Any) -> StructFile:
        """A table of contents whose seal is whole; nothing else is opened this way."""
        data = Path(self.folder, name).read_bytes()
        if len(data) < _SEAL.size:
            raise DamagedArrayFile(f"{name} is truncated")
        magic, recipe, self.seen, checksum = _SEAL.unpack(data[-_SEAL.size :])
        if magic != _MAGIC or zlib.crc32(data[:-4]) != checksum:
            raise DamagedArrayFile(f"{name} is damaged")
        if recipe != RECIPE:
            raise DamagedArrayFile("the index was built by another version")
        return _Table(io.BytesIO(data[: -_SEAL.size]), name=name)

    def rename_file(self, old: str, new: str, safe: bool = False) -> None:
        """Seal a table of contents and put it in its place, for good: Whoosh's last step in writing one."""
        path = Path(self.folder, old)
        data = path.read_bytes() + _SEAL.pack(_MAGIC, RECIPE, self.seen, 0)[:-4]
        array_file.write_pieces(path, [data, struct.pack("<I", zlib.crc32(data))])
        path.rename(Path(self.folder, new))
        handle = os.open(self.folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


class IndexDirectory:
    """An index in a folder: its segments, and how much of the store's log they hold."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.storage = IndexStorage(path)
        self._looked = (0, -1)
        self._generation = -1

    @classmethod
    def create(cls, path: Path) -> IndexDirectory:
        """An index without a segment, in a new folder that only its owner may read."""
        path.mkdir(mode=0o700)
        made = cls(path)
        made.commit([], 0, 0)
        return made

    def stamp(self) -> tuple[int, int]:
        """Another with each commit, and with each folder that takes this one's place.

        The folder is listed only where something has been written in it since, or so shortly before that its clock may not tell.
        """
        found = self.path.stat()
        if self._looked != (found.st_ino, found.st_mtime_ns):
            began = time.time_ns()
            self._generation = self.generation()
            settled = began - found.st_mtime_ns > (_TICK if found.st_mtime_ns % _SECOND else _COARSE)
            self._looked = (found.st_ino, found.st_mtime_ns if settled else -1)
        return found.st_ino, self._generation

    def generation(self) -> int:
        """The number of the last commit, -1 where there is none."""
        return int(TOC._latest_generation(self.storage, NAME))

    def read(self) -> tuple[list[Segment], int, int]:
        """The segments, the last change they hold, and the number of the commit; raises `DamagedArrayFile`."""
        try:
            table = TOC.read(self.storage, NAME, schema=schema())
        except (DamagedArrayFile, FileNotFoundError):
            raise
        except Exception as error:  # Whoosh fails in as many ways as a file can be damaged
            raise DamagedArrayFile(f"the table of contents cannot be read ({error or type(error).__name__})") from error
        return table.segments, self.storage.seen, table.generation

    def whoosh(self) -> FileIndex:
        """The same as stock Whoosh's index, to ask it what our engine does not know."""
        return FileIndex(self.storage, schema=schema(), indexname=NAME)

    def commit(self, segments: list[Segment], seen: int, generation: int) -> None:
        """Make these the index from now on, and take away the files of those before."""
        self.storage.seen = seen
        TOC(schema(), segments, generation).write(self.storage, NAME)
        clean_files(self.storage, NAME, generation, segments)
        for begun in self.path.glob("_*.toc.*"):  # by one that was killed
            begun.unlink()
        kept = {segment.segment_id() for segment in segments}
        self.storage.leaves = {name: leaf for name, leaf in self.storage.leaves.items() if name in kept}

    def verify(self, segments: list[Segment]) -> None:
        """Read every file whole; raises `DamagedArrayFile` for the first that is not as it was written."""
        for segment in segments:
            path = self.path / segment.file
            if not path.is_file() or path.stat().st_size != segment.size or array_file.checksum(path) != segment.checksum:
                raise DamagedArrayFile(f"{segment.file} is missing or damaged")
