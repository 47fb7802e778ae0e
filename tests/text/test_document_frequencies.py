"""Document frequencies in news at large."""

from __future__ import annotations

from itertools import pairwise

from reader.text.document_frequencies import document_frequency, documents, stems


def test_common_stems_have_higher_document_frequencies() -> None:
    assert documents() >= document_frequency("the") > document_frequency("govern") > document_frequency("winter") > 0


def test_unknown_stems_have_a_document_frequency_of_zero() -> None:
    assert document_frequency("zzyzx") == 0
    assert "*" not in stems()


def test_stems_are_sorted_by_frequency() -> None:
    assert all(document_frequency(one) >= document_frequency(other) for one, other in pairwise(stems()))
