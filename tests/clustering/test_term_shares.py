"""How common terms are in the stream of recent stories."""

from __future__ import annotations

import pytest

from reader.clustering.cluster import Member
from reader.clustering.parameters import ClusteringParameters
from reader.clustering.term_shares import TermShares
from reader.clustering.tfidf import Vector, unit


def member(*terms: str, language: str = "") -> Member:
    """A fresh story with these terms, all of one weight."""
    vector: Vector = unit(dict.fromkeys(terms, 1.0), 80)
    return Member(vector, vector, None, True, "", language, 0, None, 0, fresh=True)


def stream(*stories: Member) -> TermShares:
    """A stream of stories."""
    shares = TermShares(ClusteringParameters())
    for story in stories:
        shares.add(story)
    return shares


def test_what_the_stream_is_full_of_weighs_less() -> None:
    shares = stream(*[member("olympic", f"own{number}") for number in range(300)])
    weighed = shares.weighed(member("olympic", "lantern"))
    assert weighed["olympic"] < weighed["lantern"]


def test_an_empty_stream_changes_nothing_about_the_order_of_terms() -> None:
    weighed = stream().weighed(member("olympic", "lantern"))
    assert weighed["olympic"] == pytest.approx(weighed["lantern"], abs=0.1)


def test_the_more_stories_the_more_the_stream_counts() -> None:
    few, many = (stream(*[member("olympic", f"own{n}") for n in range(size)]) for size in (5, 500))
    asked = member("olympic", "lantern")
    assert many.weighed(asked)["olympic"] < few.weighed(asked)["olympic"]


def test_each_language_has_a_stream_of_its_own() -> None:
    shares = stream(*[member("olympic", f"own{number}", language="de") for number in range(300)])
    german, english = (shares.weighed(member("olympic", "lantern", language=code))["olympic"] for code in ("de", ""))
    assert german < english


def test_what_is_dropped_no_longer_counts() -> None:
    stories = [member("olympic", f"own{number}") for number in range(50)]
    shares, asked = stream(*stories), member("olympic", "lantern")
    for story in stories:
        shares.drop(story)
    assert shares.weighed(asked) == stream().weighed(asked)


def test_weights_are_of_unit_length() -> None:
    weighed = stream(member("olympic", "medal")).weighed(member("olympic", "lantern", "ferry"))
    assert sum(weight * weight for weight in weighed.values()) == pytest.approx(1.0, abs=0.001)
