"""Sources: which stories are one text, how many outlets are independent, and who told first."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence

from reader.comparison.alignment import Key, PassageLink
from reader.comparison.parameters import ComparisonParameters
from reader.comparison.preprocess import PreprocessedStory
from reader.comparison.results import Passage, SharedPassage

_DAY = len("2018-12-21")


def copies(stories: Sequence[PreprocessedStory], links: Sequence[PassageLink], parameters: ComparisonParameters) -> list[int]:
    """Number the texts of stories: two that share nearly all their passages nearly word for word are one."""
    same: defaultdict[tuple[int, int], tuple[set[int], set[int]]] = defaultdict(lambda: (set(), set()))
    for link in links:
        if link.score >= parameters.copied_score:
            left, right = same[link.left[0], link.right[0]]
            left.add(link.left[1])
            right.add(link.right[1])
    text = list(range(len(stories)))
    for (a, b), (left, right) in sorted(same.items()):
        shorter = min(len(stories[a].readings), len(stories[b].readings))
        if min(len(left), len(right)) >= parameters.copied_share * shorter:
            text = [text[a] if number == text[b] else number for number in text]
    return text


def independent(stories: Sequence[PreprocessedStory], texts: Sequence[int], tellers: Collection[int]) -> int:
    """Count the independent outlets among stories: those of one text or of one outlet count once."""
    left = {(texts[teller], stories[teller].outlet) for teller in tellers}
    count = 0
    while left:
        together = {left.pop()}
        while more := {x for x in left if any(x[0] == y[0] or (x[1] is not None and x[1] == y[1]) for y in together)}:
            together |= more
            left -= more
        count += 1
    return count


def first(stories: Sequence[PreprocessedStory], tellers: Collection[int]) -> int | None:
    """Find who told first; None where one of them states no time or the earliest times cannot be told apart."""
    times = sorted((stories[teller].published or "", teller) for teller in tellers)
    if len(times) < 2 or not times[0][0]:
        return None
    (earliest, teller), (following, _) = times[:2]
    exactness = _DAY if min(len(earliest), len(following)) <= _DAY else None
    return teller if earliest[:exactness] < following[:exactness] else None


def telling(
    stories: Sequence[PreprocessedStory], texts: Sequence[int], key: Key, others: Mapping[Key, float], rank: Mapping[str, int]
) -> SharedPassage:
    """Say who tells a passage, it and `others` being the same, by their scores; `rank` is the order of the stories, by id."""
    tellers = {key[0], *(other[0] for other in others)}
    earliest = first(stories, tellers)
    likest = {other[0]: other for other in sorted(others, key=lambda other: (others[other], other))}

    def passage(key: Key) -> Passage:
        return stories[key[0]].readings[key[1]].passage

    return SharedPassage(
        passage(key),
        tuple(sorted((stories[teller].story for teller in tellers), key=rank.__getitem__)),
        independent(stories, texts, tellers),
        None if earliest is None else stories[earliest].story,
        tuple(sorted((passage(other) for other in likest.values()), key=lambda other: rank[other.story])),
    )


def tied(links: Sequence[PassageLink], parameters: ComparisonParameters) -> dict[Key, dict[Key, float]]:
    """Give for each passage that a sure link ties to others these and their scores."""
    found: defaultdict[Key, dict[Key, float]] = defaultdict(dict)
    for link in links:
        if link.score >= parameters.sure:
            found[link.left][link.right] = found[link.right][link.left] = link.score
    return dict(sorted(found.items()))
