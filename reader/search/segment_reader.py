"""One segment as arrays: sorted terms, their postings, and a column for each numeric field.

For each field `f` a file holds: `f.words` (the UTF-8 bytes of all terms in order) and `f.starts` (where each begins); `f.at` (where
each term's postings begin), `f.ids` and `f.counts` (the postings: document and frequency); `f.places` (the positions of all
postings in order) and `f.places_at` (where each term's begin); `f.lengths` (number of terms per document); for numeric fields
`f.column` (signed 64 bits, `MISSING` if a document has no value).
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from functools import cached_property

import numpy as np
from whoosh.util.numeric import byte_to_length

from reader.search.array_file import Array, ArrayFile
from reader.text.word_families import family_prefix, foreign_prefix, irregular_forms, is_english, same_family, same_foreign_family

MISSING = -(1 << 63)
"""Marker in a column for no value."""

_INTERVAL = 16
"""Interval of the sampled words."""

_LENGTHS: Array = np.array([byte_to_length(code) for code in range(256)], np.int64)
"""Field lengths that Whoosh's one-byte codes can represent."""

_CODES: Array = np.searchsorted(_LENGTHS, np.arange(_LENGTHS[-1] + 1)).astype(np.uint8)
"""Code of each length."""


class FieldPostings:
    """Terms of one field in a segment, with their postings. Terms are numbered in byte order."""

    def __init__(self, arrays: ArrayFile, field: str) -> None:
        self._blob = arrays[f"{field}.words"].data
        self.word_starts = arrays[f"{field}.starts"]
        self.posting_starts = arrays[f"{field}.at"]
        self.ids = arrays[f"{field}.ids"]
        self.counts = arrays[f"{field}.counts"]
        self._count = max(0, len(self.word_starts) - 1)
        self._families: dict[str, list[str]] = {}
        self._positions, self.position_starts = arrays[f"{field}.places"], arrays[f"{field}.places_at"]

    def __len__(self) -> int:
        return self._count

    def word(self, number: int) -> bytes:
        """Term with this number."""
        return bytes(self._blob[self.word_starts.item(number) : self.word_starts.item(number + 1)])

    def words(self, first: int = 0, last: int | None = None) -> list[bytes]:
        """Terms from number `first` to before `last`."""
        starts = self.word_starts[first : (len(self) if last is None else last) + 1]
        if len(starts) < 2:
            return []
        blob = bytes(self._blob[starts.item(0) : starts.item(-1)])
        places = (starts - starts[0]).tolist()
        return list(map(blob.__getitem__, map(slice, places, places[1:])))

    def find(self, word: bytes) -> int | None:
        """Number of a term, None if it does not occur."""
        number = self.lower_bound(word)
        return number if number < self._count and self.word(number) == word else None

    def lower_bound(self, word: bytes) -> int:
        """Number of the first term that is equal or greater (lower bound)."""
        step = bisect_left(self._sampled_words, word)
        return bisect_left(
            range(self._count), word, max(0, step - 1) * _INTERVAL, min(step * _INTERVAL, self._count), key=self.word
        )

    def prefix_range(self, prefix: bytes) -> tuple[int, int]:
        """Range of the terms with a prefix: first number, and one past the last."""
        first = self.lower_bound(prefix)
        return first, self.lower_bound(prefix + b"\xff")

    def family(self, word: str, languages: frozenset[str] = frozenset()) -> list[str]:
        """Terms of a word's family that occur in this field, in English and the given languages."""
        if word not in self._families:
            likely = [other.decode() for other in self.words(*self.prefix_range(family_prefix(word).encode()))]
            irregular = [form for form in irregular_forms(word) if self.find(form.encode()) is not None]
            found = irregular + [other for other in likely if same_family(word, other)]
            if languages and not is_english(word):
                likely = [other.decode() for other in self.words(*self.prefix_range(foreign_prefix(word).encode()))]
                found += [other for other in likely if other not in found and same_foreign_family(word, other, languages)]
            self._families[word] = found
        return self._families[word]

    def documents(self, first: int, last: int) -> Array:
        """Documents of the terms from `first` to before `last`, term by term; a document may repeat."""
        return self.ids[self.posting_starts[first] : self.posting_starts[last]] if last > first else self.ids[:0]

    def frequency(self, number: int) -> int:
        """Document frequency of a term."""
        return int(self.posting_starts.item(number + 1) - self.posting_starts.item(number))

    def posting_list(self, number: int) -> tuple[Array, Array]:
        """Posting list of a term: sorted documents and the frequency in each."""
        span = slice(self.posting_starts.item(number), self.posting_starts.item(number + 1))
        return self.ids[span], self.counts[span]

    def positions(self, number: int) -> Array:
        """Positions of a term in all its documents, in order; their number is the sum of its frequencies."""
        if not len(self._positions):
            return self._positions
        return self._positions[self.position_starts.item(number) : self.position_starts.item(number + 1)]

    @cached_property
    def _sampled_words(self) -> list[bytes]:
        """Every `_INTERVAL`th term, for a first step of the binary search."""
        blob = bytes(self._blob)
        starts, ends = self.word_starts[:-1:_INTERVAL].tolist(), self.word_starts[1::_INTERVAL].tolist()
        return [blob[start:end] for start, end in zip(starts, ends, strict=True)]

    @property
    def all_positions(self) -> Array:
        """Positions of all terms in order."""
        return self._positions


class SegmentReader:
    """One segment of `count` documents, including deleted ones."""

    def __init__(self, arrays: ArrayFile, count: int, name: str) -> None:
        self.arrays, self.count, self.name = arrays, count, name
        self._fields: dict[str, FieldPostings] = {}
        self._columns: dict[str, Array] = {}

    def postings(self, field: str) -> FieldPostings:
        """Terms and postings of a field."""
        if field not in self._fields:
            self._fields[field] = FieldPostings(self.arrays, field)
        return self._fields[field]

    @cached_property
    def languages(self) -> frozenset[str]:
        """Languages of the stories, other than English."""
        found = np.unique(self.column("language")).tolist()
        return frozenset(int(number).to_bytes(2, "big").decode() for number in found if number != MISSING) - {"en"}

    def column(self, field: str) -> Array:
        """Values of a numeric field by document; `MISSING` where there is none."""
        if field not in self._columns:
            found = self.arrays[f"{field}.column"]
            self._columns[field] = found if len(found) else np.full(self.count, MISSING)
        return self._columns[field]

    def has_column(self, field: str) -> bool:
        """Whether the field has a column."""
        return f"{field}.column" in self.arrays

    def lengths(self, field: str) -> Array:
        """Number of terms of a field by document."""
        found = self.arrays[f"{field}.lengths"]
        return found if len(found) else np.zeros(self.count, np.uint8)

    def length_codes(self, field: str) -> Array:
        """Lengths as one-byte codes (`whoosh.util.numeric.length_to_byte`)."""
        key = f"{field}.codes"
        if key not in self._columns:
            self._columns[key] = _CODES[np.minimum(self.lengths(field), _LENGTHS[-1])]
        return self._columns[key]

    def fields(self) -> Iterator[str]:
        """Fields that have terms."""
        return iter(self._field_names)

    @cached_property
    def _field_names(self) -> list[str]:
        return sorted(name.removesuffix(".words") for name in self.arrays.names() if name.endswith(".words"))
