"""The engine against stock Whoosh: same stories, same scores, same order."""

from __future__ import annotations

from itertools import groupby
from pathlib import Path

import pytest
from whoosh import query

from reader.search import index_writer
from tests.support.stock_whoosh import Both, Scored

QUERIES = 240
"""Random queries for each number of segments."""


@pytest.fixture(scope="module", params=[1, 5])
def both(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Both:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(index_writer, "MERGE_FACTOR", 100)  # as many segments as stock Whoosh has, which is not to merge either
        return Both(tmp_path_factory.mktemp("both") / "index", request.param)


def tiers(scored: Scored) -> list[tuple[int, list[int]]]:
    """The stories in their order, those of one score (but for the last bits) together; what order those have does not count."""
    return [(round(score, 9), sorted(one for _, one in same)) for score, same in groupby(scored, lambda one: round(one[0], 9))]


@pytest.mark.parametrize("part", range(4))
def test_random_queries_give_the_results_of_stock_whoosh(both: Both, part: int) -> None:
    both.draw.seed(f"{part}")
    for _ in range(QUERIES // 4):
        asked = both.tree(both.draw.choice([0, 1, 1, 2, 3]))
        found, total = both.by_ours(asked)
        assert total == len(found) == both.engine.count(asked)
        assert tiers(found) == tiers(both.by_stock(asked)), asked


def test_a_limited_search_returns_the_first_of_all_results(both: Both) -> None:
    both.draw.seed("best")
    for _ in range(100):
        asked = both.tree(2)
        whole, total = both.by_ours(asked)
        for limit in (1, 7, 50):
            assert both.by_ours(asked, limit) == (whole[:limit], total)


def test_an_unknown_query_type_is_left_to_stock_whoosh(both: Both) -> None:
    word = both.words[0]
    for asked in (query.Wildcard("body", f"{word[0]}*a"), query.Prefix("body", word[:2]), query.TermRange("body", "b", "d")):
        found, _ = both.by_ours(asked)
        assert tiers(found) == tiers(both.by_stock(asked))


def test_the_score_cache_is_bounded(both: Both, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("reader.search.engine._CACHE_BYTES", 2000)
    for word in both.words:
        both.engine.search(query.Term("body", word), 10)
    assert sum(hits.ids.nbytes for hits in both.engine._cache.values()) <= 2000


def test_both_indexes_hold_the_same_stories(both: Both, tmp_path: Path) -> None:
    assert {one for _, one in both.by_stock(query.Every())} == set(both.told)
