"""What takes long, done in another process while the reader reads on: adding, refreshing, full texts, catching up."""

from __future__ import annotations

import re
import threading
import time
from collections import deque
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar, cast

from reader.models import FeedCandidate, FeedProgress, ImportReport, JobProgress, Outcome, RefreshReport
from reader.presentation import formatting
from reader.presentation.text_layout import Line
from reader.tui.controllers.thread_browser import Opening
from reader.tui.state import job_progress

if TYPE_CHECKING:
    from reader.library import Library
    from reader.tui.app import Newsloom

T = TypeVar("T")
Watch = Callable[[FeedProgress | JobProgress], None]
Stopped = Callable[[], bool]

PAINTED_EVERY = 0.25
"""Seconds between two paintings of a progress."""
HELD_BACK = 0.3
"""Seconds after a key in which no progress is painted: what the key asked for comes first,"""
PAINTED_AT_LEAST_EVERY = 2.0
"""and the seconds after which it is painted although keys are being pressed."""
SHOWN_EVERY = 2.0
"""Seconds between two looks at what new stories have come, and from the start until the first of them is opened."""
SPARING = 20
"""How many times as long as a look takes the next one waits: the keys have the time between."""
FEW = 20
"""Files that are read in this process: another one takes longer to start."""
STOPS: Line = [("   X", "key"), (" stops", "muted")]
_ADDRESS = re.compile(r"\w+:")
_BARE = re.compile(r"[\w-]+(\.[\w-]+)+(:\d+)?(/\S*)?")
"""An address as people type it, without its scheme."""


class Working(Opening):
    """The desk, with the long works that fill it, one after another."""

    def __init__(self, library: Library) -> None:
        super().__init__(library)
        self.tidings = job_progress.JobProgressState()
        self.steps: dict[str, FeedProgress] = {}
        """What came of asking each feed last, since the reader was opened."""
        self.on_tidings: Callable[[], None] = lambda: None
        """Called when the tidings have changed: by the screen of feeds, while it is open."""
        self.offered: tuple[FeedCandidate, ...] = ()
        """The feeds that the page named which was added last."""
        self.problem = ""
        """Why what was added last was left out, in words; empty where it was not."""
        self.silent = False
        """Whether what goes on began by itself: it leaves the hints their place."""
        self._waiting: deque[Callable[[], None]] = deque()

    @property
    def scene(self) -> Newsloom:
        """The app."""
        return cast("Newsloom", self.app)

    # the works

    def add(self, sources: Sequence[str]) -> None:
        """Add sources while the reader reads on; what was added when it is stopped stays."""
        library = self.library.importer if few(sources) else self.library.jobs
        self._work(lambda watch, stopped: library.add(sources, watch=watch, cancelled=stopped), self._added)

    def refresh_feeds(self, feeds: Sequence[str] | None = None, *, due: bool = False) -> None:
        """Ask feeds, or all of them, what is new; by itself (`due`) only those whose time has come, and then in silence."""
        library = self.library
        refresh = partial(library.jobs.refresh, feeds, due=due)
        before = {story for thread in self.threads if thread.followed for story in thread.stories}

        def call(watch: Watch, stopped: Stopped) -> tuple[RefreshReport, list[tuple[str, int]]]:
            refreshed = refresh(watch=watch, cancelled=stopped)
            return refreshed, job_progress.grown(library.threads.all(), before) if before else []

        def done(came: tuple[RefreshReport, list[tuple[str, int]]]) -> None:
            refreshed, grown = came
            told = job_progress.refreshed(refreshed, grown) if refreshed.feeds or not due else ()
            if refreshed.added:
                self.stories_came(told)
            elif told:
                self.tell(*told)

        if self.stop is None or not due:
            self._work(call, done, quiet=True, silent=due)

    def stories_came(self, told: Sequence[str]) -> None:
        """Say what is told of a refresh that brought new stories."""
        raise NotImplementedError

    def fetch_full_text(self) -> None:
        """Fetch the page of the story being read, and show its text."""
        if self.reading is None:
            return
        story, library = self.reading.head.id, self.library.jobs

        def done(outcome: Outcome) -> None:
            self.tell("The full text is here" if outcome == "updated" else "The page says no more than this")
            self.texts.pop(story, None)
            self.wordings.pop(story, None)
            self.show_reading()

        if self.stop is None:
            self.tell("Fetching the full text …")
        self._work(lambda watch, stopped: library.full_text(story, watch=watch, cancelled=stopped), done, quiet=True)

    def catch_up(self) -> None:
        """Bring threads and index in step with the stories while the reader reads on."""
        library = self.library.jobs
        self._work(lambda watch, stopped: library.catch_up(watch=watch, cancelled=stopped), lambda _: None)

    def action_weave_anew(self) -> None:
        """Tie all stories into threads anew."""
        library = self.library.jobs

        def done(_: None) -> None:
            self.tell("All stories are sorted into threads anew")

        self._work(lambda watch, stopped: library.rebuild_threads(watch=watch, cancelled=stopped), done, quiet=True)

    def action_stop_work(self) -> None:
        """Stop what takes long, and what waits for it."""
        self._waiting.clear()
        if self.stop is None:
            self.tell("Nothing goes on that could be stopped")
        else:
            self.stop.set()
            self.silent = False
            self._progress()

    # how they are done

    def _work(
        self, call: Callable[[Watch, Stopped], T], then: Callable[[T], None], *, quiet: bool = False, silent: bool = False
    ) -> None:
        """Do what takes long, show how far it is and what has come; a `quiet` one leaves what is being read where it is.

        While another one goes on it waits for its turn.
        """
        if self.stop is not None:
            self._waiting.append(partial(self._work, call, then, quiet=quiet))
            self.silent = False
            self.tell("That comes after what goes on now", " · X stops that")
            return
        self.stop, self.silent = threading.Event(), silent
        stop = self.stop
        self.tidings = heard = job_progress.JobProgressState()
        begun, painted, looked, brought = time.monotonic(), 0.0, 0.0, heard.brought

        def look() -> None:
            nonlocal painted, looked, brought
            now = time.monotonic()
            if now - self.scene.pressed < HELD_BACK and now - painted < PAINTED_AT_LEAST_EVERY:
                return
            painted = now
            self._progress()
            pause = max(SHOWN_EVERY, SPARING * self.counted_in)
            if now - looked >= pause and heard.brought != brought and not self.is_asking("threads"):
                looked, brought = now, heard.brought
                long = self.reading is None and now - begun >= SHOWN_EVERY
                self.load_threads(self.begin if long else None)

        def ended() -> None:
            pulse.stop()
            self.stop = None
            self.steps |= heard.steps
            self.show_standing()
            self.on_tidings()
            if self._waiting:
                self._waiting.popleft()()

        def came(result: T) -> None:
            then(result)
            ended()
            self.load_threads(None if quiet and self.reading else self.read_anew)

        def broke(fault: Exception) -> None:
            self.log.error(fault)
            self.tell(str(fault))
            ended()
            self.load_threads()

        pulse = self.set_interval(PAINTED_EVERY, look)
        self._progress()
        self.ask("work", lambda: call(heard.hear, stop.is_set), came, broke)

    def _progress(self) -> None:
        """Show how far it is."""
        self.steps |= self.tidings.steps
        self.show_standing()
        self.on_tidings()

    def standing(self) -> Line:
        """How far what goes on is; nothing, where it began by itself."""
        if self.stop is None or self.silent:
            return []
        return [("Stopping …", "ink")] if self.stop.is_set() else [*self.tidings.line(), *STOPS]

    def _added(self, report: ImportReport) -> None:
        """Say what adding did."""
        told = job_progress.added(report, stopped=self.stop is not None and self.stop.is_set())
        self.problem = "".join(told[1:]).removeprefix(" · ")
        self.offered = report.offered
        if report.offered:
            told = [told[0], f" · the page names {formatting.count(len(report.offered), 'feed')}: F, then a, adds one"]
        self.tell(*told)

    def tell(self, *pieces: str) -> None:
        """Say what was done, on whichever screen the reader is."""
        screen = self.app.screen
        getattr(screen, "status_bar", getattr(screen, "hints", self.hints)).say(*pieces)


def few(sources: Sequence[str]) -> bool:
    """Whether sources are a few files of this machine."""
    return sum(_files(source) for source in sources) <= FEW


def as_source(typed: str, *, bare: bool = True) -> str | None:
    """What was typed, as a source: an address, a path that is there, or, if it may be `bare`, an address without its scheme."""
    path = Path(typed).expanduser()
    if _ADDRESS.match(typed):
        return typed
    if path.exists():
        return str(path)
    return f"https://{typed}" if bare and _BARE.fullmatch(typed) else None


def _files(source: str) -> int:
    """How many files a source stands for; more than a few for what is not of this machine or not plain text."""
    path = Path(source).expanduser()
    if _ADDRESS.match(source) or path.suffix in (".opml", ".xml") or path.name == "urls":
        return FEW + 1
    try:
        return sum(1 for _ in path.rglob("*")) if path.is_dir() else 1
    except OSError:
        return 1
