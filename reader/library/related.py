"""Why stories belong together: what one shares with another, or with the rest of its thread, and the days between them."""

from __future__ import annotations

from collections.abc import Sequence

from reader.clustering.related import StoryFeatures, ties
from reader.models import Explanation, RelatedStory, StoryHeader
from reader.storage.store import Store
from reader.text.dates import day_number

SHARED = 8
"""Words told of those that stories share, and names, and quotations."""
_READ = 12
"""Stories of a thread that one is held against, those before and after it."""


def related(store: Store, story: str, near: Sequence[tuple[str, float]]) -> list[RelatedStory]:
    """Stories near to one, given with their likeness, and what ties each of them to it; one that is gone is left out."""
    likeness = dict(near)
    own, *heads = store.heads(ids=[story, *likeness])
    asked, *told = map(StoryFeatures, store.tellings([story, *likeness]).values())
    return [
        RelatedStory(head, likeness[head.id], *ties(asked, [other], SHARED), days_between(own, head))
        for head, other in zip(heads, told, strict=True)
    ]


def why(store: Store, story: str, other: str) -> Explanation:
    """What ties two stories; raises KeyError if there is none of an id."""
    return _why(store, _head(store, story), [_head(store, other)])


def why_thread(store: Store, story: str) -> Explanation:
    """What ties a story to its thread; of a large one, to those told before and after it. Raises KeyError if there is none."""
    own = _head(store, story)
    heads = store.heads(thread=own.thread)
    place = next((place for place, head in enumerate(heads) if head.id == story), 0)
    start = max(0, min(place - _READ // 2, len(heads) - _READ - 1))
    return _why(store, own, [head for head in heads[start : start + _READ + 1] if head.id != story])


def days_between(a: StoryHeader, b: StoryHeader) -> int | None:
    """The days between two stories, stated or estimated; None where one has neither."""
    times = [head.published or (head.estimate.time if head.estimate else None) for head in (a, b)]
    if not (times[0] and times[1]):
        return None
    return round(abs(day_number(times[0][:10]) - day_number(times[1][:10])))


def _why(store: Store, story: StoryHeader, others: Sequence[StoryHeader]) -> Explanation:
    """What ties a story to any of some others; the days are those to the nearest of them."""
    if not others:
        return Explanation()
    asked, *told = map(StoryFeatures, store.tellings([story.id, *(other.id for other in others)]).values())
    apart = [(days, other) for other in others if (days := days_between(story, other)) is not None]
    days, nearest = min(apart, key=lambda pair: pair[0], default=(None, story))
    return Explanation(*ties(asked, told, SHARED), days, days is not None and not (story.published and nearest.published))


def _head(store: Store, story: str) -> StoryHeader:
    for head in store.heads(ids=[story]):
        return head
    raise KeyError(story)
