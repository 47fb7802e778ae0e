"""The representative story of a thread: the one nearest to the others, whose headline stands for all of them."""

from __future__ import annotations

from collections.abc import Mapping
from functools import reduce

from reader.clustering.terms import language_of, term
from reader.clustering.tfidf import Vector, add
from reader.text.tokens import tokens

_NEARLY = 0.9
"""The share of the best story's value from which the story that was representative before stays so."""


def representative(stories: Mapping[str, tuple[Vector, str]], earlier: str = "") -> str:
    """Choose the representative of stories, given with their vectors and headlines; the first of several that are as near.

    A story is near by its likeness to the others, and by the part of it that hangs on the words of its headline. The one whose
    headline is `earlier` stays while it is nearly as near.

    Raises:
        ValueError: there are no stories.
    """
    if not stories:
        raise ValueError("a thread without stories has no representative")
    if len(stories) == 1:
        return next(iter(stories))
    total: Vector = reduce(add, (vector for vector, _ in stories.values()), {})
    values = {story: _nearness(vector, title, total) for story, (vector, title) in stories.items()}
    best = max(values, key=values.__getitem__)
    known = next((story for story, (_, title) in stories.items() if title == earlier), best)
    return known if values[known] >= _NEARLY * values[best] else best


def _nearness(vector: Vector, title: str, total: Vector) -> float:
    """The likeness of a story to the others, whose sum `total` is with it, and the share of its headline."""
    shared = {key: weight * (total[key] - weight) for key, weight in vector.items()}
    return sum(shared.values()) + sum(shared.get(key, 0.0) for key in _terms(title, shared))


def _terms(title: str, vector: Vector) -> set[str]:
    """The terms of a headline, in the language of its story's vector."""
    language = language_of(next(iter(vector), ""))
    return {term(word, language) for word in tokens(title, language)}
