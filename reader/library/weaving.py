"""Keeps threads, their names and the estimated times in step with the stories on the shelf."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING

from reader.library.building import build
from reader.library.estimates import estimate_thread
from reader.library.preparing import Prepared, prepared, read_threads, telling
from reader.model import Estimate, Thread
from reader.shelf.lock import locked
from reader.shelf.store import Change, Placed, State, Store, Weave
from reader.threads.events import Loom, Totals, pack_member, unpack_member
from reader.threads.names import Name, distinct
from reader.threads.storylines import regroup
from reader.threads.vectors import heaviest

if TYPE_CHECKING:
    from reader.library.workers import Workers

RECIPE = 2
"""Raised whenever stories would be tied, named or dated otherwise: all that was woven by another recipe is woven anew."""

_SLICE = 2000
"""Stories tied and kept in one step: many, so that a thread is seldom read twice, and no more than a few seconds take."""
_READ = 8
"""Stories of a large thread that are read for its name, spread over it."""
_GROWTH = 2
"""How much a thread must have grown to be read for its name again; a small one is read with every story."""
_SMALL = 4
_UNDATED = 200
"""Threads without a stated time that are looked at again in each step."""
_KNOWN_BY = 20
"""Terms by which a story is found near another."""

Progress = Callable[[int, int], None]
Cancelled = Callable[[], bool]


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read in a thread's stories: how many they were, the names it may have, and the words that hold it together."""

    stories: int
    names: list[Name]
    words: tuple[str, ...]

    def holds(self, stories: int) -> bool:
        """Whether it may stand for so many stories, these among them."""
        return self.stories > _SMALL and self.stories <= stories < _GROWTH * self.stories

    @classmethod
    def restored(cls, text: str) -> Reading:
        """A reading out of the text it was kept as."""
        stories, names, words = json.loads(text)
        return cls(stories, [Name(*name) for name in names], tuple(words))

    def kept(self) -> str:
        """As text, for keeping."""
        return json.dumps([self.stories, self.names, self.words])


def _held(stories: Sequence[str], known: Sequence[Reading], alone: dict[str, Prepared]) -> Reading | None:
    """What is read already of a thread of these stories: the story's own, where it stands alone, or the largest part's."""
    if len(stories) == 1 and stories[0] in alone:
        return Reading(1, alone[stories[0]].names, alone[stories[0]].words)
    largest = max(known, key=lambda reading: reading.stories, default=None)
    return largest if largest and largest.holds(len(stories)) else None


class Weaver:
    """Ties the stories of one shelf into threads, taking up what the change log holds beyond what was woven before.

    It holds the working set: the events of the stories that came last. What rests is on the shelf, and comes back when a story of
    it changes or another is tied to its thread.
    """

    def __init__(self, store: Store, workers: Callable[[], Workers] | None = None) -> None:
        self._store = store
        self._workers = workers
        self._loom = Loom()
        self._totals: str | None = None
        self._event: dict[str, int] = {}
        self._thread: dict[int, str] = {}
        self._events: dict[str, set[int]] = {}
        self._readings: dict[str, Reading] = {}
        self._chosen: dict[str, str] = {}

    def behind(self) -> bool:
        """Whether the shelf holds changes that no thread knows of yet."""
        state = self._store.state("threads")
        return state.recipe != RECIPE or state.seen < self._store.last_change()

    def weave(self, progress: Progress | None = None, cancelled: Cancelled | None = None) -> None:
        """Take up the changes; `progress` hears how many of how many are done. Cancelled, it keeps what was done."""
        if not self.behind():
            return
        with locked(self._store.folder, "weave"):
            if self._store.state("threads").recipe != RECIPE:
                self._store.forget_weave(RECIPE)
            if self._totals is None or self._totals != self._store.note("totals"):
                self._restore()
            seen, last = self._store.state("threads").seen, self._store.last_change()
            changes = self._store.backlog()
            step: list[tuple[Change, Prepared | None]] = []
            for done, change in enumerate(prepared(changes, self._store, self._workers), 1):
                step.append(change)
                if done < len(changes) and len(step) < _SLICE:
                    continue
                self._weave(step, State(RECIPE, last if done == len(changes) else seen))
                step = []
                if progress:
                    progress(done, len(changes))
                if cancelled and cancelled():
                    return
            if not changes:
                self._weave([], State(RECIPE, last))

    def _restore(self) -> None:
        """Take up the working set as it is kept, by this process or another."""
        self._loom = Loom()
        self._totals = self._store.note("totals")
        totals = Totals(**json.loads(self._totals)) if self._totals else Totals()
        kept = self._store.members_since(max(0, totals.next_arrival - self._loom.parameters.working_set))
        self._event, self._thread, self._events, self._readings, self._chosen = {}, {}, {}, {}, {}
        self._loom.restore({story: unpack_member(data) for story, data in kept.items()}, totals)
        self._recalled(kept)

    def _recalled(self, stories: Iterable[str]) -> None:
        """Note the threads of stories that are on the loom again."""
        self._event |= {story: self._loom.members[story].event for story in stories}
        for thread, events in self._store.events_of(list(stories)).items():
            self._events[thread] = events
            self._thread |= dict.fromkeys(events, thread)
        lacking = self._events.keys() - self._readings.keys()
        for thread, (chosen, reading) in self._store.names_of(lacking).items():
            self._chosen[thread] = chosen
            self._readings[thread] = Reading.restored(reading)

    def _recall(self, *, stories: Iterable[str] = (), events: Iterable[int] = ()) -> None:
        """Put stories that rest on the loom again, with all of their events."""
        found = self._store.members_of(stories=stories, events=events)
        members = {story: unpack_member(data) for story, data in found.items()}
        others = {member.event for member in members.values()} - set(events)
        if others:
            whole = self._store.members_of(events=others)
            members |= {story: unpack_member(data) for story, data in whole.items()}
        members = {story: member for story, member in members.items() if story not in self._loom.members}
        self._loom.recall(members)
        self._recalled(members)

    # one step

    def _weave(self, step: Sequence[tuple[Change, Prepared | None]], state: State) -> None:
        """Tie some stories, work out anew the threads that this changes, and keep it all."""
        loom = self._loom
        seqs: dict[str, int] = {}
        alone: dict[str, Prepared] = {}
        self._recall(stories=[change.story for change, _ in step if change.story not in loom.members])
        for change, found in step:
            if change.story in loom.members:
                loom.remove(change.story)
            if found is not None:
                loom.add(change.story, found.vector, found.day, found.short)
                seqs[change.story], alone[change.story] = change.seq, found
        loom.settle()
        gone = [change.story for change, found in step if found is None]
        groups = regroup(loom, self._changed(gone), self._group)
        threads, estimates, dissolved = self._threads(groups, alone)
        renamed = self._choose()
        rest = {story: loom.members[story] for story in loom.changed}
        weave = Weave(
            state=state,
            totals=json.dumps(asdict(loom.totals)),
            new={
                story: Placed(
                    seq,
                    rest[story].arrival,
                    rest[story].event,
                    pack_member(rest.pop(story)),
                    heaviest(alone[story].vector, _KNOWN_BY),
                )
                for story, seq in seqs.items()
            },
            moved={story: (member.event, pack_member(member)) for story, member in rest.items()},
            gone=gone,
            threads=[replace(thread, name=self._chosen[thread.id], automatic=self._chosen[thread.id]) for thread in threads],
            dissolved=dissolved,
            estimates=estimates,
            names={thread.id: self._readings[thread.id].kept() for thread in threads},
            renamed={id: name for id, name in renamed.items() if id not in {thread.id for thread in threads}},
        )
        self._store.save_weave(weave)
        self._totals = weave.totals
        loom.saved()
        self._rest()

    def _changed(self, gone: Sequence[str]) -> set[int]:
        """The events whose stories are others than before, and what is left of the threads of those that are no more."""
        changed: set[int] = set()
        for story in [*self._loom.changed, *gone]:
            before, now = self._event.get(story), self._loom.members[story].event if story in self._loom.members else None
            if before != now or story not in self._event:
                changed |= {number for number in (before, now) if number is not None}
            if now is None:
                self._event.pop(story, None)
            else:
                self._event[story] = now
        for number in [number for number in changed if number not in self._loom.events]:
            changed |= set(self._group(number))
        return changed

    def _group(self, number: int) -> list[int]:
        """The events of the thread an event is in so far; those that rest come back."""
        events = self._events.get(self._thread.get(number, ""), {number})
        if resting := [event for event in events if event not in self._loom.events]:
            self._recall(events=resting)
        return [event for event in events if event in self._loom.events]

    def _threads(
        self, groups: Sequence[tuple[int, ...]], alone: dict[str, Prepared]
    ) -> tuple[list[Thread], dict[str, Estimate], set[str]]:
        """The threads of groups of events, the estimates of their stories, and the threads that they take the place of."""
        groups = [*groups, *self._undated(groups)]
        earlier = dict(self._thread)
        before = {self._thread[number] for group in groups for number in group if number in self._thread}
        before |= {id for id, events in self._events.items() if id not in before and events.isdisjoint(self._loom.events)}
        for id in before:
            for number in self._events.pop(id, ()):
                self._thread.pop(number, None)
            self._chosen.pop(id, None)
        readings = {id: self._readings.pop(id) for id in before if id in self._readings}
        lines = {f"t{group[0]}": group for group in groups}
        stories = {id: [story for number in group for story in self._loom.events[number].stories] for id, group in lines.items()}
        for id, group in lines.items():
            known = [readings[old] for old in {earlier[number] for number in group if number in earlier} if old in readings]
            if reading := _held(stories[id], known, alone):
                self._readings[id] = reading
            self._events[id] = set(group)
            self._thread |= dict.fromkeys(group, id)
        self._readings |= self._read({id: stories[id] for id in lines if id not in self._readings})
        threads: list[Thread] = []
        estimates: dict[str, Estimate] = {}
        for id in lines:
            dated = estimate_thread(stories[id], self._loom.members, self._store)
            heads = [replace(head, estimate=dated.get(head.id)) for head in self._store.heads(ids=stories[id])]
            threads.append(build(id, heads, self._readings[id].words))
            estimates |= dated
        return threads, estimates, before - self._events.keys()

    def _undated(self, groups: Sequence[tuple[int, ...]]) -> list[tuple[int, ...]]:
        """The other threads in which no time is stated, for which a story that has come now may give an estimate; of many, none."""
        taken = {number for group in groups for number in group}
        days = {number: event.days for number, event in self._loom.events.items()}
        others = [
            tuple(sorted(events))
            for events in self._events.values()
            if events.isdisjoint(taken) and all(number in days and days[number] is None for number in events)
        ]
        return others if len(others) <= _UNDATED else []

    def _read(self, threads: dict[str, list[str]]) -> dict[str, Reading]:
        """Read in the stories of threads for their names; of a large one in some."""
        read = {id: stories[:: -(-len(stories) // _READ)] for id, stories in threads.items()}
        vectors = [[self._loom.members[story].vector for story in stories] for stories in read.values()]
        told = [[telling(story) for story in self._store.stories(stories)] for stories in read.values()]
        found = read_threads(list(zip(told, vectors, strict=True)), self._workers)
        return {id: Reading(len(threads[id]), *each) for id, each in zip(read, found, strict=True)}

    def _choose(self) -> dict[str, str]:
        """Give every thread of the working set a name of its own; those that have another than before."""
        ids = list(self._readings)
        chosen = dict(zip(ids, distinct([self._readings[id].names for id in ids]), strict=True))
        other = {id: name for id, name in chosen.items() if self._chosen.get(id) != name}
        self._chosen = chosen
        return other

    def _rest(self) -> None:
        """Let go of what is older than the working set."""
        for number in self._loom.retire(self._loom.parameters.working_set):
            thread = self._thread.get(number, "")
            if self._events.get(thread, set()).isdisjoint(self._loom.events):
                for event in self._events.pop(thread, ()):
                    self._thread.pop(event, None)
                self._readings.pop(thread, None)
                self._chosen.pop(thread, None)
        self._event = {story: event for story, event in self._event.items() if story in self._loom.members}
