"""Which threads the events of the working set make, what of them rests, what was read in them, and what they are called."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from reader.clustering.clusterer import Clusterer
from reader.clustering.titles.kickers import distinct
from reader.library.title_evidence import TitleEvidence, reusable

if TYPE_CHECKING:
    from reader.storage.store import Store

_UNDATED = 200
"""Threads without a stated time that are looked at again in each step."""

Group = tuple[int, ...]
"""The numbers of the events of a thread, the oldest first."""


@dataclass(frozen=True, slots=True)
class RegroupedThreads:
    """The stories of threads that are others than before, the threads they take the place of, and those to be read for a name."""

    stories: dict[str, list[str]]
    dissolved: set[str]
    unread: dict[str, list[str]]


class ThreadLedger:
    """The threads of a loom's events, as they are kept on the shelf.

    `events` are the numbers of a thread's events, those that rest among them; `readings` what was read in a thread for its name.
    """

    def __init__(self, loom: Clusterer) -> None:
        self._loom = loom
        self._event: dict[str, int] = {}
        self._thread: dict[int, str] = {}
        self._resting: dict[str, dict[str, int]] = {}
        self._chosen: dict[str, str] = {}
        self._earlier: dict[str, str] = {}
        self.events: dict[str, set[int]] = {}
        self.readings: dict[str, TitleEvidence] = {}

    def take_up(self, stories: Iterable[str], store: Store) -> None:
        """Note the threads of stories that are on the loom again."""
        self._event |= {story: self._loom.members[story].event for story in stories}
        found = store.clusters.events_of_threads(list(stories))
        resting = store.clusters.stories_in_events(
            {number for events in found.values() for number in events} - self._loom.events.keys()
        )
        for thread, events in found.items():
            self.events[thread] = events
            self._thread |= dict.fromkeys(events, thread)
            self._resting[thread] = {}
        for story, number in resting.items():
            if story not in self._loom.members:  # else its event has been given up for another since
                self._resting[self._thread[number]][story] = number
        for thread, (chosen, reading) in store.threads.title_evidence(self.events.keys() - self.readings.keys()).items():
            self._chosen[thread] = chosen
            self.readings[thread] = TitleEvidence.restored(reading)

    def changed(self, touched: Iterable[str]) -> set[int]:
        """The events whose stories are others than before, those of touched stories, and what is left of threads that lose some."""
        touched = set(touched)
        changed: set[int] = set()
        for story in touched | self._loom.changed:
            before, now = self._event.get(story), self._loom.members[story].event if story in self._loom.members else None
            if before != now or story in touched:
                changed |= {number for number in (before, now) if number is not None}
            if now is None:
                self._event.pop(story, None)
            else:
                self._event[story] = now
        for number in [number for number in changed if number not in self._loom.events]:
            changed |= set(self.group(number))
        return changed

    def group(self, number: int) -> list[int]:
        """The events of the thread an event is in so far, of those that do not rest."""
        return [event for event in self.events.get(self._thread.get(number, ""), {number}) if event in self._loom.events]

    def regrouped(self, groups: Iterable[Group], changed: set[int]) -> RegroupedThreads:
        """Take note of the threads that groups of events make now; a group that is as it was before is passed over."""
        others = [group for group in groups if not changed.isdisjoint(group) or set(group) != set(self.group(group[0]))]
        return self._replaced([*others, *self._undated(others)])

    def _undated(self, groups: Sequence[Group]) -> list[Group]:
        """The other threads in which no time is stated, for which a story that has come now may give an estimate; of many, none."""
        taken = {number for group in groups for number in group}
        days = {number: event.days for number, event in self._loom.events.items()}
        others = [
            tuple(sorted(events))
            for events in self.events.values()
            if events.isdisjoint(taken) and all(number in days and days[number] is None for number in events)
        ]
        return others if len(others) <= _UNDATED else []

    def _replaced(self, groups: Sequence[Group]) -> RegroupedThreads:
        """Put the threads that groups make in the place of those that their events were in."""
        earlier = dict(self._thread)
        place = {number: index for index, group in enumerate(groups) for number in group}
        before = {earlier[number] for number in place if number in earlier}
        before |= {id for id, events in self.events.items() if id not in before and self._loom.events.keys().isdisjoint(events)}
        readings = {id: self.readings.pop(id) for id in before if id in self.readings}
        parts: list[tuple[list[int], dict[str, int]]] = [(list(group), {}) for group in groups]
        for id in sorted(before):
            events, resting = self.events.pop(id), self._resting.pop(id, {})
            for number in events:
                self._thread.pop(number, None)
            if id in self._chosen:
                self._earlier[id] = self._chosen.pop(id)
            if resting:  # what rests of a thread goes with the oldest of its events that does not
                heir = next((place[number] for number in sorted(events) if number in place), len(parts))
                parts += [([], {})] if heir == len(parts) else []
                parts[heir][1].update(resting)
        stories: dict[str, list[str]] = {}
        for group, resting in parts:
            numbers = {*group, *resting.values()}
            id = f"t{min(numbers)}"
            stories[id] = [*resting, *(story for number in group for story in self._loom.events[number].stories)]
            known = [readings[old] for old in {earlier[number] for number in numbers if number in earlier} if old in readings]
            if reading := reusable(len(stories[id]), known):
                self.readings[id] = reading
            self.events[id], self._resting[id] = numbers, resting
            self._thread |= dict.fromkeys(numbers, id)
        return RegroupedThreads(
            stories, before - self.events.keys(), {id: told for id, told in stories.items() if id not in self.readings}
        )

    # names

    def name(self, thread: str) -> str:
        """The name a thread was given last."""
        return self._chosen[thread]

    def name_all(self) -> dict[str, str]:
        """Give every thread of the working set a name of its own, the one it had where that still fits; those that have another."""
        ids = list(self.readings)
        earlier = self._earlier | self._chosen
        chosen = dict(zip(ids, distinct([self.readings[id].names for id in ids], [earlier.get(id) for id in ids]), strict=True))
        self._earlier = {}
        other = {id: name for id, name in chosen.items() if self._chosen.get(id) != name}
        self._chosen = chosen
        return other

    # resting

    def rest(self) -> None:
        """Note what the loom has let rest, and let go of the threads of which all rests."""
        for story, number in self._event.items():
            if story not in self._loom.members and number in self._thread:
                self._resting.setdefault(self._thread[number], {})[story] = number
        self._event = {story: event for story, event in self._event.items() if story in self._loom.members}
        for id in [id for id, events in self.events.items() if self._loom.events.keys().isdisjoint(events)]:
            for number in self.events.pop(id):
                self._thread.pop(number, None)
            for kept in (self._resting, self.readings, self._chosen):
                kept.pop(id, None)
