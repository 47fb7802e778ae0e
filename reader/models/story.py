"""What stories are, and what lists tell of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

Span = tuple[int, int]
"""Start and end of a piece of text, in characters, end exclusive."""


@dataclass(frozen=True, slots=True)
class ExtractedField:
    """One field of a story: its value (None: not stated), how sure from 0 to 1, and the reason as a code.

    A reason is `code` or `code:argument`; several are joined by `+`. `presentation.reasons` renders it.
    """

    value: str | None = None
    sure: float = 0.0
    why: str = "not_stated"


NOT_STATED = ExtractedField()


@dataclass(frozen=True, slots=True)
class RemovedLine:
    """A line left out of the story: its text, its kind, the reason as a code, and the body paragraph it stood before."""

    text: str
    label: str
    why: str
    before: int


@dataclass(frozen=True, slots=True)
class Link:
    """A further address that belongs to a story: what it is to it ("enclosure", "related", "via"…), its media type and title."""

    url: str
    rel: str = "related"
    type: str | None = None
    title: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """One telling of the news by one outlet, cleaned.

    `id` is empty until the shelf gives one. `source` is the file's name or the address, as shown; `address` is the absolute path or
    address by which the same thing is known again. `title` always has a value: where the page gives none it is made from the first
    words, and `title_made` says so. `body`, `captions` and `summary` are one string a paragraph; a paragraph with line breaks is
    preformatted (code, verse), any other is one line. A summary that the body only repeats is left out. `updated` is when the
    outlet says that it changed the story.
    """

    id: str = ""
    source: str
    address: str
    url: str | None = None
    title: ExtractedField
    title_made: bool = False
    outlet: ExtractedField = NOT_STATED
    agency: ExtractedField = NOT_STATED
    byline: ExtractedField = NOT_STATED
    place: ExtractedField = NOT_STATED
    published: ExtractedField = NOT_STATED
    body: tuple[str, ...] = ()
    captions: tuple[str, ...] = ()
    removed: tuple[RemovedLine, ...] = ()
    updated: str | None = None
    summary: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    links: tuple[Link, ...] = ()


class StoryText(NamedTuple):
    """The parts of a story that are grouped by: its title and outlet, empty where none is stated, its paragraphs, and its time."""

    title: str
    body: Sequence[str]
    published: str | None = None
    outlet: str = ""


@dataclass(frozen=True, slots=True)
class FeedEntry:
    """A story as one feed lists it: its id in that feed, and the story."""

    guid: str
    story: Story


@dataclass(frozen=True, slots=True)
class Version:
    """An older wording of a story: until when it was kept (ISO 8601, UTC), and the story as it read then."""

    until: str
    story: Story


@dataclass(frozen=True, slots=True)
class Origin:
    """One place where a story is found: its address there, and the feed that lists it, None for a file or a page."""

    address: str
    feed: str | None = None


@dataclass(frozen=True, slots=True)
class DateEstimate:
    """An estimated time of a story that states none: ISO 8601, how sure from 0 to 1, and the reason as a code."""

    time: str
    sure: float
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryHeader:
    """A story without its text, as a list, a column's header or a row of JSON shows it.

    `outlet` is the name its outlet is shown under, `outlet_id` the identity that makes feeds and pages of one site one outlet, None
    where no outlet is known. `found` is when the story was first found.
    """

    id: str
    source: str
    url: str | None
    title: str
    title_made: bool
    outlet: str | None
    agency: str | None
    byline: str | None
    place: str | None
    published: str | None
    estimate: DateEstimate | None
    thread: str | None
    read: bool = False
    starred: bool = False
    outlet_id: str | None = None
    found: str | None = None
