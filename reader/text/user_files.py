"""Text files that the user writes by hand, such as settings and lists."""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path


def read_user_file(path: Path, largest: int) -> str:
    """Read a file of at most `largest` bytes as UTF-8, with or without a byte-order mark.

    Raises `OSError` with a readable `strerror` if it cannot be read, is larger, is not UTF-8, or is no regular file: a pipe would
    never end.
    """
    with os.fdopen(os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC), "rb") as file:
        if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
            raise OSError(errno.EINVAL, "not a regular file", str(path))
        data = file.read(largest + 1)
    if len(data) > largest:
        raise OSError(errno.EFBIG, f"larger than {largest // 1024} KB", str(path))
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise OSError(errno.EILSEQ, f"line {line} is not UTF-8", str(path)) from error
