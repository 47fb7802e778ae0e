"""Stories that also belong to another thread: listed there, but not moved."""

from __future__ import annotations

from reader.library import Library


def test_a_sample_on_both_subjects_belongs_to_both_threads(samples: Library) -> None:
    before = samples.threads.all()
    numbers = {head.id: head.source[:3] for thread in before for head in samples.threads.headers(thread.id)}
    by_first = {numbers[thread.stories[0]]: thread.id for thread in before}
    assert [numbers[head.id] for head in samples.threads.also_in(by_first["000"])] == ["003"]
    assert samples.threads.also_in(by_first["003"]) == []
    assert samples.threads.all() == before


def test_a_thread_of_one_story_lists_no_others(samples: Library) -> None:
    for thread in samples.threads.all():
        if len(thread.stories) == 1:
            assert samples.threads.also_in(thread.id) == []
    assert samples.threads.also_in("t99") == []
