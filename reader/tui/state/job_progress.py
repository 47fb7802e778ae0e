"""The progress and the results of jobs as texts of the screen."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from msgspec import Struct

from reader.models import FeedProgress, FullTextReport, ImportReport, JobProgress, RefreshReport, Thread
from reader.presentation import formatting
from reader.presentation.text_layout import Line
from reader.tui.commands.registry import key_note

_STAGES = {"feeds": "Refreshing", "pages": "Fetching pages", "stories": "Reading", "threads": "Grouping", "index": "Indexing"}
"""The stages of a job with their labels; of several running ones, the first is shown."""
_NAMED = 2
"""Followed threads with new stories that are named."""
_BAR = 12
"""Cells of the progress bar."""


class JobProgressState(Struct):
    """The last step of every feed and the progress of every stage; written in the thread of the job, read by the screen."""

    steps: dict[str, FeedProgress] = {}
    stages: dict[str, JobProgress] = {}

    def hear(self, event: FeedProgress | JobProgress) -> None:
        """Take a progress report."""
        if isinstance(event, FeedProgress):
            self.steps[event.feed] = event
        else:
            self.stages[event.what] = event

    @property
    def new(self) -> int:
        """New stories so far."""
        return sum(step.new for step in tuple(self.steps.values()))

    @property
    def failed(self) -> int:
        """Failed feeds so far."""
        return sum(map(is_failure, tuple(self.steps.values())))

    @property
    def brought(self) -> tuple[int, ...]:
        """A value that changes when the list of threads has changed."""
        return self.new, *(self.stages[what].done if what in self.stages else 0 for what in ("stories", "threads"))

    def line(self) -> Line:
        """The progress as a line: a bar, and the counts of the current stage."""
        stage = next((self.stages[what] for what in _STAGES if self._awaited(what)), None)
        if stage is None:
            return [("Working  …", "ink")]
        filled = min(_BAR, _BAR * stage.done // stage.of) if stage.of else 0
        bar: Line = [("━" * filled, "focus"), ("─" * (_BAR - filled), "rule"), ("  ", "ink")] if stage.of else []
        count = f"{stage.done:,} of {stage.of:,}" if stage.of else f"{stage.done:,}"
        told = [f"{count} feeds" if stage.what == "feeds" else count]
        told += [f"{self.new:,} new"] * bool(self.new) + [f"{self.failed:,} failed"] * bool(self.failed)
        return [(f"{_STAGES[stage.what]}  ", "ink"), *bar, (", ".join(told), "ink")]

    def _awaited(self, what: str) -> bool:
        """Whether a stage is running; one of unknown length ends when another one starts."""
        stage = self.stages.get(what)
        return stage is not None and (stage.done < stage.of if stage.of else len(self.stages) == 1)


def fetched(report: FullTextReport) -> list[str]:
    """What fetching full texts did, as pieces of a message."""
    text = [f"Full text of {formatting.stories(len(report.updated))} fetched"]
    if report.unchanged:
        text.append(f" · {formatting.count(report.unchanged, 'page')} without more text")
    if report.failed:
        first = report.failed[0]
        more = f", and {len(report.failed) - 1:,} more" if len(report.failed) > 1 else ""
        text.append(f" · {first.source} failed: {first.why}{more}")
    return [*text, " · canceled"] if report.cancelled else text


def is_failure(step: FeedProgress | None) -> bool:
    """Whether refreshing a feed failed."""
    return step is not None and step.state in ("failed", "ended")


def happened(step: FeedProgress | None) -> str:
    """The result of refreshing a feed as text; empty if it was not refreshed."""
    match step.state if step else "":
        case "asked":
            return "waiting"
        case "reading":
            return "reading"
        case "same":
            return "nothing new"
        case "new" if step:
            told = [f"{step.new:,} new"] * bool(step.new) + [f"{step.updated:,} changed"] * bool(step.updated)
            return ", ".join(told) + (f"; {step.why}" if step.why else "")
        case "failed" | "ended" if step:
            return step.why
    return ""


def grown(threads: Iterable[Thread], before: Collection[str]) -> list[tuple[str, int]]:
    """The names of followed threads with stories that were in none of them before, and the number of those."""
    found = []
    for thread in threads:
        known = sum(story in before for story in thread.stories) if thread.followed else 0
        if 0 < known < len(thread.stories):
            found.append((thread.name, len(thread.stories) - known))
    return found


def refreshed(done: RefreshReport, grown: Sequence[tuple[str, int]] = ()) -> list[str]:
    """The result of a refresh as text, with the followed threads that have new stories."""
    if not done.feeds:
        return ["No feeds to refresh"]
    told = [f"{formatting.count(done.feeds, 'feed')} refreshed", f"{done.added:,} new"]
    told += [f"{done.updated:,} changed"] * bool(done.updated) + ["then canceled"] * done.cancelled
    failed = [f" · {formatting.count(len(done.failed), 'feed')} failed{key_note('feeds', 'shows why')}"] if done.failed else []
    named = [f"{count:,} new in {name}" for name, count in grown[:_NAMED]]
    named += [f"{len(grown) - _NAMED:,} more"] * (len(grown) > _NAMED)
    return [", ".join(told), *([f" · {', '.join(named)}"] if named else []), *failed]


def added(report: ImportReport, *, canceled: bool = False) -> list[str]:
    """The result of adding sources as text."""
    kept = [f"{formatting.stories(len(report.added))} added"] if report.added or not report.unchanged else []
    kept += [f"{len(report.updated):,} updated"] if report.updated else []
    kept += [f"{len(report.unchanged):,} unchanged"] if report.unchanged else []
    kept += [f"{formatting.count(len(report.followed), 'feed')} added"] if report.followed else []
    kept += [f"{formatting.count(len(report.saved), 'search', 'searches')} saved"] if report.saved else []
    first = ", ".join(kept) + (", then canceled" if canceled else "")
    if not report.refused:
        return [first]
    one = report.refused[0]
    more = f", and {len(report.refused) - 1:,} more" if len(report.refused) > 1 else ""
    return [first, f" · {one.source} was not added: {one.why}{more}"]
