"""Corrections replayed over any threads: every word holds that no later one contradicts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reader.clustering.correction_replay import CorrectedThread, replay
from reader.models import Correction
from reader.models.correction import CorrectionKind
from tests.support.correction_oracle import broken, demands, possible

STORIES = [f"s{number}" for number in range(12)]
Found = tuple[dict[str, list[str]], dict[str, int]]


@st.composite
def found_threads(draw: st.DrawFn) -> Found:
    """Some threads of all stories, and the event of each: events lie whole in threads."""
    events = draw(st.lists(st.integers(0, 7), min_size=len(STORIES), max_size=len(STORIES)))
    lines = draw(st.lists(st.integers(0, 3), min_size=8, max_size=8))
    threads: dict[str, list[str]] = {}
    for story, event in zip(STORIES, events, strict=True):
        threads.setdefault(f"t{lines[event]}", []).append(story)
    return threads, dict(zip(STORIES, events, strict=True))


def home(threads: Mapping[str, Sequence[str]]) -> dict[str, str]:
    return {story: id for id, stories in threads.items() for story in stories}


def placed(shown: Sequence[CorrectedThread]) -> dict[str, str]:
    return {story: thread.id for thread in shown for story in thread.stories}


def said(
    draw: Callable[..., Any],
    number: int,
    shown: Sequence[CorrectedThread],
    events: Mapping[str, int],
    kinds: Sequence[CorrectionKind],
) -> Correction | None:
    """A word of a reader who sees these threads; None where it cannot be said."""
    kind = draw(st.sampled_from(kinds))
    one = draw(st.sampled_from(shown))
    other = draw(st.sampled_from(shown))
    if kind in ("rename", "pin", "mute", "follow"):
        text = f"name {number}" if kind == "rename" else draw(st.sampled_from(("on", "off")))
        return Correction(number=number, kind=kind, stories=one.stories, text=text)
    if kind == "merge":
        return Correction(number=number, kind=kind, stories=one.stories, others=(other.stories,)) if one != other else None
    leaving = draw(st.lists(st.sampled_from(one.stories), min_size=1, unique=True))
    if kind == "apart":
        two = draw(st.sampled_from(other.stories))
        if leaving[0] == two:
            return None
        pair = (two, leaving[0])
        leaving = [story for story in one.stories if story == leaving[0] or events[story] == events[leaving[0]] != events[two]]
        rest = tuple(story for story in one.stories if story not in leaving)
        return Correction(number=number, kind=kind, stories=tuple(leaving) if one == other else (), others=(pair, rest))
    rest = tuple(story for story in one.stories if story not in leaving)
    if kind == "split":
        return Correction(number=number, kind=kind, stories=tuple(leaving), others=(rest,)) if rest else None
    return Correction(number=number, kind="move", stories=tuple(leaving), others=(other.stories, rest)) if one != other else None


@st.composite
def histories(draw: st.DrawFn, *kinds: CorrectionKind) -> list[Correction]:
    """Words said one by one, while the threads found change between them."""
    log: list[Correction] = []
    for number in range(1, draw(st.integers(1, 10)) + 1):
        threads, events = draw(found_threads())
        word = said(draw, number, replay(threads, events, log), events, kinds)
        if word is not None:
            log.append(word)
    return log


ALL: tuple[CorrectionKind, ...] = ("merge", "split", "move", "apart", "rename", "pin")


@settings(max_examples=80, deadline=None)
@given(histories("merge", "split", "apart"), found_threads())
def test_whatever_the_threads_every_last_word_on_a_pair_holds(log: list[Correction], found: Found) -> None:
    threads, events = found
    said = demands(log, home(threads))
    assert possible(said)
    assert broken(said, placed(replay(threads, events, log))) == []


@settings(max_examples=80, deadline=None)
@given(histories(*ALL), found_threads(), st.sets(st.sampled_from(STORIES), max_size=3))
def test_a_word_yields_to_later_words_alone(log: list[Correction], found: Found, gone: set[str]) -> None:
    threads, events = {id: [story for story in stories if story not in gone] for id, stories in found[0].items()}, found[1]
    shown = replay(threads, events, log)
    first = next(place for place in range(len(log) + 1) if possible(demands(log[place:], home(threads))))
    assert broken(demands(log[first:], home(threads)), placed(shown)) == []
    assert sorted(placed(shown)) == sorted(home(threads))
    assert max(Counter(thread.id for thread in shown).values()) == 1


@settings(max_examples=50, deadline=None)
@given(st.data(), found_threads())
def test_of_words_that_no_history_led_to_the_last_holds(data: st.DataObject, found: Found) -> None:
    threads, events = found
    log = []
    for number in range(1, 8):
        before, tied = data.draw(found_threads())
        if word := said(data.draw, number, replay(before, tied, []), tied, ALL[:4]):
            log.append(word)
    first = next(place for place in range(len(log) + 1) if possible(demands(log[place:], home(threads))))
    assert broken(demands(log[first:], home(threads)), placed(replay(threads, events, log))) == []


@settings(max_examples=80, deadline=None)
@given(histories(*ALL), found_threads())
def test_names_and_flags_stay_with_most_of_what_has_not_left(log: list[Correction], found: Found) -> None:
    threads, events = found
    shown = {thread.id: thread for thread in replay(threads, events, log)}
    place = placed(list(shown.values()))
    want: dict[str, str] = {}
    for at, word in enumerate(log):
        left = {story for later in log[at:] if later.kind in ("split", "move", "apart") for story in later.stories}
        staying = Counter(place[story] for story in word.stories if story not in left)
        if word.kind == "rename" and staying:
            want[staying.most_common(1)[0][0]] = word.text
    assert {id: thread.name for id, thread in shown.items() if thread.name} == want


@given(found_threads())
def test_nothing_said_changes_nothing(found: Found) -> None:
    threads, events = found
    assert {thread.id: list(thread.stories) for thread in replay(threads, events, [])} == threads


MOVE = Correction(number=3, kind="move", stories=("a1",), others=(("b1", "b2"), ("a2", "a3")))
THREADS = {"a": ["a1", "a2", "a3", "a9"], "b": ["b1", "b2"]}


@pytest.mark.parametrize(
    ("events", "goes_with"),
    [({"a1": 1, "a2": 2, "a3": 2, "a9": 1}, "b"), ({"a1": 1, "a2": 1, "a3": 2, "a9": 1}, "a"), ({"a1": 1, "a9": 4}, "a")],
)
def test_what_came_later_goes_with_what_left_if_it_is_in_one_event_with_that_alone(events: dict[str, int], goes_with: str) -> None:
    place = placed(replay(THREADS, events, [MOVE]))
    assert place["a1"] == "b"
    assert place["a9"] == goes_with


def test_threads_keep_the_id_of_their_largest_part_and_new_ones_get_one_of_the_correction() -> None:
    split = Correction(number=7, kind="split", stories=("a1",), others=(("a2", "a3"),))
    shown = {thread.id: set(thread.stories) for thread in replay(THREADS, {}, [split])}
    assert shown == {"a": {"a2", "a3", "a9"}, "c7": {"a1"}, "b": {"b1", "b2"}}
    merge = Correction(number=8, kind="merge", stories=("b1", "b2"), others=(("a2", "a3", "a9"),))
    shown = {thread.id: set(thread.stories) for thread in replay(THREADS, {}, [split, merge])}
    assert shown == {"a": {"a2", "a3", "a9", "b1", "b2"}, "c7": {"a1"}}


def test_what_came_later_goes_with_the_thread_wherever_that_went() -> None:
    merge = Correction(number=1, kind="merge", stories=("a1", "a2"), others=(("b1", "b2"),))
    move = Correction(number=2, kind="move", stories=("c1",), others=(("d1",), ()))
    threads = {"a": ["a1", "a2", "a9"], "b": ["b1", "b2", "b9"], "c": ["c1"], "d": ["d1", "d8", "d9"]}
    shown = {thread.id: set(thread.stories) for thread in replay(threads, {}, [merge, move])}
    assert shown == {"a": {"a1", "a2", "a9", "b1", "b2", "b9"}, "d": {"c1", "d1", "d8", "d9"}}
