"""Named arrays in one file: written once, mapped into memory, verified by size and checksum.

A file consists of a magic number, the length of the directory, the directory (JSON: name → type, offset, count) and the arrays,
each aligned to eight bytes. Types are NumPy's, little-endian. Nothing in a file is executed: foreign or damaged content raises an
error.
"""

from __future__ import annotations

import fcntl
import json
import mmap
import os
import signal
import struct
import weakref
import zlib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

from reader.errors import DamagedArrayFile

Array: TypeAlias = npt.NDArray[Any]
Buffer: TypeAlias = bytes | memoryview

_MAGIC = b"NLA1"
_HEADER = struct.Struct("<4sI")
_TYPES = {name: np.dtype(name) for name in ("|u1", "<u2", "<u4", "<u8", "<i8")}
_EMPTY: Array = np.empty(0, np.uint8)
_CHUNK = 1 << 22


class FileLease:
    """A read lease on a mapped file: other programs wait, or fail, before they write to it or truncate it.

    Reading a page that a truncated file no longer has kills the process (SIGBUS). The lease closes that gap where the system
    has leases and the file belongs to the user; elsewhere the size is verified before each use.
    """

    def __init__(self, handle: int, size: int, name: str) -> None:
        """Take over an open file; it is closed with the lease."""
        self._handle, self._size, self._name = handle, size, name
        self.held = False
        weakref.finalize(self, os.close, handle)
        self.hold()

    def hold(self) -> None:
        """Take the lease, and verify the size; raises `DamagedArrayFile` if the file has changed its size."""
        with suppress(AttributeError, OSError):
            # a process that wants to write sends a signal, which must be one that is ignored by default
            fcntl.fcntl(self._handle, fcntl.F_SETSIG, signal.SIGURG)
            fcntl.fcntl(self._handle, fcntl.F_SETLEASE, fcntl.F_RDLCK)
            self.held = True
        found = os.fstat(self._handle).st_size
        if found != self._size:
            raise DamagedArrayFile(f"{self._name} has {found} bytes instead of {self._size}")

    def release(self) -> None:
        """Let other programs write."""
        self.held = False
        with suppress(AttributeError, OSError):
            fcntl.fcntl(self._handle, fcntl.F_SETLEASE, fcntl.F_UNLCK)


class ArrayFile:
    """Arrays of a file by name, as read-only views; an unknown name gives an empty array.

    `lease` protects a mapped file while it is read; None for arrays in memory.
    """

    def __init__(self, data: Any, name: str = "memory", lease: FileLease | None = None) -> None:
        self.lease = lease
        try:
            magic, size = _HEADER.unpack_from(data)
            if magic != _MAGIC or size > len(data):
                raise ValueError(magic)
            directory: dict[str, Any] = json.loads(bytes(data[_HEADER.size : _HEADER.size + size]))
            self._directory = {key: (_TYPES[kind], start, count) for key, (kind, start, count) in directory.items()}
        except (struct.error, ValueError, KeyError, TypeError, AttributeError) as error:
            raise DamagedArrayFile(f"{name} is not a file of this index") from error
        self._data, self._name = data, name

    def __contains__(self, name: str) -> bool:
        return name in self._directory

    def names(self) -> list[str]:
        """Names of the arrays."""
        return list(self._directory)

    def __getitem__(self, name: str) -> Array:
        kind, start, count = self._directory.get(name, (_EMPTY.dtype, 0, 0))
        if start + count * kind.itemsize > len(self._data):
            raise DamagedArrayFile(f"{self._name} is truncated")
        return np.frombuffer(self._data, kind, count, start) if count else _EMPTY


def pack(arrays: Mapping[str, Array]) -> bytes:
    """Serialize arrays to the bytes of a file."""
    return b"".join(_pieces(arrays))


def write(path: Path, arrays: Mapping[str, Array]) -> tuple[int, int]:
    """Write arrays to a file and sync it to disk; returns its size and checksum (CRC-32)."""
    return write_pieces(path, _pieces(arrays))


def write_pieces(path: Path, pieces: Iterable[Buffer]) -> tuple[int, int]:
    """Write pieces to a file and sync it to disk; returns its size and checksum (CRC-32)."""
    size = found = 0
    with path.open("wb") as file:
        for piece in pieces:
            size += file.write(piece)
            found = zlib.crc32(piece, found)
        file.flush()
        os.fsync(file.fileno())
    return size, found


def _pieces(arrays: Mapping[str, Array]) -> Iterator[Buffer]:
    directory: dict[str, tuple[str, int, int]] = {}
    offset = 0
    for name, array in arrays.items():
        directory[name] = (array.dtype.str, offset, len(array))
        offset += -(-array.nbytes // 8) * 8
    # offsets count from the start of the file, so the directory gets a fixed size: that of its longest form
    room = len(json.dumps(directory)) + 12 * len(directory)
    start = -(-(_HEADER.size + room) // 8) * 8
    header = json.dumps({name: (kind, start + at, count) for name, (kind, at, count) in directory.items()})
    yield _HEADER.pack(_MAGIC, start - _HEADER.size) + header.encode().ljust(start - _HEADER.size)
    for array in arrays.values():
        yield np.ascontiguousarray(array).data.cast("B") if len(array) else b""
        yield b"\0" * (-array.nbytes % 8)


def open_mapped(path: Path, size: int) -> ArrayFile:
    """Map a file into memory, under a lease; raises `DamagedArrayFile` if it is missing or its size is not `size`."""
    try:
        handle = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
        lease = FileLease(handle, size, path.name)
        return ArrayFile(mmap.mmap(handle, 0, access=mmap.ACCESS_READ), path.name, lease)
    except OSError as error:
        raise DamagedArrayFile(f"{path.name} cannot be read ({error.strerror})") from error


def checksum(path: Path) -> int:
    """Compute the checksum (CRC-32) of a file."""
    found = 0
    with path.open("rb") as file:
        while piece := file.read(_CHUNK):
            found = zlib.crc32(piece, found)
    return found


def narrow(array: Array) -> Array:
    """Cast non-negative integers to the smallest unsigned type that holds them."""
    top = int(array.max()) if len(array) else 0
    kind = np.uint8 if top < 1 << 8 else np.uint16 if top < 1 << 16 else np.uint32 if top < 1 << 32 else np.uint64
    return array.astype(kind, copy=False)
