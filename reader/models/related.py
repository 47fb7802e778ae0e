"""Evidence that links stories."""

from __future__ import annotations

from msgspec import Struct

from reader.models.story import StoryHeader


class Explanation(Struct, frozen=True):
    """What links a story to another, or to the rest of its thread.

    Words and names in both, heaviest first; quotations in both of at least four words, longest first; and the days between them,
    None if one has neither a time nor an estimate. `about` marks days counted from an estimate.
    """

    terms: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    quotes: tuple[str, ...] = ()
    days: int | None = None
    about: bool = False


class RelatedStory(Struct, frozen=True):
    """A similar story: its header, the similarity from 0 to 1, the shared words (`why`), and the rest as in `Explanation`."""

    head: StoryHeader
    score: float
    why: tuple[str, ...]
    names: tuple[str, ...] = ()
    quotes: tuple[str, ...] = ()
    days: int | None = None
