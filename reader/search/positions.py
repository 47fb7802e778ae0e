"""Where words stand one after another, for phrases and near words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from reader.search.array_file import Array
from reader.search.segment_reader import PostingList

_NEAR = 8
"""Positions up to which every place that a next word may take is marked; farther ones are looked for by halving."""

_SPARSE = 50
"""Places there are for each one that a word takes, from which halving is quicker too."""


_STEEP = 8
"""By so many times a word may stand in more documents than are asked before they are looked up one by one."""

_AT_ONCE = 8192
"""Documents looked through at once, so that what is made of them stays near the processor."""


def follow(postings: PostingList, words: Sequence[int], documents: Array, lengths: Array, slop: int) -> Array:
    """Which of these documents, all of which hold all of the words, hold them in this order, as a mask.

    Each word stands after the one before it, by `slop` positions at most. `lengths` are the terms of every document there is.
    """
    found = [_word(postings, number) for number in words]
    spans = lengths[documents] + np.int64(slop + 1)
    longest = int(lengths.max(initial=0))
    masks = [np.empty(0, bool)]
    for start in range(0, len(documents), _AT_ONCE):
        part = slice(start, start + _AT_ONCE)
        masks.append(_follow(found, documents[part], spans[part], longest, slop))
    return np.concatenate(masks)


def _follow(words: Sequence[_Word], documents: Array, spans: Array, longest: int, slop: int) -> Array:
    """The documents are laid end to end, with so much room between them that no word follows another over their ends."""
    room = spans.cumsum()
    row = _Row(documents, room - spans, int(room[-1]))
    places, ends, asked = row.laid(words[0])
    after = np.ones(len(places), bool)
    for word in words[1:]:
        before = places[after]
        places, ends, asked = row.laid(word)
        after = _after(before, places, slop, row.beyond, row.beyond + longest)
    so_far = after.cumsum()[ends - 1]
    found: Array = so_far > 0
    found[1:] = so_far[1:] > so_far[:-1]
    return found if asked is None else found[asked]


@dataclass(frozen=True, slots=True)
class _Word:
    """The documents that hold a word, its positions in all of them, and where those of each end."""

    ids: Array
    positions: Array
    ends: Array

    def between(self, first: int, last: int) -> _Word:
        """The same of the documents from one to another."""
        begin, end = self.ids.searchsorted(np.array((first, last + 1), self.ids.dtype)).tolist()
        base = int(self.ends[begin - 1]) if begin else 0
        ends = self.ends[begin:end] - base
        return _Word(self.ids[begin:end], self.positions[base : base + int(ends[-1])], ends)


def _word(postings: PostingList, number: int) -> _Word:
    ids, counts = postings.of(number)
    return _Word(ids, postings.positions(number), counts.cumsum(dtype=np.int64))


@dataclass(frozen=True, slots=True)
class _Row:
    """Documents laid end to end: where each starts, and where there is room beyond them all."""

    documents: Array
    starts: Array
    beyond: int

    def laid(self, word: _Word) -> tuple[Array, Array, Array | None]:
        """The places of a word that all of them hold, and where those of each document end.

        There may be other documents with the word among them, whose places are beyond all: then a mask says which are asked.
        """
        first, last = int(self.documents[0]), int(self.documents[-1])
        word = word.between(first, last)
        if len(word.ids) == len(self.documents):
            return _laid(self.starts, word.ends, word.positions), word.ends, None
        if len(self.documents) * _STEEP < len(word.ids):
            return self._picked(word)
        table = np.full(last - first + 1, self.beyond)
        table[self.documents - first] = self.starts
        starts = table[word.ids.astype(np.int64) - first]
        return _laid(starts, word.ends, word.positions), word.ends, starts < self.beyond

    def _picked(self, word: _Word) -> tuple[Array, Array, None]:
        """The same where only few of the word's documents are asked."""
        which = word.ids.searchsorted(self.documents.astype(word.ids.dtype))
        counts = word.ends[which] - np.where(which, word.ends[which - 1], 0)
        ends = counts.cumsum()
        positions = word.positions[_laid(word.ends[which] - ends, ends, np.arange(ends[-1]))]
        return _laid(self.starts, ends, positions), ends, None


def _laid(starts: Array, ends: Array, positions: Array) -> Array:
    """Positions moved to where their documents start, those of each up to one of the ends; quicker than repeating each start."""
    places = np.zeros(len(positions), np.int64)
    places[0] = starts[0]
    places[ends[:-1]] = starts[1:] - starts[:-1]
    np.cumsum(places, out=places)
    places += positions
    return places


def _after(ends: Array, places: Array, slop: int, beyond: int, last: int) -> Array:
    """Which places, up to `last`, come after an end by `slop` at most; of those beyond all documents any may."""
    if slop > _NEAR or beyond > _SPARSE * (len(ends) + len(places)):
        ends = ends[ends < beyond]  # those beyond are in no order
        if not len(ends):
            return np.zeros(len(places), bool)
        before = np.searchsorted(ends, places) - 1
        near: Array = (before >= 0) & (places - ends[before] <= slop)
        return near
    table = np.zeros(last + slop + 1, bool)
    for step in range(1, slop + 1):
        table[step:][ends] = True
    return table[places]
