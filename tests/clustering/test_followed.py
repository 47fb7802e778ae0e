"""Followed threads: the reader's names find their threads, and a list that cannot be read says where."""

from __future__ import annotations

import itertools

import pytest

from reader.clustering.followed import FollowedThread, fit, read_followed
from reader.clustering.tfidf import add, unit, vector
from reader.errors import FollowedThreadsError
from tests.support.clustering import samples, telling

FOLLOWED = [
    FollowedThread("Syria withdrawal", "troops leave Syria, the coalition against ISIS"),
    FollowedThread("Mattis exit", "Mattis resigns as secretary of defense"),
    FollowedThread("Iraq letter", "unsigned draft letter"),
]


def threads() -> dict[str, dict[str, float]]:
    made = [vector(told.title, told.body) for told in map(telling, samples())]
    return {"mattis": unit(add(made[0], made[1]), 80), "syria": unit(add(made[2], made[3]), 80), "iraq": made[4]}


def test_each_name_goes_to_the_thread_it_fits_in_any_order() -> None:
    for order in itertools.permutations(FOLLOWED):
        assert fit(order, threads()) == {"syria": "Syria withdrawal", "mattis": "Mattis exit", "iraq": "Iraq letter"}


def test_a_name_alone_is_enough() -> None:
    assert fit([FollowedThread("Iraq letter")], threads()) == {"iraq": "Iraq letter"}


def test_what_is_far_from_everything_names_nothing() -> None:
    assert fit([FollowedThread("Harbour ferry", "crews, sailing, strike")], threads()) == {}


def test_one_thread_takes_one_name() -> None:
    assert len(fit([FollowedThread("Mattis exit", "Mattis"), FollowedThread("Mattis leaves", "Mattis")], threads())) == 1


def test_a_query_fits_by_the_share_it_matches() -> None:
    followed = [FollowedThread("Any", "outlet:courier")]
    assert fit(followed, threads(), {"Any": {"iraq": 1.0, "syria": 0.5, "mattis": 0.0}}) == {"iraq": "Any"}
    assert fit(followed, threads(), {"Any": {"iraq": 0.1}}) == {}


def test_a_list_is_read() -> None:
    text = "- name: Ferry strike\n  about: crews\n- name: Trams\n"
    assert read_followed(text, "mine.yaml") == [FollowedThread("Ferry strike", "crews"), FollowedThread("Trams")]
    assert read_followed("# none yet\n", "mine.yaml") == []


def test_names_are_cleaned() -> None:
    assert read_followed('- name: "a\\x1b[31mb"\n', "mine.yaml") == [FollowedThread("ab")]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("name: x", "line 1: not a list"),
        ("- x", "line 1: an entry needs a name"),
        ("- about: x", "the entry has no name"),
        ("- name: x\n- name: X", "line 2: X is already followed in line 1"),
        ("- name: x\n  name: y", "line 2: name appears twice"),
        ("- name: x\n  words: y", "line 2: unknown field words"),
        ("- name: x\n  about: [a, b]", "line 2: about is not text"),
        ("- name: x\n about: y", "line 2: not YAML"),
        ("[" * 1_500, "nested too deeply"),
    ],
)
def test_what_cannot_be_read_says_where(text: str, said: str) -> None:
    with pytest.raises(FollowedThreadsError, match=r"mine\.yaml") as caught:
        read_followed(text, "mine.yaml")
    assert said in str(caught.value)
