"""Corrections of threads: independent of clustering, and all of them undoable."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from reader.errors import CorrectionError
from reader.library import Library
from reader.library.thread_updater import ThreadUpdater
from reader.models import ExtractedField, Story, Thread
from reader.storage.store import Store
from reader.storage.versions import THREADS
from tests.support.correction_oracle import broken, demands, possible

PLACES = (
    "harbour",
    "tunnel",
    "village school",
    "observatory",
    "brewery",
    "salt mine",
    "opera house",
    "lighthouse",
    "quarry",
    "dairy",
)
EVENTS = (
    (
        "strike",
        "The crews of the {0} walked out over their wages, and the union said that nobody would work without a new contract",
    ),
    ("fire", "Flames destroyed the roof of the {0}, and firemen with ladders fought the smoke until the morning brought rain"),
    ("sale", "An investor bought the {0} for nine million, and the seller spoke of taxes, debts and a bank that lost its patience"),
)


def story(number: int) -> Story:
    """One of many stories: of each place and event a few, told alike."""
    place, (event, told) = PLACES[number % len(PLACES)], EVENTS[number // len(PLACES) % len(EVENTS)]
    return Story(
        source=f"{number}.txt",
        address=f"/{number}.txt",
        url=f"https://paper{number % 7}.example/{number}",
        title=ExtractedField(f"{place.title()} {event}, report {number}"),
        outlet=ExtractedField(f"Paper {number % 7}"),
        published=ExtractedField(f"2018-{number // 28 % 12 + 1:02}-{number % 28 + 1:02}"),
        body=(told.format(place) + f". It was report {number}.",) * 2,
    )


@pytest.fixture
def corrected(tmp_path: Path) -> Iterator[Library]:
    """A library of sixty stories in a good many threads."""
    library = Library.open(tmp_path / "library")
    for number in range(60):
        library._store.stories.put(story(number))
    library.synchronizer.catch_up()
    yield library
    library.close()


def told(threads: Sequence[Thread]) -> dict[str, tuple[str, frozenset[str]]]:
    """The name and the stories of each thread."""
    return {thread.id: (thread.name, frozenset(thread.stories)) for thread in threads}


def large(library: Library) -> list[Thread]:
    return [thread for thread in library.threads.all() if len(thread.stories) > 1]


def weave_anew(folder: Path) -> None:
    """Forget all that was tied, and tie it again."""
    store = Store(folder)
    store.clusters.clear(THREADS)
    ThreadUpdater(store).update()
    store.close()


def untouched(library: Library, folder: Path) -> list[Thread]:
    """The threads of a library of the same stories of which nothing was ever said."""
    other = Library.open(folder)
    for head in library._store.stories.headers():
        other._store.stories.put(library.stories.get(head.id))
    other.synchronizer.catch_up()
    threads = other.threads.all()
    other.close()
    return threads


def say_something(library: Library, chance: random.Random, number: int) -> None:
    """Make a random correction; one that cannot be taken is none."""
    threads = library.threads.all()
    one, other = chance.sample(threads, 2)
    some = chance.sample(one.stories, chance.randint(1, len(one.stories)))
    leaving = ("split", "apart", "apart", "rename")
    match chance.choice(leaving if len(threads) < 10 else ("merge", "move", *leaving)):
        case "merge":
            library.corrections.merge([one.id, other.id])
        case "split":
            library.corrections.split(some)
        case "move":
            library.corrections.move(some, other.id)
        case "apart":
            library.corrections.apart(*chance.sample(chance.choice(large(library)).stories, 2))
        case "rename":
            library.corrections.rename(one.id, f"Name {number}")


def test_two_hundred_corrections_survive_a_rebuild_and_can_be_undone(corrected: Library, tmp_path: Path) -> None:
    chance, number = random.Random(20181221), 0
    while len(corrected.corrections.log()) < 200:
        number += 1
        try:
            say_something(corrected, chance, number)
        except CorrectionError:
            continue
        if number % 10 == 0:  # more stories come between the words
            corrected._store.stories.put(story(60 + number // 10))
            corrected.synchronizer.catch_up()
    weave_anew(corrected.folder)
    log, shown = corrected.corrections.log(), corrected.threads.all()
    place = {story: thread.id for thread in shown for story in thread.stories}
    found = corrected._store.threads.clustered(place)
    home = {story: thread for thread, stories in found.threads.items() for story in stories}
    said = demands(log, home)
    assert len(said) > 300
    assert possible(said)
    assert broken(said, place) == []
    names = {}
    for at, word in enumerate(log):
        left = {story for later in log[at:] if later.kind in ("split", "move", "apart") for story in later.stories}
        if word.kind == "rename" and (staying := Counter(place[story] for story in word.stories if story not in left)):
            names[staying.most_common(1)[0][0]] = word.text
    assert {thread.id: thread.name for thread in shown if thread.renamed} == names
    assert len(names) >= 4
    assert max(Counter(story for thread in shown for story in thread.stories).values()) == 1
    assert len(place) == corrected.stories.count()
    assert max(Counter(thread.name for thread in shown).values()) == 1
    while corrected.corrections.undo():
        pass
    assert told(corrected.threads.all()) == told(untouched(corrected, tmp_path / "untouched"))
    assert [word.undone for word in corrected.corrections.log()] == [True] * 200


def test_a_correction_applies_wherever_threads_are_shown(corrected: Library) -> None:
    one, other = large(corrected)[:2]
    word = corrected.corrections.merge([one.id, other.id])
    assert word.message == ("merged", one.name, other.name)
    merged = next(thread for thread in corrected.threads.all() if set(thread.stories) == {*one.stories, *other.stories})
    assert merged.id in (one.id, other.id)
    assert {head.thread for head in corrected.threads.headers(merged.id)} == {merged.id}
    assert [head.id for head in corrected.threads.headers(merged.id)] == list(merged.stories)
    gone = {one.id, other.id} - {merged.id}
    assert [corrected.threads.headers(id) for id in gone] == [[]]
    assert {match.head.thread for match in corrected.search.run(one.name.split()[0]).matches} >= {merged.id}
    assert merged.unread == len(merged.stories)
    assert corrected.corrections.undo() == word
    assert corrected.corrections.undo() is None


def test_corrected_names_and_flags(corrected: Library) -> None:
    threads = corrected.threads.all()
    first, last = threads[0], threads[-1]
    corrected.corrections.rename(last.id, "  The\x1b[31m long \n story ")
    corrected.corrections.pin(last.id)
    corrected.corrections.mute(first.id)
    corrected.corrections.follow(first.id)
    now = corrected.threads.all()
    assert (now[0].id, now[0].name, now[0].automatic, now[0].pinned) == (last.id, "The long story", last.name, True)
    assert (now[-1].id, now[-1].name, now[-1].muted, now[-1].followed) == (first.id, first.name, True, True)
    corrected.corrections.rename(last.id, "")
    corrected.corrections.pin(last.id, on=False)
    corrected.corrections.mute(first.id, on=False)
    corrected.corrections.follow(first.id, on=False)
    assert corrected.threads.all() == threads


def test_corrections_override_the_list_of_followed_threads(corrected: Library, tmp_path: Path) -> None:
    (tmp_path / "list.yaml").write_text("- name: My thread\n  about: brewery, flames, roof, smoke, firemen\n", encoding="utf-8")
    library = Library.open(corrected.folder, followed=tmp_path / "list.yaml")
    (thread,) = [thread for thread in library.threads.all() if thread.name == "My thread"]
    word = library.corrections.rename(thread.id, thread.automatic)
    assert word.message == ("renamed", "My thread", thread.automatic)
    assert library.threads.get(thread.id).name == thread.automatic
    library.corrections.undo()
    assert library.threads.get(thread.id).name == "My thread"
    library.close()


def test_split_and_moved_stories_are_in_the_right_threads(corrected: Library) -> None:
    one, other = large(corrected)[:2]
    leaving, *rest = one.stories
    corrected.corrections.split([leaving])
    assert corrected.stories.header(leaving).thread == "c1"
    assert corrected.threads.get("c1").stories == (leaving,)
    assert {corrected.stories.header(story).thread for story in rest} == {one.id}
    corrected.corrections.move([leaving], other.id)
    assert corrected.stories.header(leaving).thread == other.id
    assert corrected.threads.get("c1") is None


def test_a_later_story_joins_a_corrected_thread(corrected: Library) -> None:
    one, other = large(corrected)[:2]
    corrected.corrections.merge([one.id, other.id])
    corrected.corrections.rename(corrected.stories.header(one.stories[0]).thread or "", "Both")
    number = int(corrected.stories.header(one.stories[0]).source.split(".")[0])
    late = story(number)
    corrected._store.stories.put(Story(**{**vars_of(late), "address": "/late.txt", "body": (*late.body, "It came late.")}))
    corrected.synchronizer.catch_up()
    (both,) = [thread for thread in corrected.threads.all() if thread.name == "Both"]
    assert len(both.stories) == len(one.stories) + len(other.stories) + 1


def vars_of(story: Story) -> dict[str, Any]:
    return {name: getattr(story, name) for name in story.__struct_fields__}


def test_an_unclustered_story_can_be_corrected(corrected: Library) -> None:
    one = large(corrected)[0]
    late, _ = corrected._store.stories.put(story(70))
    assert corrected.stories.header(late).thread == f"w{late}"
    corrected.corrections.rename(f"w{late}", "Late")
    assert corrected.threads.get(f"w{late}").name == "Late"
    corrected.corrections.merge([one.id, f"w{late}"])
    assert set(corrected.threads.get(one.id).stories) == {*one.stories, late}
    corrected.synchronizer.catch_up()
    (thread,) = [thread for thread in corrected.threads.all() if thread.name == "Late"]
    assert {*one.stories, late} <= set(thread.stories)


def test_an_invalid_correction_is_reported_and_changes_nothing(corrected: Library) -> None:
    one, other = large(corrected)[:2]
    calls: list[Callable[[], Any]] = [
        lambda: corrected.corrections.merge([one.id, one.id]),
        lambda: corrected.corrections.merge([]),
        lambda: corrected.corrections.split(one.stories),
        lambda: corrected.corrections.split([]),
        lambda: corrected.corrections.split([one.stories[0], other.stories[0]]),
        lambda: corrected.corrections.move(one.stories, one.id),
        lambda: corrected.corrections.apart(one.stories[0], one.stories[0]),
        lambda: corrected.corrections.rename("t999999", "Nothing"),
        lambda: corrected.corrections.split(["nothing"]),
    ]
    for call in calls:
        with pytest.raises(CorrectionError):
            call()
    assert corrected.corrections.log() == []


def test_imported_corrections_wait_for_their_stories(corrected: Library, tmp_path: Path) -> None:
    one, other, third = large(corrected)[:3]
    corrected.corrections.merge([one.id, other.id])
    corrected.corrections.rename(corrected.stories.header(one.stories[0]).thread or "", "Both: “one”, and the other")
    corrected.corrections.split(third.stories[:1])
    text = corrected.corrections.write()
    assert "https://paper1.example/" in text
    again = corrected.corrections.read(text.encode(), "list")
    assert (again.taken, again.known, again.missing) == (0, 3, ())
    elsewhere = Library.open(tmp_path / "elsewhere")
    late = next(iter(one.stories))
    for head in corrected._store.stories.headers():
        if head.id != late:
            elsewhere._store.stories.put(corrected.stories.get(head.id))
    elsewhere.synchronizer.catch_up()
    taken = elsewhere.corrections.read(text.encode(), "list")
    assert (taken.taken, taken.known, taken.missing) == (3, 0, (corrected.stories.header(late).url,))
    (both,) = [thread for thread in elsewhere.threads.all() if thread.renamed]
    assert set(both.stories) == {*one.stories, *other.stories} - {late}
    elsewhere._store.stories.put(corrected.stories.get(late))
    elsewhere.synchronizer.catch_up()
    assert set(elsewhere.threads.get(both.id).stories) == {*one.stories, *other.stories}
    assert elsewhere.threads.get(elsewhere.stories.header(third.stories[0]).thread or "").stories == third.stories[:1]
    assert elsewhere.corrections.write() == text
    elsewhere.close()


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("- {", "line"),
        ("kind: merge", "not a list"),
        ("- kind: praise\n  stories: [a]", "entry 1: unknown kind"),
        ("- {kind: merge, at: '2018-12-21T09:30:00Z', stories: [a]}", "the wrong fields for a correction of the kind “merge”"),
        ("- {kind: pin, at: '2018-12-21T09:30:00Z', text: on, stories: all}", "not a list of addresses"),
        ("- {kind: pin, at: '2018-12-21T09:30:00Z', text: on, stories: []}", "names too few stories"),
        ("- {kind: pin, at: '2018-02-31T09:30:00Z', text: on, stories: [a]}", "is not a time"),
        ("- {kind: apart, at: '2018-12-21T09:30:00Z', stories: [], others: [[a], []]}", "names too few stories"),
        ("- &all [*all]", "line 1|entry 1"),
        ("- [pin]", "entry 1"),
    ],
)
def test_an_invalid_file_is_reported_and_changes_nothing(corrected: Library, text: str, says: str) -> None:
    with pytest.raises(CorrectionError, match=says):
        corrected.corrections.read(text.encode(), "list")
    assert corrected.corrections.log() == []
