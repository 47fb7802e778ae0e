"""Updates of threads, story by story, with a working set so small that most events are dormant."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest

from reader.clustering.clusterer import Clusterer
from reader.clustering.parameters import ClusteringParameters
from reader.clustering.titles.candidates import candidates
from reader.clustering.titles.term_usage import TermUsageTable
from reader.library import thread_updater
from reader.library.thread_updater import ThreadUpdater
from reader.models import ExtractedField, Story, StoryText
from reader.storage.store import Store

TOPICS = (
    ("Ferry strike", "The ferry crews of the northern harbour went on strike over their wages and the ferries stayed at the pier"),
    ("Tram tunnel", "The tram tunnel under the old town was opened by the mayor and the first tram went to the airport"),
    ("School roof", "The roof of the village school was torn off by the storm and the pupils were sent home by the teachers"),
)


def story(number: int, text: str = "") -> Story:
    title, body = TOPICS[number % 3]
    return Story(
        source=f"{number}.txt",
        address=f"/{number}.txt",
        title=ExtractedField(f"{title} {number}"),
        published=ExtractedField(f"2018-12-{number + 1:02}"),
        body=(f"{body}, it was said on day {number}. {text}",) * 2,
    )


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    monkeypatch.setattr(thread_updater, "Clusterer", partial(Clusterer, ClusteringParameters(working_set=3)))
    made = Store(tmp_path)
    yield made
    made.close()


def groups(store: Store) -> list[set[int]]:
    """The numbers of the stories of each thread."""
    numbers = {head.id: int(head.source.split(".")[0]) for head in store.stories.headers()}
    return sorted(({numbers[story] for story in thread.stories} for thread in store.threads.all()), key=min)


def test_dormant_stories_stay_in_their_threads(store: Store) -> None:
    weaver = ThreadUpdater(store)
    for number in range(15):
        store.stories.put(story(number))
        weaver.update()
        assert not weaver.is_behind()
        assert not any(thread.waiting for thread in store.threads.all())
    assert sorted(number for group in groups(store) for number in group) == list(range(15))
    assert all(len({number % 3 for number in group}) == 1 for group in groups(store))
    assert len(groups(store)) < 9, "stories of one topic are tied though most of them rest"


def test_another_process_continues_an_update(store: Store) -> None:
    for number in range(15):
        store.stories.put(story(number))
        ThreadUpdater(store).update()
    one_by_one = groups(store)
    assert sorted(number for group in one_by_one for number in group) == list(range(15))
    assert all(len({number % 3 for number in group}) == 1 for group in one_by_one)


def test_dormant_stories_can_be_changed_or_deleted(store: Store) -> None:
    weaver = ThreadUpdater(store)
    ids = [store.stories.put(story(number))[0] for number in range(12)]
    weaver.update()
    for number in range(12, 15):
        ids.append(store.stories.put(story(number))[0])
        weaver.update()
    store.stories.put(story(0, "The strike is over."))
    store.stories.remove([ids[4]])
    weaver.update()
    told = groups(store)
    assert sorted(number for group in told for number in group) == [number for number in range(15) if number != 4]
    assert all(len({number % 3 for number in group}) == 1 for group in told)
    assert store.clusters.backlog() == []
    ThreadUpdater(store).update()
    assert groups(store) == told


def test_a_canceled_update_keeps_its_results(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(thread_updater, "_FIRST", 4)
    monkeypatch.setattr(thread_updater, "_MOST", 4)
    for number in range(12):
        store.stories.put(story(number))
    weaver, heard = ThreadUpdater(store), list[tuple[int, int]]()
    weaver.update(lambda done, of: heard.append((done, of)), lambda: len(heard) == 2)
    assert heard == [(4, 12), (8, 12)]
    assert weaver.is_behind()
    assert sum(thread.waiting for thread in store.threads.all()) == 4
    weaver.update()
    assert not weaver.is_behind()
    assert sorted(number for group in groups(store) for number in group) == list(range(12))


def test_a_dormant_event_is_reactivated_by_a_new_story(store: Store) -> None:
    told = (
        "Captain Wexmoor of the trawler Halcynde struck the Corvath lighthouse off Pellinsay in fog; divers raised her anchor, "
        "keepers relit lanterns, insurers doubted his log and compass, and magistrates summoned helmsman Brannoch Tuil"
    )
    weaver = ThreadUpdater(store)
    first = store.stories.put(
        replace(
            story(2),
            source="a.txt",
            address="/a.txt",
            published=ExtractedField("2018-11-01"),
            title=ExtractedField("Halcynde strikes Corvath lighthouse"),
            body=(told,) * 2,
        )
    )[0]
    weaver.update()
    for number in range(20):
        store.stories.put(story(number))
        weaver.update()
    assert first not in weaver._loom.members, "it rests"
    later = replace(
        story(2),
        source="b.txt",
        address="/b.txt",
        title=ExtractedField("Captain of Halcynde tried over Corvath lighthouse"),
        published=ExtractedField("2019-12-01"),
        body=(f"{told} in the trial of Wexmoor at Pellinsay.",) * 2,
    )
    second = store.stories.put(later)[0]
    weaver.update()
    assert store.stories.headers(ids=[first])[0].thread == store.stories.headers(ids=[second])[0].thread
    assert not weaver.is_behind()
    assert sorted(story for thread in store.threads.all() for story in thread.stories) == sorted(
        head.id for head in store.stories.headers()
    )


def test_a_growing_thread_keeps_a_name_that_still_fits(store: Store) -> None:
    strike = (
        "Brandywell strike at the ferry",
        "The strike in Brandywell stopped the ferries. After the strike in Brandywell the council held a vote.",
    )
    vote = (
        "Council vote ends ferry walkout",
        "The vote in Brandywell ended it. After the vote in Brandywell the ferries sailed and the strike was over.",
        "The vote in Brandywell was close.",
    )
    weaver = ThreadUpdater(store)
    names = []
    for number, (title, *body) in enumerate((vote, strike)):
        store.stories.put(replace(story(number), title=ExtractedField(title), body=tuple(body)))
        weaver.update()
        names.append([thread.name for thread in store.threads.all()])
    at_once = candidates(TermUsageTable([StoryText(title, body) for title, *body in (vote, strike)]))
    assert names == [["Brandywell vote"], ["Brandywell vote"]]
    assert at_once[0].text == "Brandywell strike"
