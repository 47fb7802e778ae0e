"""Operations on result sets and phrase masks, against plain Python."""

from __future__ import annotations

import random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.search import positions
from reader.search.index_writer import memory_segment
from reader.search.result_set import NONE, ResultSet, concatenate, membership_mask, scores_for, top, union, union_all
from tests.support.stories import story

COUNT = 300
"""Documents there are."""

plain = st.dictionaries(st.integers(0, COUNT - 1), st.sampled_from([0.5, 1.0, 1.5, 2.0, 4.0]), max_size=COUNT)


def hits(scored: dict[int, float]) -> ResultSet:
    ids = sorted(scored)
    return ResultSet(np.array(ids, np.int32), np.array([scored[one] for one in ids], float))


def told(found: ResultSet) -> dict[int, float]:
    assert found.ids.tolist() == sorted(found.ids.tolist())
    return dict(zip(found.ids.tolist(), found.dense().tolist(), strict=True))


def summed(*parts: dict[int, float]) -> dict[int, float]:
    return {one: sum(part.get(one, 0.0) for part in parts) for one in set().union(*parts)}


@given(plain, plain, plain)
def test_unions_add_scores(one: dict[int, float], other: dict[int, float], third: dict[int, float]) -> None:
    assert told(union(hits(one), hits(other), COUNT)) == summed(one, other)
    assert told(union_all([hits(one), hits(other), hits(third)], COUNT)) == summed(one, other, third)
    assert told(union_all([], COUNT)) == {}


@given(plain, plain)
def test_intersection_keeps_scores(one: dict[int, float], other: dict[int, float]) -> None:
    wanted = np.array(sorted(other), np.int32)
    left = hits(one).within(wanted, COUNT)
    assert told(left) == {document: score for document, score in one.items() if document in other}
    assert membership_mask(hits(one).ids, wanted, COUNT).tolist() == [document in other for document in sorted(one)]
    assert told(ResultSet(left.ids, scores_for(hits(one), left.ids, COUNT))) == told(left)


@given(plain, st.integers(0, COUNT), st.integers(0, COUNT))
def test_span_selects_the_hits_of_a_segment(one: dict[int, float], first: int, last: int) -> None:
    part = hits(one).take(hits(one).span(first, last))
    assert told(part) == {document: score for document, score in one.items() if first <= document < last}
    assert told(part.shifted(-first)) == {document - first: score for document, score in told(part).items()}
    assert told(concatenate([part.shifted(0), part.shifted(COUNT)])) == told(part) | {d + COUNT: s for d, s in told(part).items()}
    assert told(concatenate([])) == told(NONE) == {}


@pytest.mark.parametrize("values", [2, 40, 100_000])
@pytest.mark.parametrize("count", [0, 1, 9, 50, 1_000, 20_000])
def test_top_results_are_sorted_and_ties_keep_document_order(values: int, count: int) -> None:
    draw = random.Random(f"{values} {count}")
    scores = [draw.randrange(values) / 7 for _ in range(count)]
    ranked = sorted(range(count), key=lambda document: (-scores[document], document))
    for limit in (1, 7, 50, 30_000):
        found = top(ResultSet(np.arange(count, dtype=np.int32), np.array(scores, float)), limit)
        assert found.ids.tolist() == ranked[:limit]
        assert found.dense().tolist() == [scores[document] for document in ranked[:limit]]
    assert top(ResultSet(np.arange(count, dtype=np.int32), 1.0), 7).ids.tolist() == list(range(count))[:7]


@pytest.mark.parametrize("at_once", [1, 3, 8192])
@pytest.mark.parametrize("share", [0.02, 0.5, 1.0])
@pytest.mark.parametrize("slop", [1, 3, 20])
def test_phrase_masks_match_the_definition(at_once: int, share: float, slop: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(positions, "_BLOCK", at_once)
    draw = random.Random(f"{share} {slop}")
    words = ["pier", "ferry", "crane", *(f"filler{n}" for n in range(10))]
    texts = [draw.choices(words, [2, 2, 2, *[1] * 10], k=draw.randrange(3, 40)) for _ in range(150)]
    leaf, _ = memory_segment([story(f"/{n}", "", [" ".join(text)]) for n, text in enumerate(texts)], "memory")
    postings = leaf.postings("body")
    for asked in (["pier", "ferry"], ["pier", "ferry", "crane"], ["crane", "crane"], ["pier"]):
        document_frequency = [n for n, text in enumerate(texts) if set(asked) <= set(text)]
        documents = [n for n in document_frequency if draw.random() < share] or document_frequency[:1]
        numbers = [postings.find(word.encode()) or 0 for word in asked]
        found = positions.phrase_mask(postings, numbers, np.array(documents, np.int32), leaf.lengths("body"), slop)
        assert found.tolist() == [stand(texts[n], asked, slop) for n in documents], asked


def stand(text: list[str], words: list[str], slop: int) -> bool:
    ends = {place for place, word in enumerate(text) if word == words[0]}
    for wanted in words[1:]:
        ends = {place for place, word in enumerate(text) if word == wanted and any(0 < place - end <= slop for end in ends)}
    return bool(ends)
