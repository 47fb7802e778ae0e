"""The background: in how many documents of the news at large a stem stands."""

from __future__ import annotations

from itertools import pairwise

from reader.text.document_frequencies import documents, holding, stems


def test_common_stems_stand_in_more_documents() -> None:
    assert documents() >= holding("the") > holding("govern") > holding("winter") > 0


def test_an_unknown_stem_and_the_count_of_all_stand_in_none() -> None:
    assert holding("zzyzx") == 0
    assert "*" not in stems()


def test_stems_come_the_commonest_first() -> None:
    assert all(holding(one) >= holding(other) for one, other in pairwise(stems()))
