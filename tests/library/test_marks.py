"""Flags on many stories at once."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

import pytest

from reader.errors import QueryError
from reader.library import Library
from reader.library.marks import Selection
from reader.models import Place
from tests.support.feed_stories import COAST, SEA, group, subscribe
from tests.support.flags import set_flag


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    made = Library.open(tmp_path)
    yield made
    made.close()


@pytest.fixture
def ids(library: Library) -> list[str]:
    return [*subscribe(library, SEA, "a", "b", "c", tags=("Water",)), *subscribe(library, COAST, "d", tags=("Water",))]


def unread(library: Library) -> set[str]:
    return set(library.places.rows(Place(kind="unread")).ids())


def test_each_kind_of_selection_is_one_undoable_change(library: Library, ids: list[str]) -> None:
    a, b, c, d = ids
    group(library, [a, d], [b], [c])
    library.synchronizer.catch_up()
    (thread,) = {header.thread for header in library._store.stories.headers([a])}
    selections = {
        "stories": (Selection(stories=(a, c)), {a, c}),
        "thread": (Selection(thread=thread), {header.id for header in library.threads.headers(thread or "")}),
        "feed": (Selection(place=Place(kind="feed", key=SEA)), {a, b, c}),
        "folder": (Selection(place=Place(kind="folder", key="Water")), set(ids)),
        "listed": (Selection(place=Place(kind="all"), text="about D"), {d}),
        "old": (Selection(place=Place(kind="feed", key=SEA), days=30), {a, b, c}),
        "not old": (Selection(days=100_000), set()),
        "query": (Selection(query="words -outlet:coast"), {a, b, c}),
        "all": (Selection(), set(ids)),
    }
    for name, (selection, wanted) in selections.items():
        change = library.marks.apply(selection, read=True)
        assert unread(library) == set(ids) - wanted, name
        assert (change.stories if change else 0) == len(wanted), name
        assert library.marks.undo() == change, name
        assert unread(library) == set(ids), name


def test_changes_are_undone_and_redone_in_order(library: Library, ids: list[str]) -> None:
    library.marks.apply(Selection(stories=tuple(ids)), starred=True)
    library.marks.apply(Selection(stories=(ids[0],)), starred=False)
    starred = Place(kind="starred")
    assert set(library.places.rows(starred).ids()) == set(ids[1:])
    library.marks.undo()
    library.marks.undo()
    assert library.places.rows(starred).ids() == []
    library.marks.redo()
    library.marks.redo()
    assert set(library.places.rows(starred).ids()) == set(ids[1:])


def test_marking_unread_can_be_undone(library: Library, ids: list[str]) -> None:
    set_flag(library, "read", ids, True)
    library.marks.apply(Selection(stories=(ids[2], "gone")), read=False)
    assert unread(library) == {ids[2]}


def test_an_invalid_query_is_rejected_and_changes_nothing(library: Library, ids: list[str]) -> None:
    with pytest.raises(QueryError):
        library.marks.apply(Selection(query="is:nothing"), read=True)
    assert library.marks.undo() is None


@pytest.mark.parametrize("flags", [{}, {"read": True, "starred": True}])
def test_exactly_one_flag_is_changed(library: Library, flags: dict[str, bool]) -> None:
    with pytest.raises(ValueError, match="either"):
        library.marks.apply(Selection(), **flags)


@pytest.mark.parametrize("seed", range(3))
def test_100_changes_are_undone_and_redone_after_a_restart(tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)
    library = Library.open(tmp_path / "library")
    ids = subscribe(library, SEA, *"abcdefgh")

    def state() -> tuple[set[str], set[str]]:
        return unread(library), set(library.places.rows(Place(kind="starred")).ids())

    states = [state()]
    while len(states) <= 100:
        selection = Selection(stories=tuple(chance.sample(ids, chance.randint(1, 5))))
        flag = chance.choice(["read", "starred"])
        if library.marks.apply(selection, **{flag: chance.random() < 0.5}):
            states.append(state())
    library.close()
    library = Library.open(tmp_path / "library")
    for before in reversed(states[:-1]):
        assert library.marks.undo()
        assert state() == before
    assert library.marks.undo() is None
    library.close()
    library = Library.open(tmp_path / "library")
    for after in states[1:]:
        assert library.marks.redo()
        assert state() == after
    assert library.marks.redo() is None
    library.close()
