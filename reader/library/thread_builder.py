"""Construction of threads from the headers of their stories."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from msgspec.structs import replace

from reader.clustering.cluster import Member
from reader.clustering.representative import representative
from reader.clustering.tfidf import Vector
from reader.library.date_estimation import estimate_thread
from reader.models import DateEstimate, StoryHeader, Thread

if TYPE_CHECKING:
    from reader.storage.store import Store


def build(
    id: str,
    heads: Sequence[StoryHeader],
    terms: Sequence[str],
    wordings: Mapping[str, str],
    vectors: Mapping[str, Vector] | None = None,
    earlier: str = "",
) -> Thread:
    """Build an unnamed thread from its stories' headers; estimates count if no time is stated.

    `wordings` identify equal texts: outlets that only copy another story are not counted. The headline is that of the
    representative among the stories whose `vectors` are known, which keeps the `earlier` one while that is as good.
    """
    times = {head.id: bounded(head.published or (head.estimate.time if head.estimate else ""), head.found) for head in heads}
    ordered = sorted(heads, key=lambda head: (times[head.id] or "~", head.id))
    stated = sorted(bounded(head.published, head.found) for head in heads if head.published)
    copied = {copy for copies in fold_copies((head.id for head in ordered), wordings).values() for copy in copies}
    originals = [head for head in ordered if head.id not in copied]
    outlets = {head.outlet_id: head.outlet or head.outlet_id for head in originals if head.outlet_id}
    known = [head for head in ordered if times[head.id]]
    return Thread(
        id=id,
        name="",
        automatic="",
        headline=_headline(originals, vectors or {}, earlier),
        stories=tuple(head.id for head in ordered),
        unread=sum(not head.read for head in heads),
        outlets=tuple(outlets.values()),
        outlet_ids=tuple(outlets),
        unnamed=sum(not head.outlet_id for head in originals),
        first=stated[0] if stated else None,
        last=stated[-1] if stated else None,
        earliest=times[known[0].id] if known else None,
        latest=times[known[-1].id] if known else None,
        about=bool(known) and not (known[0].published and known[-1].published),
        terms=tuple(terms),
    )


def _headline(originals: Sequence[StoryHeader], vectors: Mapping[str, Vector], earlier: str) -> str:
    """Headline of the representative of the stories that are no copies; one that its outlet wrote, if there is any."""
    stated = [head for head in originals if not head.title_made] or originals
    known = {head.id: (vectors[head.id], head.title) for head in stated if head.id in vectors}
    if not known:
        return earlier or next((head.title for head in stated), "")
    chosen = representative(known, earlier)
    return known[chosen][1]


def bounded(time: str, found: str | None) -> str:
    """Return a time, but not later than the story was found; otherwise as precise as given."""
    return f"{found[:16]}Z" if found and time > found else time


def build_all(
    lines: Mapping[str, Sequence[str]], words: Mapping[str, Sequence[str]], members: Mapping[str, Member], store: Store
) -> tuple[list[Thread], dict[str, DateEstimate]]:
    """Build threads from their stories and key words, and estimate the times of undated stories.

    Stories that are not among the `members` are dormant and keep their stored estimates.
    """
    threads: list[Thread] = []
    estimates: dict[str, DateEstimate] = {}
    ids = [story for stories in lines.values() for story in stories]
    wordings, found = store.stories.wordings(ids), {head.id: head for head in store.stories.headers(ids=ids)}
    earlier = store.threads.headlines(lines)
    for id, stories in lines.items():
        dated = estimate_thread([story for story in stories if story in members], members, store)
        kept = [found[story] for story in stories if story in found]
        dated |= {head.id: head.estimate for head in kept if head.estimate and head.id not in members}
        heads = [replace(head, estimate=dated.get(head.id)) for head in kept]
        vectors = {story: members[story].vector for story in stories if story in members}
        threads.append(build(id, heads, words[id], wordings, vectors, earlier.get(id, "")))
        estimates |= dated
    return threads, estimates


def fold_copies(stories: Iterable[str], wordings: Mapping[str, str]) -> dict[str, tuple[str, ...]]:
    """Copies by the first story of each text, given stories in order; `wordings` identify equal texts."""
    same: defaultdict[str, list[str]] = defaultdict(list)
    for story in stories:
        if story in wordings:
            same[wordings[story]].append(story)
    return {first: tuple(others) for first, *others in same.values() if others}
