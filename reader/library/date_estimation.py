"""When stories that state no date were about published, judged by the dated stories nearest to them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from reader.clustering.cluster import Member
from reader.clustering.tfidf import dot
from reader.models import DateEstimate
from reader.text.dates import estimate

if TYPE_CHECKING:
    from reader.storage.store import Store

_NEAR = 0.12
"""The likeness from which a dated story outside the thread may lend its date."""


def estimate_thread(thread: Iterable[str], members: Mapping[str, Member], store: Store) -> dict[str, DateEstimate]:
    """Estimates for the stories of a thread that state no date; `members` are all stories at hand.

    A story borrows the date of the dated story most like it: one of its own thread; or, where the thread has none, one from
    outside that is near enough, or else the estimate of its likest sibling. What its own text says of weekdays and days then
    moves that date.
    """
    thread = list(thread)
    undated = [story for story in thread if members[story].day is None]
    inside = [story for story in thread if members[story].day is not None]
    if inside or not undated:
        return {story: made for story in undated if (made := _borrowed(story, inside, members, store, least=0.0))}
    outside = [story for story, member in members.items() if member.day is not None]
    found = {story: made for story in undated if (made := _borrowed(story, outside, members, store, least=_NEAR))}
    siblings = list(found)
    for story in undated:
        if story not in found and (sibling := _likest(story, siblings, members)[1]):
            made = estimate(store.stories.get(story).body, found[sibling].time)
            found[story] = replace(made, sure=made.sure / 2)
    return found


def _borrowed(story: str, lenders: Iterable[str], members: Mapping[str, Member], store: Store, least: float) -> DateEstimate | None:
    """The estimate from the likest of the lenders, None where none reaches the least likeness."""
    likeness, lender = _likest(story, lenders, members)
    if not lender or likeness < least:
        return None
    return estimate(store.stories.get(story).body, store.stories.get(lender).published.value or "")


def _likest(story: str, others: Iterable[str], members: Mapping[str, Member]) -> tuple[float, str]:
    """The story most like one among others, and the likeness."""
    return max(((dot(members[story].vector, members[other].vector), other) for other in others), default=(-1.0, ""))
