"""Answers to a query."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from reader.models.story import Span, StoryHeader


@dataclass(frozen=True, slots=True)
class SearchMatch:
    """A story found by a query: its header and score, a snippet with the spans of its hits, and those of the title."""

    head: StoryHeader
    score: float
    snippet: str
    spans: tuple[Span, ...]
    title_spans: tuple[Span, ...] = ()


class Snippet(NamedTuple):
    """The passage of a story with the most hits of a query, the spans of its hits, and of those in the title."""

    text: str
    spans: tuple[Span, ...]
    title_spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A suggestion when nothing was found: what is wrong in words, a better query and how many stories it finds."""

    said: str
    query: str | None = None
    count: int = 0


@dataclass(frozen=True, slots=True)
class ThreadHeading:
    """The name of a thread (`renamed`: the user's own), and how many stories it has."""

    id: str
    name: str
    size: int
    renamed: bool = False


@dataclass(frozen=True, slots=True)
class Facets:
    """How many stories a query finds, by outlet (None: not stated) and by month, the latest first.

    A month is (`2018-12`, whether it is stated or estimated); stories of which neither is known are in no month.
    """

    total: int
    outlets: tuple[tuple[str | None, int], ...] = ()
    months: tuple[tuple[tuple[str, bool], int], ...] = ()


@dataclass(frozen=True, slots=True)
class FieldValue:
    """A value of a query field, and how many stories it finds; None if that was not counted."""

    text: str
    number: int | None = None


@dataclass(frozen=True, slots=True)
class SavedSearch:
    """A query saved under a name; `notify`: new stories that it finds are reported after a refresh."""

    name: str
    query: str
    notify: bool = False


@dataclass(frozen=True, slots=True)
class SearchAnswer:
    """The answer to a search: `query` is what found the matches, in order, of `total` in all; `threads` are theirs, by id.

    `facets` are counts of all that were found, if asked for; `suggestion` is another query, where nothing was found.
    """

    query: str
    matches: tuple[SearchMatch, ...]
    total: int
    threads: Mapping[str, ThreadHeading] = field(default_factory=dict)
    facets: Facets | None = None
    suggestion: Suggestion | None = None
