"""Numeric conflicts: different figures for the same thing in two stories."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from functools import cache
from itertools import combinations
from typing import Literal

from msgspec import Struct

from reader.comparison.alignment import Key, Stories
from reader.comparison.parameters import ComparisonParameters
from reader.comparison.quantities import Quantity
from reader.comparison.similarity import score
from reader.comparison.terms import term
from reader.comparison.weighting import WeightedPassage
from reader.text import wordlists

_MOST = 20  # figures of one unit examined per story; a table holds more
_REACH = 7  # words around a figure that describe what it counts
_ROUNDED = 1.1  # the factor within which a rounded figure may stand for another,
_EQUAL = 1.02  # and any figure


class NumericConflict(Struct, frozen=True):
    """Two figures for one thing, the lower key first, and the score of their passages."""

    left: Key
    right: Key
    left_figure: Quantity
    right_figure: Quantity
    score: float
    kind: Literal["differs", "update", "compatible"]


def numeric_conflicts(stories: Stories, times: Sequence[str | None], parameters: ComparisonParameters) -> list[NumericConflict]:
    """Find figures that differ; `times` are the times of publication by story, None if not stated."""
    counting = _by_unit(stories)
    reported = {
        (number, figure.unit, figure.value)
        for number, story in enumerate(stories)
        for passage in story
        for figure in passage.features.figures
    }
    best: dict[tuple[int, int, str, str], NumericConflict] = {}
    for unit in sorted(counting):
        for one, other in combinations(counting[unit], 2):
            (left, a), (right, b) = one, other
            both_reported = (left[0], b.unit, b.value) in reported or (right[0], a.unit, a.value) in reported
            if left[0] == right[0] or a.value == b.value or both_reported:
                continue
            value = _same_thing(stories, one, other, unit, parameters)
            key = (left[0], right[0], a.unit, b.unit)
            if value is not None and (key not in best or value > best[key].score):
                best[key] = NumericConflict(left, right, a, b, value, _kind(a, b, times[left[0]], times[right[0]]))
    return sorted(best.values(), key=lambda found: (found.left, found.right, found.left_figure.text))


def _by_unit(stories: Stories) -> dict[str, list[tuple[Key, Quantity]]]:
    """The first figures of each story by unit; members, countries and the like also by what they are members of."""
    counting: defaultdict[str, list[tuple[Key, Quantity]]] = defaultdict(list)
    for number, story in enumerate(stories):
        seen: Counter[str] = Counter()
        for place, passage in enumerate(story):
            for figure in passage.features.figures:
                seen[figure.unit] += 1
                if seen[figure.unit] > _MOST:
                    continue
                counting[figure.unit].append(((number, place), figure))
                if figure.unit in _terms("member country nation state partner ally government"):
                    for about in sorted(figure.about):
                        counting[f"of {about}"].append(((number, place), figure))
    return counting


def _same_thing(
    stories: Stories, one: tuple[Key, Quantity], other: tuple[Key, Quantity], unit: str, parameters: ComparisonParameters
) -> float | None:
    """The score of the passages if two figures count the same thing, else None."""
    (left, a), (right, b) = one, other
    p, q = stories[left[0]][left[1]], stories[right[0]][right[1]]
    if (a.place and a.place not in _near_terms(stories, right)) or (b.place and b.place not in _near_terms(stories, left)):
        return None  # troops in one country, troops in another
    if a.value in _values(q) or b.value in _values(p):
        return None  # `12 of the more than 40 crews`: a part, not another figure
    value = score(p, q, parameters)
    low, high = sorted((a.value, b.value))
    if unit in _measures() or low <= parameters.counted_small or high > parameters.counted_ratio * low:
        beside = len(_beside(p, a) & _beside(q, b))
        close = high <= parameters.counted_ratio_loose * low and beside >= parameters.counted_beside
        return value if close and value >= parameters.counted_score_loose else None
    if value >= parameters.counted_score:
        return value
    if unit in _terms("kill injure people arrest missing"):
        return None
    if a.part or b.part or high > parameters.counted_ratio_named * low:
        return None
    alike = unit.startswith("of ") or not (a.about and b.about) or bool(a.about & b.about)
    return value if alike and _named_with(stories, left) & _named_with(stories, right) else None


def _kind(a: Quantity, b: Quantity, time_a: str | None, time_b: str | None) -> Literal["differs", "update", "compatible"]:
    low, high = sorted((a, b), key=lambda figure: figure.value)
    rounded = "about" in (low.bound, high.bound) and high.value <= _ROUNDED * low.value
    if rounded or high.value <= _EQUAL * low.value:
        return "compatible"
    early, late = (time_a, time_b) if low is a else (time_b, time_a)
    if a.unit in _terms("kill injure arrest") and early and late and early[: len(late)] < late[: len(early)]:
        return "update"
    return "compatible" if low.bound == "least" or high.bound == "most" else "differs"


def _beside(passage: WeightedPassage, figure: Quantity) -> set[str]:
    """The terms near a figure, without its unit."""
    terms = passage.features.terms
    at = next((place for place, word in enumerate(terms) if word[0].isdigit() and _number(word) == figure.value), None)
    near = terms if at is None else terms[max(0, at - _REACH) : at + _REACH]
    return {word for word in near if word != figure.unit and not word[0].isdigit()}


def _values(passage: WeightedPassage) -> set[float]:
    spelt = {value for word in passage.features.terms if (value := _number(word)) is not None}
    return spelt | {figure.value for figure in passage.features.figures}


def _number(word: str) -> float | None:
    return float(word) if word.replace(".", "", 1).isdecimal() else None


def _near_terms(stories: Stories, key: Key) -> set[str]:
    """The terms of a passage and of the one before it."""
    number, place = key
    return {word for passage in stories[number][max(0, place - 1) : place + 1] for word in passage.terms}


def _named_with(stories: Stories, key: Key) -> frozenset[str]:
    """The names near a figure: in its passage and, if that has few, in the one before."""
    number, place = key
    names = stories[number][place].names
    return names | stories[number][place - 1].names if place and len(names) < 2 else names


@cache
def _terms(words: str) -> frozenset[str]:
    return frozenset(term(word) for word in words.split())


@cache
def _measures() -> frozenset[str]:
    return frozenset(term(word) or word for word in wordlists.entries("measures"))
