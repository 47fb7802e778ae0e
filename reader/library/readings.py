"""What is read in a thread's stories for its name, and how long that holds while the thread grows."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass

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


def held(stories: int, known: Sequence[Reading]) -> Reading | None:
    """What is read already of a thread of so many stories: what was read of the largest of its parts."""
    largest = max(known, key=lambda reading: reading.stories, default=None)
    return largest if largest and largest.holds(stories) else None
