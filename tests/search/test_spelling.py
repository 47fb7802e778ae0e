"""Spelling suggestions from the words of the index."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.search.index_writer import memory_segment
from reader.search.segment_reader import SegmentReader
from reader.search.spelling import distance, nearest
from tests.support.stories import story

words = st.text(alphabet="abc", max_size=6)


def leaf(*texts: str) -> SegmentReader:
    return memory_segment([story(f"/{place}", "", [text]) for place, text in enumerate(texts)], "memory")[0]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("harbuor", "harbour"),
        ("fery", "ferry"),
        ("ahrbour", "harbour"),
        ("ferries", None),
        ("élan", "elan"),
        ("zzzz", None),
        ("pie", "pier"),
    ],
)
def test_the_most_similar_word_is_suggested(typed: str, meant: str | None) -> None:
    lexicon = leaf("harbour harbours ferry", "harbour", "elan pier").postings("body")
    from reader.text.tokens import fold

    assert nearest([lexicon], fold(typed)) == (meant if meant != fold(typed) else None)


def test_the_most_frequent_of_equally_similar_words_is_suggested() -> None:
    first, second = leaf("cat car", "car"), leaf("cat", "cat")
    assert nearest([first.postings("body")], "cax") == "car"
    assert nearest([first.postings("body"), second.postings("body")], "cax") == "cat"


@given(words, words)
def test_distance_matches_its_definition(one: str, other: str) -> None:
    def plain(i: int, j: int) -> int:
        if not i or not j:
            return i + j
        steps = [plain(i - 1, j) + 1, plain(i, j - 1) + 1, plain(i - 1, j - 1) + (one[i - 1] != other[j - 1])]
        if i > 1 and j > 1 and one[i - 1] == other[j - 2] and one[i - 2] == other[j - 1]:
            steps.append(plain(i - 2, j - 2) + 1)
        return min(steps)

    for most in (1, 2, 9):
        assert distance(one, other, most) == min(plain(len(one), len(other)), most + 1)
