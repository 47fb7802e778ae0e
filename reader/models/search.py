"""Results of searches."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from reader.models.story import Span, StoryHeader


@dataclass(frozen=True, slots=True)
class SearchMatch:
    """A story found by a query: header, score, a snippet with the spans of its hits, and the spans in the title."""

    head: StoryHeader
    score: float
    snippet: str
    spans: tuple[Span, ...]
    title_spans: tuple[Span, ...] = ()


class Snippet(NamedTuple):
    """Passage of a story with the most hits of a query, the spans of its hits, and the spans in the title."""

    text: str
    spans: tuple[Span, ...]
    title_spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Help for a query without results: a message, a better query, and the number of stories it finds."""

    message: str
    query: str | None = None
    count: int = 0


@dataclass(frozen=True, slots=True)
class ThreadHeading:
    """Name of a thread (`renamed`: set by the user), and its number of stories."""

    id: str
    name: str
    size: int
    renamed: bool = False


@dataclass(frozen=True, slots=True)
class Facets:
    """Counts of a query's stories by outlet (None: not stated) and by month, latest first.

    A month is (`2018-12`, stated or estimated); stories without a time or an estimate are in no month.
    """

    total: int
    outlets: tuple[tuple[str | None, int], ...] = ()
    months: tuple[tuple[tuple[str, bool], int], ...] = ()


@dataclass(frozen=True, slots=True)
class FieldValue:
    """A value of a query field, and the number of stories with it; None if not counted."""

    text: str
    number: int | None = None


@dataclass(frozen=True, slots=True)
class SavedSearch:
    """A named query; with `notify`, new matches are reported after a refresh."""

    name: str
    query: str
    notify: bool = False


@dataclass(frozen=True, slots=True)
class SearchAnswer:
    """Result of a search: the `query` actually used, its matches in order, their `total`, and their threads by id.

    `facets` count all matches, if requested; `suggestion` helps if nothing was found.
    """

    query: str
    matches: tuple[SearchMatch, ...]
    total: int
    threads: Mapping[str, ThreadHeading] = field(default_factory=dict)
    facets: Facets | None = None
    suggestion: Suggestion | None = None
