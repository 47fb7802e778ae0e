"""Segments as arrays: writing, reading, merging and deleting."""

from __future__ import annotations

import os
import random
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from reader.errors import DamagedArrayFile
from reader.models import Story
from reader.search import array_file, index_writer
from reader.search.array_file import ArrayFile
from reader.search.index_directory import IndexDirectory
from reader.search.schema import keys
from reader.search.segment_codec import leaf_of
from reader.search.segment_merger import MergeInput, merge
from reader.search.segment_reader import MISSING, SegmentReader
from reader.search.tokenizer import terms
from tests.support.stories import story

WORDS = ["ferry", "Ferry’s", "élan", "ELAN", "U.S.", "the", "pier", "日本", "pierre"]

texts = st.lists(st.sampled_from(WORDS), max_size=12).map(" ".join)


def made(number: int, title: str, body: str) -> Story:
    return replace(
        story(f"/news/{number}", title, [body], published="2018-12-19" if number % 3 else ""), id=keys(np.array([number]))[0]
    )


def leaf(stories: list[Story]) -> SegmentReader:
    return index_writer.memory_segment(stories, "memory")[0]


def stands(found: SegmentReader, field: str) -> dict[bytes, list[tuple[int, list[int]]]]:
    """Every word with its documents and its positions in each."""
    postings, told = found.postings(field), {}
    for number, word in enumerate(postings.words()):
        ids, counts = postings.posting_list(number)
        positions = np.split(postings.positions(number), counts.cumsum()[:-1])
        told[word] = [(int(one), at.tolist()) for one, at in zip(ids, positions, strict=True)]
        assert postings.find(word) == number
    return told


def wanted(stories: list[Story]) -> dict[bytes, list[tuple[int, list[int]]]]:
    told: dict[bytes, dict[int, list[int]]] = {}
    for document, one in enumerate(stories):
        for place, term in enumerate(terms("\n".join(one.body))):
            told.setdefault(term.text.encode(), {}).setdefault(document, []).append(place)
    return {word: sorted(places.items()) for word, places in told.items()}


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(texts, texts), min_size=1, max_size=6))
def test_postings_hold_every_position_of_every_word(pairs: list[tuple[str, str]]) -> None:
    stories = [made(number, *pair) for number, pair in enumerate(pairs)]
    found = leaf(stories)
    assert stands(found, "body") == wanted(stories)
    assert found.lengths("body").tolist() == [len(list(terms("\n".join(one.body)))) for one in stories]
    assert found.column("id").tolist() == list(range(len(pairs)))
    assert found.column("date").tolist() == [20181219 if number % 3 else MISSING for number in range(len(pairs))]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(st.tuples(texts, st.booleans()), min_size=1, max_size=4), min_size=1, max_size=4))
def test_merged_segments_equal_one_segment_of_the_remaining_stories(groups: list[list[tuple[str, bool]]]) -> None:
    number, parts, kept = 0, [], []
    for group in groups:
        stories = []
        for text, keep in group:
            stories.append(made(number, text, text))
            kept += stories[-1:] if keep else []
            number += 1
        parts.append(MergeInput(leaf(stories), np.array([keep for _, keep in group])))
    merged = SegmentReader(ArrayFile(array_file.pack(merge(parts))), len(kept), "merged")
    alone = leaf(kept)
    for field in ("title", "body", "id", "date"):
        assert stands(merged, field) == stands(alone, field)
        assert merged.lengths(field).tolist() == alone.lengths(field).tolist()
    for field in ("id", "content", "date"):
        assert merged.column(field).tolist() == alone.column(field).tolist()


def test_merging_in_small_blocks_gives_the_same_result(monkeypatch: pytest.MonkeyPatch) -> None:
    draw = random.Random(3)
    groups = [[made(100 * n + k, "", " ".join(draw.choices(WORDS, k=9))) for k in range(5)] for n in range(3)]
    parts = [MergeInput(leaf(group), np.ones(5, bool)) for group in groups]
    whole = array_file.pack(merge(parts))
    monkeypatch.setattr("reader.search.segment_merger._BLOCK", 3)
    assert array_file.pack(merge(parts)) == whole


def test_words_are_found_by_prefix() -> None:
    postings = leaf([made(1, "", "pier pierre ferry pie")]).postings("body")
    assert [postings.words(*postings.prefix_range(start)) for start in (b"pie", b"pier", b"x", b"")] == [
        [b"pie", b"pier", b"pierre"],
        [b"pier", b"pierre"],
        [],
        [b"ferry", b"pie", b"pier", b"pierre"],
    ]
    assert postings.find(b"pi") is None


def test_large_frequencies_and_positions_are_stored() -> None:
    found = leaf([made(1, "", "pier " * 300 + "ferry " * 70_000 + "crane")])
    postings = found.postings("body")
    assert postings.posting_list(postings.find(b"pier") or 0)[1].tolist() == [300]
    assert postings.positions(postings.find(b"crane") or 0).tolist() == [70_300]


def test_merges_keep_segments_few_and_lose_no_story(tmp_path: Path) -> None:
    folder = IndexDirectory.create(tmp_path / "index")
    for number in range(40):
        one = index_writer.invert([made(number, "", "pier")])
        index_writer.commit(folder, [number], [index_writer.write_segment(folder, one.arrays(), 1)], number)
    index_writer.commit(folder, range(10), [], 40)
    segments, seen, _ = folder.read()
    assert seen == 40
    assert len(segments) < index_writer.MERGE_FACTOR
    assert sorted(number for number, _ in index_writer.story_fingerprints(folder, segments)) == list(range(10, 40))
    assert {path.name for path in folder.path.glob("*.nla")} == {segment.file for segment in segments}
    hollow = sum(segment.deleted_count() for segment in segments)
    assert hollow <= index_writer.MAX_DELETED_SHARE * sum(segment.count for segment in segments)


def test_a_fully_deleted_segment_is_dropped(tmp_path: Path) -> None:
    folder = IndexDirectory.create(tmp_path / "index")
    one = index_writer.invert([made(1, "", "pier")])
    index_writer.commit(folder, [], [index_writer.write_segment(folder, one.arrays(), 1)], 1)
    index_writer.commit(folder, [1], [], 2)
    assert folder.read()[0] == []
    assert list(folder.path.glob("*.nla")) == []


@pytest.mark.parametrize("data", [b"", b"NLA1", b"\x80\x04K\x01.", b"NLA1\xff\xff\xff\xff{}", b"NLA1\x02\0\0\0[]"])
def test_a_foreign_file_raises_an_error(data: bytes) -> None:
    with pytest.raises(DamagedArrayFile):
        ArrayFile(data)


def test_an_array_beyond_the_end_raises_an_error() -> None:
    whole = array_file.pack({"one": np.arange(100, dtype=np.uint32)})
    with pytest.raises(DamagedArrayFile):
        ArrayFile(whole[:-8])["one"]


def test_a_file_of_the_wrong_size_is_not_opened(tmp_path: Path) -> None:
    size, checksum = array_file.write(tmp_path / "one", {"one": np.arange(3, dtype=np.uint8)})
    assert array_file.open_mapped(tmp_path / "one", size)["one"].tolist() == [0, 1, 2]
    assert (tmp_path / "one").stat().st_size == size
    assert array_file.checksum(tmp_path / "one") == checksum
    with pytest.raises(DamagedArrayFile):
        array_file.open_mapped(tmp_path / "one", size + 1)


def test_segment_readers_are_opened_once(tmp_path: Path) -> None:
    folder = IndexDirectory.create(tmp_path / "index")
    one = index_writer.invert([made(1, "", "pier")])
    index_writer.commit(folder, [], [index_writer.write_segment(folder, one.arrays(), 1)], 1)
    segment = folder.read()[0][0]
    assert leaf_of(folder.storage, segment) is leaf_of(folder.storage, segment)


def test_every_commit_is_noticed_and_an_idle_folder_is_not_listed_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    writing_one = IndexDirectory.create(tmp_path / "index")
    asking = IndexDirectory(writing_one.path)
    stamps = [asking.stamp()]
    for number in range(1, 20):
        writing_one.commit([], 0, number)
        stamps.append(asking.stamp())
    assert len(set(stamps)) == 20
    os.utime(asking.path, (0, 0))  # as long after the last commit
    assert asking.stamp() == stamps[-1]
    with monkeypatch.context() as patch:
        patch.setattr(IndexDirectory, "generation", lambda _: -1)
        assert asking.stamp() == stamps[-1]
    writing_one.commit([], 0, 20)
    assert asking.stamp() not in stamps
