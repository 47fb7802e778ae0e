"""Where words stand one after another, for phrases and near words."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from reader.shelf.search.arrays import Array
from reader.shelf.search.leaf import SHIFT, Postings


def follow(words: Sequence[tuple[Postings, int]], documents: Array, slop: int) -> Array:
    """Where the last word of a row stands (see `SHIFT`) that begins anywhere in these documents, in order.

    Each word comes after the one before it, by `slop` positions at most. All of the words stand in all of the documents.
    """
    ends: Array | None = None
    for postings, number in words:
        places = _places(postings, number, documents)
        if ends is not None:
            before = np.searchsorted(ends, places) - 1
            places = places[(before >= 0) & (places - ends[before] <= slop)] if len(ends) else ends
        ends = places
    return np.empty(0, np.int64) if ends is None else ends


def _places(postings: Postings, number: int, documents: Array) -> Array:
    """The places of a word in documents that all hold it."""
    ids, counts = postings.of(number)
    if len(documents) == len(ids):
        return postings.places(number)
    ends = np.cumsum(counts, dtype=np.int64)
    which = np.searchsorted(ids, documents.astype(ids.dtype))
    chosen = counts[which].astype(np.int64)
    shifts = ends[which] - chosen - (np.cumsum(chosen) - chosen)
    from_ = np.repeat(shifts, chosen) + np.arange(int(chosen.sum()))
    return (np.repeat(documents.astype(np.int64), chosen) << SHIFT) | postings.positions(number)[from_]
