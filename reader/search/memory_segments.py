"""Stories that are found before they are committed: small segments in memory, behind those on disk.

They are segments like any other, with the same words and the same say in the scores. Older copies of their stories, on disk or in
memory, are taken out for as long as they are there.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from reader.search import index_writer
from reader.search.index_directory import NAME, IndexStorage
from reader.search.schema import number
from reader.search.segment_codec import Segment
from reader.storage.change_log import StoryChange
from reader.storage.store import Store

MOST = 500
"""Changes that are taken into memory; more than these wait for the next commit, which is then under way."""


@dataclass(frozen=True, slots=True)
class _Part:
    """Changes up to the last: the segment of the stories they left, and the numbers of all they touched."""

    last: int
    segment: Segment
    touched: tuple[int, ...]


class MemorySegments:
    """What the store's log says beyond what an index on disk has seen."""

    def __init__(self) -> None:
        self._parts: list[_Part] = []

    @property
    def seen(self) -> int:
        """The last change that is here, 0 where none is."""
        return self._parts[-1].last if self._parts else 0

    def clear(self) -> None:
        """Forget all of them."""
        self._parts = []

    def drop(self, committed: int) -> None:
        """Forget what has been committed since."""
        self._parts = [part for part in self._parts if part.last > committed]

    def take(self, storage: IndexStorage, store: Store, committed: int) -> bool:
        """Take in the changes after those committed and those here, if there is room; whether there were any."""
        room = MOST - sum(len(part.touched) for part in self._parts)
        changes = store.log.since(max(committed, self.seen), room) if room > 0 else []
        if not changes:
            return False
        self._parts.append(_part(storage, store, changes))
        return True

    def over(self, storage: IndexStorage, segments: Sequence[Segment]) -> Iterator[Segment]:
        """All segments as they are to be asked, those on disk first."""
        found = [*segments, *(part.segment for part in self._parts)]
        for place, segment in enumerate(found):
            newer = self._parts[max(0, place + 1 - len(segments)) :]
            touched = {story for part in newer for story in part.touched}
            yield index_writer.without(storage, segment, touched)


def _part(storage: IndexStorage, store: Store, changes: Sequence[StoryChange]) -> _Part:
    segment = Segment(NAME, 0, {})
    leaf, segment.lengths = index_writer.fresh_leaf(
        store.stories.get_many([change.story for change in changes if not change.gone]), segment.segment_id()
    )
    segment.count = leaf.count
    storage.leaves[leaf.name] = leaf
    return _Part(changes[-1].seq, segment, tuple(number(change.story) for change in changes))
