"""The evidence for the name of a thread, and how long it is valid while the thread grows."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from msgspec import Struct

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


class TitleEvidence(Struct, frozen=True):
    """The evidence from a thread's stories: their number, the kickers it may have, and the words that hold it together."""

    stories: int
    names: list[TitleCandidate]
    words: tuple[str, ...]

    def covers(self, stories: int) -> bool:
        """Whether it is still valid for so many stories that include these."""
        return self.stories > _SMALL and self.stories <= stories < _GROWTH * self.stories

    @classmethod
    def restored(cls, text: str) -> TitleEvidence:
        """Restore evidence from its stored form; raises `DamagedThreadsError`."""
        try:
            stories, names, words = json.loads(text)
            return cls(stories, [TitleCandidate(*name) for name in names], tuple(words))
        except (ValueError, TypeError) as error:
            raise DamagedThreadsError from error

    def stored(self) -> str:
        """Return the evidence as text, for storage."""
        return json.dumps([self.stories, self.names, self.words])


def reusable(stories: int, known: Sequence[TitleEvidence]) -> TitleEvidence | None:
    """Return the evidence of the largest part of a thread of so many stories, if it is valid for all of it."""
    largest = max(known, key=lambda reading: reading.stories, default=None)
    return largest if largest and largest.covers(stories) else None


def spread(stories: Sequence[str]) -> Sequence[str]:
    """Return the stories of a thread that are read for its name: all of a small one."""
    return stories[:: -(-len(stories) // READ) or 1]


def read_evidence(
    threads: Mapping[str, Sequence[str]], members: Mapping[str, Member], store: Store, workers: Callable[[], WorkerPool] | None
) -> Callable[[], Iterable[tuple[str, TitleEvidence]]]:
    """Start reading the stories of threads that are in the working set; the function returned waits for the evidence."""
    read = {id: spread([story for story in stories if story in members]) for id, stories in threads.items()}
    vectors = [[members[story].vector for story in stories] for stories in read.values()]
    told = [[*store.stories.texts(stories).values()] for stories in read.values()]
    come = read_threads(list(zip(told, vectors, strict=True)), workers)
    return lambda: [(id, TitleEvidence(len(threads[id]), *each)) for id, each in zip(read, come(), strict=True)]
