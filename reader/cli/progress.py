"""Progress of long-running work on one line of a terminal, and its cancellation with Ctrl-C."""

from __future__ import annotations

import signal
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from reader.models import FeedProgress, JobProgress

_INTERVAL = 0.1
"""Seconds between two updates of the line."""


@contextmanager
def interruptible() -> Iterator[Callable[[], bool]]:
    """Yield a function that returns whether Ctrl-C was pressed. The second press raises `KeyboardInterrupt`."""
    pressed = False

    def handle(number: int, frame: object) -> None:
        nonlocal pressed
        if pressed:
            raise KeyboardInterrupt
        pressed = True

    before = signal.signal(signal.SIGINT, handle)
    try:
        yield lambda: pressed
    finally:
        signal.signal(signal.SIGINT, before)


class Progress:
    """A progress line on a terminal, cleared on exit from the context; elsewhere nothing."""

    def __init__(self) -> None:
        self._shown = sys.stderr.isatty()
        self._width = 0
        self._updated = 0.0

    def __enter__(self) -> Progress:
        return self

    def __exit__(self, *_: object) -> None:
        if self._width:
            print("\r" + " " * self._width, end="\r", file=sys.stderr, flush=True)

    def __call__(self, event: FeedProgress | JobProgress) -> None:
        """Show the progress of the whole job; that of single feeds is ignored."""
        if (
            not self._shown
            or not isinstance(event, JobProgress)
            or (time.monotonic() - self._updated < _INTERVAL and event.done < event.of)
        ):
            return
        line = f"{event.what}: {event.done:,}" + (f" of {event.of:,}" if event.of else "")
        print("\r" + line.ljust(self._width), end="", file=sys.stderr, flush=True)
        self._width, self._updated = len(line), time.monotonic()
