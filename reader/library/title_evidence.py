"""What is read in a thread's stories for its name, and how long that holds while the thread grows."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from reader.clustering.titles.candidates import TitleCandidate
from reader.errors import DamagedThreadsError
from reader.library.feature_extraction import read_threads

if TYPE_CHECKING:
    from reader.clustering.cluster import Member
    from reader.library.worker_pool import WorkerPool
    from reader.storage.store import Store

READ = 8
"""Stories of a large thread that are read for its name, spread over it."""
_GROWTH = 2
"""How much a thread must have grown to be read for its name again; a small one is read with every story."""
_SMALL = 4


@dataclass(frozen=True, slots=True)
class TitleEvidence:
    """What was read in a thread's stories: how many they were, the names it may have, and the words that hold it together."""

    stories: int
    names: list[TitleCandidate]
    words: tuple[str, ...]

    def holds(self, stories: int) -> bool:
        """Whether it may stand for so many stories, these among them."""
        return self.stories > _SMALL and self.stories <= stories < _GROWTH * self.stories

    @classmethod
    def restored(cls, text: str) -> TitleEvidence:
        """Decode what `kept` encoded; raises `DamagedThreadsError`."""
        try:
            stories, names, words = json.loads(text)
            return cls(stories, [TitleCandidate(*name) for name in names], tuple(words))
        except (ValueError, TypeError) as error:
            raise DamagedThreadsError from error

    def kept(self) -> str:
        """As text, for keeping."""
        return json.dumps([self.stories, self.names, self.words])


def held(stories: int, known: Sequence[TitleEvidence]) -> TitleEvidence | None:
    """What is read already of a thread of so many stories: what was read of the largest of its parts."""
    largest = max(known, key=lambda reading: reading.stories, default=None)
    return largest if largest and largest.holds(stories) else None


def spread(stories: Sequence[str]) -> Sequence[str]:
    """Those of a thread's stories that are read for its name: all of a small one."""
    return stories[:: -(-len(stories) // READ) or 1]


def read_awake(
    threads: Mapping[str, Sequence[str]], members: Mapping[str, Member], store: Store, workers: Callable[[], WorkerPool] | None
) -> Callable[[], Iterable[tuple[str, TitleEvidence]]]:
    """Have those stories of threads read that are in the working set; what was read comes when it is called for."""
    read = {id: spread([story for story in stories if story in members]) for id, stories in threads.items()}
    vectors = [[members[story].vector for story in stories] for stories in read.values()]
    told = [[*store.stories.texts(stories).values()] for stories in read.values()]
    come = read_threads(list(zip(told, vectors, strict=True)), workers)
    return lambda: [(id, TitleEvidence(len(threads[id]), *each)) for id, each in zip(read, come(), strict=True)]
