"""Locks between processes."""

from __future__ import annotations

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from reader.errors import LibraryBusy, StorageError

_RETRY_INTERVAL = 0.05
"""Seconds between two attempts."""


@contextmanager
def locked(folder: Path, name: str, *, patience: float | None = None) -> Iterator[None]:
    """Hold a lock in a library's folder; it is released when the process ends, however it ends.

    Raises:
        LibraryBusy: another process still holds it after `patience` seconds (None: wait without limit).
        StorageError: the lock file cannot be written.
    """
    path = folder / f"{name}.lock"
    try:
        handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    except OSError as fault:
        raise StorageError(
            f"{path} cannot be written ({fault.strerror}); fix the permissions of the file and its folder"
        ) from fault
    try:
        _acquire(handle, folder, name, patience)
        yield
    finally:
        os.close(handle)


def _acquire(handle: int, folder: Path, name: str, patience: float | None) -> None:
    if patience is None:
        fcntl.flock(handle, fcntl.LOCK_EX)
        return
    end = time.monotonic() + patience
    while True:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as busy:
            if time.monotonic() >= end:
                raise LibraryBusy(f"{folder} is in use by another Newsloom ({name}); wait for it, or close it") from busy
            time.sleep(_RETRY_INTERVAL)
        else:
            return
