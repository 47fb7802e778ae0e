"""Stories that belong to a second thread."""

from __future__ import annotations

import pytest

from reader.clustering.also import belongs_too, likeness
from reader.clustering.tfidf import unit
from tests.support.clustering import topical

FERRY, TRAM = topical(0), topical(1)
BOTH = unit({term: 1.0 for vector in (FERRY, TRAM) for term in vector}, 80)


def test_a_story_on_both_matters_belongs_to_both() -> None:
    assert belongs_too(BOTH, [FERRY, topical(0, "wages")], [TRAM, topical(1, "old")])
    assert belongs_too(BOTH, [TRAM], [FERRY])


def test_a_story_on_one_matter_belongs_to_its_own_thread_alone() -> None:
    assert not belongs_too(FERRY, [topical(0, "wages")], [TRAM])
    assert not belongs_too(FERRY, [FERRY], [unit(BOTH | {"more": 2.0}, 80)])


def test_a_story_that_stands_alone_needs_a_fifth() -> None:
    far = unit({"ferry": 0.19, "other": 0.98}, 80)
    assert not belongs_too(far, [], [{"ferry": 1.0}])
    assert belongs_too(unit({"ferry": 0.25, "other": 0.96}, 80), [], [{"ferry": 1.0}])


def test_likeness_is_a_mean() -> None:
    assert likeness(FERRY, [FERRY, TRAM]) == pytest.approx(0.5, abs=0.001)
    assert likeness(FERRY, []) == 0.0
