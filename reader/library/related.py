"""Stories related to another: the nearest, what they share, and those that belong to a second thread too."""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Collection, Sequence

from reader.clustering.also import belongs_too
from reader.clustering.cluster import unpack_member
from reader.clustering.related import StoryFeatures, ties
from reader.clustering.tfidf import Vector, dot, heaviest, unit
from reader.models import Explanation, RelatedStory, StoryHeader
from reader.storage import versions
from reader.storage.store import Store
from reader.text.dates import day_number

SHARED = 8
"""Words listed of those that stories share, and names, and quotations."""
_READ = 12
"""Stories of a thread that one is compared with, those before and after it."""
_ASKED_BY = 40
"""Terms of a vector by which stories near to it are looked for,"""
_NEWEST = 400
"""of each the newest stories that have it,"""
_MEASURED = 200
"""and of all found the best that are measured in full."""
_LOOKED_AT = 30
"""Stories outside a thread that are looked at, those nearest to it."""
_MOST = 5
"""Stories listed at most; of a subject that many threads share, there would be no end of them."""
_TERMS = 80
"""Terms of a thread by which stories near to it are found."""


def nearest(store: Store, of: Vector, limit: int, without: Collection[str] = ()) -> list[tuple[str, float]]:
    """Return the stories nearest to a vector, the nearest first, with their likeness, which is above 0 and at most 1."""
    partial: defaultdict[int, float] = defaultdict(float)
    for term, arrivals in store.clusters.arrivals_by_term(heaviest(of, _ASKED_BY), _NEWEST).items():
        for arrival in arrivals:
            partial[arrival] += of[term] ** 2
    likely = heapq.nsmallest(_MEASURED + len(without), partial, key=lambda arrival: (-partial[arrival], arrival))
    found = store.clusters.stories_by_arrival(likely)
    best = [story for arrival in likely if (story := found.get(arrival)) and story not in without][:_MEASURED]
    measured = ((-dot(of, vector), story) for story, vector in vectors(store, best).items())
    return [(story, -likeness) for likeness, story in heapq.nsmallest(limit, measured) if likeness < 0]


def vectors(store: Store, stories: Collection[str]) -> dict[str, Vector]:
    """Return the vectors of stories; one that is not clustered yet, or by an earlier version of Newsloom, has none."""
    if store.log.state("threads").recipe != versions.THREADS:
        return {}
    return {story: unpack_member(data).vector for story, data in store.clusters.members(stories=stories).items()}


def related(store: Store, story: str, near: Sequence[tuple[str, float]]) -> list[RelatedStory]:
    """Stories near to one, given with their likeness, and what ties each of them to it; one that is gone is left out."""
    likeness = dict(near)
    own, *heads = store.stories.headers(ids=[story, *likeness])
    asked, *told = map(StoryFeatures, store.stories.texts([story, *likeness]).values())
    return [
        RelatedStory(head, likeness[head.id], *ties(asked, [other], SHARED), days_between(own, head))
        for head, other in zip(heads, told, strict=True)
    ]


def explain(store: Store, story: str, other: str) -> Explanation:
    """What ties two stories; raises KeyError if there is none of an id."""
    return _explain(store, _head(store, story), [_head(store, other)])


def explain_thread(store: Store, story: str) -> Explanation:
    """What ties a story to its thread; of a large one, to those told before and after it. Raises KeyError if there is none."""
    own = _head(store, story)
    heads = store.stories.headers(thread=own.thread)
    place = next((place for place, head in enumerate(heads) if head.id == story), 0)
    start = max(0, min(place - _READ // 2, len(heads) - _READ - 1))
    return _explain(store, own, [head for head in heads[start : start + _READ + 1] if head.id != story])


def days_between(a: StoryHeader, b: StoryHeader) -> int | None:
    """The days between two stories, stated or estimated; None where one has neither."""
    times = [head.published or (head.estimate.time if head.estimate else None) for head in (a, b)]
    if not (times[0] and times[1]):
        return None
    return round(abs(day_number(times[0][:10]) - day_number(times[1][:10])))


def _explain(store: Store, story: StoryHeader, others: Sequence[StoryHeader]) -> Explanation:
    """What ties a story to any of some others; the days are those to the nearest of them."""
    if not others:
        return Explanation()
    asked, *told = map(StoryFeatures, store.stories.texts([story.id, *(other.id for other in others)]).values())
    apart = [(days, other) for other in others if (days := days_between(story, other)) is not None]
    days, nearest = min(apart, key=lambda pair: pair[0], default=(None, story))
    return Explanation(*ties(asked, told, SHARED), days, days is not None and not (story.published and nearest.published))


def _head(store: Store, story: str) -> StoryHeader:
    for head in store.stories.headers(ids=[story]):
        return head
    raise KeyError(story)


def also_in(store: Store, thread: str) -> list[StoryHeader]:
    """Return the stories of other threads that belong to one too, the nearest first; none for a thread of one story."""
    inside = vectors(store, [head.id for head in store.stories.headers(thread=thread)])
    if len(inside) < 2:
        return []
    total: defaultdict[str, float] = defaultdict(float)
    for vector in inside.values():
        for term, weight in vector.items():
            total[term] += weight
    around = [story for story, _ in nearest(store, unit(total, _TERMS), _LOOKED_AT, without=inside)]
    heads = store.stories.headers(ids=around)
    threads: dict[str, dict[str, Vector]] = {}
    found = []
    for head in heads:
        if not head.thread or head.thread == thread:
            continue
        if head.thread not in threads:
            threads[head.thread] = vectors(store, [other.id for other in store.stories.headers(thread=head.thread)])
        own = dict(threads[head.thread])
        if belongs_too(own.pop(head.id), list(own.values()), list(inside.values())):
            found.append(head)
    return found[:_MOST]
