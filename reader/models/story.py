"""Stories, their headers and their parts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from msgspec import Struct

from reader.models.structure import Block, Inline, Media

Span = tuple[int, int]
"""Start and end of a stretch of text, in characters, end exclusive."""


class ExtractedField(Struct, frozen=True):
    """A field of a story: its value (None: not stated), confidence from 0 to 1, and the reason as a code.

    A reason is `code` or `code:argument`; several are joined by `+`. `presentation.reasons` renders it.
    """

    value: str | None = None
    sure: float = 0.0
    why: str = "not_stated"


NOT_STATED = ExtractedField()


class RemovedLine(Struct, frozen=True):
    """A line excluded from a story: its text, its kind, the reason as a code, the body paragraph that follows it, and its links."""

    text: str
    label: str
    why: str
    before: int
    inline: tuple[Inline, ...] = ()


class Link(Struct, frozen=True):
    """A further link of a story: its relation ("enclosure", "related", "via"…), media type and title."""

    url: str
    rel: str = "related"
    type: str | None = None
    title: str | None = None


class Story(Struct, frozen=True, kw_only=True):
    """One outlet's account, cleaned.

    `id` is empty until the store assigns one. `source` is the file name or address as displayed; `address` is the absolute path or
    address that identifies it. `title` always has a value: if none is stated, it is made from the first words, and `title_made` is
    set. `body`, `captions` and `summary` are one string per paragraph; a paragraph with line breaks is preformatted (code, verse),
    any other is one line. `blocks` is the structure of the body, one for each paragraph, or empty if nothing is known of it; it
    changes neither paragraphs nor positions in them. A summary that the body repeats is left out. `language` is an ISO 639-1 code.
    `updated` is the time at which the outlet changed the story, as stated. `subscribers_only` is set if its page marks it as not
    free to read, so that its text may be incomplete.
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
    language: ExtractedField = NOT_STATED
    body: tuple[str, ...] = ()
    captions: tuple[str, ...] = ()
    removed: tuple[RemovedLine, ...] = ()
    updated: str | None = None
    summary: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    links: tuple[Link, ...] = ()
    subscribers_only: bool = False
    blocks: tuple[Block, ...] = ()
    media: tuple[Media, ...] = ()


class StoryText(NamedTuple):
    """Parts of a story that clustering reads: title, paragraphs, time, and the identity of its outlet; empty if unknown.

    `language` is an ISO 639-1 code, empty for English and if it is not known.
    """

    title: str
    body: Sequence[str]
    published: str | None = None
    outlet: str = ""
    language: str = ""


class FeedEntry(Struct, frozen=True):
    """A story as listed by one feed: its id in that feed, and the story."""

    guid: str
    story: Story


class Version(Struct, frozen=True):
    """An earlier version of a story, and when it was replaced (ISO 8601, UTC)."""

    until: str
    story: Story


class Origin(Struct, frozen=True):
    """An origin of a story: its address there, and the feed that lists it, None for a file or a page."""

    address: str
    feed: str | None = None


class DateEstimate(Struct, frozen=True):
    """An estimated time of a story that states none: ISO 8601, confidence from 0 to 1, and the reason as a code."""

    time: str
    sure: float
    why: str


class StoryHeader(Struct, frozen=True, kw_only=True):
    """A story without its text, as shown in lists, column headers and JSON.

    `outlet` is the displayed name of its outlet; `outlet_id` is the identity shared by all feeds and pages of one site, None if
    unknown. `found` is when the story was first found.
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
