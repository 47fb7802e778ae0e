"""What takes long, done in another process while the reader reads on: adding, refreshing, full texts, catching up."""

from __future__ import annotations

import re
import threading
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from reader.model import Outcome, Refreshed, Report, Stage, Step
from reader.ui import tidings
from reader.ui.paint import Line
from reader.ui.screens.desk import Desk

if TYPE_CHECKING:
    from reader.library import Library

T = TypeVar("T")
Watch = Callable[[Step | Stage], None]
Stopped = Callable[[], bool]

PAINTED_EVERY = 0.25
"""Seconds between two paintings of a progress."""
SHOWN_EVERY = 2.0
"""Seconds between two looks at what new stories have come."""
FEW = 20
"""Files that are read in this process: another one takes longer to start."""
_STOPS: Line = [("   Esc", "key"), (" stops", "muted")]
_ADDRESS = re.compile(r"\w+:")


class Working(Desk):
    """The desk, with the long work that fills it."""

    def __init__(self, library: Library) -> None:
        super().__init__(library)
        self.tidings = tidings.Tidings()
        self.on_tidings: Callable[[], None] = lambda: None
        """Called when the tidings have changed: by the screen of feeds, while it is open."""
        self.offered = ""
        """The address of a feed that a page named which was added last."""

    def add(self, sources: Sequence[str]) -> None:
        """Add sources while the reader reads on; what was added when it is stopped stays."""
        library = self.library if few(sources) else self.library.apart
        self._work(lambda watch, stopped: library.add(sources, watch=watch, cancelled=stopped), self._added)

    def refresh_feeds(self, feeds: Sequence[str] | None = None, *, due: bool = False) -> None:
        """Ask feeds, or all of them, what is new; by itself (`due`) only those whose time has come, and then in silence."""
        if self.stop is not None:
            if not due:
                self.tell("Something is going on already", " · Esc stops it")
            return

        def done(refreshed: Refreshed) -> None:
            if refreshed.feeds or not due:
                self.tell(*tidings.refreshed(refreshed))

        self._work(
            lambda watch, stopped: self.library.apart.refresh(feeds, due=due, watch=watch, cancelled=stopped), done, quiet=True
        )

    def fetch_full_text(self) -> None:
        """Fetch the page of the story being read, and show its text."""
        if self.reading is None or self.stop is not None:
            return
        story = self.reading.head.id

        def done(outcome: Outcome) -> None:
            self.hints.say("The full text is here" if outcome == "updated" else "The page says no more than this")
            self.stories.pop(story, None)
            self.show_reading()

        self.hints.say("Fetching the full text …")
        self._work(lambda watch, stopped: self.library.apart.full_text(story, watch=watch, cancelled=stopped), done, quiet=True)

    def catch_up(self) -> None:
        """Bring threads and index in step with the stories while the reader reads on."""
        self._work(lambda watch, stopped: self.library.apart.catch_up(watch=watch, cancelled=stopped), lambda _: None)

    def stop_work(self) -> bool:
        """Stop what takes long; says whether there was anything to stop."""
        if self.stop is None or self.stop.is_set():
            return False
        self.stop.set()
        return True

    def _work(self, call: Callable[[Watch, Stopped], T], then: Callable[[T], None], *, quiet: bool = False) -> None:
        """Do what takes long, show how far it is and what has come; a `quiet` one leaves what is being read where it is."""
        self.stop = stop = threading.Event()
        self.tidings = heard = tidings.Tidings()
        shown = 0.0

        def look() -> None:
            nonlocal shown
            self._progress()
            now = time.monotonic()
            if now - shown >= SHOWN_EVERY and (heard.new or "threads" in heard.stages):
                shown = now
                self.load_threads()

        pulse = self.set_interval(PAINTED_EVERY, look)

        def ended() -> None:
            pulse.stop()
            self.stop = None
            self.hints.stand([])
            self.on_tidings()

        def came(result: T) -> None:
            then(result)
            ended()
            self.load_threads(None if quiet and self.reading else self.read_anew)

        self._stop_showing = ended
        self._progress()
        self.ask("work", lambda: call(heard.hear, stop.is_set), came)

    def failed(self, fault: Exception) -> None:
        """Say that the library could not answer; what took long is over."""
        if self.stop is not None:
            self._stop_showing()
        super().failed(fault)

    def _progress(self) -> None:
        if self.stop is not None and not self.stop.is_set():
            self.hints.stand([*self.tidings.line(), *_STOPS])
            self.on_tidings()

    def _added(self, report: Report) -> None:
        self.tell(*tidings.added(report, stopped=self.stop is not None and self.stop.is_set()))
        if report.offered:
            self.offered = report.offered[0].address
            self.tell(f"The page names a feed: {self.offered}", " · F, then a, adds it")

    def tell(self, *pieces: str) -> None:
        """Say what was done, on whichever screen the reader is."""
        hints = getattr(self.app.screen, "hints", self.hints)
        hints.say(*pieces)


def few(sources: Sequence[str]) -> bool:
    """Whether sources are a few files of this machine."""
    return sum(_files(source) for source in sources) <= FEW


def _files(source: str) -> int:
    """How many files a source stands for; more than a few for what is not of this machine or not plain text."""
    path = Path(source).expanduser()
    if _ADDRESS.match(source) or path.suffix in (".opml", ".xml") or path.name == "urls":
        return FEW + 1
    try:
        return sum(1 for _ in path.rglob("*")) if path.is_dir() else 1
    except OSError:
        return 1
