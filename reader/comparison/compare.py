"""The comparison: two to eight prepared stories set side by side."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Literal, TypeAlias

from reader.comparison.alignment import Key, PassageLink, align_stories
from reader.comparison.numeric_conflicts import NumericConflict, differences
from reader.comparison.only import only_here
from reader.comparison.parameters import ComparisonParameters
from reader.comparison.preprocess import PreprocessedStory
from reader.comparison.provenance import copies, telling, tied
from reader.comparison.results import Band, Comparison, Disagreement, Passage, PassagePair
from reader.comparison.voices import voices
from reader.comparison.weighting import weigh

FEWEST = 2
"""How many stories are set side by side at least,"""
MOST = 8
"""and at most."""

_DIGITS = 4  # of a score

_Finding: TypeAlias = Callable[[Key], Passage]
_Placing: TypeAlias = Callable[[Passage], tuple[int, int]]


def compare(stories: Sequence[PreprocessedStory], parameters: ComparisonParameters | None = None) -> Comparison:
    """Set stories side by side.

    What is found does not depend on the order of the stories; it only says which passage of a pair stands left. Scores depend on
    the set that is compared. Raises ValueError for fewer than two stories, more than eight, or two of one id.
    """
    parameters = parameters or ComparisonParameters()
    rank = {story.story: number for number, story in enumerate(stories)}
    if not FEWEST <= len(stories) <= MOST or len(rank) < len(stories):
        raise ValueError(f"{FEWEST} to {MOST} different stories are compared, not {len(rank)}")
    ordered = sorted(stories, key=lambda story: story.story)
    weighed = weigh(ordered, parameters)
    found = align_stories(weighed, parameters)
    counted = differences(weighed, [story.published for story in ordered], parameters)
    texts, others = copies(ordered, found.links, parameters), tied(found.links, parameters)

    def passage(key: Key) -> Passage:
        return ordered[key[0]].readings[key[1]].passage

    def place(passage: Passage) -> tuple[int, int]:
        return rank[passage.story], passage.index

    told = (telling(ordered, texts, key, others[key], rank) for key in others)
    pairs = [_pair(link, passage, place, parameters) for link in found.links]
    numbers = [_disagreement(difference, passage, place, parameters) for difference in counted]
    only = [passage(key) for key in only_here(weighed, found.best, parameters)]
    return Comparison(
        stories=tuple(rank),
        passages={story.story: tuple(reading.passage for reading in story.readings) for story in stories},
        pairs=tuple(sorted(pairs, key=lambda pair: (place(pair.left), place(pair.right)))),
        only={story: tuple(passage for passage in only if passage.story == story) for story in rank},
        numbers=tuple(sorted(numbers, key=lambda pair: (place(pair.left), place(pair.right), pair.left_number, pair.right_number))),
        quoted=voices(stories),
        told=tuple(sorted(told, key=lambda telling: place(telling.passage))),
        copies=_groups(ordered, texts, rank),
    )


def _pair(link: PassageLink, passage: _Finding, place: _Placing, parameters: ComparisonParameters) -> PassagePair:
    left, right, differs = passage(link.left), passage(link.right), link.differs
    if place(left) > place(right):
        left, right, differs = right, left, tuple((b, a) for a, b in differs)
    kind: Literal["quote", "same"] = "quote" if link.quote else "same"
    return PassagePair(left, right, round(link.score, _DIGITS), _band(link.score, parameters), kind, differs)


def _disagreement(found: NumericConflict, passage: _Finding, place: _Placing, parameters: ComparisonParameters) -> Disagreement:
    sides = (passage(found.left), found.left_figure.text), (passage(found.right), found.right_figure.text)
    (left, left_number), (right, right_number) = sorted(sides, key=lambda side: place(side[0]))
    score, band = round(found.score, _DIGITS), _band(found.score, parameters)
    return Disagreement(left, right, left_number, right_number, score, band, found.kind)


def _band(score: float, parameters: ComparisonParameters) -> Band:
    return "sure" if score >= parameters.sure else "faint"


def _groups(stories: Sequence[PreprocessedStory], texts: Sequence[int], rank: Mapping[str, int]) -> tuple[tuple[str, ...], ...]:
    """The ids of stories that are one text, where there are two and more."""
    groups: dict[int, list[str]] = {}
    for story, text in sorted(zip(stories, texts, strict=True), key=lambda told: rank[told[0].story]):
        groups.setdefault(text, []).append(story.story)
    return tuple(tuple(group) for group in groups.values() if len(group) > 1)
