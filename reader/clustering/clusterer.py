"""Events: stories that tell the same happening, found as the stories come, one by one and in any order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from msgspec import Struct
from msgspec.structs import replace

from reader.clustering.agglomerative import MergeNode
from reader.clustering.cluster import Member, StoryCluster
from reader.clustering.cluster_index import ClusterIndex
from reader.clustering.parameters import ClusteringParameters, Densities
from reader.clustering.reclustering import settling
from reader.clustering.tfidf import Vector


class CorpusTotals(Struct, frozen=True):
    """What a clusterer must remember besides its members, of those that retired too.

    The next number of an event and of an arrival, so that none comes twice; how many stories had their density measured, and the
    sum.
    """

    next_event: int = 0
    next_arrival: int = 0
    densities: tuple[int, float] = (0, 0.0)


class Clusterer:
    """Ties stories into events.

    A story that comes (`add`) is an event of its own until `settle` clusters it with its neighbourhood. The same calls in the same
    order always give the same events, also when the members were saved and restored in between.
    """

    def __init__(self, parameters: ClusteringParameters | None = None) -> None:
        self.parameters = parameters or ClusteringParameters()
        self._index = ClusterIndex(self.parameters)
        self._waiting: set[str] = set()
        self._next_arrival = 0

    @property
    def members(self) -> Mapping[str, Member]:
        """The stories by id."""
        return self._index.members

    @property
    def events(self) -> Mapping[int, StoryCluster]:
        """The events by number; an older event has a lower number."""
        return self._index.events

    @property
    def changed(self) -> frozenset[str]:
        """The ids of the stories whose member changed since `saved`."""
        return frozenset(self._index.changed)

    @property
    def totals(self) -> CorpusTotals:
        """What `restore` needs besides the members."""
        densities = self._index.densities
        return CorpusTotals(self._index.next_event, self._next_arrival, (densities.stories, densities.total))

    def saved(self) -> None:
        """Note that all members are saved as they are."""
        self._index.changed.clear()

    def restore(self, members: Mapping[str, Member], totals: CorpusTotals) -> None:
        """Take up the members of a saved clusterer, in place of all that this one holds; those that retired may be left out."""
        self._index = ClusterIndex(self.parameters)
        self._index.next_event, self._next_arrival = totals.next_event, totals.next_arrival
        self._index.densities = Densities(*totals.densities)
        self._waiting = set()
        self.recall(members)

    def recall(self, members: Mapping[str, Member]) -> None:
        """Take members up again that retired, or were saved; whole events of them."""
        changed = set(self._index.changed)
        for story, member in sorted(members.items(), key=lambda item: item[1].arrival):
            self._index.restore(story, replace(member))
        self._waiting |= {story for story, member in members.items() if member.density is None}
        self._index.changed = changed

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
            self._index.rest(number)
        return resting

    def _rests(self, number: int) -> bool:
        """Whether an event is saved and settled."""
        stories = self.events[number].stories.keys()
        return stories.isdisjoint(self._index.changed) and stories.isdisjoint(self._waiting)

    def add(self, story: str, vector: Vector, day: float | None, short: bool, source: str = "", language: str = "") -> int:
        """Take a new story and give its event's number; where many wait to be settled, settle them.

        `day` is when it was published in days since 1970-01-01, None where nobody says; `short` says that the body is little more
        than a headline; `source` is the outlet, empty where it is not known; `language` is the one that `vector` was made by.

        Raises:
            ValueError: the story is already clustered; one that changed is removed first.
        """
        self.place(story, vector, day, short, source, language)
        if self.is_due:
            self.settle()
        return self.members[story].event

    def place(self, story: str, vector: Vector, day: float | None, short: bool, source: str = "", language: str = "") -> None:
        """The same without settling, which must follow once it `is_due`."""
        if story in self.members:
            raise ValueError(f"the story {story} is already clustered")
        index = self._index
        arrival, number, around = self._next_arrival, index.new_event(), tuple(index.candidates(vector))
        member = Member(vector, vector, day, short, source, language, arrival, None, number, around, fresh=True)
        self._next_arrival += 1
        index.restore(story, member)
        self._waiting.add(story)

    @property
    def is_due(self) -> bool:
        """Whether as many stories wait as are settled at once."""
        return len(self._waiting) >= self.parameters.batch

    def remove(self, story: str) -> None:
        """Take a story off; those that stood beside it wait to be settled again.

        Raises:
            KeyError: the story is not on the clusterer.
        """
        index = self._index
        number = index.members[story].event
        index.remove(story)
        self._waiting.discard(story)
        if number in index.events:
            for other in index.newest(number, self.parameters.touched_stories):
                index.settle_density(other, None)
                self._waiting.add(other)

    def candidates(self, vector: Vector) -> list[int]:
        """Find the events that share most with a vector's heaviest terms."""
        return self._index.candidates(vector)

    def may_join(self, one: int, other: int) -> bool:
        """Return whether two events share enough to be put together; events of several stories always do."""
        return self._index.may_join([*self.events[one].stories], [*self.events[other].stories])

    def node(self, number: int) -> MergeNode:
        """Make a node of an event as it stands, to be joined with others."""
        return self._index.event_node(number)

    def unsettle(self, stories: Iterable[str]) -> None:
        """Have stories settled again, together with those that wait for it."""
        for story in stories:
            self._index.settle_density(story, None)
            self._waiting.add(story)

    def settle(self) -> None:
        """Cluster the neighbourhood of the stories that wait for it again."""
        for _ in self.settling():
            pass

    def settling(self) -> Iterator[None]:
        """The same in slices of some milliseconds; nothing may be added or removed until it ends."""
        index, waiting = self._index, sorted(self._waiting, key=lambda story: self.members[story].arrival)
        for story in waiting:
            index.weigh(story)
        self._waiting.clear()
        yield from settling(index, waiting)
