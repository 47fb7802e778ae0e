"""Stories that are searchable before they are committed: small segments in memory, after those on disk.

They are scored like all other segments. Older versions of their stories, on disk or in memory, are hidden meanwhile.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec import Struct

from reader.search import index_writer
from reader.search.index_directory import NAME, IndexStorage
from reader.search.schema import number
from reader.search.segment_codec import Segment
from reader.storage.change_log import StoryChange
from reader.storage.store import Store

MAX_CHANGES = 500
"""Maximum number of changes in memory; further ones wait for the commit in progress."""


class _Batch(Struct, frozen=True):
    """A batch of changes: the last sequence number, the segment of changed stories, and all story numbers affected."""

    last: int
    segment: Segment
    touched: tuple[int, ...]


class MemorySegments:
    """Changes of the store's log that the index on disk does not contain yet."""

    def __init__(self) -> None:
        self._batches: list[_Batch] = []

    @property
    def seen(self) -> int:
        """Last change in memory, 0 if there is none."""
        return self._batches[-1].last if self._batches else 0

    def clear(self) -> None:
        """Drop all batches."""
        self._batches = []

    def drop(self, committed: int) -> None:
        """Drop batches that are committed by now."""
        self._batches = [batch for batch in self._batches if batch.last > committed]

    def add(self, storage: IndexStorage, store: Store, committed: int) -> bool:
        """Add the changes after the committed ones and those in memory, as far as there is room; returns whether any were added."""
        room = MAX_CHANGES - sum(len(batch.touched) for batch in self._batches)
        changes = store.log.since(max(committed, self.seen), room) if room > 0 else []
        if not changes:
            return False
        self._batches.append(_batch(storage, store, changes))
        return True

    def combined_with(self, storage: IndexStorage, segments: Sequence[Segment]) -> Iterator[Segment]:
        """Segments to search: those on disk, then those in memory, without outdated documents."""
        combined = [*segments, *(batch.segment for batch in self._batches)]
        for index, segment in enumerate(combined):
            newer = self._batches[max(0, index + 1 - len(segments)) :]
            touched = {story for batch in newer for story in batch.touched}
            yield index_writer.delete_documents(storage, segment, touched)


def _batch(storage: IndexStorage, store: Store, changes: Sequence[StoryChange]) -> _Batch:
    segment = Segment(NAME, 0, {})
    leaf, segment.lengths = index_writer.memory_segment(
        store.stories.get_many([change.story for change in changes if not change.deleted]), segment.segment_id()
    )
    segment.count = leaf.count
    storage.leaves[leaf.name] = leaf
    return _Batch(changes[-1].seq, segment, tuple(number(change.story) for change in changes))
