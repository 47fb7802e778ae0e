"""Works for the tests of workers."""

from __future__ import annotations

import os
import time

from reader.errors import SourceError


def double(number: int) -> int:
    return 2 * number


def hang() -> None:
    while True:
        time.sleep(0.01)


def spin() -> None:
    while True:
        pass


def hoard() -> int:
    return len(b"x" * (2 << 30))


def refuse() -> None:
    raise SourceError("feed", "is none", "look")


def break_down() -> None:
    raise ZeroDivisionError


def die() -> None:
    os._exit(3)


def whoami() -> int:
    return os.getpid()
