"""How comparisons are told to people: what rests on an estimate, or is less sure, says so."""

from __future__ import annotations

import pytest

from reader.library import Comparison, Disagreement, Passage
from reader.models import DateEstimate, StoryHeader
from reader.presentation.export import render

LEFT, RIGHT = "The fire on the quay killed 12 sailors.", "The fire on the quay killed 14 sailors."


def head(id: str, published: str | None) -> StoryHeader:
    return StoryHeader(
        id=id,
        source=id,
        url=None,
        title=f"Fire, says {id}",
        title_made=False,
        outlet=None,
        agency=None,
        byline=None,
        place=None,
        published=published,
        estimate=None if published else DateEstimate("2018-12-23", 0.5, "a neighbour's"),
        thread=None,
    )


@pytest.mark.parametrize(
    ("published", "band", "said"),
    [
        ("2018-12-23", "sure", "12 sailors / 14 sailors: the later figure is higher"),
        (None, "faint", "12 sailors / 14 sailors: the later figure is higher, by an estimated date?"),
    ],
)
def test_an_update_by_an_estimate_says_so(published: str | None, band: str, said: str) -> None:
    left, right = Passage("a", 0, 0, 0, len(LEFT), LEFT), Passage("b", 0, 0, 0, len(RIGHT), RIGHT)
    figures = Disagreement(left, right, "12 sailors", "14 sailors", 0.8, "sure" if band == "sure" else "faint", "update")
    found = Comparison(("a", "b"), {"a": (left,), "b": (right,)}, (), {"a": (), "b": ()}, (figures,), (), (), ())
    told = render.comparison(found, {"a": head("a", "2018-12-21"), "b": head("b", published)}, "text")
    # the words, whatever the width they are set to
    assert " ".join(told.split()).endswith(said)
