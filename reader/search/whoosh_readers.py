"""What stock Whoosh reads of a segment: words, documents one by one, lengths and columns, all out of arrays."""

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
from reader.search.segment_reader import MISSING, PostingList, SegmentReader


class TermsReader(base.TermsReader):  # type: ignore[misc]
    """The words of a segment."""

    def __init__(self, leaf: SegmentReader) -> None:
        self.leaf = leaf

    def close(self) -> None:
        """Nothing: the file stays mapped for as long as anybody looks at its arrays."""

    def __contains__(self, term: tuple[str, bytes]) -> bool:
        return self.leaf.postings(term[0]).find(term[1]) is not None

    def indexed_field_names(self) -> Iterator[str]:
        """The fields that have words."""
        return self.leaf.fields()

    def cursor(self, field: str, kind: Any) -> Cursor:
        """Steps through the words of a field."""
        return Cursor(self.leaf.postings(field), kind.from_bytes)

    def terms(self) -> Iterator[tuple[str, bytes]]:
        """All words of all fields."""
        return ((field, word) for field in self.leaf.fields() for word in self.leaf.postings(field).words())

    def terms_from(self, field: str, start: bytes) -> Iterator[tuple[str, bytes]]:
        """The words from one on, in its field and those behind it."""
        first = self.leaf.postings(field).after(start)
        yield from ((field, word) for word in self.leaf.postings(field).words(first))
        yield from ((other, word) for other in self.leaf.fields() if other > field for word in self.leaf.postings(other).words())

    def items(self) -> Iterator[tuple[tuple[str, bytes], TermInfo]]:
        """All words and what is known of each."""
        return ((term, self.term_info(*term)) for term in self.terms())

    def items_from(self, field: str, start: bytes) -> Iterator[tuple[tuple[str, bytes], TermInfo]]:
        """The same from a word on."""
        return ((term, self.term_info(*term)) for term in self.terms_from(field, start))

    def term_info(self, field: str, word: bytes) -> TermInfo:
        """How often a word stands where; raises Whoosh's TermNotFound."""
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
        """How often a word stands in the segment."""
        return float(self._of(field, word)[1].sum())

    def doc_frequency(self, field: str, word: bytes) -> int:
        """In how many documents, deleted or not."""
        postings = self.leaf.postings(field)
        number = postings.find(word)
        return 0 if number is None else postings.frequency(number)

    def matcher(self, field: str, word: bytes, format: Any, scorer: Any = None) -> Matcher:
        """The documents of a word one by one, as stock queries want them."""
        ids, counts = self._of(field, word)
        postings = self.leaf.postings(field)
        places = postings.positions(postings.after(word))
        return Matcher(ids, counts, places, format, scorer, (field, word), self.term_info(field, word))

    def _of(self, field: str, word: bytes) -> tuple[Array, Array]:
        postings = self.leaf.postings(field)
        number = postings.find(word)
        if number is None:
            raise TermNotFound(f"no term {field}:{word!r}")
        return postings.of(number)


class Matcher(matching.ListMatcher):  # type: ignore[misc]
    """A word's documents; positions are read only where somebody asks for them."""

    def __init__(
        self, ids: Array, counts: Array, places: Array, format: Any, scorer: Any, term: tuple[str, bytes], info: TermInfo
    ) -> None:
        super().__init__(ids.tolist(), counts.astype(float).tolist(), None, format, scorer, term=term, terminfo=info)
        self._places, self._ends = places, np.cumsum(counts, dtype=np.int64)

    def copy(self) -> Matcher:
        """Another at the same place."""
        return copy.copy(self)

    def spans(self) -> list[Any]:
        """Where the word stands in the document it is at."""
        from whoosh.query.spans import Span

        return [Span(place) for place in self._here()]

    def value_as(self, astype: str) -> Any:
        """What is kept of the word in the document it is at."""
        here = self._here()
        return {"positions": here, "frequency": len(here), "weight": self.weight()}[astype]

    def value(self) -> bytes:
        """The same in Whoosh's own form."""
        encoded: bytes = self._format.encode(self._here()) if len(self._places) else b""
        return encoded

    def _here(self) -> list[int]:
        end = int(self._ends[self._i])
        return [int(place) for place in self._places[end - int(self._weights[self._i]) : end]]


class Cursor(base.FieldCursor):  # type: ignore[misc]
    """Steps through the words of a field, for Whoosh's fuzzy queries."""

    def __init__(self, postings: PostingList, decode: Callable[[bytes], str]) -> None:
        self._postings, self._decode, self._at = postings, decode, 0

    def first(self) -> str | None:
        """To the first word."""
        self._at = 0
        return self.text()

    def find(self, word: str | bytes) -> str | None:
        """To the first word that is this one or comes after it."""
        self._at = self._postings.after(word.encode() if isinstance(word, str) else word)
        return self.text()

    def next(self) -> str | None:
        """To the next word."""
        self._at += 1
        return self.text()

    def text(self) -> str | None:
        """The word it is at, None behind the last."""
        return self._decode(self._postings.word(self._at)) if self.is_valid() else None

    def is_valid(self) -> bool:
        """Whether it is at a word."""
        return self._at < len(self._postings)


class DocumentReader(base.PerDocumentReader):  # type: ignore[misc]
    """What is kept of each document: lengths and columns. No text is."""

    def __init__(self, leaf: SegmentReader, deleted: frozenset[int], lengths: Mapping[str, int]) -> None:
        self._leaf, self._deleted, self._lengths = leaf, deleted, lengths

    def doc_count(self) -> int:
        """Documents that are not deleted."""
        return self._leaf.count - len(self._deleted)

    def doc_count_all(self) -> int:
        """All documents."""
        return self._leaf.count

    def has_deletions(self) -> bool:
        """Whether any is deleted."""
        return bool(self._deleted)

    def is_deleted(self, number: int) -> bool:
        """Whether one is."""
        return number in self._deleted

    def deleted_docs(self) -> frozenset[int]:
        """Those that are."""
        return self._deleted

    def stored_fields(self, number: int) -> dict[str, Any]:
        """Nothing: the store has it."""
        return {}

    def doc_field_length(self, number: int, field: str, default: int = 0) -> int:
        """How many terms a document has in a field, as exactly as Whoosh keeps it."""
        return _length(self._leaf.length_codes(field)[number]) or default

    def field_length(self, field: str) -> int:
        """How many terms all documents have in a field."""
        return self._lengths.get(field, 0)

    def min_field_length(self, field: str) -> int:
        """The fewest."""
        return _length(self._leaf.length_codes(field).min(initial=255))

    def max_field_length(self, field: str) -> int:
        """The most."""
        return _length(self._leaf.length_codes(field).max(initial=0))

    def has_column(self, field: str) -> bool:
        """Whether a field's numbers are kept."""
        return self._leaf.has_column(field)

    def column_reader(self, field: str, column: Any) -> ColumnReader:
        """A field's numbers."""
        return ColumnReader(self._leaf, field, column)


class ColumnReader(columns.ColumnReader):  # type: ignore[misc]
    """A field's numbers in the form in which Whoosh sorts them: those with a sign are moved up by half of their range."""

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
        """All of them."""
        return self._numbers


def _length(code: Any) -> int:
    """The length that a byte stands for."""
    return int(byte_to_length(int(code)))
