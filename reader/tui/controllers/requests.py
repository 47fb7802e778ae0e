"""Background calls of a screen: they run in threads, and only the newest result of a kind is delivered."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from functools import partial
from typing import Any, TypeVar

from textual.screen import Screen

T = TypeVar("T")
OnError = Callable[[Exception], None]


class Requests:
    """Runs a screen's slow calls in worker threads.

    Each call has a kind, such as "threads". A newer call of a kind replaces the older ones: these still run to their end, but their
    results are dropped. Results and errors are delivered on the screen's own thread, and only while the screen is open.
    """

    def __init__(self, screen: Screen[Any], on_error: OnError) -> None:
        self._screen = screen
        self._on_error = on_error
        self._started: Counter[str] = Counter()
        self._running: Counter[str] = Counter()
        self._delivered: Counter[str] = Counter()

    def run(self, kind: str, call: Callable[[], T], on_result: Callable[[T], None], on_error: OnError | None = None) -> None:
        """Start `call` in a thread; pass its result to `on_result`, or its exception to `on_error` (default: the screen's)."""
        self._started[kind] += 1
        self._running[kind] += 1
        number = self._started[kind]

        def deliver(handle: Callable[[], None]) -> None:
            self._running[kind] -= 1
            if number == self._started[kind] and self._screen.is_attached:
                self._delivered[kind] = number
                handle()

        def work() -> None:
            try:
                result = call()
            except Exception as error:
                handle = partial(on_error or self._on_error, error)
            else:
                handle = partial(on_result, result)
            self._screen.call_later(deliver, handle)

        self._screen.run_worker(work, thread=True, group=kind, exit_on_error=False)

    def cancel(self, kind: str) -> None:
        """Drop the results of all calls of a kind that were started so far."""
        self._started[kind] += 1
        self._delivered[kind] = self._started[kind]

    def is_running(self, kind: str) -> bool:
        """Whether any call of a kind is still running, replaced or not."""
        return self._running[kind] > 0

    def is_pending(self, kind: str) -> bool:
        """Whether the newest call of a kind has not delivered its result yet."""
        return self._started[kind] > self._delivered[kind]

    def abandoned(self) -> bool:
        """Whether the screen was left, so that nobody waits for a result; long calls ask for it between their steps."""
        return not self._screen.is_attached

    @property
    def count(self) -> int:
        """The number of calls still running."""
        return self._running.total()
