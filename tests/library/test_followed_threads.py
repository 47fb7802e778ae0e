"""New stories in followed threads, and undoing corrections one by one."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from reader.library import Library
from reader.models import ExtractedField, Story, Thread
from tests.support.flags import set_flag

TOLD = {
    "ferry": "The crews of the island ferry walked out over their wages, and their union said that nobody would sail on Monday",
    "school": "Flames destroyed the roof of the village school, and firemen with ladders fought the smoke until the morning rain",
}


def story(topic: str, number: int) -> Story:
    return Story(
        source=f"{topic}{number}.txt",
        address=f"/{topic}{number}",
        title=ExtractedField(f"The {topic}, report {number}"),
        published=ExtractedField(f"2018-12-{number:02}"),
        body=(f"{TOLD[topic]}. It was report {number}.",) * 2,
    )


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    """Two threads of two stories each."""
    made = Library.open(tmp_path / "library")
    for topic in TOLD:
        for number in (1, 2):
            made._store.stories.put(story(topic, number))
    made.synchronizer.catch_up()
    yield made
    made.close()


def called(library: Library, topic: str) -> Thread:
    """The thread of a topic."""
    return next(thread for thread in library.threads.all() if topic in library.stories.header(thread.stories[0]).title)


def comes(library: Library, topic: str, number: int) -> str:
    key, _ = library._store.stories.put(story(topic, number))
    library.synchronizer.catch_up()
    return key


def test_stories_of_a_followed_thread_are_new_until_seen_or_read(library: Library) -> None:
    library.corrections.follow(called(library, "ferry").id)
    assert called(library, "ferry").new == 0
    third, fourth = comes(library, "ferry", 3), comes(library, "ferry", 4)
    comes(library, "school", 3)
    assert (called(library, "ferry").new, called(library, "school").new) == (2, 0)
    set_flag(library, "read", [third], True)
    assert called(library, "ferry").new == 1
    library.stories.mark_seen([fourth])
    assert called(library, "ferry").new == 0
    set_flag(library, "read", [third], False)
    assert called(library, "ferry").new == 1, "it is unread again, and nobody saw it there"


def test_seen_stories_stay_seen_after_a_rebuild(library: Library) -> None:
    library.corrections.follow(called(library, "ferry").id)
    comes(library, "ferry", 3)
    library.synchronizer.rebuild_threads()
    assert called(library, "ferry").new == 1
    library.stories.mark_seen(called(library, "ferry").stories)
    library.synchronizer.rebuild_threads()
    assert called(library, "ferry").new == 0
    library.corrections.follow(called(library, "ferry").id, False)
    comes(library, "ferry", 4)
    library.corrections.follow(called(library, "ferry").id)
    assert called(library, "ferry").new == 0, "what is there when one follows is nothing new"


def test_the_seen_flag_is_not_a_query_filter(library: Library) -> None:
    ferry = called(library, "ferry")
    library.corrections.follow(ferry.id)
    assert {match.head.id for match in library.search.run("is:followed").matches} == set(ferry.stories)
    assert library.search.run("is:read").matches == ()
    library.corrections.undo()
    assert library.search.run("is:followed").matches == ()


def test_only_the_last_correction_can_be_undone_by_number(library: Library) -> None:
    ferry = called(library, "ferry").id
    first, second = library.corrections.pin(ferry), library.corrections.follow(ferry)
    assert library.corrections.undo(first.number) is None
    assert called(library, "ferry").followed
    assert library.corrections.undo(second.number) == second
    assert library.corrections.undo(second.number) is None
    assert called(library, "ferry").pinned
    assert library.corrections.undo(first.number) == first
    assert not called(library, "ferry").pinned
