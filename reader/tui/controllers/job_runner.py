"""Long jobs, run one after another in the background while the reader reads on."""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Callable
from functools import partial
from typing import Any, TypeVar

from textual.screen import Screen

from reader.models import FeedProgress, JobProgress
from reader.presentation.text_layout import Line
from reader.tui.commands.registry import key_note
from reader.tui.controllers.list_pane import ListPane
from reader.tui.controllers.prompt import Prompt
from reader.tui.controllers.requests import Requests
from reader.tui.controllers.status_lines import StatusLines
from reader.tui.controllers.thread_browser import ThreadBrowser
from reader.tui.state.job_progress import JobProgressState
from reader.tui.state.reader_state import ReaderState
from reader.tui.state.signal import Signal

T = TypeVar("T")
Watch = Callable[[FeedProgress | JobProgress], None]
IsCanceled = Callable[[], bool]
Job = Callable[[Watch, IsCanceled], T]
"""A call that reports its progress, and ends early when it is canceled."""

PAINT_EVERY = 0.25
"""Seconds between two paintings of the progress."""
PAUSE_AFTER_KEY = 0.3
"""Seconds after a key without painting: the result of the key comes first."""
PAINT_AT_LEAST_EVERY = 2.0
"""Seconds after which the progress is painted even while keys are pressed."""
RELOAD_EVERY = 2.0
"""Seconds between two loadings of the list while stories come in, and until the first of them is opened."""
RELOAD_SHARE = 20
"""How many times longer than a loading took the next one waits, so that keys stay fast."""
CANCEL_HINT: Line = [("   X", "key"), (" cancels", "muted")]


class JobRunner:
    """The queue of long jobs, with the progress of the running one.

    While a job runs, the list is loaded again as stories come in. Emits `progressed` when the progress has changed, and when a
    job has ended.
    """

    def __init__(
        self,
        screen: Screen[Any],
        state: ReaderState,
        requests: Requests,
        prompt: Prompt,
        pane: ListPane,
        browser: ThreadBrowser,
        status: StatusLines,
        *,
        last_key: Callable[[], float],
    ) -> None:
        self.progressed: Signal[[]] = Signal()
        self.steps: dict[str, FeedProgress] = {}
        """The last step of each feed since the reader was opened."""
        self._screen = screen
        self._state = state
        self._requests = requests
        self._prompt = prompt
        self._pane = pane
        self._browser = browser
        self._status = status
        self._last_key = last_key
        self._progress = JobProgressState()
        self._cancel: threading.Event | None = None
        """Cancels the running job; None while none is running."""
        self._silent = False
        self._queue: deque[Callable[[], None]] = deque()

    @property
    def is_running(self) -> bool:
        """Whether a job is running."""
        return self._cancel is not None

    @property
    def is_canceled(self) -> bool:
        """Whether the running job has been canceled."""
        return self._cancel is not None and self._cancel.is_set()

    @property
    def line(self) -> Line:
        """The progress in the place of the hints; empty if no job is running, or one that the reader did not start."""
        if self._cancel is None or self._silent:
            return []
        return [("Canceling …", "ink")] if self._cancel.is_set() else [*self._progress.line(), *CANCEL_HINT]

    def run(self, job: Job[T], then: Callable[[T], None], *, keep_place: bool = False, silent: bool = False) -> None:
        """Run a job, or queue it while another one runs; call `then` with its result and load the list.

        With `keep_place` the open thread stays as it is. A `silent` job, which the reader did not start, shows no progress.
        """
        if self._cancel is not None:
            self._queue.append(partial(self.run, job, then, keep_place=keep_place))
            self._silent = False
            self._status.announce("Queued", key_note("cancel", "cancels the running task"))
            return
        self._cancel, self._silent = threading.Event(), silent
        canceled = self._cancel.is_set
        self._progress = progress = JobProgressState()
        refresh = _Reloader(self._state, self._requests, self._pane, self._browser, progress).check

        painted = 0.0

        def tick() -> None:
            nonlocal painted
            now = time.monotonic()
            if now - self._last_key() >= PAUSE_AFTER_KEY or now - painted >= PAINT_AT_LEAST_EVERY:
                painted = now
                self._show_progress()
                refresh(now)

        def ended() -> None:
            timer.stop()
            self._cancel = None
            self._show_progress()
            if self._queue:
                self._queue.popleft()()

        def done(result: T) -> None:
            then(result)
            ended()
            self._pane.load(None if keep_place and self._state.reading else self._browser.reopen)

        def failed(error: Exception) -> None:
            self._screen.log.error(error)
            self._status.announce(str(error))
            ended()
            self._pane.load()

        timer = self._screen.set_interval(PAINT_EVERY, tick)
        self._show_progress()
        self._requests.run("job", lambda: job(progress.hear, canceled), done, failed)

    def _show_progress(self) -> None:
        self.steps |= self._progress.steps
        self._prompt.set_background(self.line)
        self.progressed.emit()

    def cancel(self) -> None:
        """Cancel the running task, and drop the queued ones."""
        self._queue.clear()
        if self._cancel is None:
            self._status.announce("Nothing is running")
        else:
            self._cancel.set()
            self._silent = False
            self._show_progress()

    def close(self) -> None:
        """Cancel everything without a message: the reader quits."""
        self._queue.clear()
        if self._cancel is not None:
            self._cancel.set()


class _Reloader:
    """Loads the list again while a job brings stories, at most as often as the keys can bear."""

    def __init__(
        self, state: ReaderState, requests: Requests, pane: ListPane, browser: ThreadBrowser, progress: JobProgressState
    ) -> None:
        self._state = state
        self._requests = requests
        self._pane = pane
        self._browser = browser
        self._progress = progress
        self._start = time.monotonic()
        self._last = 0.0
        self._brought = progress.brought

    def check(self, now: float) -> None:
        """Load the list if there is something new, and open its first row if nothing is being read."""
        pause = max(RELOAD_EVERY, RELOAD_SHARE * self._pane.seconds_to_load)
        brought = self._progress.brought
        if now - self._last < pause or brought == self._brought or self._requests.is_running("list"):
            return
        self._last, self._brought = now, brought
        open_first = self._state.reading is None and now - self._start >= RELOAD_EVERY
        self._pane.load(self._browser.open_selected if open_first else None)
