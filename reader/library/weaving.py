"""Keeps threads, their names and the estimated times in step with the stories on the shelf."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING

from reader.library.building import build
from reader.library.estimates import estimate_thread
from reader.library.preparing import Prepared, prepared, read_threads, telling
from reader.library.readings import Reading, held
from reader.model import Estimate, Thread
from reader.shelf.lock import locked
from reader.shelf.store import Change, Placed, State, Store, Weave
from reader.threads.events import Loom, Totals, pack_member, unpack_member
from reader.threads.names import distinct
from reader.threads.storylines import regroup
from reader.threads.vectors import heaviest

if TYPE_CHECKING:
    from reader.library.workers import Workers

RECIPE = 3
"""Raised whenever stories would be tied, named or dated otherwise: all that was woven by another recipe is woven anew."""

_FIRST, _MOST = 250, 2000
"""Stories tied and kept in the first step, which is soon to be seen; each next one takes twice as many, up to so many."""
_READ = 8
"""Stories of a large thread that are read for its name, spread over it."""
_UNDATED = 200
"""Threads without a stated time that are looked at again in each step."""
_KNOWN_BY = 20
"""Terms by which a story is found near another."""

Progress = Callable[[int, int], None]
Cancelled = Callable[[], bool]


@dataclass(frozen=True, slots=True)
class Tied:
    """A step that is tied and grouped: what is to be kept of it, the stories of its threads, and what is read in them."""

    weave: Weave
    lines: dict[str, list[str]]
    readings: Callable[[], Iterable[tuple[str, Reading]]]


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
        self._resting: dict[str, dict[str, int]] = {}
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
            tied: Tied | None = None
            size = _FIRST
            for done, change in enumerate(prepared(changes, self._store, self._workers), 1):
                step.append(change)
                if done < len(changes) and len(step) < size:
                    continue
                size = min(2 * size, _MOST)
                self._tie(step)
                if tied:  # while a step is tied, the threads of the one before are read for their names elsewhere
                    self._keep(tied)
                tied = self._group_anew(step, State(RECIPE, last if done == len(changes) else seen))
                step = []
                if progress:
                    progress(done, len(changes))
                if cancelled and cancelled():
                    break
            self._keep(tied or self._group_anew([], State(RECIPE, last)))

    def _restore(self) -> None:
        """Take up the working set as it is kept, by this process or another."""
        self._loom = Loom()
        self._totals = self._store.note("totals")
        totals = Totals(**json.loads(self._totals)) if self._totals else Totals()
        kept = self._store.members_since(max(0, totals.next_arrival - self._loom.parameters.working_set))
        self._event, self._thread, self._events, self._resting, self._readings, self._chosen = {}, {}, {}, {}, {}, {}
        self._loom.restore({story: unpack_member(data) for story, data in kept.items()}, totals)
        self._recalled(kept)

    def _recalled(self, stories: Iterable[str]) -> None:
        """Note the threads of stories that are on the loom again."""
        self._event |= {story: self._loom.members[story].event for story in stories}
        found = self._store.events_of(list(stories))
        resting = self._store.stories_of({number for events in found.values() for number in events} - self._loom.events.keys())
        for thread, events in found.items():
            self._events[thread] = events
            self._thread |= dict.fromkeys(events, thread)
            self._resting[thread] = {}
        for story, number in resting.items():
            self._resting[self._thread[number]][story] = number
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

    def _tie(self, step: Sequence[tuple[Change, Prepared | None]]) -> None:
        """Put the stories of a step on the loom, and take those off that are gone or changed."""
        loom = self._loom
        self._recall(stories=[change.story for change, _ in step if change.story not in loom.members])
        for change, found in step:
            if change.story in loom.members:
                loom.remove(change.story)
            if found is not None:
                loom.add(change.story, found.vector, found.day, found.short)
        loom.settle()

    def _group_anew(self, step: Sequence[tuple[Change, Prepared | None]], state: State) -> Tied:
        """Group what a step changed into threads, and have those read whose names it may change."""
        loom = self._loom
        alone = {change.story: found for change, found in step if found is not None}
        gone = [change.story for change, found in step if found is None]
        groups = regroup(loom, self._changed(gone), self._group)
        lines, dissolved, unread = self._lines([*groups, *self._undated(groups)], alone)
        rest = {story: loom.members[story] for story in loom.changed}
        new = {
            change.story: Placed(change.seq, member.arrival, member.event, pack_member(member), heaviest(member.vector, _KNOWN_BY))
            for change, found in step
            if found is not None and (member := rest.pop(change.story))
        }
        moved = {story: (member.event, pack_member(member)) for story, member in rest.items()}
        weave = Weave(state=state, totals=json.dumps(asdict(loom.totals)), new=new, moved=moved, gone=gone, dissolved=dissolved)
        loom.saved()
        return Tied(weave, lines, self._read(unread))

    def _keep(self, tied: Tied) -> None:
        """Build the threads of a step, name them, and keep it all."""
        self._readings |= {id: reading for id, reading in tied.readings() if id in self._events}
        threads: list[Thread] = []
        estimates: dict[str, Estimate] = {}
        for id, stories in tied.lines.items():
            awake = [story for story in stories if story in self._loom.members]
            dated = estimate_thread(awake, self._loom.members, self._store)
            kept = self._store.heads(ids=stories)
            dated |= {head.id: head.estimate for head in kept if head.estimate and head.id not in self._loom.members}
            heads = [replace(head, estimate=dated.get(head.id)) for head in kept]
            threads.append(build(id, heads, self._readings[id].words))
            estimates |= dated
        renamed = self._choose()
        weave = replace(
            tied.weave,
            threads=[replace(thread, name=self._chosen[thread.id], automatic=self._chosen[thread.id]) for thread in threads],
            estimates=estimates,
            names={id: self._readings[id].kept() for id in tied.lines},
            renamed={id: name for id, name in renamed.items() if id not in tied.lines},
        )
        self._store.save_weave(weave)
        self._totals = weave.totals
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
        """The events of the thread an event is in so far, of those that do not rest."""
        return [event for event in self._events.get(self._thread.get(number, ""), {number}) if event in self._loom.events]

    def _lines(
        self, groups: Sequence[tuple[int, ...]], alone: dict[str, Prepared]
    ) -> tuple[dict[str, list[str]], set[str], dict[str, list[str]]]:
        """The stories of the threads that groups of events make, the threads they take the place of, and those to be read."""
        earlier = dict(self._thread)
        place = {number: index for index, group in enumerate(groups) for number in group}
        before = {earlier[number] for number in place if number in earlier}
        before |= {id for id, events in self._events.items() if id not in before and events.isdisjoint(self._loom.events)}
        readings = {id: self._readings.pop(id) for id in before if id in self._readings}
        parts: list[tuple[list[int], dict[str, int]]] = [(list(group), {}) for group in groups]
        for id in sorted(before):
            events, resting = self._events.pop(id), self._resting.pop(id, {})
            for number in events:
                self._thread.pop(number, None)
            self._chosen.pop(id, None)
            if resting:  # what rests of a thread goes with the oldest of its events that does not
                heir = next((place[number] for number in sorted(events) if number in place), len(parts))
                parts += [([], {})] if heir == len(parts) else []
                parts[heir][1].update(resting)
        lines: dict[str, list[str]] = {}
        for group, resting in parts:
            numbers = {*group, *resting.values()}
            id = f"t{min(numbers)}"
            lines[id] = [*resting, *(story for number in group for story in self._loom.events[number].stories)]
            known = [readings[old] for old in {earlier[number] for number in numbers if number in earlier} if old in readings]
            if reading := held(lines[id], known, alone):
                self._readings[id] = reading
            self._events[id], self._resting[id] = numbers, resting
            self._thread |= dict.fromkeys(numbers, id)
        unread = {id: stories for id, stories in lines.items() if id not in self._readings}
        return lines, before - self._events.keys(), unread

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

    def _read(self, threads: dict[str, list[str]]) -> Callable[[], Iterable[tuple[str, Reading]]]:
        """Have the stories of threads read for their names, of a large one some; what was read comes when it is called for."""
        members = self._loom.members
        awake = {id: [story for story in stories if story in members] for id, stories in threads.items()}
        read = {id: stories[:: -(-len(stories) // _READ) or 1] for id, stories in awake.items()}
        vectors = [[members[story].vector for story in stories] for stories in read.values()]
        told = [[telling(story) for story in self._store.stories(stories)] for stories in read.values()]
        come = read_threads(list(zip(told, vectors, strict=True)), self._workers)
        return lambda: [(id, Reading(len(threads[id]), *each)) for id, each in zip(read, come(), strict=True)]

    def _choose(self) -> dict[str, str]:
        """Give every thread of the working set a name of its own; those that have another than before."""
        ids = list(self._readings)
        chosen = dict(zip(ids, distinct([self._readings[id].names for id in ids]), strict=True))
        other = {id: name for id, name in chosen.items() if self._chosen.get(id) != name}
        self._chosen = chosen
        return other

    def _rest(self) -> None:
        """Let go of what is older than the working set."""
        if not self._loom.retire(self._loom.parameters.working_set):
            return
        for story, number in self._event.items():
            if story not in self._loom.members and number in self._thread:
                self._resting.setdefault(self._thread[number], {})[story] = number
        self._event = {story: event for story, event in self._event.items() if story in self._loom.members}
        for id in [id for id, events in self._events.items() if events.isdisjoint(self._loom.events)]:
            for number in self._events.pop(id):
                self._thread.pop(number, None)
            for kept in (self._resting, self._readings, self._chosen):
                kept.pop(id, None)
