"""Events: stories that tell the same happening, found as the stories come, one by one and in any order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from reader.clustering.cluster import Member, StoryCluster
from reader.clustering.cluster_index import ClusterIndex, Ranked
from reader.clustering.parameters import ClusteringParameters, Densities
from reader.clustering.reclustering import density, settling
from reader.clustering.tfidf import Vector


@dataclass(frozen=True, slots=True)
class CorpusTotals:
    """What a loom must remember besides its members, of those that retired too.

    The next number of an event and of an arrival, so that none comes twice; how many stories had their density measured when they
    arrived and when they settled, and the sums.
    """

    next_event: int = 0
    next_arrival: int = 0
    densities: tuple[int, float] = (0, 0.0)
    settled_densities: tuple[int, float] = (0, 0.0)


class Clusterer:
    """Ties stories into events.

    A story is placed at once when it comes (`add`), by average link against a threshold that rises with the density of the news
    around it. `settle` then clusters the neighbourhood of the fresh stories again. The same calls in the same order always give
    the same events, also when the loom was saved and restored in between.
    """

    def __init__(self, parameters: ClusteringParameters | None = None) -> None:
        self.parameters = parameters or ClusteringParameters()
        self._fabric = ClusterIndex(self.parameters)
        self._waiting: set[str] = set()
        self._next_arrival = 0

    @property
    def members(self) -> Mapping[str, Member]:
        """The stories by id."""
        return self._fabric.members

    @property
    def events(self) -> Mapping[int, StoryCluster]:
        """The events by number; an older event has a lower number."""
        return self._fabric.events

    @property
    def changed(self) -> frozenset[str]:
        """The ids of the stories whose member changed since `saved`."""
        return frozenset(self._fabric.changed)

    @property
    def totals(self) -> CorpusTotals:
        """What `restore` needs besides the members."""
        own, settled = self._fabric.densities, self._fabric.settled_densities
        return CorpusTotals(self._fabric.next_event, self._next_arrival, (own.stories, own.total), (settled.stories, settled.total))

    def saved(self) -> None:
        """Note that all members are saved as they are."""
        self._fabric.changed.clear()

    def restore(self, members: Mapping[str, Member], totals: CorpusTotals) -> None:
        """Take up the members of a saved loom, in place of all that this one holds; those that retired may be left out."""
        self._fabric = ClusterIndex(self.parameters)
        self._fabric.next_event, self._next_arrival = totals.next_event, totals.next_arrival
        self._fabric.densities = Densities(*totals.densities)
        self._fabric.settled_densities = Densities(*totals.settled_densities)
        self._waiting = set()
        self.recall(members)

    def recall(self, members: Mapping[str, Member]) -> None:
        """Take members up again that retired, or were saved; whole events of them."""
        changed = set(self._fabric.changed)
        for story, member in sorted(members.items(), key=lambda item: item[1].arrival):
            self._fabric.restore(story, replace(member))
        self._waiting |= {story for story, member in members.items() if member.settled_density is None}
        self._fabric.changed = changed

    def retire(self, working_set: int) -> list[int]:
        """Let events rest that hold none of the so many stories that came last, and say which: no story joins them any more.

        Only what is saved and settled may rest.
        """
        oldest = self._next_arrival - working_set
        if oldest <= 0 or len(self.members) <= working_set:
            return []
        arrival = {number: max(self.members[story].arrival for story in event.stories) for number, event in self.events.items()}
        resting = [number for number, newest in arrival.items() if newest < oldest and self._rests(number)]
        for number in resting:
            self._fabric.rest(number)
        return resting

    def _rests(self, number: int) -> bool:
        """Whether an event is saved and settled."""
        stories = self.events[number].stories.keys()
        return stories.isdisjoint(self._fabric.changed) and stories.isdisjoint(self._waiting)

    def add(self, story: str, vector: Vector, day: float | None, short: bool) -> int:
        """Place a new story and give its event's number; where many wait to be settled, settle them.

        `day` is when it was published in days since 1970-01-01, None where nobody says; `short` says that the body is little more
        than a headline.

        Raises:
            ValueError: the story is known already; one that changed is removed first.
        """
        number = self.place(story, vector, day, short)
        if self.is_due:
            self.settle()
            number = self.members[story].event
        return number

    def place(self, story: str, vector: Vector, day: float | None, short: bool) -> int:
        """The same without settling, which must follow once it `is_due`."""
        if story in self.members:
            raise ValueError(f"the story {story} is on the loom already")
        fabric = self._fabric
        around = fabric.candidates(vector)
        member = fabric.members[story] = Member(vector, vector, day, short, self._next_arrival, 0.0, None, -1, tuple(around))
        self._next_arrival += 1
        ranked = fabric.rank_own(story, around)
        member.density = own = density(ranked, self.parameters.arrival_ranks)
        fabric.densities.add(own)
        threshold = self.parameters.threshold(own, fabric.densities, short)
        if ranked and ranked[0][0] >= threshold * self.parameters.doubt(fabric.sizes[ranked[0][1]], short):
            fabric.put(story, ranked[0][1])
            self._merge(story, ranked, threshold)
        else:
            fabric.put(story, fabric.new_event())
        self._waiting.add(story)
        return member.event

    @property
    def is_due(self) -> bool:
        """Whether as many stories wait as are settled at once."""
        return len(self._waiting) >= self.parameters.batch

    def remove(self, story: str) -> None:
        """Take a story off; those that stood beside it wait to be settled again.

        Raises:
            KeyError: the story is not on the loom.
        """
        fabric = self._fabric
        number = fabric.members[story].event
        fabric.remove(story)
        self._waiting.discard(story)
        if number in fabric.events:
            for other in fabric.newest(number, self.parameters.touched_stories):
                fabric.settle_density(other, None)
                self._waiting.add(other)

    def candidates(self, vector: Vector) -> list[int]:
        """Find the events that share most with a vector's heaviest terms."""
        return self._fabric.candidates(vector)

    def unsettle(self, stories: Iterable[str]) -> None:
        """Have stories settled again, together with those that wait for it."""
        for story in stories:
            self._fabric.settle_density(story, None)
            self._waiting.add(story)

    def settle(self) -> None:
        """Cluster the neighbourhood of the stories that wait for it again."""
        for _ in self.settling():
            pass

    def settling(self) -> Iterator[None]:
        """The same in slices of some milliseconds; nothing may be added or removed until it ends."""
        waiting = sorted(self._waiting, key=lambda story: self.members[story].arrival)
        self._waiting.clear()
        yield from settling(self._fabric, waiting)

    def _merge(self, story: str, ranked: Ranked, threshold: float) -> None:
        """Merge the event a story joined with the next best ones that it ties together."""
        fabric, member = self._fabric, self._fabric.members[story]
        for likeness, number in ranked[1 : self.parameters.merge_ranks]:
            if likeness < threshold:
                break
            link = fabric.link(member.event, number)
            if link >= threshold and (member.short or self._holds(link, member.event, number)):
                fabric.merge(member.event, number)

    def _holds(self, link: float, a: int, b: int) -> bool:
        """Whether the link between two events is nearly as strong as the looser one holds together by itself."""
        cohesions = [self.events[a].cohesion, self.events[b].cohesion]
        known = [cohesion for cohesion in cohesions if cohesion is not None]
        return len(known) < 2 or link >= self.parameters.cohesion * min(known)
