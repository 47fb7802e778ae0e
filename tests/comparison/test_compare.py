"""The comparison as a whole: bounds, order, keeping what was prepared."""

from __future__ import annotations

import itertools
import pickle

import pytest
from msgspec.structs import replace

from reader.comparison.compare import MOST, compare
from reader.comparison.preprocess import prepare
from reader.comparison.results import Comparison
from tests.support.comparison_stories import COURIER, ELSEWHERE, GAZETTE, HERALD, ready, story

STORIES = [ready("a", HERALD), ready("b", COURIER), ready("c", GAZETTE)]


def facts(found: Comparison) -> tuple[object, ...]:
    """What was found, whatever the order of the stories."""
    pairs = {frozenset([(pair.left, pair.score), (pair.right, pair.score)]): pair.kind for pair in found.pairs}
    numbers = {frozenset([(pair.left, pair.left_number), (pair.right, pair.right_number)]): pair.kind for pair in found.numbers}
    told = {(telling.passage, frozenset(telling.stories), telling.outlets, telling.first) for telling in found.shared}
    return pairs, numbers, told, dict(found.unique), dict(found.passages)


def test_what_is_found_does_not_depend_on_the_order() -> None:
    wanted = facts(compare(STORIES))
    for order in itertools.permutations(STORIES):
        assert facts(compare(order)) == wanted


def test_a_pair_stands_as_its_stories_are_given() -> None:
    for given in (STORIES[:2], STORIES[1::-1]):
        found = compare(given)
        assert found.stories == tuple(prepared.story for prepared in given)
        assert {(pair.left.story, pair.right.story) for pair in found.pairs} == {found.stories}
        assert {(pair.left.story, pair.right.story) for pair in found.numbers} == {found.stories}
        (quote,) = [pair for pair in found.pairs if pair.kind == "quote"]
        assert quote.differs == ((("a claim", "the claim") if given[0].story == "a" else ("the claim", "a claim")),)


def test_sure_pairs_stand_above_faint_ones() -> None:
    found = compare(STORIES)
    assert all((pair.band == "sure") == (pair.score >= 0.8) for pair in found.pairs)


def test_what_was_prepared_may_be_kept() -> None:
    kept = pickle.loads(pickle.dumps(STORIES))
    assert compare(kept) == compare(STORIES)


@pytest.mark.parametrize("stories", [STORIES[:1], [STORIES[0], STORIES[0]], [ready(str(n), HERALD) for n in range(MOST + 1)]])
def test_too_few_too_many_and_the_same_twice_are_refused(stories: list[object]) -> None:
    with pytest.raises(ValueError, match="different stories"):
        compare(stories)  # type: ignore[arg-type]


def test_an_empty_story_shares_nothing() -> None:
    found = compare([STORIES[0], ready("empty", [])])
    assert (found.pairs, found.numbers, found.unique["empty"]) == ((), (), ())


def test_a_story_that_is_not_shelved_goes_by_its_address() -> None:
    told = replace(story("", HERALD), address="/news/ferry.txt")
    assert prepare(told).story == "/news/ferry.txt"


def test_another_language_is_seen() -> None:
    german = "Die Besatzungen der Fähren legten am Montag die Arbeit nieder, weil der Nachtverkehr gestrichen werden soll."
    assert {prepared.language for prepared in STORIES} == {"en"}
    assert ready("d", [german]).language == "de"


def test_stories_of_two_events_share_nothing() -> None:
    found = compare([STORIES[0], ready("x", ELSEWHERE)])
    assert (found.pairs, found.numbers, found.shared) == ((), (), ())


def test_a_detached_accent_does_not_stop_a_comparison() -> None:
    accented = tuple(f"{text} \u201cThe caf\u0065 \u0301 stays open,\u201d said Ana Berg." for text in HERALD)
    found = compare([ready("a", accented), ready("b", COURIER)])
    assert any(pair.band == "sure" for pair in found.pairs)
