"""Results of a comparison: passages, pairs, conflicting figures, quoted people and shared passages."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from msgspec import Struct

Band = Literal["sure", "faint"]
"""The confidence of a pair: sure ones are counted and marked, faint ones shown on request with a question mark."""


class Passage(Struct, frozen=True, order=True):
    """A sentence of a story: the story's id, its index among the passages, and its position.

    `text` is the characters from `start` to `end` of the body's paragraph `paragraph`, all counted from 0.
    """

    story: str
    index: int
    paragraph: int
    start: int
    end: int
    text: str


class PassagePair(Struct, frozen=True):
    """Two passages of two stories that say the same; `score` is the probability.

    `kind` is "quote" if both contain the same quotation; `differs` are then the words that differ, as written, the left first.
    """

    left: Passage
    right: Passage
    score: float
    band: Band
    kind: Literal["same", "quote"]
    differs: tuple[tuple[str, str], ...] = ()


class Disagreement(Struct, frozen=True):
    """Two figures for the same thing, each as written in its passage ("up to 30 ferries").

    `kind` is "compatible" if both may be true, "update" if a later story counts more of something that only grows, else "differs".
    """

    left: Passage
    right: Passage
    left_number: str
    right_number: str
    score: float
    band: Band
    kind: Literal["differs", "update", "compatible"]


class QuotedSpeaker(Struct, frozen=True):
    """A quoted person: the longest form of the name, and the passages, story by story."""

    name: str
    passages: tuple[Passage, ...]


class SharedPassage(Struct, frozen=True):
    """A passage and the stories that report it, by id and in the order given, its own included.

    `outlets` counts independent outlets: copies of a text and stories of one outlet count once. `first` is the earliest story, None
    if that is not known. `others` are the counterparts, the best of each story.
    """

    passage: Passage
    stories: tuple[str, ...]
    outlets: int
    first: str | None
    others: tuple[Passage, ...] = ()


class Comparison(Struct, frozen=True):
    """A comparison of two to eight stories.

    `stories` are the ids as given; everything else follows the order of the stories and of their passages. `pairs` holds the sure
    and the faint ones, `unique` the passages without a counterpart by story, `shared` each passage in a sure pair with the stories
    that report it, `copies` groups of stories that share one text.
    """

    stories: tuple[str, ...]
    passages: Mapping[str, tuple[Passage, ...]]
    pairs: tuple[PassagePair, ...]
    unique: Mapping[str, tuple[Passage, ...]]
    numbers: tuple[Disagreement, ...]
    quoted: tuple[QuotedSpeaker, ...]
    shared: tuple[SharedPassage, ...]
    copies: tuple[tuple[str, ...], ...]
