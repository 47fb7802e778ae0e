"""Where words stand one after another, for phrases and near words."""

from __future__ import annotations

from collections.abc import Sequence

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
    starts = _small(room - spans, int(room[-1]))
    ends, after, counts = starts[:0], np.zeros(0, bool), starts
    for step, number in enumerate(words):
        places, counts = _places(postings, number, documents, starts, len(lengths))
        after = _after(ends, places, slop, int(room[-1])) if step else np.ones(len(places), bool)
        ends = places[after]
    found: Array = np.logical_or.reduceat(after, np.cumsum(counts, dtype=np.int64) - counts)
    return found


def _small(numbers: Array, most: int) -> Array:
    return numbers.astype(np.int32) if most < 1 << 31 else numbers


def _after(ends: Array, places: Array, slop: int, room: int) -> Array:
    """Which places come after an end, by `slop` at most."""
    if not len(ends):
        return np.zeros(len(places), bool)
    if slop > _NEAR or room > _SPARSE * (len(ends) + len(places)):
        before = np.searchsorted(ends, places) - 1
        near: Array = (before >= 0) & (places - ends[before] <= slop)
        return near
    table = np.zeros(room, bool)
    for step in range(1, slop + 1):
        table[ends + step] = True
    return table[places]


def _places(postings: Postings, number: int, documents: Array, starts: Array, count: int) -> tuple[Array, Array]:
    """The places of a word in the documents laid end to end, in order, and how many each document has."""
    ids, counts = postings.of(number)
    positions = postings.positions(number)
    if len(documents) < len(ids):
        which = chosen(ids, documents, count)
        if which.dtype == bool:
            positions = positions[np.repeat(which, counts)]
            counts = counts[which]
        else:
            ends = np.cumsum(counts, dtype=np.int64)[which]
            counts = counts[which].astype(np.int64)
            positions = positions[np.repeat(ends - np.cumsum(counts), counts) + np.arange(int(counts.sum()))]
    return np.repeat(starts, counts) + positions, counts
