"""What came into the library in one go."""

from __future__ import annotations

from dataclasses import dataclass, field

from reader.errors import SourceError
from reader.models import FeedCandidate, FeedProgress, ImportReport, Outcome, RefreshReport, SourceFailure


@dataclass
class ImportTally:
    """Stories by what became of them, feeds and searches that are new, feeds that a page names, what was refused; if stopped."""

    added: list[str] = field(default_factory=list)
    updated: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    followed: list[str] = field(default_factory=list)
    offered: list[FeedCandidate] = field(default_factory=list)
    refused: list[SourceFailure] = field(default_factory=list)
    saved: list[str] = field(default_factory=list)
    asked: int = 0
    stopped: bool = False

    def keep(self, story: str, outcome: Outcome) -> None:
        """Count in one story."""
        {"added": self.added, "updated": self.updated, "unchanged": self.unchanged}[outcome].append(story)

    def count(self, report: ImportReport) -> None:
        """Count in what the store made of some stories."""
        self.added += report.added
        self.updated += report.updated
        self.unchanged += report.unchanged

    def refuse(self, fault: SourceError) -> None:
        """Count in a source that could not be had."""
        self.refused.append(SourceFailure(fault.source, fault.why, fault.remedy))

    def report(self) -> ImportReport:
        """What adding did."""
        stories = (tuple(self.added), tuple(self.updated), tuple(self.unchanged))
        return ImportReport(*stories, tuple(self.refused), tuple(self.followed), tuple(self.offered), tuple(self.saved))

    def refreshed(self) -> RefreshReport:
        """What a refresh did."""
        return RefreshReport(self.asked, len(self.added), len(self.updated), tuple(self.refused), self.stopped)


def step(feed: str, report: ImportReport, why: str = "") -> FeedProgress:
    """The step of a feed that was read, by what came of it."""
    new, updated = len(report.added), len(report.updated)
    return FeedProgress(feed, "new" if new or updated else "same", new, updated, why)
