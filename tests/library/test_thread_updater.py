"""Updates of threads, story by story, with a working set so small that most events are dormant."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path

import pytest
from msgspec.structs import replace

from reader.clustering.clusterer import Clusterer
from reader.clustering.parameters import ClusteringParameters
from reader.clustering.titles.kickers import kickers
from reader.clustering.titles.term_usage import TermUsageTable
from reader.library import thread_updater
from reader.library.thread_updater import ThreadUpdater
from reader.models import ExtractedField, Story, StoryText, Thread
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
    assert first not in weaver._clusterer.members, "it rests"
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


VOTE = ["The vote in Brandywell ended it. After the vote in Brandywell the ferries sailed.", "The vote in Brandywell was close."]
STRIKE = ["The strike in Brandywell stopped the ferries. After the strike in Brandywell the council held a vote."]
TOLD = (
    ("Brandywell vote ends ferry strike", VOTE),
    ("Council vote in Brandywell ends long strike", VOTE),
    ("Brandywell strike over at the ferry", STRIKE),
)


def grown(store: Store, told: Sequence[tuple[str, list[str]]]) -> list[list[Thread]]:
    """The threads after each story."""
    weaver, threads = ThreadUpdater(store), []
    for number, (title, body) in enumerate(told):
        store.stories.put(replace(story(number), title=ExtractedField(title), body=tuple(body)))
        weaver.update()
        threads.append(store.threads.all())
    return threads


def test_a_thread_of_one_story_is_named_by_its_headline(store: Store) -> None:
    (thread,) = grown(store, TOLD[:1])[0]
    assert thread.name == thread.automatic == thread.headline == TOLD[0][0]


def test_a_thread_keeps_its_kicker_as_it_grows_while_that_fits_nearly_as_well(store: Store) -> None:
    names = [[thread.name for thread in threads] for threads in grown(store, TOLD)]
    assert names == [[TOLD[0][0]], ["Brandywell vote"], ["Brandywell vote"]]
    at_once = kickers(TermUsageTable([StoryText(title, body) for title, body in TOLD]))
    assert at_once[0].text == "Brandywell strike"


def test_a_thread_whose_headlines_share_nothing_is_named_by_one_of_them(store: Store) -> None:
    told = (("Why they stopped", STRIKE), ("Ferry strike in Brandywell", STRIKE))
    (thread,) = grown(store, told)[-1]
    assert len(thread.stories) == 2
    assert thread.name == thread.automatic == thread.headline == "Ferry strike in Brandywell"


def test_the_headline_stays_while_it_is_nearly_as_near_to_the_others(store: Store) -> None:
    told = (("Ferry strike in Brandywell", STRIKE), ("Ferry strike at Brandywell", STRIKE), ("Brandywell ferry strike", STRIKE))
    headlines = [[thread.headline for thread in threads] for threads in grown(store, told)]
    assert headlines == [[told[0][0]]] * 3


def test_the_headline_is_not_that_of_a_copy(store: Store) -> None:
    long = [
        *STRIKE,
        "Nobody in the town of Brandywell could remember when the ferries had last stood still for as long as this.",
    ] * 2
    told = (("Ferry strike in Brandywell", long), ("Brandywell ferry strike: our own correspondent", long))
    (thread,) = grown(store, told)[-1]
    assert (thread.headline, thread.independent) == ("Ferry strike in Brandywell", 1)
