"""Events that rest and are taken up again: found by the rare words that a new story shares with their stories."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from itertools import islice
from typing import TYPE_CHECKING

from reader.threads.events import unpack_member
from reader.threads.vectors import Vector, dot, idf

if TYPE_CHECKING:
    from reader.shelf.store import Store

_HEAVIEST = 20
"""Terms of a new story that are looked at,"""
_RARE = 5.5
"""of these the ones with this inverse document frequency, 1 in 200 documents of the background,"""
_MOST = 8
"""up to so many."""
_NEWEST = 8
"""Resting stories looked at for each term, those that came last."""
_SHARED = 4
"""Rare terms that a resting story must share."""
_ALIKE = 0.4
"""The likeness that it must reach: what is far apart in time must be more alike than two events of one storyline."""


def returning(new: Mapping[str, Vector], store: Store, before: int) -> dict[str, list[str]]:
    """The resting stories that new ones, given by their vectors, take up again, each with those that do.

    Only what came `before` a place may rest.
    """
    if before <= 0:
        return {}
    rare = {story: [term for term in islice(vector, _HEAVIEST) if idf(term) >= _RARE][:_MOST] for story, vector in new.items()}
    holders = store.holding_before({term for terms in rare.values() for term in terms}, before, _NEWEST)
    likely: defaultdict[str, list[str]] = defaultdict(list)
    for story, terms in rare.items():
        for old in _often(old for term in terms for old in holders[term]):
            likely[old].append(story)
    found = {}
    for old, data in store.members_of(stories=likely).items():
        vector = unpack_member(data).vector
        if alike := [story for story in likely[old] if dot(vector, new[story]) >= _ALIKE]:
            found[old] = alike
    return found


def _often(stories: Iterable[str]) -> list[str]:
    """The stories named for enough of the terms."""
    return [story for story, shared in Counter(stories).items() if shared >= _SHARED]
