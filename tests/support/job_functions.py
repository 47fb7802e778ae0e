"""Works for the tests to have done in another process."""

from __future__ import annotations

import os
import signal
import time

from reader.errors import SourceError
from reader.library.jobs import Cancelled, Watch
from reader.models import FeedProgress, JobProgress


def count(to: int, *, watch: Watch, cancelled: Cancelled) -> int:
    for done in range(1, to + 1):
        watch(JobProgress("counted", done, to))
    watch(FeedProgress("feed", "new", to))
    return os.getpid()


def fail(*, watch: Watch, cancelled: Cancelled) -> None:
    raise SourceError("page", "is not there", "look again")


def wait(*, watch: Watch, cancelled: Cancelled) -> str:
    watch(JobProgress("waiting", 0, 1))
    while not cancelled():
        time.sleep(0.01)
    return "stopped"


def die(*, watch: Watch, cancelled: Cancelled) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def shout(*, watch: Watch, cancelled: Cancelled) -> None:
    print("to the screen", flush=True)
    os.write(2, b"to the screen")
