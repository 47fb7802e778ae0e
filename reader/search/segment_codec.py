"""A segment of the index for Whoosh: a codec whose files are arrays.

Whoosh's own matchers, scorers and queries can read it, so stock Whoosh answers the same queries as our engine. Whoosh pickles
segments into its table of contents by module and class name: both must not change.
"""

from __future__ import annotations

import copy
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
from whoosh.codec import base

from reader.search.array_file import Array, open_mapped
from reader.search.segment_reader import SegmentReader
from reader.search.whoosh_readers import DocumentReader, TermsReader

EXTENSION = ".nla"


class Segment(base.Segment):  # type: ignore[misc] # Whoosh has no types
    """Entry in the table of contents: documents, deletions, and size and checksum of the file."""

    def __init__(self, name: str, count: int, lengths: dict[str, int], size: int = 0, checksum: int = 0) -> None:
        super().__init__(name)
        self.count, self.lengths, self.size, self.checksum = count, lengths, size, checksum
        self.gone = b""

    @property
    def file(self) -> str:
        """Name of the segment's file."""
        return str(self.make_filename(EXTENSION))

    def codec(self, **options: Any) -> Codec:
        """Codec that reads the segment."""
        return Codec()

    def deleted(self) -> Array:
        """Sorted numbers of the deleted documents."""
        return np.frombuffer(self.gone, np.uint32)

    def with_deleted(self, documents: Iterable[int]) -> Segment:
        """Return a copy with more documents deleted."""
        made = copy.copy(self)
        made.gone = np.union1d(self.deleted(), np.fromiter(documents, np.uint32)).astype(np.uint32).tobytes()
        return made

    # Whoosh's interface of a segment

    def doc_count_all(self) -> int:
        """Number of documents, including deleted ones."""
        return self.count

    def deleted_count(self) -> int:
        """Number of deleted documents."""
        return len(self.gone) // 4

    def deleted_docs(self) -> Iterator[int]:
        """Iterate over the deleted documents."""
        return iter(self.deleted().tolist())

    def is_deleted(self, number: int) -> bool:
        """Whether a document is deleted."""
        place = int(np.searchsorted(self.deleted(), number))
        return place < self.deleted_count() and int(self.deleted()[place]) == number


class Codec(base.Codec):  # type: ignore[misc]
    """Read side of the codec; `reader.search.index_writer` writes."""

    def terms_reader(self, storage: Any, segment: Segment) -> TermsReader:
        """Reader of the terms."""
        return TermsReader(leaf_of(storage, segment))

    def per_document_reader(self, storage: Any, segment: Segment) -> DocumentReader:
        """Reader of lengths and columns."""
        return DocumentReader(leaf_of(storage, segment), frozenset(segment.deleted_docs()), segment.lengths)

    def supports_columns(self) -> bool:
        """Numbers are stored as columns."""
        return True


def leaf_of(storage: Any, segment: Segment) -> SegmentReader:
    """Reader of a segment, opened once per storage."""
    leaves: dict[str, SegmentReader] = storage.leaves
    name = segment.segment_id()
    if name not in leaves:
        leaves[name] = SegmentReader(open_mapped(Path(storage.folder) / segment.file, segment.size), segment.count, name)
    return leaves[name]
