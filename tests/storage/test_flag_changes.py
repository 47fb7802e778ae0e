"""Changes of flags on many stories at once, undone and redone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from reader.storage import flag_changes
from reader.storage.store import Store
from tests.support.flags import set_flag
from tests.support.stories import story


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    made = Store(tmp_path)
    yield made
    made.close()


@pytest.fixture
def ids(store: Store) -> list[str]:
    return [store.stories.put(story(f"/{n}", body=[f"Number {n}."]))[0] for n in range(4)]


def test_undo_restores_the_flags_of_each_story(store: Store, ids: list[str]) -> None:
    set_flag(store, "read", ids[:1], True)
    change = store.flag_changes.apply("read", ids[:3], True)
    assert change is not None
    assert (change.number, change.flag, change.on, set(change.ids), change.stories) == (1, "read", True, set(ids[1:3]), 2)
    assert set(store.flags.ids("read")) == set(ids[:3])
    assert store.flag_changes.undo() == change
    assert store.flags.ids("read") == ids[:1]
    assert store.flag_changes.undo() is None
    assert store.flag_changes.redo() == change
    assert set(store.flags.ids("read")) == set(ids[:3])
    assert store.flag_changes.redo() is None


def test_flags_are_cleared_and_set_again(store: Store, ids: list[str]) -> None:
    set_flag(store, "starred", ids, True)
    change = store.flag_changes.apply("starred", ids[1:], False)
    assert change is not None
    assert (change.number, change.flag, change.on, change.stories) == (1, "starred", False, 3)
    assert store.flags.ids("starred") == ids[:1]
    store.flag_changes.undo()
    assert set(store.flags.ids("starred")) == set(ids)


def test_an_empty_change_is_none_and_keeps_the_redo_history(store: Store, ids: list[str]) -> None:
    store.flag_changes.apply("read", ids, True)
    store.flag_changes.undo()
    assert store.flag_changes.apply("read", ["gone"], True) is None
    assert store.flag_changes.apply("read", ids, False) is None
    assert store.flag_changes.redo() is not None


def test_a_new_change_clears_the_redo_history(store: Store, ids: list[str]) -> None:
    store.flag_changes.apply("read", ids[:1], True)
    store.flag_changes.undo()
    store.flag_changes.apply("read", ids[1:2], True)
    assert store.flag_changes.redo() is None
    assert store.flags.ids("read") == ids[1:2]


def test_changes_can_be_undone_after_a_restart(tmp_path: Path) -> None:
    store = Store(tmp_path)
    ids = [store.stories.put(story(f"/{n}", body=[f"Number {n}."]))[0] for n in range(2)]
    store.flag_changes.apply("read", ids[:1], True)
    store.flag_changes.apply("starred", ids, True)
    store.close()
    store = Store(tmp_path)
    assert [change.flag for _ in range(2) if (change := store.flag_changes.undo())] == ["starred", "read"]
    store.close()
    store = Store(tmp_path)
    assert store.flags.ids("read") == store.flags.ids("starred") == []
    assert [change.flag for _ in range(2) if (change := store.flag_changes.redo())] == ["read", "starred"]
    assert set(store.flags.ids("starred")) == set(ids)
    store.close()


def test_deleted_stories_are_skipped(store: Store, ids: list[str]) -> None:
    store.flag_changes.apply("read", ids, False)
    store.flag_changes.apply("read", ids, True)
    store.stories.remove(ids[:1])
    store.flag_changes.undo()
    store.flag_changes.redo()
    assert set(store.flags.ids("read")) == set(ids[1:])


def test_only_the_latest_changes_are_stored(store: Store, ids: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(flag_changes, "MAX_CHANGES", 3)
    for turn in range(5):
        store.flag_changes.apply("read", ids[:1], turn % 2 == 0)
    assert sum(store.flag_changes.undo() is not None for _ in range(5)) == 3


def test_large_changes_displace_older_ones(store: Store, ids: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(flag_changes, "MAX_STORIES", 3)
    store.flag_changes.apply("starred", ids[:1], True)
    store.flag_changes.apply("read", ids, True)
    undone = store.flag_changes.undo()
    assert undone is not None
    assert (undone.number, undone.flag, undone.on, undone.stories) == (2, "read", True, 4)
    assert store.flag_changes.undo() is None
