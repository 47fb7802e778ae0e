"""Merge of several segments into one without deleted documents: postings are copied in blocks, term by term."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain, compress

import numpy as np
from msgspec import Struct

from reader.search.array_file import Array, narrow
from reader.search.inverter import offsets, pack_terms
from reader.search.segment_reader import SegmentReader

_BLOCK = 1 << 20
"""Numbers copied at once, so that a merge needs little more memory than its result."""


class MergeInput(Struct, frozen=True):
    """A segment to merge: its reader, and a mask of the documents to keep."""

    leaf: SegmentReader
    kept: Array

    @property
    def count(self) -> int:
        """Number of documents kept."""
        return int(self.kept.sum())


def merge(parts: Sequence[MergeInput]) -> dict[str, Array]:
    """Arrays of one segment with the remaining documents of all inputs, in order."""
    starts = np.cumsum([0, *(part.count for part in parts)])
    made: dict[str, Array] = {}
    for field in sorted({field for part in parts for field in part.leaf.fields()}):
        made |= {f"{field}.{name}": array for name, array in _merge_field(parts, starts, field).items()}
    for name in sorted({name for part in parts for name in part.leaf.arrays.names()}):
        field, _, kind = name.rpartition(".")
        if kind == "column":
            made[name] = np.concatenate([part.leaf.column(field)[part.kept] for part in parts])
        elif kind == "lengths":
            made[name] = narrow(np.concatenate([part.leaf.lengths(field)[part.kept] for part in parts]))
    return made


def _with_starts(parts: Sequence[MergeInput], starts: Array) -> list[tuple[MergeInput, int]]:
    return list(zip(parts, starts[:-1].tolist(), strict=True))


class _Run(Struct):
    """Remaining postings of a field in one segment, by term; `words` maps its terms to the merged list, `numbers` its documents."""

    words: Array
    ids: Array
    numbers: Array
    counts: Array
    places: Array
    frequencies: Array
    positions: Array


def _merge_field(parts: Sequence[MergeInput], starts: Array, field: str) -> dict[str, Array]:
    listed = [part.leaf.postings(field).words() for part in parts]
    # every list is sorted already, which makes this fast
    words = list(dict.fromkeys(sorted(chain.from_iterable(listed))))
    numbers = dict(zip(words, range(len(words)), strict=True))
    runs = [
        _run(part, field, start, np.fromiter(map(numbers.__getitem__, own), np.int64, len(own)))
        for (part, start), own in zip(_with_starts(parts, starts), listed, strict=True)
    ]
    frequencies, positions = (np.zeros(len(words), np.int64) for _ in range(2))
    for run in runs:
        frequencies[run.words] += run.frequencies
        positions[run.words] += run.positions
    made = {
        "ids": _interleave([(run.words, run.frequencies, run.ids, run.numbers) for run in runs], frequencies),
        "counts": _interleave([(run.words, run.frequencies, run.counts, None) for run in runs], frequencies),
    }
    if positions.any():
        made["places"] = _interleave([(run.words, run.positions, run.places, None) for run in runs], positions)
        made["places_at"] = offsets(positions[frequencies > 0])
    kept = list(compress(words, frequencies.tolist()))
    return {**pack_terms(kept), "at": offsets(frequencies[frequencies > 0]), **made}


def _run(part: MergeInput, field: str, start: int, words: Array) -> _Run:
    postings = part.leaf.postings(field)
    at, placed_at = postings.posting_starts.astype(np.int64), postings.position_starts.astype(np.int64)
    number = (np.cumsum(part.kept) - 1 + start).astype(np.uint32)
    ids, counts, places = postings.ids, postings.counts, postings.all_positions
    if part.kept.all():
        positions = np.diff(placed_at) if len(places) else np.zeros(len(words), np.int64)
        return _Run(words, ids, number, counts, places, np.diff(at), positions)
    stays = part.kept[ids]
    positions = np.zeros(len(words), np.int64)
    if len(places):
        moves = np.repeat(stays, counts)
        positions = np.diff(np.concatenate(([0], np.cumsum(moves)))[placed_at])
        places = places[moves]
    frequencies = np.diff(np.concatenate(([0], np.cumsum(stays)))[at])
    return _Run(words, ids[stays], number, counts[stays], places, frequencies, positions)


def _interleave(runs: Sequence[tuple[Array, Array, Array, Array | None]], totals: Array) -> Array:
    """Interleave the numbers of several runs term by term, keeping the order of runs within each term.

    A run has its term numbers, the count of numbers per term, the numbers, and an optional array that maps them.
    """
    kind = np.result_type(np.uint8, *(numbers.dtype if instead is None else instead.dtype for _, _, numbers, instead in runs))
    made = np.empty(int(totals.sum()), kind)
    free = np.cumsum(totals) - totals
    for words, counts, numbers, instead in runs:
        begins = np.cumsum(counts) - counts
        shifts = free[words] - begins
        first = 0
        while first < len(words):  # blocks of about _AT_ONCE numbers, at least one term each
            last = max(first + 1, int(np.searchsorted(begins, begins[first] + _BLOCK)))
            span = slice(int(begins[first]), int(begins[last]) if last < len(words) else len(numbers))
            to = np.repeat(shifts[first:last], counts[first:last]) + np.arange(span.start, span.stop)
            made[to] = numbers[span] if instead is None else instead[numbers[span]]
            first = last
        free[words] += counts
    return narrow(made)
