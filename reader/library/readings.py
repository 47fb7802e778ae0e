"""What is read in a thread's stories for its name, and how long that holds while the thread grows."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from reader.library.preparing import Prepared
from reader.threads.names import Name

_GROWTH = 2
"""How much a thread must have grown to be read for its name again; a small one is read with every story."""
_SMALL = 4


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read in a thread's stories: how many they were, the names it may have, and the words that hold it together."""

    stories: int
    names: list[Name]
    words: tuple[str, ...]

    def holds(self, stories: int) -> bool:
        """Whether it may stand for so many stories, these among them."""
        return self.stories > _SMALL and self.stories <= stories < _GROWTH * self.stories

    @classmethod
    def restored(cls, text: str) -> Reading:
        """A reading out of the text it was kept as."""
        stories, names, words = json.loads(text)
        return cls(stories, [Name(*name) for name in names], tuple(words))

    def kept(self) -> str:
        """As text, for keeping."""
        return json.dumps([self.stories, self.names, self.words])


def held(stories: Sequence[str], known: Sequence[Reading], alone: Mapping[str, Prepared]) -> Reading | None:
    """What is read already of a thread of these stories: the story's own, where it stands alone, or the largest part's."""
    if len(stories) == 1 and stories[0] in alone:
        return Reading(1, alone[stories[0]].names, alone[stories[0]].words)
    largest = max(known, key=lambda reading: reading.stories, default=None)
    return largest if largest and largest.holds(len(stories)) else None
