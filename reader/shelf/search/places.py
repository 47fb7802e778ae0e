"""Where words stand one after another, for phrases and near words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from reader.shelf.search.arrays import Array
from reader.shelf.search.hits import chosen
from reader.shelf.search.leaf import Postings

_NEAR = 8
"""Positions up to which every place that a next word may take is marked; farther ones are looked for by halving."""

_SPARSE = 50
"""Places there are for each one that a word takes, from which halving is quicker too."""


def follow(postings: Postings, words: Sequence[int], documents: Array, lengths: Array, slop: int) -> Array:
    """Which of these documents, all of which hold all of the words, hold them in this order, as a mask.

    Each word stands after the one before it, by `slop` positions at most. `lengths` are the terms of every document there is. The
    documents are laid end to end, with so much room between them that no word follows another over their ends.
    """
    spans = lengths[documents].astype(np.int64) + (slop + 1)
    room = np.cumsum(spans)
    starts, beyond = room - spans, int(room[-1])
    last = beyond + int(lengths.max())
    ends: Array = starts[:0]
    for step, number in enumerate(words):
        row = _row(postings, number, documents, starts, beyond, len(lengths))
        after = _after(ends, row.places, slop, beyond, last) if step else np.ones(len(row.places), bool)
        if step == len(words) - 1:
            return row.held(after)
        ends = row.places[after] if step else row.places
    return np.ones(len(documents), bool)


@dataclass(frozen=True, slots=True)
class _Row:
    """The places of a word in documents laid end to end, or beyond them all where it stands in another document.

    `counts` are its places in each document that holds it; `chosen` tells which of these are the documents asked, None: all.
    """

    places: Array
    counts: Array
    chosen: Array | None

    def held(self, which: Array) -> Array:
        """The documents asked that hold any of these places, as a mask."""
        so_far = np.cumsum(which, dtype=np.int64)[np.cumsum(self.counts, dtype=np.int64) - 1]
        found: Array = np.diff(so_far, prepend=0) > 0
        return found if self.chosen is None else found[self.chosen]


def _row(postings: Postings, number: int, documents: Array, starts: Array, beyond: int, count: int) -> _Row:
    ids, counts = postings.of(number)
    positions = postings.positions(number)
    which = chosen(ids, documents, count) if len(documents) < len(ids) else None
    if which is None:
        return _Row(_laid(starts, counts, positions), counts, None)
    if which.dtype == bool:  # most of its documents: those not asked are put beyond all others
        laid = np.full(len(ids), beyond, starts.dtype)
        laid[which] = starts
        return _Row(_laid(laid, counts, positions), counts, which)
    ends = np.cumsum(counts, dtype=np.int64)[which]
    counts = counts[which].astype(np.int64)
    picked = positions[_laid(ends - np.cumsum(counts), counts, np.arange(int(counts.sum())))]
    return _Row(_laid(starts, counts, picked), counts, None)


def _laid(starts: Array, counts: Array, positions: Array) -> Array:
    """Positions moved to where their documents start, each of which has so many: a quicker `repeat(starts, counts) + positions`."""
    places = np.zeros(len(positions), np.int64)
    places[np.cumsum(counts, dtype=np.int64) - counts] = np.diff(starts, prepend=0)
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
    marked = ends.copy()
    for _ in range(slop):
        marked += 1
        table[marked] = True
    return table[places]
