"""Readers of a segment for stock Whoosh: terms, postings, lengths and columns, all backed by arrays."""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import numpy as np
from whoosh import columns, matching
from whoosh.codec import base
from whoosh.reading import TermInfo, TermNotFound
from whoosh.util.numeric import byte_to_length

from reader.search.array_file import Array
from reader.search.segment_reader import MISSING, FieldPostings, SegmentReader


class TermsReader(base.TermsReader):  # type: ignore[misc]
    """Terms of a segment."""

    def __init__(self, leaf: SegmentReader) -> None:
        self.leaf = leaf

    def close(self) -> None:
        """Do nothing: the file stays mapped as long as any of its arrays is in use."""

    def __contains__(self, term: tuple[str, bytes]) -> bool:
        return self.leaf.postings(term[0]).find(term[1]) is not None

    def indexed_field_names(self) -> Iterator[str]:
        """Fields that have terms."""
        return self.leaf.fields()

    def cursor(self, field: str, kind: Any) -> Cursor:
        """Cursor over the terms of a field."""
        return Cursor(self.leaf.postings(field), kind.from_bytes)

    def terms(self) -> Iterator[tuple[str, bytes]]:
        """All terms of all fields."""
        return ((field, word) for field in self.leaf.fields() for word in self.leaf.postings(field).words())

    def terms_from(self, field: str, start: bytes) -> Iterator[tuple[str, bytes]]:
        """Terms from `start` on, in this field and the following ones."""
        first = self.leaf.postings(field).lower_bound(start)
        yield from ((field, word) for word in self.leaf.postings(field).words(first))
        yield from ((other, word) for other in self.leaf.fields() if other > field for word in self.leaf.postings(other).words())

    def items(self) -> Iterator[tuple[tuple[str, bytes], TermInfo]]:
        """All terms with their statistics."""
        return ((term, self.term_info(*term)) for term in self.terms())

    def items_from(self, field: str, start: bytes) -> Iterator[tuple[tuple[str, bytes], TermInfo]]:
        """Terms from `start` on with their statistics."""
        return ((term, self.term_info(*term)) for term in self.terms_from(field, start))

    def term_info(self, field: str, word: bytes) -> TermInfo:
        """Statistics of a term; raises Whoosh's `TermNotFound`."""
        ids, counts = self._of(field, word)
        codes = self.leaf.length_codes(field)[ids]
        return TermInfo(
            weight=float(counts.sum()),
            df=len(ids),
            minlength=_length(codes.min()),
            maxlength=_length(codes.max()),
            maxweight=float(counts.max()),
            minid=int(ids[0]),
            maxid=int(ids[-1]),
        )

    def frequency(self, field: str, word: bytes) -> float:
        """Occurrences of a term in the segment."""
        return float(self._of(field, word)[1].sum())

    def doc_frequency(self, field: str, word: bytes) -> int:
        """Number of documents that contain a term, including deleted ones."""
        postings = self.leaf.postings(field)
        number = postings.find(word)
        return 0 if number is None else postings.frequency(number)

    def matcher(self, field: str, word: bytes, format: Any, scorer: Any = None) -> Matcher:
        """Matcher over the postings of a term."""
        ids, counts = self._of(field, word)
        postings = self.leaf.postings(field)
        places = postings.positions(postings.lower_bound(word))
        return Matcher(ids, counts, places, format, scorer, (field, word), self.term_info(field, word))

    def _of(self, field: str, word: bytes) -> tuple[Array, Array]:
        postings = self.leaf.postings(field)
        number = postings.find(word)
        if number is None:
            raise TermNotFound(f"no term {field}:{word!r}")
        return postings.posting_list(number)


class Matcher(matching.ListMatcher):  # type: ignore[misc]
    """Matcher over the postings of a term; positions are decoded on demand."""

    def __init__(
        self, ids: Array, counts: Array, places: Array, format: Any, scorer: Any, term: tuple[str, bytes], info: TermInfo
    ) -> None:
        super().__init__(ids.tolist(), counts.astype(float).tolist(), None, format, scorer, term=term, terminfo=info)
        self._positions, self._ends = places, np.cumsum(counts, dtype=np.int64)

    def copy(self) -> Matcher:
        """Copy at the same position."""
        return copy.copy(self)

    def spans(self) -> list[Any]:
        """Spans of the term in the current document."""
        from whoosh.query.spans import Span

        return [Span(place) for place in self._here()]

    def value_as(self, astype: str) -> Any:
        """Posting of the current document in the given form."""
        here = self._here()
        return {"positions": here, "frequency": len(here), "weight": self.weight()}[astype]

    def value(self) -> bytes:
        """Posting of the current document in Whoosh's encoding."""
        encoded: bytes = self._format.encode(self._here()) if len(self._positions) else b""
        return encoded

    def _here(self) -> list[int]:
        end = int(self._ends[self._i])
        return [int(place) for place in self._positions[end - int(self._weights[self._i]) : end]]


class Cursor(base.FieldCursor):  # type: ignore[misc]
    """Cursor over the terms of a field, for Whoosh's fuzzy queries."""

    def __init__(self, postings: FieldPostings, decode: Callable[[bytes], str]) -> None:
        self._postings, self._decode, self._at = postings, decode, 0

    def first(self) -> str | None:
        """Move to the first term."""
        self._at = 0
        return self.text()

    def find(self, word: str | bytes) -> str | None:
        """Move to the first term that is equal or greater."""
        self._at = self._postings.lower_bound(word.encode() if isinstance(word, str) else word)
        return self.text()

    def next(self) -> str | None:
        """Move to the next term."""
        self._at += 1
        return self.text()

    def text(self) -> str | None:
        """Current term, None past the end."""
        return self._decode(self._postings.word(self._at)) if self.is_valid() else None

    def is_valid(self) -> bool:
        """Whether the cursor is at a term."""
        return self._at < len(self._postings)


class DocumentReader(base.PerDocumentReader):  # type: ignore[misc]
    """Lengths and columns of each document; texts are not stored."""

    def __init__(self, leaf: SegmentReader, deleted: frozenset[int], lengths: Mapping[str, int]) -> None:
        self._leaf, self._deleted, self._lengths = leaf, deleted, lengths

    def doc_count(self) -> int:
        """Number of documents that are not deleted."""
        return self._leaf.count - len(self._deleted)

    def doc_count_all(self) -> int:
        """Number of documents, including deleted ones."""
        return self._leaf.count

    def has_deletions(self) -> bool:
        """Whether any document is deleted."""
        return bool(self._deleted)

    def is_deleted(self, number: int) -> bool:
        """Whether a document is deleted."""
        return number in self._deleted

    def deleted_docs(self) -> frozenset[int]:
        """Deleted documents."""
        return self._deleted

    def stored_fields(self, number: int) -> dict[str, Any]:
        """Nothing: the store has all fields."""
        return {}

    def doc_field_length(self, number: int, field: str, default: int = 0) -> int:
        """Number of terms of a field in a document, as precise as Whoosh's length codes."""
        return _length(self._leaf.length_codes(field)[number]) or default

    def field_length(self, field: str) -> int:
        """Number of terms of a field in all documents."""
        return self._lengths.get(field, 0)

    def min_field_length(self, field: str) -> int:
        """Smallest field length."""
        return _length(self._leaf.length_codes(field).min(initial=255))

    def max_field_length(self, field: str) -> int:
        """Largest field length."""
        return _length(self._leaf.length_codes(field).max(initial=0))

    def has_column(self, field: str) -> bool:
        """Whether a field has a column."""
        return self._leaf.has_column(field)

    def column_reader(self, field: str, column: Any) -> ColumnReader:
        """Reader of a field's column."""
        return ColumnReader(self._leaf, field, column)


class ColumnReader(columns.ColumnReader):  # type: ignore[misc]
    """A column in the form that Whoosh sorts by: signed numbers are shifted to unsigned ones."""

    def __init__(self, leaf: SegmentReader, field: str, column: Any) -> None:
        width = {"I": 32, "Q": 64}.get(column._typecode)
        shift = 1 << (width - 1) if width else 0
        self._numbers = [column._default if number == MISSING else number + shift for number in leaf.column(field).tolist()]

    def __len__(self) -> int:
        return len(self._numbers)

    def __getitem__(self, number: int) -> int:
        return int(self._numbers[number])

    def __iter__(self) -> Iterator[int]:
        return iter(self._numbers)

    def load(self) -> list[int]:
        """All values."""
        return self._numbers


def _length(code: Any) -> int:
    return int(byte_to_length(int(code)))
