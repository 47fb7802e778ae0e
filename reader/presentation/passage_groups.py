"""Groups of passages that say the same, and of stories that count as one outlet."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from reader.library import Passage


Spot = tuple[str, int]
"""The place of a passage: the story's id, and its index among the story's passages."""

LINKED = 0.5
"""The share of sure pairs between two groups at which they merge: it keeps chains of pairs short."""


def spot(passage: Passage) -> Spot:
    """The place of a passage."""
    return passage.story, passage.index


def passage_groups(pairs: Iterable[tuple[Spot, Spot, float]]) -> list[frozenset[Spot]]:
    """Group passages by average linkage over scored pairs; groups have two or more passages."""
    ordered = sorted(pairs, key=lambda pair: (-pair[2], pair[0], pair[1]))
    tied = {frozenset((left, right)) for left, right, _ in ordered}
    group: dict[Spot, frozenset[Spot]] = {}
    for left, right, _ in ordered:
        a, b = group.setdefault(left, frozenset({left})), group.setdefault(right, frozenset({right}))
        across = [frozenset((one, other)) for one in a for other in b if one[0] != other[0]]
        if a is not b and sum(pair in tied for pair in across) >= LINKED * len(across):
            group |= dict.fromkeys(a | b, a | b)
    return [found for found in dict.fromkeys(group.values()) if len(found) > 1]


def outlet_numbers(
    stories: Sequence[str], copies: Iterable[Sequence[str]], outlets: Mapping[str, str | None]
) -> tuple[dict[str, int], int]:
    """Number the independent outlets of stories; return the number of each story, and how many there are.

    Copies of one text and stories of one outlet share a number. If all stories would share one, each has its own.
    """
    number = {story: place for place, story in enumerate(stories)}
    named: dict[str, list[str]] = {}
    for story in stories:
        if name := outlets.get(story):
            named.setdefault(name, []).append(story)
    for alike in (*copies, *named.values()):
        held = {number[story] for story in alike if story in number}
        if held:
            number = {story: min(held) if place in held else place for story, place in number.items()}
    if len(set(number.values())) == 1:
        number = {story: place for place, story in enumerate(stories)}
    return number, len(set(number.values()))
