"""Rebuilding threads: the result equals clustering in order, and old threads stay until it is done."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from reader.library import thread_updater
from reader.library.thread_updater import ThreadUpdater
from reader.models import ExtractedField, FeedEntry, Story
from reader.storage.feed_items import FeedItemRow, feed_item_rows
from reader.storage.item_matcher import MOST_VERSIONS
from reader.storage.outlets import FeedOutlet
from reader.storage.shadow import ThreadDraft
from reader.storage.store import Store
from reader.storage.versions import THREADS
from tests.support.stories import story as plain_story

PLACES = ("Northport", "Eastwick", "Southend", "Westbury", "Midvale", "Farhaven")
HAPPENINGS = (
    ("ferry strike", "The ferry crews went on strike over their wages and the boats stayed at the pier"),
    ("tram tunnel", "The tram tunnel under the old town was opened by the mayor and the first tram went out"),
    ("school roof", "The roof of the school was torn off by the storm and the pupils were sent home by the teachers"),
    ("library fire", "The library burned down in the night and the firemen saved the oldest of the books from the vault"),
)


def story(number: int, text: str = "", day: int | None = None) -> Story:
    place, (title, body) = PLACES[number % len(PLACES)], HAPPENINGS[number % len(HAPPENINGS)]
    said = f"In {place} it was told on day {number} by witness {number * 7 % 11}. {text}"
    return Story(
        source=f"{number}.txt",
        address=f"/{number:03}.txt",
        title=ExtractedField(f"{place} {title} {number}"),
        published=ExtractedField(f"2018-{1 + number // 28:02}-{1 + number % 28:02}"),
        body=(f"{body} of {place}. {said}",) * 2,
    )


@pytest.fixture
def stores(tmp_path: Path) -> Iterator[Any]:
    made: list[Store] = []

    def make() -> Store:
        made.append(Store(tmp_path / str(len(made))))
        return made[-1]

    yield make
    for store in made:
        store.close()


def told(store: Store) -> list[tuple[str, str, list[str]]]:
    """The threads by id and name, their stories by address."""
    sources = {head.id: head.source for head in store.stories.headers()}
    return sorted((thread.id, thread.name, [sources[story] for story in thread.stories]) for thread in store.threads.all())


def in_order(stores: Any, numbers: list[int]) -> Store:
    store: Store = stores()
    for number in numbers:
        store.stories.put(story(number))
    ThreadUpdater(store).update()
    return store


@pytest.mark.parametrize("seed", range(4))
def test_a_rebuild_equals_clustering_in_order(stores: Any, seed: int) -> None:
    drawn = random.Random(seed)
    store: Store = stores()
    weaver = ThreadUpdater(store)
    numbers = list(range(60))
    late, changed, gone = set(drawn.sample(numbers, 8)), set(drawn.sample(numbers, 8)), set(drawn.sample(numbers, 8))
    ids = {
        number: store.stories.put(story(number, "It was otherwise." if number in changed else ""))[0]
        for number in numbers
        if number not in late
    }
    weaver.update()
    for number in drawn.sample(sorted(late), len(late)):
        ids[number] = store.stories.put(story(number))[0]
    weaver.update()
    for number in changed:
        store.stories.put(story(number))
    store.stories.remove([ids[number] for number in gone])
    weaver.update()
    weaver.rebuild()
    assert told(store) == told(in_order(stores, [number for number in numbers if number not in gone]))
    assert not weaver.is_behind()


def test_many_late_stories_trigger_a_rebuild(stores: Any) -> None:
    store: Store = stores()
    weaver = ThreadUpdater(store)
    for number in [*range(40, 60), *range(20, 40), *range(20)]:
        store.stories.put(story(number))
        if number % 5 == 4:
            weaver.update()
    assert told(store) == told(in_order(stores, list(range(60))))


def test_old_threads_stay_until_a_rebuild_is_done(stores: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(thread_updater, "_FIRST", 10)
    store = in_order(stores, list(range(40)))
    before, seen = told(store), list[Any]()
    ThreadUpdater(store).rebuild(lambda done, of: seen.append((done, of, told(store) == before)))
    assert seen[0] == (10, 40, True)
    assert all(same for _, _, same in seen)
    assert told(store) == before


def test_a_canceled_rebuild_changes_nothing(stores: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(thread_updater, "_FIRST", 10)
    store = in_order(stores, list(range(40)))
    before, state = told(store), store.log.state("threads")
    ThreadUpdater(store).rebuild(cancelled=lambda: True)
    assert (told(store), store.log.state("threads")) == (before, state)


def test_another_recipe_triggers_a_rebuild(stores: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    store = in_order(stores, list(range(20)))
    before = told(store)
    monkeypatch.setattr(thread_updater, "RECIPE", THREADS + 1)
    weaver = ThreadUpdater(store)
    assert weaver.is_behind()
    weaver.update()
    assert not weaver.is_behind()
    assert told(store) == before


def test_a_draft_skips_deleted_stories(stores: Any) -> None:
    store = in_order(stores, list(range(12)))
    draft = ThreadDraft(store.folder)
    draft.store.clusters.clear(THREADS)
    assert [thread.waiting for thread in draft.store.threads.all()] == [True] * 12
    assert not any(thread.waiting for thread in store.threads.all())
    ThreadUpdater(draft.store, shown=False)._cluster_backlog(None, None)
    store.stories.remove([store.stories.headers()[0].id])
    draft.publish()
    draft.close()
    assert sum(len(thread.stories) for thread in store.threads.all()) == 11
    ThreadUpdater(store).update()
    assert store.clusters.backlog() == []


@pytest.mark.parametrize("day", ["1970-01-01", "1999-12-31", "2098-05-05", "0001-01-01"])
def test_one_story_of_a_far_day_costs_nothing(stores: Any, monkeypatch: pytest.MonkeyPatch, day: str) -> None:
    store = in_order(stores, list(range(60)))
    regrouped, save = list[int](), ThreadUpdater._save

    def counting(self: ThreadUpdater, clustered: Any) -> None:
        regrouped.append(len(clustered.lines))
        save(self, clustered)

    def refused(self: ThreadUpdater, *more: Any) -> None:
        raise AssertionError("all threads are made again")

    monkeypatch.setattr(ThreadUpdater, "_save", counting)
    monkeypatch.setattr(ThreadUpdater, "_rebuild", refused)
    updater, before = ThreadUpdater(store), told(store)
    store.stories.put(plain_story("/far", "Typing error", ["A heron stood in the reeds for a whole day."], published=day))
    updater.update()
    assert regrouped == [1]
    assert len(told(store)) == len(before) + 1
    for number in range(60, 70):
        store.stories.put(story(number))
        updater.update()
    assert max(regrouped) < 10, "later stories are not late because of it"
    assert not updater.is_behind()


def test_dates_and_texts_that_always_change_do_not_rebuild_all_threads_again_and_again(
    stores: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = in_order(stores, list(range(60)))
    updater, rebuilt, rebuild = ThreadUpdater(store), list[int](), ThreadUpdater._rebuild

    def counting(self: ThreadUpdater, *more: Any) -> None:
        rebuilt.append(1)
        rebuild(self, *more)

    monkeypatch.setattr(ThreadUpdater, "_rebuild", counting)
    feed = "https://changing.example/feed"

    def items(visit: int) -> list[FeedItemRow]:
        never = [
            (f"Story {key}", f"Version {visit * visit} of text {key}: {'word ' * visit}", f"2018-12-2{key}") for key in range(5)
        ]
        wrong = ("Typing error", "A day long ago.", "1970-01-01")
        moved = ("Moving date", "Always the same.", f"2018-12-{20 + visit % 10}")
        return feed_item_rows(
            FeedEntry(title, plain_story(f"/{title}", title, [text], published=day)) for title, text, day in (*never, wrong, moved)
        )

    counted = []
    for visit in range(1, 31):
        store.feed_items.put(feed, items(visit), FeedOutlet(None, "Changing"))
        updater.update()
        counted.append(len(rebuilt))
    assert counted[-1] == counted[4], "after the first visits nothing is made again"
    assert len(store.stories.headers()) == 67
    versions = [len(store.stories.versions(header.id)) for header in store.stories.headers()]
    assert max(versions) == MOST_VERSIONS
    assert sorted(versions)[-6] == 0, "only the five that change have any"
