"""Evidence that connects stories."""

from __future__ import annotations

from dataclasses import dataclass

from reader.models.story import StoryHeader


@dataclass(frozen=True, slots=True)
class Explanation:
    """What ties a story to another, or to the rest of its thread.

    The words and names that both use, the weightiest first; the runs of four words or more that both have in quotation marks, the
    longest first; and the days between the two, None where one has neither a time nor an estimate. `about` says that the days are
    counted from an estimate.
    """

    terms: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    quotes: tuple[str, ...] = ()
    days: int | None = None
    about: bool = False


@dataclass(frozen=True, slots=True)
class RelatedStory:
    """A similar story: its header, the similarity from 0 to 1, the shared words (`why`), and the rest as in `Explanation`."""

    head: StoryHeader
    score: float
    why: tuple[str, ...]
    names: tuple[str, ...] = ()
    quotes: tuple[str, ...] = ()
    days: int | None = None
