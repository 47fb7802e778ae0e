"""One segment as arrays: its words in order, where each stands, and a column for each number that is asked for.

For each field `f` a file holds: `f.words` (the bytes of all words in order, UTF-8) and `f.starts` (where each begins); `f.at`
(where each word's postings begin), `f.ids` and `f.counts` (a posting: document and how often); `f.places` (the positions of all
postings in order) and `f.places_at` (where each word's begin); `f.lengths` (the terms each document has); for numbers `f.column`
(64 bits with sign, `MISSING` where a document has none).
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from functools import cached_property

import numpy as np
from whoosh.util.numeric import byte_to_length

from reader.search.array_file import Array, ArrayFile
from reader.text.word_families import begin, forms, is_kin

SHIFT = 32
"""A place is a document's number shifted by so many bits, and a position in it."""

MISSING = -(1 << 63)
"""What stands in a column for no number."""

_STEP = 16
"""Words from one that is at hand to the next."""

_LENGTHS: Array = np.array([byte_to_length(code) for code in range(256)], np.int64)
"""Whoosh keeps a field's length as one byte: these are the lengths that there are."""

_CODES: Array = np.searchsorted(_LENGTHS, np.arange(_LENGTHS[-1] + 1)).astype(np.uint8)
"""The byte of each length."""


class PostingList:
    """The words of one field in a segment, and where they stand. Words are known by their number in the order of their bytes."""

    def __init__(self, arrays: ArrayFile, field: str) -> None:
        self._blob = arrays[f"{field}.words"].data
        self.starts = arrays[f"{field}.starts"]
        self.at = arrays[f"{field}.at"]
        self.ids = arrays[f"{field}.ids"]
        self.counts = arrays[f"{field}.counts"]
        self._count = max(0, len(self.starts) - 1)
        self._families: dict[str, list[str]] = {}
        self._places, self.places_at = arrays[f"{field}.places"], arrays[f"{field}.places_at"]

    def __len__(self) -> int:
        return self._count

    def word(self, number: int) -> bytes:
        """A word by its number."""
        return bytes(self._blob[self.starts.item(number) : self.starts.item(number + 1)])

    def words(self, first: int = 0, last: int | None = None) -> list[bytes]:
        """The words from number `first` to before `last`."""
        starts = self.starts[first : (len(self) if last is None else last) + 1]
        if len(starts) < 2:
            return []
        blob = bytes(self._blob[starts.item(0) : starts.item(-1)])
        places = (starts - starts[0]).tolist()
        return list(map(blob.__getitem__, map(slice, places, places[1:])))

    def find(self, word: bytes) -> int | None:
        """The number of a word, None if it stands nowhere."""
        number = self.after(word)
        return number if number < self._count and self.word(number) == word else None

    def after(self, word: bytes) -> int:
        """The number of the first word that is this one or comes after it."""
        step = bisect_left(self._heads, word)
        return bisect_left(range(self._count), word, max(0, step - 1) * _STEP, min(step * _STEP, self._count), key=self.word)

    def beginning(self, start: bytes) -> tuple[int, int]:
        """The numbers of the words that begin so: the first, and the one after the last."""
        first = self.after(start)
        return first, self.after(start + b"\xff")

    def kin(self, word: str) -> list[str]:
        """The words of a word's family that stand here."""
        if word not in self._families:
            likely = [other.decode() for other in self.words(*self.beginning(begin(word).encode()))]
            irregular = [form for form in forms(word) if self.find(form.encode()) is not None]
            self._families[word] = irregular + [other for other in likely if is_kin(word, other)]
        return self._families[word]

    def documents(self, first: int, last: int) -> Array:
        """The documents of the words from `first` to before `last`, word by word; a document may come more than once."""
        return self.ids[self.at[first] : self.at[last]] if last > first else self.ids[:0]

    def frequency(self, number: int) -> int:
        """In how many documents a word stands."""
        return int(self.at.item(number + 1) - self.at.item(number))

    def of(self, number: int) -> tuple[Array, Array]:
        """The documents that hold a word in order, and how often each does."""
        span = slice(self.at.item(number), self.at.item(number + 1))
        return self.ids[span], self.counts[span]

    def positions(self, number: int) -> Array:
        """The positions of a word in all its documents, in their order; as many as its counts say."""
        return self._places[self.places_at.item(number) : self.places_at.item(number + 1)] if len(self._places) else self._places

    @cached_property
    def _heads(self) -> list[bytes]:
        """Every so manieth word: where to look for a word without cutting out many."""
        blob, starts, ends = bytes(self._blob), self.starts[:-1:_STEP].tolist(), self.starts[1::_STEP].tolist()
        return [blob[start:end] for start, end in zip(starts, ends, strict=True)]

    @property
    def all_positions(self) -> Array:
        """The positions of all words in their order."""
        return self._places

    def places(self, number: int) -> Array:
        """Where a word stands, in order (see `SHIFT`); nowhere in a field without positions."""
        ids, counts = self.of(number)
        if not len(self._places):
            return np.empty(0, np.int64)
        return (np.repeat(ids.astype(np.int64), counts) << SHIFT) | self.positions(number)


class SegmentReader:
    """One segment: `count` documents, whether deleted or not."""

    def __init__(self, arrays: ArrayFile, count: int, name: str) -> None:
        self.arrays, self.count, self.name = arrays, count, name
        self._fields: dict[str, PostingList] = {}
        self._columns: dict[str, Array] = {}

    def postings(self, field: str) -> PostingList:
        """The words of a field."""
        if field not in self._fields:
            self._fields[field] = PostingList(self.arrays, field)
        return self._fields[field]

    def column(self, field: str) -> Array:
        """A field's number for each document; `MISSING` where there is none."""
        if field not in self._columns:
            found = self.arrays[f"{field}.column"]
            self._columns[field] = found if len(found) else np.full(self.count, MISSING)
        return self._columns[field]

    def has_column(self, field: str) -> bool:
        """Whether the field is kept as a column."""
        return f"{field}.column" in self.arrays

    def lengths(self, field: str) -> Array:
        """How many terms each document has in a field."""
        found = self.arrays[f"{field}.lengths"]
        return found if len(found) else np.zeros(self.count, np.uint8)

    def length_codes(self, field: str) -> Array:
        """The same as bytes, as Whoosh keeps them (`whoosh.util.numeric.length_to_byte`)."""
        key = f"{field}.codes"
        if key not in self._columns:
            self._columns[key] = _CODES[np.minimum(self.lengths(field), _LENGTHS[-1])]
        return self._columns[key]

    def fields(self) -> Iterator[str]:
        """The fields that have words."""
        return iter(self._worded)

    @cached_property
    def _worded(self) -> list[str]:
        return sorted(name.removesuffix(".words") for name in self.arrays.names() if name.endswith(".words"))
