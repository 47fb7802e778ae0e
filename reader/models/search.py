"""Answers to a query."""

from __future__ import annotations

from dataclasses import dataclass

from reader.models.story import Span, StoryHeader


@dataclass(frozen=True, slots=True)
class SearchMatch:
    """A story found by a query: its head, the score, and a snippet with the spans of its hits."""

    head: StoryHeader
    score: float
    snippet: str
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Suggestion:
    """What to try when nothing was found: what is wrong in words, a better query and how many stories it finds."""

    said: str
    query: str | None = None
    count: int = 0


@dataclass(frozen=True, slots=True)
class SearchResults:
    """The answer to a query: matches in order, how many there are in all, and advice where none was found and it was asked for."""

    query: str
    matches: tuple[SearchMatch, ...]
    total: int
    advice: Suggestion | None = None


@dataclass(frozen=True, slots=True)
class ThreadHeading:
    """A thread over those of its stories that were found: its name (`renamed`: the reader's own), and how many stories it has."""

    id: str
    name: str
    size: int
    renamed: bool = False


@dataclass(frozen=True, slots=True)
class Facets:
    """How many stories answer a query, by outlet (None: not stated) and by month, the latest first.

    A month is (`2018-12`, whether it is stated or estimated); stories of which neither is known are in no month.
    """

    total: int
    outlets: tuple[tuple[str | None, int], ...] = ()
    months: tuple[tuple[tuple[str, bool], int], ...] = ()


@dataclass(frozen=True, slots=True)
class FieldValue:
    """What a field of a query can be asked for, and how many stories that finds; None where nobody counted."""

    text: str
    number: int | None = None


@dataclass(frozen=True, slots=True)
class SavedSearch:
    """A search that is kept under a name; `notify`: new stories that answer it are told of after a refresh."""

    name: str
    query: str
    notify: bool = False
