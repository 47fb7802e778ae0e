"""Related stories: similar ones, what they share, and stories that also belong to a second thread."""

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
"""Maximum number of shared words, names and quotations listed."""
_MAX_COMPARED = 12
"""Maximum number of stories in a thread that one is compared with, before and after it."""
_QUERY_TERMS = 40
"""Number of heaviest terms used to find candidates,"""
_NEWEST_PER_TERM = 400
"""number of newest stories examined per term,"""
_MAX_CANDIDATES = 200
"""and number of best candidates whose similarity is computed."""
_MAX_EXAMINED = 30
"""Number of most similar stories outside a thread that are examined."""
_MAX_LISTED = 5
"""Maximum number of stories listed."""
_TERMS = 80
"""Number of a thread's terms used to find similar stories."""


def nearest(store: Store, of: Vector, limit: int, without: Collection[str] = ()) -> list[tuple[str, float]]:
    """Return the stories most similar to a vector with their similarities, above 0 and at most 1, best first."""
    partial: defaultdict[int, float] = defaultdict(float)
    for term, arrivals in store.clusters.arrivals_by_term(heaviest(of, _QUERY_TERMS), _NEWEST_PER_TERM).items():
        for arrival in arrivals:
            partial[arrival] += of[term] ** 2
    likely = heapq.nsmallest(_MAX_CANDIDATES + len(without), partial, key=lambda arrival: (-partial[arrival], arrival))
    found = store.clusters.stories_by_arrival(likely)
    best = [story for arrival in likely if (story := found.get(arrival)) and story not in without][:_MAX_CANDIDATES]
    measured = ((-dot(of, vector), story) for story, vector in vectors(store, best).items())
    return [(story, -similarity) for similarity, story in heapq.nsmallest(limit, measured) if similarity < 0]


def vectors(store: Store, stories: Collection[str]) -> dict[str, Vector]:
    """Return the vectors of stories, without those that are not clustered yet or were clustered by another version."""
    if store.log.state("threads").recipe != versions.THREADS:
        return {}
    return {story: unpack_member(data).vector for story, data in store.clusters.members(stories=stories).items()}


def related(store: Store, story: str, near: Sequence[tuple[str, float]]) -> list[RelatedStory]:
    """Return the related stories for ids with similarities, and what links each to the story; missing ones are skipped."""
    similarity = dict(near)
    own, *heads = store.stories.headers(ids=[story, *similarity])
    features, *texts = map(StoryFeatures, store.stories.texts([story, *similarity]).values())
    return [
        RelatedStory(head, similarity[head.id], *ties(features, [other], SHARED), days_between(own, head))
        for head, other in zip(heads, texts, strict=True)
    ]


def explain(store: Store, story: str, other: str) -> Explanation:
    """Return what links two stories; raises KeyError for an unknown id."""
    return _explain(store, _head(store, story), [_head(store, other)])


def explain_thread(store: Store, story: str) -> Explanation:
    """Return what links a story to its thread, or to its neighbors in a large one. Raises KeyError for an unknown id."""
    own = _head(store, story)
    heads = store.stories.headers(thread=own.thread)
    place = next((place for place, head in enumerate(heads) if head.id == story), 0)
    start = max(0, min(place - _MAX_COMPARED // 2, len(heads) - _MAX_COMPARED - 1))
    return _explain(store, own, [head for head in heads[start : start + _MAX_COMPARED + 1] if head.id != story])


def days_between(a: StoryHeader, b: StoryHeader) -> int | None:
    """Days between two stories, stated or estimated; None if one is undated."""
    times = [head.published or (head.estimate.time if head.estimate else None) for head in (a, b)]
    if not (times[0] and times[1]):
        return None
    return round(abs(day_number(times[0][:10]) - day_number(times[1][:10])))


def _explain(store: Store, story: StoryHeader, others: Sequence[StoryHeader]) -> Explanation:
    """Return what links a story to any of the others; the days are those to the nearest one."""
    if not others:
        return Explanation()
    own, *texts = map(StoryFeatures, store.stories.texts([story.id, *(other.id for other in others)]).values())
    apart = [(days, other) for other in others if (days := days_between(story, other)) is not None]
    days, nearest = min(apart, key=lambda pair: pair[0], default=(None, story))
    return Explanation(*ties(own, texts, SHARED), days, days is not None and not (story.published and nearest.published))


def _head(store: Store, story: str) -> StoryHeader:
    for head in store.stories.headers(ids=[story]):
        return head
    raise KeyError(story)


def also_in(store: Store, thread: str) -> list[StoryHeader]:
    """Return stories of other threads that also belong to this one, most similar first; none for a thread of one story."""
    inside = vectors(store, [head.id for head in store.stories.headers(thread=thread)])
    if len(inside) < 2:
        return []
    total: defaultdict[str, float] = defaultdict(float)
    for vector in inside.values():
        for term, weight in vector.items():
            total[term] += weight
    around = [story for story, _ in nearest(store, unit(total, _TERMS), _MAX_EXAMINED, without=inside)]
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
    return found[:_MAX_LISTED]
