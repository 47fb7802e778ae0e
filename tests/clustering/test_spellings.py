"""Spellings of terms."""

from __future__ import annotations

from reader.clustering.spellings import Spellings
from reader.clustering.terms import read


def spellings(*sentences: str) -> Spellings:
    made = Spellings()
    for sentence in sentences:
        made.add(read(sentence))
    return made


def test_a_term_is_spelled_as_it_mostly_is_where_a_capital_is_no_accident() -> None:
    made = spellings("FERRY", "Ferry crews met.", "Ferry crews left.", "In the fog a ferry came to Aldport.")
    assert [made.of(term) for term in ("ferri", "aldport", "lantern")] == ["ferry", "Aldport", "lantern"]


def test_the_counts_of_several_stories_are_merged() -> None:
    made = spellings("the dock of Aldport")
    made.merge(spellings("the docks and the docks"))
    assert made.of("dock") == "docks"
