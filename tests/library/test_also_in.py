"""Stories of other threads that belong to one too: shown there, and moved nowhere."""

from __future__ import annotations

from reader.library import Library


def test_the_sample_that_tells_of_both_matters_belongs_to_both(samples: Library) -> None:
    before = samples.threads.all()
    numbers = {head.id: head.source[:3] for thread in before for head in samples.threads.headers(thread.id)}
    by_first = {numbers[thread.stories[0]]: thread.id for thread in before}
    assert [numbers[head.id] for head in samples.threads.also_in(by_first["000"])] == ["003"]
    assert samples.threads.also_in(by_first["003"]) == []
    assert samples.threads.all() == before


def test_a_thread_of_one_story_has_no_guests(samples: Library) -> None:
    for thread in samples.threads.all():
        if len(thread.stories) == 1:
            assert samples.threads.also_in(thread.id) == []
    assert samples.threads.also_in("t99") == []
