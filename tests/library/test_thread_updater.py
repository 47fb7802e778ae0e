"""Threads kept in step: story by story, with a working set so small that most events rest, and after changes to what rests."""

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
    numbers = {head.id: int(head.source.split(".")[0]) for head in store.heads()}
    return sorted(({numbers[story] for story in thread.stories} for thread in store.threads()), key=min)


def test_what_rests_stays_in_its_thread(store: Store) -> None:
    weaver = ThreadUpdater(store)
    for number in range(15):
        store.put(story(number))
        weaver.weave()
        assert not weaver.behind()
        assert not any(thread.waiting for thread in store.threads())
    assert sorted(number for group in groups(store) for number in group) == list(range(15))
    assert all(len({number % 3 for number in group}) == 1 for group in groups(store))
    assert len(groups(store)) < 9, "stories of one topic are tied though most of them rest"


def test_another_process_takes_up_where_one_stopped(store: Store) -> None:
    for number in range(15):
        store.put(story(number))
        ThreadUpdater(store).weave()
    one_by_one = groups(store)
    assert sorted(number for group in one_by_one for number in group) == list(range(15))
    assert all(len({number % 3 for number in group}) == 1 for group in one_by_one)


def test_a_story_that_rests_may_change_or_go(store: Store) -> None:
    weaver = ThreadUpdater(store)
    ids = [store.put(story(number))[0] for number in range(12)]
    weaver.weave()
    for number in range(12, 15):
        ids.append(store.put(story(number))[0])
        weaver.weave()
    store.put(story(0, "The strike is over."))
    store.remove([ids[4]])
    weaver.weave()
    told = groups(store)
    assert sorted(number for group in told for number in group) == [number for number in range(15) if number != 4]
    assert all(len({number % 3 for number in group}) == 1 for group in told)
    assert store.backlog() == []
    ThreadUpdater(store).weave()
    assert groups(store) == told


def test_cancelled_it_keeps_what_was_done(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(thread_updater, "_FIRST", 4)
    monkeypatch.setattr(thread_updater, "_MOST", 4)
    for number in range(12):
        store.put(story(number))
    weaver, heard = ThreadUpdater(store), list[tuple[int, int]]()
    weaver.weave(lambda done, of: heard.append((done, of)), lambda: len(heard) == 2)
    assert heard == [(4, 12), (8, 12)]
    assert weaver.behind()
    assert sum(thread.waiting for thread in store.threads()) == 4
    weaver.weave()
    assert not weaver.behind()
    assert sorted(number for group in groups(store) for number in group) == list(range(12))


def test_what_rests_comes_back_when_a_story_takes_it_up_again(store: Store) -> None:
    told = (
        "Captain Wexmoor of the trawler Halcynde struck the Corvath lighthouse off Pellinsay in fog; divers raised her anchor, "
        "keepers relit lanterns, insurers doubted his log and compass, and magistrates summoned helmsman Brannoch Tuil"
    )
    weaver = ThreadUpdater(store)
    first = store.put(
        replace(
            story(2),
            source="a.txt",
            address="/a.txt",
            published=ExtractedField("2018-11-01"),
            title=ExtractedField("Halcynde strikes Corvath lighthouse"),
            body=(told,) * 2,
        )
    )[0]
    weaver.weave()
    for number in range(20):
        store.put(story(number))
        weaver.weave()
    assert first not in weaver._loom.members, "it rests"
    later = replace(
        story(2),
        source="b.txt",
        address="/b.txt",
        title=ExtractedField("Captain of Halcynde tried over Corvath lighthouse"),
        published=ExtractedField("2019-12-01"),
        body=(f"{told} in the trial of Wexmoor at Pellinsay.",) * 2,
    )
    second = store.put(later)[0]
    weaver.weave()
    assert store.heads(ids=[first])[0].thread == store.heads(ids=[second])[0].thread
    assert not weaver.behind()
    assert sorted(story for thread in store.threads() for story in thread.stories) == sorted(head.id for head in store.heads())


def test_a_thread_keeps_its_name_as_it_grows_while_that_fits_nearly_as_well(store: Store) -> None:
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
        store.put(replace(story(number), title=ExtractedField(title), body=tuple(body)))
        weaver.weave()
        names.append([thread.name for thread in store.threads()])
    at_once = candidates(TermUsageTable([StoryText(title, body) for title, *body in (vote, strike)]))
    assert names == [["Brandywell vote"], ["Brandywell vote"]]
    assert at_once[0].text == "Brandywell strike"
