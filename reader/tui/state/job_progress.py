"""What a long work tells of itself, in the words and signs of the screen."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field

from reader.models import FeedProgress, ImportReport, JobProgress, RefreshReport, Thread
from reader.presentation import formatting
from reader.presentation.text_layout import Line

_STAGES = {"feeds": "Refreshing", "stories": "Reading", "threads": "Sorting into threads", "index": "Preparing the search"}
"""Stages in the order in which the reader waits for them."""
_NAMED = 2
"""Followed threads that grew which are named."""
_BAR = 12
"""Cells of the bar."""


@dataclass
class JobProgressState:
    """The last step of every feed, and how far every stage is. One thread hears what another one shows."""

    steps: dict[str, FeedProgress] = field(default_factory=dict)
    stages: dict[str, JobProgress] = field(default_factory=dict)

    def hear(self, event: FeedProgress | JobProgress) -> None:
        """Note what the work tells."""
        if isinstance(event, FeedProgress):
            self.steps[event.feed] = event
        else:
            self.stages[event.what] = event

    @property
    def new(self) -> int:
        """Stories that are new so far."""
        return sum(step.new for step in tuple(self.steps.values()))

    @property
    def failed(self) -> int:
        """Feeds that failed so far."""
        return sum(map(is_failure, tuple(self.steps.values())))

    @property
    def brought(self) -> tuple[int, ...]:
        """What changes when there is more to see in the list of threads."""
        return self.new, *(self.stages[what].done if what in self.stages else 0 for what in ("stories", "threads"))

    def line(self) -> Line:
        """How far it is: a bar and counts of the stage the reader waits for."""
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
        """Whether a stage goes on; one of unknown length is over when another one was heard of."""
        stage = self.stages.get(what)
        return stage is not None and (stage.done < stage.of if stage.of else len(self.stages) == 1)


def is_failure(step: FeedProgress | None) -> bool:
    """Whether asking a feed failed."""
    return step is not None and step.state in ("failed", "ended")


def happened(step: FeedProgress | None) -> str:
    """What came of asking a feed, in words; empty where it was not asked."""
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
    """The followed threads that have stories which were in none of them before, by name, and how many."""
    found = []
    for thread in threads:
        known = sum(story in before for story in thread.stories) if thread.followed else 0
        if 0 < known < len(thread.stories):
            found.append((thread.name, len(thread.stories) - known))
    return found


def refreshed(done: RefreshReport, grown: Sequence[tuple[str, int]] = ()) -> list[str]:
    """What a refresh did, in words, and which followed threads grew."""
    if not done.feeds:
        return ["No feed is to be asked now"]
    told = [f"{formatting.count(done.feeds, 'feed')} asked", f"{done.added:,} new"]
    told += [f"{done.updated:,} changed"] * bool(done.updated) + ["then stopped"] * done.cancelled
    failed = [f" · {formatting.count(len(done.failed), 'feed')} failed · F shows why"] if done.failed else []
    named = [f"{count:,} new in {name}" for name, count in grown[:_NAMED]]
    named += [f"{len(grown) - _NAMED:,} more"] * (len(grown) > _NAMED)
    return [", ".join(told), *([f" · {', '.join(named)}"] if named else []), *failed]


def added(report: ImportReport, *, stopped: bool = False) -> list[str]:
    """What adding did, in words."""
    kept = [f"{formatting.stories(len(report.added))} added"] if report.added or not report.unchanged else []
    kept += [f"{len(report.updated):,} updated"] if report.updated else []
    kept += [f"{len(report.unchanged):,} known before"] if report.unchanged else []
    kept += [f"{formatting.count(len(report.followed), 'feed')} followed"] if report.followed else []
    kept += [f"{formatting.count(len(report.saved), 'search', 'searches')} saved"] if report.saved else []
    first = ", ".join(kept) + (", then stopped" if stopped else "")
    if not report.refused:
        return [first]
    one = report.refused[0]
    more = f", and {len(report.refused) - 1:,} more" if len(report.refused) > 1 else ""
    return [first, f" · {one.source} was left out: {one.why}{more}"]
