"""Keeps threads, their names and the estimated times in step with the stories on the shelf."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import asdict, replace

from reader.library.estimates import estimate_thread
from reader.model import Estimate, Head, Story, Thread
from reader.shelf.store import State, Store
from reader.text.dates import day_number
from reader.threads.events import Loom, Totals, pack_member, unpack_member
from reader.threads.names import Name, candidates, distinct
from reader.threads.related import thread_terms
from reader.threads.storylines import storylines
from reader.threads.usage import Telling
from reader.threads.vectors import is_short, vector

RECIPE = 1
"""Raised whenever stories would be tied, named or dated otherwise: all that was woven by another recipe is woven anew."""

_TERMS = 12
"""Words kept of those that hold a thread together."""

Progress = Callable[[int, int], None]
Cancelled = Callable[[], bool]


def telling(story: Story) -> Telling:
    """A story as threads read it: a title made from the first words is none."""
    return Telling("" if story.title_made else story.title.value or "", story.body)


class Weaver:
    """Ties the stories of one shelf into threads, taking up what the change log holds beyond what was woven before."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._loom = Loom()
        self._seen = -1

    @property
    def loom(self) -> Loom:
        """The loom with all members on it, as the shelf holds them."""
        if self._seen != self._store.state("members").seen:
            self._restore()
        return self._loom

    def _restore(self) -> None:
        """Take up what is kept, by this process or another."""
        kept = self._store.members(RECIPE)
        members = {story: unpack_member(data) for story, data in kept.rows.items()}
        self._loom = Loom()
        self._loom.restore(members, Totals(**json.loads(kept.totals)) if kept.totals else Totals())
        self._seen = kept.state.seen

    def behind(self) -> bool:
        """Whether the shelf holds changes that no thread knows of yet."""
        state = self._store.state("threads")
        return state.recipe != RECIPE or bool(self._store.changes(state.seen))

    def weave(self, progress: Progress | None = None, cancelled: Cancelled | None = None) -> None:
        """Take up the changes; `progress` hears how many of how many are done. Cancelled, it keeps what was done."""
        if not self.behind():
            return
        loom = self.loom
        changes = self._store.changes(self._seen)
        touched: set[str] = set()
        gone: set[str] = set()
        for done, change in enumerate(changes, 1):
            if cancelled and cancelled():
                break
            if change.story in loom.members:
                loom.remove(change.story)
            if change.gone:
                gone.add(change.story)
            else:
                self._tie(self._store.story(change.story))
                touched.add(change.story)
            self._seen = change.seq
            if progress:
                progress(done, len(changes))
        loom.settle()
        state = State(RECIPE, self._seen)
        rows = {story: pack_member(loom.members[story]) for story in loom.changed}
        self._store.save_members(rows, gone, totals=json.dumps(asdict(loom.totals)), state=state)
        loom.saved()
        self._keep_threads(touched, state)

    def _tie(self, story: Story) -> None:
        """Put a story on the loom."""
        told, published = telling(story), story.published.value
        day = day_number(published) if published else None
        self._loom.add(story.id, vector(told.title, told.body), day, is_short(told.body))

    def _keep_threads(self, touched: set[str], state: State) -> None:
        """Work out the threads as they stand and keep them; those that hold the same stories as before are not read again."""
        heads = {head.id: head for head in self._store.heads()}
        known = {frozenset(thread.stories): thread for thread in self._store.threads()}
        names = self._store.names()
        published = {id: head.published for id, head in heads.items()}
        vectors = {id: member.vector for id, member in self._loom.members.items()}
        threads: list[Thread] = []
        lists: list[list[Name]] = []
        estimates: dict[str, Estimate] = {}
        for line in storylines(self._loom):
            stories = [story for number in line for story in self._loom.events[number].stories]
            before = known.get(frozenset(stories))
            if before and before.id in names and touched.isdisjoint(stories):
                found, terms = [Name(*name) for name in json.loads(names[before.id])], before.terms
            else:
                tellings = [telling(story) for story in self._store.stories(stories)]
                found, terms = candidates(tellings), thread_terms(tellings, _TERMS)
            dated = estimate_thread(stories, published, vectors, lambda id: self._store.story(id).body)
            threads.append(_thread(f"t{line[0]}", [replace(heads[id], estimate=dated.get(id)) for id in stories], terms))
            lists.append(found)
            estimates |= dated
        named = [replace(thread, name=name, automatic=name) for thread, name in zip(threads, distinct(lists), strict=True)]
        kept = {thread.id: json.dumps(found) for thread, found in zip(threads, lists, strict=True)}
        self._store.save_threads(named, estimates, kept, state=state)


def _thread(id: str, heads: Sequence[Head], terms: Sequence[str]) -> Thread:
    """A thread out of its stories' heads, not yet named."""
    times = {head.id: head.published or (head.estimate.time if head.estimate else "") for head in heads}
    ordered = sorted(heads, key=lambda head: (times[head.id] or "~", head.id))
    stated = sorted(head.published for head in heads if head.published)
    known = [head for head in ordered if times[head.id]]
    return Thread(
        id=id,
        name="",
        automatic="",
        stories=tuple(head.id for head in ordered),
        unread=sum(not head.read for head in heads),
        outlets=tuple(dict.fromkeys(head.outlet for head in ordered if head.outlet)),
        unnamed=sum(not head.outlet for head in heads),
        first=stated[0] if stated else None,
        last=stated[-1] if stated else None,
        earliest=times[known[0].id] if known else None,
        latest=times[known[-1].id] if known else None,
        about=bool(known) and not (known[0].published and known[-1].published),
        terms=tuple(terms),
    )
