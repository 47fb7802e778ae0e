"""A segment of the index as Whoosh knows it: a codec whose files are arrays.

All of Whoosh's own matchers, scorers and queries can read it, so what our engine answers by whole arrays stock Whoosh can answer
too. A list of segments is pickled into Whoosh's table of contents by the name of this module and class: both stay as they are.
"""

from __future__ import annotations

import copy
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
from whoosh.codec import base

from reader.search.array_file import Array, opened
from reader.search.segment_reader import SegmentReader
from reader.search.whoosh_readers import DocumentReader, TermsReader

EXTENSION = ".nla"


class Segment(base.Segment):  # type: ignore[misc] # Whoosh has no types
    """What the table of contents says of a segment: its documents, those deleted since, its file's size and checksum."""

    def __init__(self, name: str, count: int, lengths: dict[str, int], size: int = 0, checksum: int = 0) -> None:
        super().__init__(name)
        self.count, self.lengths, self.size, self.checksum = count, lengths, size, checksum
        self.gone = b""

    @property
    def file(self) -> str:
        """The name of its file."""
        return str(self.make_filename(EXTENSION))

    def codec(self, **options: Any) -> Codec:
        """How it is read."""
        return Codec()

    def deleted(self) -> Array:
        """The numbers of the documents that are deleted, in order."""
        return np.frombuffer(self.gone, np.uint32)

    def without(self, documents: Iterable[int]) -> Segment:
        """The same segment with more documents deleted."""
        made = copy.copy(self)
        made.gone = np.union1d(self.deleted(), np.fromiter(documents, np.uint32)).astype(np.uint32).tobytes()
        return made

    # What Whoosh asks of a segment

    def doc_count_all(self) -> int:
        """All documents, deleted or not."""
        return self.count

    def deleted_count(self) -> int:
        """How many are deleted."""
        return len(self.gone) // 4

    def deleted_docs(self) -> Iterator[int]:
        """Those that are."""
        return iter(self.deleted().tolist())

    def is_deleted(self, number: int) -> bool:
        """Whether one is."""
        place = int(np.searchsorted(self.deleted(), number))
        return place < self.deleted_count() and int(self.deleted()[place]) == number


class Codec(base.Codec):  # type: ignore[misc]
    """How Whoosh reads a segment; writing is `reader.search.index_writer`'s."""

    def terms_reader(self, storage: Any, segment: Segment) -> TermsReader:
        """Its words."""
        return TermsReader(leaf_of(storage, segment))

    def per_document_reader(self, storage: Any, segment: Segment) -> DocumentReader:
        """What is kept of each document."""
        return DocumentReader(leaf_of(storage, segment), frozenset(segment.deleted_docs()), segment.lengths)

    def supports_columns(self) -> bool:
        """Numbers are kept as columns."""
        return True


def leaf_of(storage: Any, segment: Segment) -> SegmentReader:
    """The arrays of a segment; one that a storage has opened before is not opened again."""
    leaves: dict[str, SegmentReader] = storage.leaves
    name = segment.segment_id()
    if name not in leaves:
        leaves[name] = SegmentReader(opened(Path(storage.folder) / segment.file, segment.size), segment.count, name)
    return leaves[name]
