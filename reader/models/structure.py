"""The structure of a story: what its paragraphs are, the links and styles in them, and its pictures, sounds and files."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

BlockKind = Literal["paragraph", "heading", "item", "code", "row", "caption", "term"]
InlineKind = Literal["link", "strong", "emphasis", "code", "superscript", "subscript", "deleted", "inserted"]
Parting = Literal["apart", "tight", "rule"]
MediaRole = Literal["picture", "audio", "video", "file"]


class Inline(Struct, frozen=True, array_like=True):
    """A stretch of a paragraph in a style or with a link: start and end in characters, end exclusive; `href` of a link only.

    An `href` is an absolute http, https or mailto address without blanks and control characters.
    """

    start: int
    end: int
    kind: InlineKind
    href: str = ""


class Block(Struct, frozen=True, omit_defaults=True):
    """The structure of one paragraph, whose text includes the marker of an item and all cells of a row.

    `level` is that of a heading (1 to 6), 1 for the head of a table, and otherwise the depth of the list that the paragraph stands
    in. `quotes` is the number of quotations around it. `marker` counts the characters before an item's text ("3. "). `parting` is
    what stands between it and the paragraph above: a blank line, nothing (lines of a verse, items, rows of one table), or a rule.
    `cells` are the spans of a row's cells, empty ones included.
    """

    kind: BlockKind = "paragraph"
    level: int = 0
    quotes: int = 0
    marker: int = 0
    parting: Parting = "apart"
    language: str = ""
    cells: tuple[tuple[int, int], ...] = ()
    inline: tuple[Inline, ...] = ()


PLAIN = Block()
"""A paragraph of which nothing more is known than its text."""


class Media(Struct, frozen=True, omit_defaults=True):
    """A picture, sound, video or file of a story.

    `url` is absolute, or empty where a picture cannot be fetched and only its text is known. `at` is the number of the paragraph it
    stands before; None: it belongs to the story as a whole. `alt` is its text alternative, `title` the text shown beside or over
    it, `href` the link it stands in. Unknown sizes and durations are None.
    """

    url: str
    role: MediaRole
    type: str | None = None
    bytes: int | None = None
    seconds: int | None = None
    title: str | None = None
    alt: str | None = None
    href: str | None = None
    at: int | None = None
