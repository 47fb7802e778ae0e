"""The threads of the events in the working set: their dormant stories, title evidence and names."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from msgspec import Struct

from reader.clustering.clusterer import Clusterer
from reader.clustering.titles.kickers import distinct
from reader.library.title_evidence import TitleEvidence, reusable

if TYPE_CHECKING:
    from reader.storage.store import Store

_UNDATED = 200
"""Maximum number of undated threads whose dates are estimated again in each step."""

Group = tuple[int, ...]
"""Numbers of the events of a thread, oldest first."""


class RegroupedThreads(Struct, frozen=True):
    """The stories of changed threads, the threads they replace, and those that need new title evidence."""

    stories: dict[str, list[str]]
    dissolved: set[str]
    unnamed: dict[str, list[str]]


class ThreadLedger:
    """The threads of a clusterer's events, in step with the store.

    `events` are the numbers of the events of each thread, dormant ones included; `evidence` is the title evidence of each thread.
    """

    def __init__(self, clusterer: Clusterer) -> None:
        self._clusterer = clusterer
        self._event: dict[str, int] = {}
        self._thread: dict[int, str] = {}
        self._dormant: dict[str, dict[str, int]] = {}
        self._chosen: dict[str, str] = {}
        self._earlier: dict[str, str] = {}
        self.events: dict[str, set[int]] = {}
        self.evidence: dict[str, TitleEvidence] = {}

    def load(self, stories: Iterable[str], store: Store) -> None:
        """Load the threads of stories that are in the clusterer again."""
        self._event |= {story: self._clusterer.members[story].event for story in stories}
        found = store.clusters.events_of_threads(list(stories))
        dormant = store.clusters.stories_in_events(
            {number for events in found.values() for number in events} - self._clusterer.events.keys()
        )
        for thread, events in found.items():
            self.events[thread] = events
            self._thread |= dict.fromkeys(events, thread)
            self._dormant[thread] = {}
        for story, number in dormant.items():
            if story not in self._clusterer.members:  # its event may have been replaced since
                self._dormant[self._thread[number]][story] = number
        for thread, (chosen, stored) in store.threads.title_evidence(self.events.keys() - self.evidence.keys()).items():
            self._chosen[thread] = chosen
            self.evidence[thread] = TitleEvidence.restored(stored)

    def changed(self, touched: Iterable[str]) -> set[int]:
        """Return the events whose stories changed, those of touched stories, and the rest of threads that lose events."""
        touched = set(touched)
        changed: set[int] = set()
        for story in touched | self._clusterer.changed:
            before, now = self._event.get(story), self._clusterer.members[story].event if story in self._clusterer.members else None
            if before != now or story in touched:
                changed |= {number for number in (before, now) if number is not None}
            if now is None:
                self._event.pop(story, None)
            else:
                self._event[story] = now
        for number in [number for number in changed if number not in self._clusterer.events]:
            changed |= set(self.group(number))
        return changed

    def group(self, number: int) -> list[int]:
        """Return the active events of the thread that an event is in."""
        return [event for event in self.events.get(self._thread.get(number, ""), {number}) if event in self._clusterer.events]

    def replace_groups(self, groups: Iterable[Group], changed: set[int]) -> RegroupedThreads:
        """Replace threads by those that groups of events form now; unchanged groups are skipped."""
        others = [group for group in groups if not changed.isdisjoint(group) or set(group) != set(self.group(group[0]))]
        return self._replaced([*others, *self._undated(others)])

    def _undated(self, groups: Sequence[Group]) -> list[Group]:
        """The other undated threads, whose estimates a new story may change; none if there are too many."""
        taken = {number for group in groups for number in group}
        days = {number: event.days for number, event in self._clusterer.events.items()}
        others = [
            tuple(sorted(events))
            for events in self.events.values()
            if events.isdisjoint(taken) and all(number in days and days[number] is None for number in events)
        ]
        return others if len(others) <= _UNDATED else []

    def _replaced(self, groups: Sequence[Group]) -> RegroupedThreads:
        """Replace the threads of the events in these groups by one thread per group."""
        earlier = dict(self._thread)
        place = {number: index for index, group in enumerate(groups) for number in group}
        before = {earlier[number] for number in place if number in earlier}
        before |= {
            id for id, events in self.events.items() if id not in before and self._clusterer.events.keys().isdisjoint(events)
        }
        evidence = {id: self.evidence.pop(id) for id in before if id in self.evidence}
        parts: list[tuple[list[int], dict[str, int]]] = [(list(group), {}) for group in groups]
        for id in sorted(before):
            events, dormant = self.events.pop(id), self._dormant.pop(id, {})
            for number in events:
                self._thread.pop(number, None)
            if id in self._chosen:
                self._earlier[id] = self._chosen.pop(id)
            if dormant:  # dormant stories of a thread go with its oldest active event
                heir = next((place[number] for number in sorted(events) if number in place), len(parts))
                parts += [([], {})] if heir == len(parts) else []
                parts[heir][1].update(dormant)
        stories: dict[str, list[str]] = {}
        for group, dormant in parts:
            numbers = {*group, *dormant.values()}
            id = f"t{min(numbers)}"
            stories[id] = [*dormant, *(story for number in group for story in self._clusterer.events[number].stories)]
            known = [evidence[old] for old in {earlier[number] for number in numbers if number in earlier} if old in evidence]
            if found := reusable(len(stories[id]), known):
                self.evidence[id] = found
            self.events[id], self._dormant[id] = numbers, dormant
            self._thread |= dict.fromkeys(numbers, id)
        return RegroupedThreads(
            stories, before - self.events.keys(), {id: ids for id, ids in stories.items() if id not in self.evidence}
        )

    # names

    def name(self, thread: str) -> str:
        """Return the current name of a thread."""
        return self._chosen[thread]

    def name_all(self) -> dict[str, str]:
        """Give every thread of the working set a distinct name, its previous one if that still fits; returns changed names."""
        ids = list(self.evidence)
        earlier = self._earlier | self._chosen
        chosen = dict(zip(ids, distinct([self.evidence[id].names for id in ids], [earlier.get(id) for id in ids]), strict=True))
        self._earlier = {}
        other = {id: name for id, name in chosen.items() if self._chosen.get(id) != name}
        self._chosen = chosen
        return other

    # dormant stories

    def drop_dormant(self) -> None:
        """Record the stories that the clusterer has dropped, and forget threads without active events."""
        for story, number in self._event.items():
            if story not in self._clusterer.members and number in self._thread:
                self._dormant.setdefault(self._thread[number], {})[story] = number
        self._event = {story: event for story, event in self._event.items() if story in self._clusterer.members}
        for id in [id for id, events in self.events.items() if self._clusterer.events.keys().isdisjoint(events)]:
            for number in self.events.pop(id):
                self._thread.pop(number, None)
            for kept in (self._dormant, self.evidence, self._chosen):
                kept.pop(id, None)
