"""The jobs that fill the library: adding sources, refreshing feeds, fetching full texts, rebuilding threads."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import partial
from pathlib import Path

from reader.models import FeedCandidate, FullTextReport, ImportReport, Outcome, RefreshReport
from reader.presentation import formatting
from reader.tui.commands.registry import BY_ID, key_note
from reader.tui.controllers.job_runner import IsCanceled, JobRunner, Watch
from reader.tui.controllers.saved_searches import SavedSearchController
from reader.tui.controllers.status_lines import StatusLines
from reader.tui.controllers.story_display import StoryDisplay
from reader.tui.state import job_progress
from reader.tui.state.reader_state import ReaderState

FEW_FILES = 20
"""Files that are read in this process: starting another one would take longer."""
_ADDRESS = re.compile(r"\w+:")
_BARE_ADDRESS = re.compile(r"[\w-]+(\.[\w-]+)+(:\d+)?(/\S*)?")
"""An address as people type it, without its scheme."""


class LibraryJobs:
    """Starts the jobs and announces their results."""

    def __init__(
        self, state: ReaderState, runner: JobRunner, display: StoryDisplay, searches: SavedSearchController, status: StatusLines
    ) -> None:
        self.problem = ""
        """Why the last source was not added, as text; empty if it was."""
        self._offered: tuple[FeedCandidate, ...] = ()
        self._state = state
        self._runner = runner
        self._display = display
        self._searches = searches
        self._status = status

    def add(self, sources: Sequence[str]) -> None:
        """Add sources; what was added before a cancellation stays."""
        library = self._state.library
        add = library.importer.add if _few_files(sources) else library.jobs.add
        self._runner.run(lambda watch, canceled: add(sources, watch=watch, cancelled=canceled), self._added)

    def _added(self, report: ImportReport) -> None:
        text = job_progress.added(report, canceled=self._runner.is_canceled)
        self.problem = "".join(text[1:]).removeprefix(" · ")
        self._offered = report.offered
        if report.offered:
            offered = f"this page has {formatting.count(len(report.offered), 'feed')}"
            text = [text[0], f" · {offered}{key_note('feeds', BY_ID['add_feed'].label)} subscribes"]
        self._status.announce(*text)

    def take_offered(self) -> tuple[FeedCandidate, ...]:
        """The feeds named by the page that was added last, once."""
        offered, self._offered = self._offered, ()
        return offered

    @property
    def has_offered(self) -> bool:
        """Whether the page that was added last names feeds."""
        return bool(self._offered)

    def refresh(self) -> None:
        """Refresh all feeds."""
        self.refresh_feeds()

    def refresh_feeds(self, feeds: Sequence[str] | None = None, *, due: bool = False) -> None:
        """Refresh feeds, or all; with `due`, which the reader did not ask for, only those that are due, and silently."""
        library = self._state.library
        refresh = partial(library.jobs.refresh, feeds, due=due)

        def job(watch: Watch, canceled: IsCanceled) -> tuple[RefreshReport, list[tuple[str, int]]]:
            before = {story for thread in library.threads.followed() for story in thread.stories}
            report = refresh(watch=watch, cancelled=canceled)
            return report, job_progress.grown(library.threads.followed(), before)

        def done(result: tuple[RefreshReport, list[tuple[str, int]]]) -> None:
            report, grown = result
            text = job_progress.refreshed(report, grown) if report.feeds or not due else ()
            if report.added:
                self._searches.announce_new(text)
            elif text:
                self._status.announce(*text)

        if not (due and self._runner.is_running):
            self._runner.run(job, done, keep_place=True, silent=due)

    def fetch_full_text(self) -> None:
        """Fetch the full text of the story being read."""
        if self._state.reading is None:
            return
        story, jobs = self._state.reading.head.id, self._state.library.jobs

        def done(outcome: Outcome) -> None:
            self._status.announce("Full text fetched" if outcome == "updated" else "The page has no more text than this")
            self._display.reload([story], newest=True)

        if not self._runner.is_running:
            self._status.announce("Fetching full text …")
        self._runner.run(lambda watch, canceled: jobs.full_text(story, watch=watch, cancelled=canceled), done, keep_place=True)

    def fetch_full_texts(self) -> None:
        """Fetch the full texts of all stories of the thread."""
        reading = self._state.reading
        if reading is None:
            return
        stories, jobs = [head.id for head in reading.heads[: reading.own] if head.url], self._state.library.jobs
        if not stories:
            self._status.say("These stories have no links")
            return

        def done(report: FullTextReport) -> None:
            self._status.announce(*job_progress.fetched(report))
            self._display.reload(stories, newest=True)

        self._runner.run(lambda watch, canceled: jobs.full_texts(stories, watch=watch, cancelled=canceled), done, keep_place=True)

    def catch_up(self) -> None:
        """Bring threads and search index up to date with the stories."""
        jobs = self._state.library.jobs
        self._runner.run(lambda watch, canceled: jobs.catch_up(watch=watch, cancelled=canceled), lambda _: None)

    def rebuild_threads(self) -> None:
        """Rebuild all threads."""
        jobs = self._state.library.jobs

        def done(_: None) -> None:
            self._status.announce("All threads rebuilt")

        self._runner.run(lambda watch, canceled: jobs.rebuild_threads(watch=watch, cancelled=canceled), done, keep_place=True)


def _few_files(sources: Sequence[str]) -> bool:
    """Whether sources are a few local files."""
    return sum(_file_count(source) for source in sources) <= FEW_FILES


def _file_count(source: str) -> int:
    """The number of files of a source; more than a few for addresses and for files that list feeds."""
    path = Path(source).expanduser()
    if _ADDRESS.match(source) or path.suffix in (".opml", ".xml") or path.name == "urls":
        return FEW_FILES + 1
    try:
        return sum(1 for _ in path.rglob("*")) if path.is_dir() else 1
    except OSError:
        return 1


def as_source(typed: str, *, bare: bool = True) -> str | None:
    """Turn typed text into a source: an address, an existing path, or, if `bare`, an address without its scheme; else None."""
    path = Path(typed).expanduser()
    if _ADDRESS.match(typed):
        return typed
    if path.exists():
        return str(path)
    return f"https://{typed}" if bare and _BARE_ADDRESS.fullmatch(typed) else None
