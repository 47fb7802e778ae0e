"""The reader's word on threads, replayed over the threads that were found: what is said stays, whatever the stories are tied by.

Each correction speaks of pairs of stories: merge, move and split say of some that they belong together, split and apart of some
that they do not. Of two words on one pair the later holds; and who leaves a thread (by split, move or apart) leaves behind what was
said earlier of belonging to those that stay. Words are taken up from the latest to the earliest, each unless it cannot hold beside
those taken up already: so a word yields to later words alone, and never to the threads found, which only say where a story stands
of which nothing is said.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from itertools import combinations
from typing import TypeVar

from msgspec import Struct

from reader.clustering.union_find import DisjointSets
from reader.models import Correction

_LEAVING = ("split", "move", "apart")
_ATTRIBUTES = ("rename", "pin", "mute", "follow")

T = TypeVar("T", bound=Hashable)


class CorrectedThread(Struct, frozen=True):
    """A thread as it is shown: its id, its stories in no order that counts, and what the reader said of it as a whole.

    `name` is None where the reader gave none.
    """

    id: str
    stories: tuple[str, ...]
    name: str | None = None
    pinned: bool = False
    muted: bool = False
    followed: bool = False


def replay(threads: Mapping[str, Sequence[str]], events: Mapping[str, int], log: Sequence[Correction]) -> list[CorrectedThread]:
    """The threads to show, given those found, the event of each story, and the corrections in order.

    `threads` are all that hold a story of the log, in any order; stories of the log in none of them are passed over. A story of
    which nothing is said goes with those of its event of which something is, if these stand in one thread, else with its thread.
    A thread that is made of several keeps the id of the largest part, if no other holds a larger part of that thread; one without
    such an id bears `c` and the number of the correction that made it.
    """
    return _Replay(threads, events, log).shown()


class _Replay:
    """One replay: the words by story, then the ties, then the threads."""

    def __init__(self, threads: Mapping[str, Sequence[str]], events: Mapping[str, int], log: Sequence[Correction]) -> None:
        self._threads, self._events, self._log = threads, events, log
        self._home = {story: id for id, stories in threads.items() for story in stories}
        self._left: defaultdict[str, list[int]] = defaultdict(list)
        self._joined: defaultdict[str, int] = defaultdict(int)
        """For each story the places in the log, as bits, where it was said to belong to others."""
        self._mentioned: dict[str, int] = {}
        """For each story something is said of, the number of the last such word."""
        for place, word in enumerate(log):
            self._note(place, word)
        self._ties = DisjointSets(map(_root, threads))
        for place in range(len(log) - 1, -1, -1):
            self._take_up(place, log[place])
        for word in reversed(log):
            self._claim(word)
        self._settle()
        self._place = self._places()

    def shown(self) -> list[CorrectedThread]:
        """The threads, those that hold the first of the stories found first."""
        groups: defaultdict[str, list[str]] = defaultdict(list)
        for story in self._home:
            groups[self._place[story]].append(story)
        ids, said = self._ids(groups), self._attributes()
        return [
            CorrectedThread(
                id=ids[group],
                stories=tuple(stories),
                name=said[group].get("rename") or None,
                pinned=said[group].get("pin") == "on",
                muted=said[group].get("mute") == "on",
                followed=said[group].get("follow") == "on",
            )
            for group, stories in groups.items()
        ]

    # what is said

    def _note(self, place: int, word: Correction) -> None:
        """Note of each story when it left, when it was joined to others, and that something is said of it."""
        if word.kind in _ATTRIBUTES:
            return
        if word.kind in _LEAVING:
            for story in word.stories:
                self._left[story].append(word.number)
        for story in _together(word):
            self._joined[story] |= 1 << place
        for story in (*word.stories, *(other for side in word.others for other in side)):
            self._mentioned[story] = word.number

    def _stays(self, story: str, word: Correction) -> bool:
        """Whether a story is here and has not left since a word."""
        return story in self._home and (story not in self._left or self._left[story][-1] <= word.number)

    def _core(self, side: Sequence[str], word: Correction) -> list[str]:
        """Those of a thread's stories that did not leave it since, and stand in the thread found that holds most of them."""
        staying = [story for story in side if self._stays(story, word)]
        thread = _most(self._home[story] for story in staying) if staying else None
        return [story for story in staying if self._home[story] == thread]

    # what holds

    def _take_up(self, place: int, word: Correction) -> None:
        """Let hold what a word says of its stories."""
        sets: defaultdict[tuple[int, ...], list[str]] = defaultdict(list)
        together = [*word.stories, *self._core(word.others[0], word)] if word.kind == "move" else _together(word)
        for story in together:
            if story in self._home:  # who left since left with others or alone
                sets[tuple(number for number in self._left.get(story, ()) if number > word.number)].append(story)
        for first, *rest in sets.values():
            for story in rest:
                self._ties.join(first, story)
        for one, other in self._parted(word):
            if not (self._joined[one] & self._joined[other]) >> (place + 1):
                self._ties.part(one, other)

    def _parted(self, word: Correction) -> Iterator[tuple[str, str]]:
        """The pairs that a word keeps apart; of those that leave, one for all that are tied and spoken of alike."""
        if word.kind == "apart":
            pair = [story for story in word.others[0] if story in self._home]
            yield from combinations(pair, 2)
        if word.kind == "split":
            here = [story for story in word.stories if story in self._home]
            alike = {(self._ties.find(story), self._joined[story]): story for story in here}
            yield from ((one, other) for one in alike.values() for other in word.others[0] if other in self._home)

    def _claim(self, word: Correction) -> None:
        """Let whole threads go with the stories that a merge or a move meant them by."""
        for side in _whole(word):
            if core := self._core(side, word):
                self._ties.join(core[0], _root(self._home[core[0]]))

    def _settle(self) -> None:
        """Let every story that something is said of stand in its thread, if nothing said forbids it; who left last comes last."""
        units: defaultdict[str, list[str]] = defaultdict(list)
        for story in self._mentioned:
            if story in self._home:
                units[self._ties.find(story)].append(story)
        last = {one: max(self._left[story][-1] if story in self._left else 0 for story in unit) for one, unit in units.items()}
        for one in sorted(units, key=last.__getitem__):
            if self._ties.find(one) not in self._ties.rooted:
                self._ties.join(_root(_most(self._home[story] for story in units[one])), one)

    def _places(self) -> dict[str, str]:
        """For each story what stands for all that stand with it."""
        find = self._ties.find
        spoken: defaultdict[int, set[str]] = defaultdict(set)
        for story in self._mentioned:
            if story in self._events and story in self._home:
                spoken[self._events[story]].add(find(story))
        places = {}
        for story, thread in self._home.items():
            mates = spoken.get(self._events.get(story, -1), set())
            if story in self._mentioned:
                places[story] = find(story)
            else:
                places[story] = next(iter(mates)) if len(mates) == 1 else find(_root(thread))
        return places

    # what the threads are called

    def _ids(self, groups: Mapping[str, Sequence[str]]) -> dict[str, str]:
        """The id of each group."""
        offers: dict[str, tuple[int, str]] = {}
        for id, stories in self._threads.items():
            sizes, own = Counter(self._place[story] for story in stories), self._ties.find(_root(id))
            if sizes:  # of parts as large, where the thread as such stands
                group, size = max(sizes.items(), key=lambda part: (part[1], part[0] == own))
                offers[group] = max(offers.get(group, (0, "")), (size, id), key=lambda offer: offer[0])
        ids = {group: id for group, (_, id) in offers.items()}
        taken: Counter[int] = Counter()
        for group, stories in groups.items():
            if group not in ids:
                number = self._made(stories)
                taken[number] += 1
                ids[group] = f"c{number}" if taken[number] == 1 else f"c{number}.{taken[number]}"
        return ids

    def _made(self, stories: Sequence[str]) -> int:
        """The number of the correction that made a thread of these stories."""
        left = [self._left[story][-1] for story in stories if story in self._left]
        beside = (self._mentioned.get(other, 0) for story in stories for other in self._threads[self._home[story]])
        return max(left) if left else max(beside)

    def _attributes(self) -> defaultdict[str, dict[str, str]]:
        """For each group what was said last of it as a whole."""
        said: defaultdict[str, dict[str, str]] = defaultdict(dict)
        for word in self._log:
            if word.kind in _ATTRIBUTES and (staying := [story for story in word.stories if self._stays(story, word)]):
                said[_most(self._place[story] for story in staying)][word.kind] = word.text
        return said


def _together(word: Correction) -> tuple[str, ...]:
    """The stories of which a word says that they belong together."""
    if word.kind in _ATTRIBUTES:
        return ()
    return (*word.stories, *(story for side in _whole(word)[word.kind == "merge" :] for story in side))


def _whole(word: Correction) -> tuple[tuple[str, ...], ...]:
    """The threads that a word means as a whole, by their stories."""
    if word.kind == "merge":
        return (word.stories, *word.others)
    return word.others[:1] if word.kind == "move" else ()


def _root(thread: str) -> str:
    """What stands for a thread that was found, beside its stories; no story's id has a space."""
    return f"thread {thread}"


def _most(items: Iterable[T]) -> T:
    """The commonest item, the first of those as common."""
    return Counter(items).most_common(1)[0][0]
