"""Estimated dates of undated stories, from the most similar dated ones."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from msgspec.structs import replace

from reader.clustering.cluster import Member
from reader.clustering.tfidf import dot
from reader.models import DateEstimate
from reader.text.dates import estimate

if TYPE_CHECKING:
    from reader.storage.store import Store

_MIN_SIMILARITY = 0.12
"""Minimum similarity of a dated story outside the thread."""


def estimate_thread(thread: Iterable[str], members: Mapping[str, Member], store: Store) -> dict[str, DateEstimate]:
    """Estimates for the undated stories of a thread; `members` are all stories available.

    A story takes the date of the most similar dated story in its thread; or, if the thread has none, of a sufficiently similar one
    outside, or else the estimate of its most similar sibling. Days and weekdays in its own text then adjust that date.
    """
    thread = list(thread)
    undated = [story for story in thread if members[story].day is None]
    inside = [story for story in thread if members[story].day is not None]
    if inside or not undated:
        return {story: made for story in undated if (made := _borrow(story, inside, members, store, least=0.0))}
    outside = [story for story, member in members.items() if member.day is not None]
    found = {story: made for story in undated if (made := _borrow(story, outside, members, store, least=_MIN_SIMILARITY))}
    siblings = list(found)
    for story in undated:
        if story not in found and (sibling := _most_similar(story, siblings, members)[1]):
            made = estimate(store.stories.get(story).body, found[sibling].time)
            found[story] = replace(made, sure=made.sure / 2)
    return found


def _borrow(
    story: str, candidates: Iterable[str], members: Mapping[str, Member], store: Store, least: float
) -> DateEstimate | None:
    """Estimate from the most similar candidate; None below the minimum similarity."""
    similarity, donor = _most_similar(story, candidates, members)
    if not donor or similarity < least:
        return None
    return estimate(store.stories.get(story).body, store.stories.get(donor).published.value or "")


def _most_similar(story: str, others: Iterable[str], members: Mapping[str, Member]) -> tuple[float, str]:
    """Most similar story among others, and the similarity."""
    return max(((dot(members[story].vector, members[other].vector), other) for other in others), default=(-1.0, ""))
