"""The events as they stand: which stories are in which, the sums of their vectors, and an index to find the likely ones."""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import islice

from reader.clustering import day_spans
from reader.clustering.agglomerative import MergeNode
from reader.clustering.cluster import Member, StoryCluster
from reader.clustering.parameters import ClusteringParameters, Densities
from reader.clustering.term_shares import TermShares
from reader.clustering.tfidf import Vector, add, dot

Ranked = list[tuple[float, int]]
"""Likenesses and event numbers, the likest first, the older event first where two are equal."""

Known = dict[int, tuple[int, float]]
"""What was measured of one vector: by the number of an event, the event's tick then and the likeness."""

_MOST_KNOWN = 64
"""Likenesses kept of one vector."""


class ClusterIndex:
    """The members, the events they are in, and an inverted index from terms to events.

    `changed` holds the ids of the stories whose member changed; `tick` counts the changes of events.
    """

    def __init__(self, parameters: ClusteringParameters) -> None:
        self.parameters = parameters
        self.members: dict[str, Member] = {}
        self.events: dict[int, StoryCluster] = {}
        self.sizes: dict[int, int] = {}
        self.index: defaultdict[str, dict[int, float]] = defaultdict(dict)
        self.densities = Densities()
        self.stream = TermShares(parameters)
        self.changed: set[str] = set()
        self.next_event = 0
        self.tick = 0
        self.neighbours: dict[str, list[tuple[float, str]]] = {}
        """By which stories, and how like they are, a member was expanded last."""
        self._likenesses: defaultdict[str, dict[str, float]] = defaultdict(dict)
        self._own: defaultdict[str, Known] = defaultdict(dict)
        self._expanded: dict[str, tuple[Vector, Known]] = {}

    def new_event(self) -> int:
        """Take a number that no event ever had."""
        self.next_event += 1
        return self.next_event - 1

    def restore(self, story: str, member: Member) -> None:
        """Take up a member as it was; its densities are counted already."""
        self.members[story] = member
        self.stream.add(member)
        self.put(story, member.event)

    def rest(self, number: int) -> None:
        """Leave out an event and its stories, whose densities go on to count."""
        event, _ = self.events.pop(number), self.sizes.pop(number)
        for term in event.total:
            self._leave(term, number)
        for story in event.stories:
            self._forget(story)

    def remove(self, story: str) -> None:
        """Forget a story."""
        self.take(story)
        self.settle_density(story, None)
        self._forget(story)
        for kept in (self.neighbours, self._likenesses):  # another story may come back under its id
            kept.clear()
        self.changed.discard(story)

    def _forget(self, story: str) -> None:
        self.stream.drop(self.members[story])
        for kept in (self.members, self.neighbours, self._likenesses, self._own, self._expanded):
            kept.pop(story, None)

    def put(self, story: str, number: int) -> None:
        """Put a story into an event, opening it if need be."""
        member = self.members[story]
        event = self.events.setdefault(number, StoryCluster())
        event.stories[story] = None
        self.sizes[number] = len(event.stories)
        event.days = day_spans.join(event.days, day_spans.on(member.day))
        if len(event.stories) == 1:
            self._replace(number, member.expanded)
        else:
            self._shift(number, member.expanded, 1)
        member.event = number
        self.changed.add(story)

    def take(self, story: str) -> None:
        """Take a story out of its event; an event without stories is gone."""
        member = self.members[story]
        event = self.events[member.event]
        del event.stories[story]
        if not event.stories:
            self._replace(member.event, {})
            del self.events[member.event], self.sizes[member.event]
            return
        self._shift(member.event, member.expanded, -1)
        self.sizes[member.event] = len(event.stories)
        if event.days and member.day in event.days:
            event.days = None
            for other in event.stories:
                event.days = day_spans.join(event.days, day_spans.on(self.members[other].day))

    def expand(self, story: str, expanded: Vector) -> None:
        """Give a story another expanded vector."""
        member = self.members[story]
        if expanded == member.expanded:
            return
        if self.sizes[member.event] == 1:
            self._replace(member.event, expanded)
        else:
            change = {term: -weight for term, weight in member.expanded.items()}
            for term, weight in expanded.items():
                change[term] = change.get(term, 0.0) + weight
            self._shift(member.event, {term: weight for term, weight in change.items() if weight}, 1)
        member.expanded = expanded
        self.changed.add(story)

    def weigh(self, story: str) -> None:
        """Weigh the terms of a fresh story by how common they are in the stream, where the background tells little of it.

        That is where it is little more than a headline, or in another language.
        """
        member = self.members[story]
        if member.fresh and (member.short or member.language):
            self.stream.drop(member)
            member.vector = member.expanded = self.stream.weighed(member)
            self.stream.add(member)
            self._replace(member.event, member.vector)
        member.fresh = False

    def settle_density(self, story: str, density: float | None) -> None:
        """Note the density a story was settled with; None: it waits to be settled."""
        member = self.members[story]
        if member.density is not None:
            self.densities.drop(member.density)
        if density is not None:
            self.densities.add(density)
        if density != member.density:
            member.density = density
            self.changed.add(story)

    def candidates(self, vector: Vector) -> list[int]:
        """Find the events that share most with a vector's heaviest terms."""
        parameters, index = self.parameters, self.index
        common = min(parameters.common_events + parameters.common_share * len(self.events), parameters.common_most)
        terms = [
            (holders, weight) for term, weight in islice(vector.items(), parameters.query_terms) if (holders := index.get(term))
        ]
        rare = [(holders, weight) for holders, weight in terms if len(holders) <= common]
        partial: defaultdict[int, float] = defaultdict(float)
        for holders, weight in rare or sorted(terms, key=lambda pair: len(pair[0]))[:1]:
            for number, other in holders.items():
                partial[number] += weight * other
        sizes = self.sizes
        scores = [(total / sizes[number], -number) for number, total in partial.items()]
        return [-number for _, number in heapq.nlargest(parameters.candidates, scores)]

    def rank_own(self, story: str, events: Iterable[int]) -> Ranked:
        """Rank events by average link to a member's own vector; it does not count in its own event."""
        member = self.members[story]
        return self._rank(member.vector, member.day, events, story, self._own[story])

    def rank_expanded(self, story: str, events: Iterable[int]) -> Ranked:
        """Rank events other than its own by average link to a member's expanded vector."""
        member = self.members[story]
        if member.expanded is member.vector:
            return self.rank_own(story, events)
        measured = self._expanded.get(story)
        if measured is None or measured[0] is not member.expanded:
            measured = self._expanded[story] = (member.expanded, {})
        return self._rank(member.expanded, member.day, events, None, measured[1])

    def _rank(self, vector: Vector, day: float | None, events: Iterable[int], story: str | None, known: Known) -> Ranked:
        """Rank events; what is known is taken as it is for events that have not changed since, the rest is added to it."""
        if len(known) > _MOST_KNOWN:
            known.clear()
        own = self.members[story] if story is not None else None
        on, terms, parameters = day_spans.on(day), vector.keys(), self.parameters
        ranked = []
        for number in events:
            event = self.events[number]
            measured = known.get(number)
            if measured and measured[0] == event.tick:
                ranked.append((measured[1], number))
                continue
            total, size = event.total, len(event.stories)
            likeness = sum([vector[term] * total[term] for term in terms & total.keys()])
            if own is not None and own.event == number:
                likeness, size = likeness - dot(vector, own.expanded), size - 1
            if size:
                likeness = likeness / size * parameters.nearness(day_spans.gap(on, event.days))
                known[number] = (event.tick, likeness)
                ranked.append((likeness, number))
        return sorted(ranked, key=lambda pair: (-pair[0], pair[1]))

    def likeness(self, a: str, b: str) -> float:
        """Give the likeness of two stories by themselves; each pair is measured once."""
        one, other = self.members[a], self.members[b]
        if one.arrival < other.arrival:
            a, b, one, other = b, a, other, one
        known = self._likenesses[a]  # of the later one, so that what is known of those that rest goes in time
        if b not in known:
            known[b] = dot(one.vector, other.vector) * self.parameters.nearness(
                day_spans.gap(day_spans.on(one.day), day_spans.on(other.day))
            )
        return known[b]

    def shared_terms(self, a: str, b: str) -> int:
        """Count the terms that two stories share by themselves."""
        return len(self.members[a].vector.keys() & self.members[b].vector.keys())

    def may_join(self, some: Sequence[str], others: Sequence[str]) -> bool:
        """Return whether two groups may be put together: of a single story, one word in common is not enough.

        Two stories alone need more than a story and a group that holds together, and the more the longer the time between them.
        """
        if min(len(some), len(others)) > 1:
            return True
        if len(some) == len(others) == 1:
            gap = day_spans.gap(day_spans.on(self.members[some[0]].day), day_spans.on(self.members[others[0]].day))
            return self._shares(some[0], others[0], self.parameters.pair_terms, self.parameters.pair_rest(gap))
        terms, least = self.parameters.single_terms, self.parameters.single_least
        return any(self._shares(a, b, terms, least) for a in some for b in others)

    def _shares(self, a: str, b: str, terms: int, least: float) -> bool:
        """Whether two stories share so many terms, and so much of their likeness is left without the heaviest of them."""
        one, other = self.members[a].vector, self.members[b].vector
        shared = [one[term] * other[term] for term in one.keys() & other.keys()]
        return len(shared) >= terms and sum(shared) - max(shared) >= least

    def story_node(self, story: str, measured: bool = True) -> MergeNode:
        """Make a node of one story; `measured`: it asks for what the density around it demands, else what is taken for granted."""
        member = self.members[story]
        threshold = self.parameters.threshold(member.density if measured else None, self.densities, member.short)
        sources = {member.source: member.expanded} if member.source else {}
        return MergeNode(member.expanded, 1, day_spans.on(member.day), threshold, [story], int(member.short), sources=sources)

    def event_node(self, number: int) -> MergeNode:
        """Make a node of an event as it stands."""
        event = self.events[number]
        if event.size == 1:
            return self.story_node(next(iter(event.stories)))
        sources, short, thresholds = dict[str, Vector](), 0, 0.0
        for member in map(self.members.__getitem__, event.stories):
            short += member.short
            thresholds += self.parameters.threshold(member.density, self.densities, member.short)
            if member.source:
                known = sources.get(member.source)
                sources[member.source] = add(known, member.expanded) if known else member.expanded
        square = sum([weight * weight for weight in event.total.values()])
        return MergeNode(event.total, event.size, event.days, thresholds, list(event.stories), short, square, sources)

    def newest(self, number: int, limit: int) -> list[str]:
        """List the last stories of an event to arrive, the oldest first."""
        return sorted(self.events[number].stories, key=lambda story: self.members[story].arrival)[-limit:]

    def _shift(self, number: int, vector: Vector, sign: int) -> None:
        """Add a vector to an event's sum, or take it off; what comes to zero is dropped, exactly (see vectors)."""
        total, index = self._touched(number), self.index
        for term, weight in vector.items():
            value = total.get(term, 0.0) + sign * weight
            if value:
                total[term] = index[term][number] = value
            else:
                del total[term]
                self._leave(term, number)

    def _replace(self, number: int, vector: Vector) -> None:
        """The same, where the event holds or held one story alone: its sum is that vector."""
        total, index = self._touched(number), self.index
        for term in total.keys() - vector.keys():
            self._leave(term, number)
        total.clear()
        total.update(vector)
        for term, weight in vector.items():
            index[term][number] = weight

    def _touched(self, number: int) -> Vector:
        """Note that an event changes, and give its sum."""
        self.tick += 1
        self.events[number].tick = self.tick
        return self.events[number].total

    def _leave(self, term: str, number: int) -> None:
        """Note that an event holds a term no more."""
        holders = self.index[term]
        del holders[number]
        if not holders:
            del self.index[term]
