"""What the reader's corrections demand of threads, worked out forward and pair by pair: slow, and not as the program does it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import combinations, product

from reader.models import Correction

Pair = frozenset[str]
Home = Mapping[str, str]
"""For each story the thread it was found in."""


def demands(log: Sequence[Correction], home: Home) -> dict[Pair, bool]:
    """For each pair of stories that are here the last word on it: together (True) or apart (False); none where it lapsed."""
    said: dict[Pair, bool] = {}
    for place, word in enumerate(log):
        stories = [story for story in word.stories if story in home]
        others = [[story for story in side if story in home] for side in word.others]
        if word.kind in ("split", "move", "apart"):
            for pair in [pair for pair, together in said.items() if together and len(pair.intersection(stories)) == 1]:
                del said[pair]
        together = list(stories)
        if word.kind == "merge":
            together += [story for side in others for story in side]
        elif word.kind == "move":
            for pair in map(frozenset, combinations([*stories, *others[0]], 2)):
                if said.get(pair) is False:
                    del said[pair]
            together += target(word, log[place + 1 :], home)
        if word.kind in ("merge", "split", "move", "apart"):
            said |= dict.fromkeys(map(frozenset, combinations(together, 2)), True)
        if word.kind == "split":
            said |= dict.fromkeys(map(frozenset, product(stories, others[0])), False)
        if word.kind == "apart" and len(others[0]) == 2:
            said[frozenset(others[0])] = False
    return said


def target(word: Correction, later: Sequence[Correction], home: Home) -> list[str]:
    """The stories a move goes to: of its thread those that have not left since and were found together, the most of them."""
    gone = {story for other in later if other.kind in ("split", "move", "apart") for story in other.stories}
    staying = [story for story in word.others[0] if story in home and story not in gone]
    most = Counter(home[story] for story in staying).most_common(1)
    return [story for story in staying if home[story] == most[0][0]]


def possible(said: Mapping[Pair, bool]) -> bool:
    """Whether all that is said can hold at once."""
    group: dict[str, set[str]] = {}
    for pair in said:
        for story in pair:
            group.setdefault(story, {story})
    for pair, together in said.items():
        if together:
            one, other = pair
            if group[one] is not group[other]:
                group[one] |= group[other]
                for story in group[other]:
                    group[story] = group[one]
    return all(together or len({id(group[story]) for story in pair}) == 2 for pair, together in said.items())


def broken(said: Mapping[Pair, bool], shown: Mapping[str, str]) -> list[tuple[list[str], bool]]:
    """The pairs of which something is said that does not hold; `shown` has each story's thread."""
    return [(sorted(pair), together) for pair, together in said.items() if (len({shown[s] for s in pair}) == 1) is not together]
