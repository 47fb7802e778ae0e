"""The representative story of a thread."""

from __future__ import annotations

import pytest

from reader.clustering.representative import representative
from reader.clustering.tfidf import vector

STRIKE = ["Ferry crews in Aldport began a strike over pay on Monday.", "The harbour stays shut."]
BUNS = ["A bakery far away sells cinnamon buns to visitors every morning.", "Ferry crews like the strike of its oven."]


def stories(*told: tuple[str, list[str]]) -> dict[str, tuple[dict[str, float], str]]:
    """Stories by number with their vectors and headlines."""
    return {str(number): (vector(title, body), title) for number, (title, body) in enumerate(told)}


def test_the_story_nearest_to_the_others_is_chosen() -> None:
    told = stories(("Bakery opens", BUNS), ("Ferry crews strike in Aldport", STRIKE), ("Aldport harbour shut by strike", STRIKE))
    assert representative(told) in ("1", "2")


def test_of_two_stories_the_one_whose_headline_tells_more_is_chosen() -> None:
    assert representative(stories(("Why did they do this?", STRIKE), ("Ferry crews strike in Aldport", STRIKE))) == "1"


def test_the_first_of_equal_stories_is_chosen() -> None:
    assert representative(stories(("Ferry strike", STRIKE), ("Ferry strike", STRIKE))) == "0"


def test_the_earlier_headline_stays_while_it_is_nearly_as_good() -> None:
    told = stories(("Ferry crews strike in Aldport", STRIKE), ("Ferry strike in Aldport", STRIKE), ("Buns of the bakery", BUNS))
    best = representative(told)
    other = {"0": "1", "1": "0"}[best]
    assert representative(told, told[other][1]) == other
    assert representative(told, told["2"][1]) == best


def test_a_single_story_stands_for_itself_and_none_for_nothing() -> None:
    assert representative(stories(("Ferry strike", STRIKE))) == "0"
    with pytest.raises(ValueError, match="no representative"):
        representative({})
