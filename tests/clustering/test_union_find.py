"""Disjoint sets: who is joined stands together, unless they must not."""

from __future__ import annotations

from reader.clustering.union_find import DisjointSets


def test_who_is_joined_stands_together() -> None:
    sets = DisjointSets([])
    sets.join("a", "b")
    sets.join("c", "d")
    assert sets.find("a") == sets.find("b") != sets.find("c") == sets.find("d")
    sets.join("b", "d")
    assert sets.find("a") == sets.find("c")


def test_sets_that_must_not_stand_together_are_not_joined_by_any_of_theirs() -> None:
    sets = DisjointSets([])
    sets.join("a", "b")
    sets.part("b", "c")
    sets.join("c", "d")
    sets.join("a", "d")
    assert sets.find("a") != sets.find("d")


def test_who_stands_together_already_is_not_parted() -> None:
    sets = DisjointSets([])
    sets.join("a", "b")
    sets.part("a", "b")
    sets.join("c", "a")
    assert sets.find("c") == sets.find("b")


def test_a_set_that_takes_in_a_root_is_rooted() -> None:
    sets = DisjointSets(["root"])
    sets.join("a", "root")
    assert sets.rooted == {sets.find("a")}
