"""Works that only one process may do at a time."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from reader.errors import LibraryBusy


@contextmanager
def locked(folder: Path, name: str, *, wait: bool = True) -> Iterator[None]:
    """Hold the lock of a work in a library's folder; it is free again when the process ends, however it ends.

    Raises:
        LibraryBusy: another process holds it, and `wait` is False.
    """
    handle = os.open(folder / f"{name}.lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
        except BlockingIOError as busy:
            raise LibraryBusy(f"{folder}: another Newsloom is at it ({name}); wait for it, or close it") from busy
        yield
    finally:
        os.close(handle)
