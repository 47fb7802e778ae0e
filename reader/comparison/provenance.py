"""Provenance: copies of one text, independent outlets, and the first outlet to report a passage."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence

from reader.comparison.alignment import Key, PassageLink
from reader.comparison.parameters import ComparisonParameters
from reader.comparison.preprocess import PreprocessedStory
from reader.comparison.results import Passage, SharedPassage

_DAY = len("2018-12-21")


def text_numbers(stories: Sequence[PreprocessedStory], links: Sequence[PassageLink], parameters: ComparisonParameters) -> list[int]:
    """Number the stories by text: two stories that share nearly all passages nearly word for word have one number."""
    same: defaultdict[tuple[int, int], tuple[set[int], set[int]]] = defaultdict(lambda: (set(), set()))
    for link in links:
        if link.score >= parameters.copied_score:
            left, right = same[link.left[0], link.right[0]]
            left.add(link.left[1])
            right.add(link.right[1])
    text = list(range(len(stories)))
    for (a, b), (left, right) in sorted(same.items()):
        shorter = min(len(stories[a].features), len(stories[b].features))
        if min(len(left), len(right)) >= parameters.copied_share * shorter:
            text = [text[a] if number == text[b] else number for number in text]
    return text


def count_independent(stories: Sequence[PreprocessedStory], texts: Sequence[int], reporters: Collection[int]) -> int:
    """Count the independent outlets among stories: copies of one text and stories of one outlet count once."""
    left = {(texts[reporter], stories[reporter].outlet) for reporter in reporters}
    count = 0
    while left:
        together = {left.pop()}
        while more := {x for x in left if any(x[0] == y[0] or (x[1] is not None and x[1] == y[1]) for y in together)}:
            together |= more
            left -= more
        count += 1
    return count


def first_reporter(stories: Sequence[PreprocessedStory], reporters: Collection[int]) -> int | None:
    """Return the first of several stories; None if one states no time or the two earliest times may be equal."""
    times = sorted((stories[reporter].published or "", reporter) for reporter in reporters)
    if len(times) < 2 or not times[0][0]:
        return None
    (earliest, reporter), (following, _) = times[:2]
    exactness = _DAY if min(len(earliest), len(following)) <= _DAY else None
    return reporter if earliest[:exactness] < following[:exactness] else None


def shared_passage(
    stories: Sequence[PreprocessedStory], texts: Sequence[int], key: Key, others: Mapping[Key, float], rank: Mapping[str, int]
) -> SharedPassage:
    """Describe a passage and who reports it; `others` are its counterparts with their scores, `rank` orders the ids."""
    reporters = {key[0], *(other[0] for other in others)}
    earliest = first_reporter(stories, reporters)
    closest = {other[0]: other for other in sorted(others, key=lambda other: (others[other], other))}

    def passage(key: Key) -> Passage:
        return stories[key[0]].features[key[1]].passage

    return SharedPassage(
        passage(key),
        tuple(sorted((stories[reporter].story for reporter in reporters), key=rank.__getitem__)),
        count_independent(stories, texts, reporters),
        None if earliest is None else stories[earliest].story,
        tuple(sorted((passage(other) for other in closest.values()), key=lambda other: rank[other.story])),
    )


def sure_links(links: Sequence[PassageLink], parameters: ComparisonParameters) -> dict[Key, dict[Key, float]]:
    """Map each passage with sure links to its counterparts and their scores."""
    found: defaultdict[Key, dict[Key, float]] = defaultdict(dict)
    for link in links:
        if link.score >= parameters.sure:
            found[link.left][link.right] = found[link.right][link.left] = link.score
    return dict(sorted(found.items()))
