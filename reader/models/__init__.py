"""Records shared by all layers: frozen structs without behavior.

Times are ISO 8601 strings, a day (`2018-12-21`) or a minute (`2020-01-07T23:09`), as precise as the time is known. A time that is
not stated is None; an estimate is stored beside it as a `DateEstimate`.
"""

from __future__ import annotations

from reader.models.correction import Correction, CorrectionImport, CorrectionKind
from reader.models.feed import Feed, FeedCandidate
from reader.models.jobs import (
    CheckReport,
    FeedProgress,
    FullTextReport,
    ImportReport,
    JobProgress,
    Outcome,
    RefreshReport,
    SourceFailure,
)
from reader.models.move import FeedVisit, MovedItem, MovedLibrary, MoveReport
from reader.models.place import BulkChange, LastPlace, Place, PlaceKind, StoryFilter
from reader.models.related import Explanation, RelatedStory
from reader.models.search import Facets, FieldValue, SavedSearch, SearchAnswer, SearchMatch, Snippet, Suggestion, ThreadHeading
from reader.models.story import (
    NOT_STATED,
    DateEstimate,
    ExtractedField,
    FeedEntry,
    Link,
    Origin,
    RemovedLine,
    Span,
    Story,
    StoryHeader,
    StoryText,
    Version,
)
from reader.models.structure import PLAIN, Block, BlockKind, Inline, InlineKind, Media, MediaRole, Parting
from reader.models.thread import Thread, ThreadEvent

__all__ = [
    "NOT_STATED",
    "PLAIN",
    "Block",
    "BlockKind",
    "BulkChange",
    "CheckReport",
    "Correction",
    "CorrectionImport",
    "CorrectionKind",
    "DateEstimate",
    "Explanation",
    "ExtractedField",
    "Facets",
    "Feed",
    "FeedCandidate",
    "FeedEntry",
    "FeedProgress",
    "FeedVisit",
    "FieldValue",
    "FullTextReport",
    "ImportReport",
    "Inline",
    "InlineKind",
    "JobProgress",
    "LastPlace",
    "Link",
    "Media",
    "MediaRole",
    "MoveReport",
    "MovedItem",
    "MovedLibrary",
    "Origin",
    "Outcome",
    "Parting",
    "Place",
    "PlaceKind",
    "RefreshReport",
    "RelatedStory",
    "RemovedLine",
    "SavedSearch",
    "SearchAnswer",
    "SearchMatch",
    "Snippet",
    "SourceFailure",
    "Span",
    "Story",
    "StoryFilter",
    "StoryHeader",
    "StoryText",
    "Suggestion",
    "Thread",
    "ThreadEvent",
    "ThreadHeading",
    "Version",
]
