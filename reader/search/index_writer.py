"""Writes to the index: new segments, deletion marks, and merges that keep the number of segments small."""

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

MERGE_FACTOR = 6
"""Number of segments of similar size that are merged into one."""

MIN_TIER = 500
"""Documents below which all segments count as the same size."""

MAX_DELETED_SHARE = 0.3
"""Share of deleted documents above which a segment is rewritten."""


_SCAN_FROM = 300
"""Number of stories above which scanning the id column is faster than looking up each id."""


def invert(stories: Iterable[Story]) -> Inverter:
    """Invert stories to the arrays of a segment."""
    inverter = Inverter(schema())
    for story in stories:
        inverter.add(document(story))
    return inverter


def memory_segment(stories: Iterable[Story], name: str) -> tuple[SegmentReader, dict[str, int]]:
    """Build a segment in memory; returns its reader and the number of terms per field."""
    inverter = invert(stories)
    made = inverter.arrays()
    return SegmentReader(ArrayFile(array_file.pack(made)), inverter.count, name), field_lengths(made)


def field_lengths(made: dict[str, Array]) -> dict[str, int]:
    """Number of terms of each field in all documents."""
    return {name.removesuffix(".lengths"): int(array.sum()) for name, array in made.items() if name.endswith(".lengths")}


def write_segment(folder: IndexDirectory, made: dict[str, Array], count: int) -> Segment:
    """Write a segment file; the segment becomes visible with the next commit."""
    segment = Segment(NAME, count, field_lengths(made))
    segment.size, segment.checksum = array_file.write(folder.path / segment.file, made)
    return segment


def commit(folder: IndexDirectory, deleted: Collection[int], new: Sequence[Segment], seen: int, *, most: int | None = None) -> None:
    """Commit new segments after deleting these stories (by number) from the others, then merge where there are too many.

    Merges of more than `most` documents are postponed.
    """
    segments, _, generation = folder.read()
    segments = [delete_documents(folder.storage, segment, deleted) for segment in segments] if deleted else segments
    segments = [segment for segment in segments if segment.doc_count()] + [segment for segment in new if segment.count]
    for group in _merge_groups(segments):
        if most is not None and sum(segment.count for segment in group) > most:
            continue
        place = segments.index(group[0])
        merged = _merge(folder, group)
        segments = [segment for segment in segments if segment not in group]
        segments[place:place] = [merged] if merged.count else []
    folder.commit(segments, seen, generation + 1)


def delete_documents(storage: IndexStorage, segment: Segment, deleted: Collection[int]) -> Segment:
    """Return a segment with these stories (by number) marked as deleted."""
    leaf = leaf_of(storage, segment)
    if len(deleted) > _SCAN_FROM:
        places = np.flatnonzero(np.isin(leaf.column("id"), np.fromiter(deleted, np.int64, len(deleted)))).tolist()
    else:
        field, ids = schema()["id"], leaf.postings("id")
        found = [place for story in deleted if (place := ids.find(field.to_bytes(story))) is not None]
        places = [document for place in found for document in ids.posting_list(place)[0].tolist()]
    return segment.with_deleted(places) if places else segment


def _merge_groups(segments: Sequence[Segment]) -> list[list[Segment]]:
    """Segments to merge: `MERGE_FACTOR` segments of one tier, or one with many deleted documents."""
    tiers: dict[int, list[Segment]] = {}
    for segment in segments:
        tiers.setdefault(_tier(segment.doc_count()), []).append(segment)
    groups = [group for group in tiers.values() if len(group) >= MERGE_FACTOR]
    taken = {id(segment) for group in groups for segment in group}
    groups += [[one] for one in segments if id(one) not in taken and one.deleted_count() > MAX_DELETED_SHARE * one.count]
    return groups


def _tier(documents: int) -> int:
    """Tier of a segment: 0 for small ones, one more for each factor of `MERGE_FACTOR`."""
    tier = 0
    while documents >= MIN_TIER * MERGE_FACTOR**tier:
        tier += 1
    return tier


def _merge(folder: IndexDirectory, group: Sequence[Segment]) -> Segment:
    parts = []
    for segment in group:
        kept = np.ones(segment.count, bool)
        kept[segment.deleted()] = False
        parts.append(MergeInput(leaf_of(folder.storage, segment), kept))
    return write_segment(folder, merge(parts), sum(part.count for part in parts))


def story_fingerprints(folder: IndexDirectory, segments: Sequence[Segment]) -> list[tuple[int, int]]:
    """Story number and fingerprint of every document that is not deleted."""
    found: list[tuple[int, int]] = []
    for segment in segments:
        leaf: Any = leaf_of(folder.storage, segment)
        kept = np.ones(segment.count, bool)
        kept[segment.deleted()] = False
        found += zip(leaf.column("id")[kept].tolist(), leaf.column("content")[kept].tolist(), strict=True)
    return found
