"""Threads as lists tell them, built from the heads of their stories."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from reader.clustering.cluster import Member
from reader.library.date_estimation import estimate_thread
from reader.models import DateEstimate, StoryHeader, Thread

if TYPE_CHECKING:
    from reader.storage.store import Store


def build(id: str, heads: Sequence[StoryHeader], terms: Sequence[str], wordings: Mapping[str, str]) -> Thread:
    """A thread out of its stories' heads, not yet named; estimates count where no time is stated.

    `wordings` tell which texts are the same: who only repeats another word for word is not counted among the outlets.
    """
    times = {head.id: bounded(head.published or (head.estimate.time if head.estimate else ""), head.found) for head in heads}
    ordered = sorted(heads, key=lambda head: (times[head.id] or "~", head.id))
    stated = sorted(bounded(head.published, head.found) for head in heads if head.published)
    copied = {copy for copies in folded((head.id for head in ordered), wordings).values() for copy in copies}
    tellers = [head for head in ordered if head.id not in copied]
    outlets = {head.outlet_id: head.outlet or head.outlet_id for head in tellers if head.outlet_id}
    known = [head for head in ordered if times[head.id]]
    return Thread(
        id=id,
        name="",
        automatic="",
        stories=tuple(head.id for head in ordered),
        unread=sum(not head.read for head in heads),
        outlets=tuple(outlets.values()),
        outlet_ids=tuple(outlets),
        unnamed=sum(not head.outlet_id for head in tellers),
        first=stated[0] if stated else None,
        last=stated[-1] if stated else None,
        earliest=times[known[0].id] if known else None,
        latest=times[known[-1].id] if known else None,
        about=bool(known) and not (known[0].published and known[-1].published),
        terms=tuple(terms),
    )


def bounded(time: str, found: str | None) -> str:
    """Return a time that is not after the story was found; as precise as it is given where it stays."""
    return f"{found[:16]}Z" if found and time > found else time


def build_all(
    lines: Mapping[str, Sequence[str]], words: Mapping[str, Sequence[str]], members: Mapping[str, Member], store: Store
) -> tuple[list[Thread], dict[str, DateEstimate]]:
    """Threads out of their stories and the words that hold them together, and the estimates of when their stories were published.

    Of stories that rest, which are not among the `members`, the estimates stay as they are kept.
    """
    threads: list[Thread] = []
    estimates: dict[str, DateEstimate] = {}
    told = [story for stories in lines.values() for story in stories]
    wordings, found = store.stories.wordings(told), {head.id: head for head in store.stories.headers(ids=told)}
    for id, stories in lines.items():
        dated = estimate_thread([story for story in stories if story in members], members, store)
        kept = [found[story] for story in stories if story in found]
        dated |= {head.id: head.estimate for head in kept if head.estimate and head.id not in members}
        heads = [replace(head, estimate=dated.get(head.id)) for head in kept]
        threads.append(build(id, heads, words[id], wordings))
        estimates |= dated
    return threads, estimates


def folded(stories: Iterable[str], wordings: Mapping[str, str]) -> dict[str, tuple[str, ...]]:
    """The stories, given the oldest first, that others only repeat, each with the others; by `wordings` texts are the same."""
    same: defaultdict[str, list[str]] = defaultdict(list)
    for story in stories:
        if story in wordings:
            same[wordings[story]].append(story)
    return {first: tuple(others) for first, *others in same.values() if others}
