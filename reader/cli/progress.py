"""How far a long work is, on one line of a terminal, and its end by Ctrl-C."""

from __future__ import annotations

import signal
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from reader.models import FeedProgress, JobProgress

_EVERY = 0.1
"""Seconds between two tellings: a work may count faster than anybody reads."""


@contextmanager
def interruptible() -> Iterator[Callable[[], bool]]:
    """Whether Ctrl-C was pressed; the work that asks keeps what it has. Pressed again, it ends at once."""
    pressed = False

    def note(number: int, frame: object) -> None:
        nonlocal pressed
        if pressed:
            raise KeyboardInterrupt
        pressed = True

    before = signal.signal(signal.SIGINT, note)
    try:
        yield lambda: pressed
    finally:
        signal.signal(signal.SIGINT, before)


class Progress:
    """Tells on one line of a terminal how far a work is; elsewhere nothing. As a context it clears the line at its end."""

    def __init__(self) -> None:
        self._shown = sys.stderr.isatty()
        self._long = 0
        self._told = 0.0

    def __enter__(self) -> Progress:
        return self

    def __exit__(self, *_: object) -> None:
        if self._long:
            print("\r" + " " * self._long, end="\r", file=sys.stderr, flush=True)

    def __call__(self, event: FeedProgress | JobProgress) -> None:
        """Tell a stage; steps of single feeds are told at the end, by those who count them."""
        if (
            not self._shown
            or not isinstance(event, JobProgress)
            or (time.monotonic() - self._told < _EVERY and event.done < event.of)
        ):
            return
        line = f"{event.what}: {event.done:,}" + (f" of {event.of:,}" if event.of else "")
        print("\r" + line.ljust(self._long), end="", file=sys.stderr, flush=True)
        self._long, self._told = len(line), time.monotonic()
