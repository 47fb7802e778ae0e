"""Timelines, and outlets that only copy another's text."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from reader.errors import WorkCancelled
from reader.library import Library
from reader.library.timeline import _labels as labels_of_events
from reader.library.timeline import timeline
from reader.models import ExtractedField, Story, StoryText
from reader.storage.store import Store

STRIKE = (
    "The crews of the Northern Ferry went on strike over their wages, and the boats of the Northern Ferry stayed at the pier.",
    "“We will not sail before the wages are paid,” said Ada Quill, who speaks for the crews of the islands and of the sound.",
)
SINKING = (
    "A boat of the Northern Ferry sank at the pier in the storm, and the Northern Ferry called its crews together that night.",
    "“Nobody was on board when she went down,” said Bo Marsh, the harbour master, and he thanked the crews of the tugs.",
)


def put(library: Library, outlet: str | None, title: str, published: str, body: Sequence[str]) -> str:
    story = Story(
        source=title,
        address=f"/{outlet}/{title}",
        title=ExtractedField(title),
        outlet=ExtractedField(outlet),
        published=ExtractedField(published or None),
        body=tuple(body),
    )
    return library._store.stories.put(story)[0]


@pytest.fixture
def syndicated(library: Library) -> list[str]:
    """The ids of a story, three copies of it (two by outlets that tell nothing else), and another telling of it."""
    ids = [
        put(library, "Coast Courier", "Northern Ferry strike begins", "2018-12-19", STRIKE),
        put(library, "Island Wire", "Ferry strike", "2018-12-20", STRIKE),
        put(library, None, "A strike at the pier", "2018-12-20", [STRIKE[0].upper(), STRIKE[1]]),
        put(library, "Port Gazette", "Ferry crews on strike", "2018-12-21", STRIKE),
        put(
            library, "Port Gazette", "Northern Ferry strike goes on", "2018-12-21", [*STRIKE, "It is the second day of the strike."]
        ),
    ]
    library.synchronizer.catch_up()
    return ids


def test_copies_fold_under_the_oldest_and_count_once(library: Library, syndicated: list[str]) -> None:
    (thread,) = library.threads.all()
    (event,) = library.threads.timeline(thread.id)
    first, *copies, own = syndicated
    assert event.stories == (first, own)
    assert list(event.copies) == [first]
    assert set(event.copies[first]) == set(copies)
    assert (event.label, event.first, event.last, event.about) == ("", "2018-12-19", "2018-12-21", False)
    assert (set(thread.outlets), thread.unnamed) == ({"Coast Courier", "Port Gazette"}, 0)
    assert thread.stories[0] == first
    assert set(thread.stories) == set(syndicated)


def test_short_texts_are_not_copies(library: Library) -> None:
    for outlet in ("Coast Courier", "Island Wire"):
        put(library, outlet, f"Northern Ferry strike, says the {outlet}", "2018-12-19", ["The Northern Ferry crews are on strike."])
    library.synchronizer.catch_up()
    for thread in library.threads.all():
        assert all(not event.copies for event in library.threads.timeline(thread.id))


def in_one_thread(library: Library, events: dict[str, int], monkeypatch: pytest.MonkeyPatch) -> Store:
    """A store in which all stories are in one thread, in the events given."""
    store = library._store
    heads = sorted(store.stories.headers(ids=events), key=lambda head: head.published or "~")
    monkeypatch.setattr(store.stories, "headers", lambda thread: heads)
    monkeypatch.setattr(store.clusters, "events_of_stories", lambda stories: {story: events[story] for story in stories})
    return store


def test_events_are_sorted_and_labeled(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    sinking = put(library, "Island Wire", "Northern Ferry boat sinks at the pier", "2018-12-24", SINKING)
    strike = put(library, "Coast Courier", "Northern Ferry crews on strike at the pier", "2018-12-19", STRIKE)
    again = put(library, "Port Gazette", "Northern Ferry strike", "2018-12-21", [STRIKE[0]])
    undated = put(library, None, "Northern Ferry timetable", "", ["The timetable of the Northern Ferry is out."])
    store = in_one_thread(library, {sinking: 0, strike: 1, again: 1, undated: 2}, monkeypatch)
    first, second, third = timeline(store, "t0")
    assert (first.stories, first.first, first.last) == ((strike, again), "2018-12-19", "2018-12-21")
    assert (second.stories, second.first, second.last) == ((sinking,), "2018-12-24", "2018-12-24")
    assert (third.stories, third.first, third.about) == ((undated,), None, False)
    assert "strike" in first.label
    assert "strike" not in second.label
    assert second.label


def test_a_copy_is_listed_with_the_oldest_text(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    copy = put(library, "Island Wire", "A strike", "2018-12-24", STRIKE)
    first = put(library, "Coast Courier", "Northern Ferry strike", "2018-12-19", STRIKE)
    store = in_one_thread(library, {copy: 0, first: 1}, monkeypatch)
    (event,) = timeline(store, "t0")
    assert (event.stories, event.copies, event.last) == ((first,), {first: (copy,)}, "2018-12-19")


def test_an_unknown_thread_has_an_empty_timeline(library: Library) -> None:
    assert library.threads.timeline("t9") == []


def test_a_canceled_timeline_reads_no_more_texts(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    sinking = put(library, "Island Wire", "Northern Ferry boat sinks at the pier", "2018-12-24", SINKING)
    strike = put(library, "Coast Courier", "Northern Ferry crews on strike at the pier", "2018-12-19", STRIKE)
    store = in_one_thread(library, {sinking: 0, strike: 1}, monkeypatch)
    read: list[str] = []
    texts = store.stories.texts

    def recorded(stories: Sequence[str]) -> dict[str, StoryText]:
        read.extend(stories)
        return texts(stories)

    monkeypatch.setattr(store.stories, "texts", recorded)
    with pytest.raises(WorkCancelled):
        timeline(store, "t0", lambda: bool(read))
    assert read == [strike]


def test_an_unclustered_story_is_one_event(library: Library) -> None:
    story = put(library, None, "Ferry", "2018-12-19", STRIKE)
    (event,) = library.threads.timeline(f"w{story}")
    assert (event.stories, event.label) == ((story,), "")


def test_a_very_long_timeline_has_labels_of_the_newest_events(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("reader.library.timeline._LABELED", 2)
    read: list[str] = []
    texts = library._store.stories.texts

    def recorded(stories: Sequence[str]) -> dict[str, StoryText]:
        read.extend(stories)
        return texts(stories)

    monkeypatch.setattr(library._store.stories, "texts", recorded)
    strike = put(library, "A", "Northern Ferry strike begins", "2018-12-18", STRIKE)
    sinking = put(library, "B", "Northern Ferry boat sinks", "2018-12-19", SINKING)
    fire = put(library, "C", "Fire in the harbor office", "2018-12-20", ["A fire burned the harbor office down on Thursday."])
    events = [[strike], [sinking], [fire]]
    found = labels_of_events(library._store, events, lambda: None)
    assert found[0] == ""
    assert all(found[1:])
    assert read == [sinking, fire]
