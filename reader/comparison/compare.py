"""The comparison of two to eight preprocessed stories."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Literal, TypeAlias

from reader.comparison.alignment import Key, PassageLink, align_stories
from reader.comparison.attribution import quoted_speakers
from reader.comparison.coverage import unique_passages
from reader.comparison.numeric_conflicts import NumericConflict, numeric_conflicts
from reader.comparison.parameters import ComparisonParameters
from reader.comparison.preprocess import PreprocessedStory
from reader.comparison.provenance import shared_passage, sure_links, text_numbers
from reader.comparison.results import Band, Comparison, Disagreement, Passage, PassagePair
from reader.comparison.weighting import weigh

FEWEST = 2
"""The fewest stories of a comparison,"""
MOST = 8
"""and the most."""

_DIGITS = 4  # of a score

_Finding: TypeAlias = Callable[[Key], Passage]
_Placing: TypeAlias = Callable[[Passage], tuple[int, int]]


def compare(stories: Sequence[PreprocessedStory], parameters: ComparisonParameters | None = None) -> Comparison:
    """Compare stories.

    The order of the stories decides which passage of a pair is the left one, and nothing else. Scores depend on the set of stories.

    Raises:
        ValueError: Fewer than two stories, more than eight, or two with one id.
    """
    parameters = parameters or ComparisonParameters()
    rank = {story.story: number for number, story in enumerate(stories)}
    if not FEWEST <= len(stories) <= MOST or len(rank) < len(stories):
        raise ValueError(f"{FEWEST} to {MOST} different stories can be compared, not {len(rank)}")
    ordered = sorted(stories, key=lambda story: story.story)
    weighed = weigh(ordered, parameters)
    found = align_stories(weighed, parameters)
    counted = numeric_conflicts(weighed, [story.published for story in ordered], parameters)
    texts, others = text_numbers(ordered, found.links, parameters), sure_links(found.links, parameters)

    def passage(key: Key) -> Passage:
        return ordered[key[0]].features[key[1]].passage

    def place(passage: Passage) -> tuple[int, int]:
        return rank[passage.story], passage.index

    shared = (shared_passage(ordered, texts, key, others[key], rank) for key in others)
    pairs = [_pair(link, passage, place, parameters) for link in found.links]
    numbers = [_disagreement(difference, passage, place, parameters) for difference in counted]
    unique = [passage(key) for key in unique_passages(weighed, found.best, parameters)]
    return Comparison(
        stories=tuple(rank),
        passages={story.story: tuple(reading.passage for reading in story.features) for story in stories},
        pairs=tuple(sorted(pairs, key=lambda pair: (place(pair.left), place(pair.right)))),
        unique={story: tuple(passage for passage in unique if passage.story == story) for story in rank},
        numbers=tuple(sorted(numbers, key=lambda pair: (place(pair.left), place(pair.right), pair.left_number, pair.right_number))),
        quoted=quoted_speakers(stories),
        shared=tuple(sorted(shared, key=lambda passage: place(passage.passage))),
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
    """Groups of two and more stories that share one text, by id."""
    groups: dict[int, list[str]] = {}
    for story, text in sorted(zip(stories, texts, strict=True), key=lambda pair: rank[pair[0].story]):
        groups.setdefault(text, []).append(story.story)
    return tuple(tuple(group) for group in groups.values() if len(group) > 1)
