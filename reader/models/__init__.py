"""The nouns everybody in the house knows: frozen records that hold no behaviour beyond reading themselves.

Times are ISO 8601 texts, a day (`2018-12-21`) or a minute (`2020-01-07T23:09`): the text says how exactly the time is known.
A time that nobody stated is None, never invented; an estimate stands beside it as an `Estimate`.
"""

from __future__ import annotations

from reader.errors import CompareError, CorrectionError, FollowError, QueryError, SavedError, ShelfError, SourceError
from reader.models.search import (
    Advice,
    Feed,
    Heading,
    Match,
    Outcome,
    Refreshed,
    Refusal,
    Report,
    Results,
    Saved,
    Stage,
    Step,
    Tally,
    Value,
    Wanted,
)
from reader.models.story import NOT_STATED, Entry, Estimate, Fact, Head, Link, Origin, Removed, Span, Story, Telling, Version
from reader.models.thread import Correction, Happening, Imported, Related, Thread, Why, Word

__all__ = [
    "NOT_STATED",
    "Advice",
    "CompareError",
    "Correction",
    "CorrectionError",
    "Entry",
    "Estimate",
    "Fact",
    "Feed",
    "FollowError",
    "Happening",
    "Head",
    "Heading",
    "Imported",
    "Link",
    "Match",
    "Origin",
    "Outcome",
    "QueryError",
    "Refreshed",
    "Refusal",
    "Related",
    "Removed",
    "Report",
    "Results",
    "Saved",
    "SavedError",
    "ShelfError",
    "SourceError",
    "Span",
    "Stage",
    "Step",
    "Story",
    "Tally",
    "Telling",
    "Thread",
    "Value",
    "Version",
    "Wanted",
    "Why",
    "Word",
]
