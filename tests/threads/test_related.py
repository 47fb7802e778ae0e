"""Related stories, and the words stories share."""

from __future__ import annotations

from weave import samples, telling, topical

from reader.threads.events import Loom
from reader.threads.related import nearest, shared_terms, thread_terms
from reader.threads.usage import Telling
from reader.threads.vectors import vector

FERRY = Telling("Ferry strike ends", ["The strike of the Northern ferry crews ended on Monday, the Harbour Council said."])
CREWS = Telling("", ["Crews of the Northern line ended their strike, and the ferry sailed."])


def test_the_nearest_come_first_and_strangers_not_at_all() -> None:
    loom = Loom()
    for story, made in {"near": topical(0, "x"), "nearer": topical(0), "far": topical(1)}.items():
        loom.add(story, made, None, False)
    found = nearest(topical(0), loom.members, 5)
    assert [story for story, _ in found] == ["nearer", "near"]
    assert found[0][1] > found[1][1] > 0
    assert nearest(topical(0), loom.members, 1, without={"nearer"}) == found[1:]


def test_the_samples_reach_beyond_their_threads() -> None:
    loom = Loom()
    for number, story in enumerate(samples()):
        told = telling(story)
        loom.add(str(number), vector(told.title, told.body), None, False)
    reached = [story for story, _ in nearest(loom.members["3"].vector, loom.members, 5, without={"3"}) if story != "2"]
    assert reached[0] in {"0", "1"}


def test_shared_words_are_written_as_in_the_stories() -> None:
    shared = shared_terms(FERRY, CREWS, 10)
    assert {"strike", "ferry", "Northern", "crews"} <= set(shared)
    assert "Monday" not in shared
    assert shared_terms(FERRY, CREWS, 2) == shared[:2]


def test_a_single_story_has_its_heaviest_words() -> None:
    assert thread_terms([FERRY], 3)
    assert thread_terms([], 3) == ()
