"""Results of searches."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from msgspec import Struct

from reader.models.story import Span, StoryHeader


class SearchMatch(Struct, frozen=True):
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


class Suggestion(Struct, frozen=True):
    """Help for a query without results: a message, a better query, and the number of stories it finds."""

    message: str
    query: str | None = None
    count: int = 0


class ThreadHeading(Struct, frozen=True):
    """Name of a thread (`renamed`: set by the user), and its number of stories."""

    id: str
    name: str
    size: int
    renamed: bool = False


class Facets(Struct, frozen=True):
    """Counts of a query's stories by outlet (None: not stated) and by month, latest first.

    A month is (`2018-12`, stated or estimated); stories without a time or an estimate are in no month.
    """

    total: int
    outlets: tuple[tuple[str | None, int], ...] = ()
    months: tuple[tuple[tuple[str, bool], int], ...] = ()


class FieldValue(Struct, frozen=True):
    """A value of a query field, and the number of stories with it; None if not counted."""

    text: str
    number: int | None = None


class SavedSearch(Struct, frozen=True):
    """A named query; with `notify`, new matches are reported after a refresh."""

    name: str
    query: str
    notify: bool = False


class SearchAnswer(Struct, frozen=True):
    """Result of a search: the `query` actually used, its matches in order, their `total`, and their threads by id.

    `facets` count all matches, if requested; `suggestion` helps if nothing was found.
    """

    query: str
    matches: tuple[SearchMatch, ...]
    total: int
    threads: Mapping[str, ThreadHeading] = {}
    facets: Facets | None = None
    suggestion: Suggestion | None = None
