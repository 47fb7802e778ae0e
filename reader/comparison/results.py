"""What a comparison tells: passages, pairs of them, figures that differ, who is quoted, a brief."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

Band = Literal["sure", "faint"]
"""How firmly two passages are set against each other: for counts and marks, or only on request and with a question mark."""


@dataclass(frozen=True, slots=True, order=True)
class Passage:
    """One sentence of a story: the story's id, its number among the passages, and where it stands.

    `text` are the characters from `start` to `end` of the body's paragraph `paragraph`, all counted from 0.
    """

    story: str
    index: int
    paragraph: int
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class PassagePair:
    """Two passages of two stories that tell the same, and how sure that is, from 0 to 1.

    `kind` is "quote" where both hold the same quotation; `differs` are then the words that differ, as written, the left first.
    """

    left: Passage
    right: Passage
    score: float
    band: Band
    kind: Literal["same", "quote"]
    differs: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Disagreement:
    """The same thing counted with two figures, each as it stands in its passage ("up to 30 ferries").

    `kind` says whether both may be true ("compatible"), whether a story that is stated to be later counts more of what can only
    grow ("update"), or neither ("differs").
    """

    left: Passage
    right: Passage
    left_number: str
    right_number: str
    score: float
    band: Band
    kind: Literal["differs", "update", "compatible"]


@dataclass(frozen=True, slots=True)
class QuotedSpeaker:
    """Somebody whose words stand in quotation marks: the name as written at its longest, and the passages, story by story."""

    name: str
    passages: tuple[Passage, ...]


@dataclass(frozen=True, slots=True)
class SharedPassage:
    """A passage and who tells it: the ids of the stories, the passage's own among them, in the order they were given.

    `outlets` counts independent ones: copies of a text and stories of one outlet count once. `first` is the story stated to be the
    earliest, None where that is not known. `others` are the passages that tell it in the other stories, the likest of each.
    """

    passage: Passage
    stories: tuple[str, ...]
    outlets: int
    first: str | None
    others: tuple[Passage, ...] = ()


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two to eight stories set side by side.

    `stories` are their ids as given. Everything else is in the order of the stories and of their passages. `pairs` holds the sure
    and the faint ones; `only` what one story alone tells, by story; `told` each passage that sure pairs tie to another, with who
    tells it; `copies` groups of stories that are one text.
    """

    stories: tuple[str, ...]
    passages: Mapping[str, tuple[Passage, ...]]
    pairs: tuple[PassagePair, ...]
    only: Mapping[str, tuple[Passage, ...]]
    numbers: tuple[Disagreement, ...]
    quoted: tuple[QuotedSpeaker, ...]
    told: tuple[SharedPassage, ...]
    copies: tuple[tuple[str, ...], ...]
