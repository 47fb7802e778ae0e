"""Changes to the index: a segment for what is new, marks for what is gone, and merges that keep the segments few."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import Any

import numpy as np

from reader.models import Story
from reader.search import array_file
from reader.search.array_file import Array, ArrayFile
from reader.search.index_directory import NAME, IndexDirectory, IndexStorage
from reader.search.inverter import Inverter
from reader.search.schema import document, schema
from reader.search.segment_codec import Segment, leaf_of
from reader.search.segment_merger import MergeInput, merge
from reader.search.segment_reader import SegmentReader

WIDTH = 6
"""As many segments of about one size are merged into one."""

SMALL = 500
"""Documents below which a segment counts as no larger than any other so small."""

HOLLOW = 0.3
"""The share of deleted documents from which a segment is written anew."""


_MANY = 300
"""Stories from which looking at all numbers is quicker than looking each up."""


def inverted(stories: Iterable[Story]) -> Inverter:
    """The stories' arrays in the making."""
    inverter = Inverter(schema())
    for story in stories:
        inverter.add(document(story))
    return inverter


def fresh_leaf(stories: Iterable[Story], name: str) -> tuple[SegmentReader, dict[str, int]]:
    """Stories as a segment in memory, and how many terms each field has."""
    inverter = inverted(stories)
    made = inverter.arrays()
    return SegmentReader(ArrayFile(array_file.packed(made)), inverter.count, name), lengths_of(made)


def lengths_of(made: dict[str, Array]) -> dict[str, int]:
    """How many terms each field has in all documents."""
    return {name.removesuffix(".lengths"): int(array.sum()) for name, array in made.items() if name.endswith(".lengths")}


def written_segment(folder: IndexDirectory, made: dict[str, Array], count: int) -> Segment:
    """A segment of these arrays, its file written; nobody sees it before the next commit."""
    segment = Segment(NAME, count, lengths_of(made))
    segment.size, segment.checksum = array_file.write(folder.path / segment.file, made)
    return segment


def apply(folder: IndexDirectory, gone: Collection[int], new: Sequence[Segment], seen: int, *, most: int | None = None) -> None:
    """Commit segments after taking these stories (by number) out of all others; then merge what has grown too many.

    Merges of more than `most` documents are left for another time.
    """
    segments, _, generation = folder.read()
    segments = [without(folder.storage, segment, gone) for segment in segments] if gone else segments
    segments = [segment for segment in segments if segment.doc_count()] + [segment for segment in new if segment.count]
    for group in _groups(segments):
        if most is not None and sum(segment.count for segment in group) > most:
            continue
        place = segments.index(group[0])
        merged = _merged(folder, group)
        segments = [segment for segment in segments if segment not in group]
        segments[place:place] = [merged] if merged.count else []
    folder.commit(segments, seen, generation + 1)


def without(storage: IndexStorage, segment: Segment, gone: Collection[int]) -> Segment:
    """A segment with these stories (by number) deleted."""
    leaf = leaf_of(storage, segment)
    if len(gone) > _MANY:
        places = np.flatnonzero(np.isin(leaf.column("id"), np.fromiter(gone, np.int64, len(gone)))).tolist()
    else:
        field, ids = schema()["id"], leaf.postings("id")
        found = [place for one in gone if (place := ids.find(field.to_bytes(one))) is not None]
        places = [document for place in found for document in ids.of(place)[0].tolist()]
    return segment.without(places) if places else segment


def _groups(segments: Sequence[Segment]) -> list[list[Segment]]:
    """The segments to merge: as many of one size as `WIDTH`, or one that is hollow."""
    sizes: dict[int, list[Segment]] = {}
    for segment in segments:
        sizes.setdefault(_size(segment.doc_count()), []).append(segment)
    groups = [group for group in sizes.values() if len(group) >= WIDTH]
    taken = {id(segment) for group in groups for segment in group}
    groups += [[one] for one in segments if id(one) not in taken and one.deleted_count() > HOLLOW * one.count]
    return groups


def _size(documents: int) -> int:
    """The class of a segment: 0 for small ones, then one more for each `WIDTH` times as many documents."""
    size = 0
    while documents >= SMALL * WIDTH**size:
        size += 1
    return size


def _merged(folder: IndexDirectory, group: Sequence[Segment]) -> Segment:
    parts = []
    for segment in group:
        kept = np.ones(segment.count, bool)
        kept[segment.deleted()] = False
        parts.append(MergeInput(leaf_of(folder.storage, segment), kept))
    return written_segment(folder, merge(parts), sum(part.count for part in parts))


def contents(folder: IndexDirectory, segments: Sequence[Segment]) -> list[tuple[int, int]]:
    """The number and the fingerprint of every story that the segments hold."""
    found: list[tuple[int, int]] = []
    for segment in segments:
        leaf: Any = leaf_of(folder.storage, segment)
        kept = np.ones(segment.count, bool)
        kept[segment.deleted()] = False
        found += zip(leaf.column("id")[kept].tolist(), leaf.column("content")[kept].tolist(), strict=True)
    return found
