"""Word positions: phrases and proximity queries."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from msgspec import Struct

from reader.search.array_file import Array
from reader.search.segment_reader import FieldPostings

_TABLE_SLOP = 8
"""Slop up to which the allowed positions of the next word are marked in a table; larger ones use binary search."""

_SEARCH_RATIO = 50
"""Ratio of table size to positions above which binary search is faster."""

_LOOKUP_RATIO = 8
"""Ratio of a word's documents to candidates above which candidates are looked up one by one."""

_BLOCK = 8192
"""Candidates per block, small enough for the processor cache."""


def phrase_mask(postings: FieldPostings, words: Sequence[int], documents: Array, lengths: Array, slop: int) -> Array:
    """Mask of the documents in which these words occur in order; all documents must contain all words.

    Each word follows the previous one by at most `slop` positions. `lengths` is the number of terms of every document in the
    segment.
    """
    found = [_word_postings(postings, number) for number in words]
    spans = lengths[documents] + np.int64(slop + 1)
    longest = int(lengths.max(initial=0))
    masks = [np.empty(0, bool)]
    for start in range(0, len(documents), _BLOCK):
        part = slice(start, start + _BLOCK)
        masks.append(_block_mask(found, documents[part], spans[part], longest, slop))
    return np.concatenate(masks)


def _block_mask(words: Sequence[_WordPostings], documents: Array, spans: Array, longest: int, slop: int) -> Array:
    """Lay the documents end to end, with gaps so large that no word can follow another across a boundary."""
    bounds = spans.cumsum()
    layout = _Layout(documents, bounds - spans, int(bounds[-1]))
    offsets, ends, requested = layout.offsets(words[0])
    after = np.ones(len(offsets), bool)
    for word in words[1:]:
        before = offsets[after]
        offsets, ends, requested = layout.offsets(word)
        after = _following(before, offsets, slop, layout.end, layout.end + longest)
    so_far = after.cumsum()[ends - 1]
    found: Array = so_far > 0
    found[1:] = so_far[1:] > so_far[:-1]
    return found if requested is None else found[requested]


class _WordPostings(Struct, frozen=True):
    """Postings of one word: its documents, all positions in order, and the end of each document's positions."""

    ids: Array
    positions: Array
    ends: Array

    def between(self, first: int, last: int) -> _WordPostings:
        """Restrict to documents from `first` to `last`, inclusive."""
        begin, end = self.ids.searchsorted(np.array((first, last + 1), self.ids.dtype)).tolist()
        base = int(self.ends[begin - 1]) if begin else 0
        ends = self.ends[begin:end] - base
        return _WordPostings(self.ids[begin:end], self.positions[base : base + int(ends[-1])], ends)


def _word_postings(postings: FieldPostings, number: int) -> _WordPostings:
    ids, counts = postings.posting_list(number)
    return _WordPostings(ids, postings.positions(number), counts.cumsum(dtype=np.int64))


class _Layout(Struct, frozen=True):
    """Documents laid end to end: their start offsets, and an offset beyond all of them."""

    documents: Array
    starts: Array
    end: int

    def offsets(self, word: _WordPostings) -> tuple[Array, Array, Array | None]:
        """Offsets of a word in these documents, the end of each document's offsets, and a mask of the requested documents.

        The result may include other documents that contain the word, with offsets beyond all others. Without any, the mask is None.
        """
        first, last = int(self.documents[0]), int(self.documents[-1])
        word = word.between(first, last)
        if len(word.ids) == len(self.documents):
            return _shift(self.starts, word.ends, word.positions), word.ends, None
        if len(self.documents) * _LOOKUP_RATIO < len(word.ids):
            return self._few_offsets(word)
        table = np.full(last - first + 1, self.end)
        table[self.documents - first] = self.starts
        starts = table[word.ids.astype(np.int64) - first]
        return _shift(starts, word.ends, word.positions), word.ends, starts < self.end

    def _few_offsets(self, word: _WordPostings) -> tuple[Array, Array, None]:
        """The same by lookup, for few candidates."""
        which = word.ids.searchsorted(self.documents.astype(word.ids.dtype))
        counts = word.ends[which] - np.where(which, word.ends[which - 1], 0)
        ends = counts.cumsum()
        positions = word.positions[_shift(word.ends[which] - ends, ends, np.arange(ends[-1]))]
        return _shift(self.starts, ends, positions), ends, None


def _shift(starts: Array, ends: Array, positions: Array) -> Array:
    """Positions shifted by the starts of their documents, each run up to one of `ends`; faster than `np.repeat`."""
    offsets = np.zeros(len(positions), np.int64)
    offsets[0] = starts[0]
    offsets[ends[:-1]] = starts[1:] - starts[:-1]
    np.cumsum(offsets, out=offsets)
    offsets += positions
    return offsets


def _following(ends: Array, offsets: Array, slop: int, end: int, last: int) -> Array:
    """Mask of the offsets up to `last` that follow one of `ends` within `slop`; undefined beyond all documents."""
    if slop > _TABLE_SLOP or end > _SEARCH_RATIO * (len(ends) + len(offsets)):
        ends = ends[ends < end]  # offsets beyond all documents are unsorted
        if not len(ends):
            return np.zeros(len(offsets), bool)
        before = np.searchsorted(ends, offsets) - 1
        near: Array = (before >= 0) & (offsets - ends[before] <= slop)
        return near
    table = np.zeros(last + slop + 1, bool)
    for step in range(1, slop + 1):
        table[step:][ends] = True
    return table[offsets]
