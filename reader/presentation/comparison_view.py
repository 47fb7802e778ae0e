"""The marks of a comparison: sign, number, differing words and counterparts of each passage."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Literal

from msgspec import Struct
from msgspec.structs import replace

from reader.models import Span
from reader.presentation.diff_spans import differing, figure_span
from reader.presentation.passage_groups import Spot, outlet_numbers, passage_groups, spot

if TYPE_CHECKING:
    from reader.library import Comparison, Disagreement, Passage, PassagePair

Sign = Literal["", "same", "only", "quote", "figure", "faint"]
"""The mark of a passage: none, shared, unique, a quotation that differs, a figure that differs, an uncertain match."""
DIFFERING: tuple[Sign, ...] = ("quote", "figure")
"""The signs of shared passages that differ."""


class MarkedPassage(Struct, frozen=True):
    """A marked passage: its sign, its number in the comparison (0: none), and the spans of its paragraph that differ."""

    passage: Passage
    sign: Sign = ""
    number: int = 0
    words: tuple[Span, ...] = ()


class PassageGroup(Struct, frozen=True):
    """The passages under one number, the outlets that report them, and the figures that differ.

    `outlets` is 0 if the passages have only figures in common. `sign` is the strongest sign of the passages.
    """

    members: frozenset[Spot]
    outlets: int
    sign: Sign
    figures: tuple[Disagreement, ...] = ()


class ComparisonView(Struct, frozen=True):
    """Stories marked against each other.

    `stories` are those that count; `outlets` is the number of independent outlets (of stories, if all are of one outlet).
    `passages` are the marked passages of these stories and of guests, `counterparts` those that each passage matches.
    """

    stories: tuple[str, ...]
    outlets: int
    copies: tuple[tuple[str, ...], ...]
    pairs: int
    groups: Mapping[int, PassageGroup]
    passages: Mapping[str, tuple[MarkedPassage, ...]]
    counterparts: Mapping[Spot, frozenset[Spot]]

    def of(self, story: str) -> tuple[MarkedPassage, ...]:
        """The passages of a story, in order; empty if it was not compared."""
        return self.passages.get(story, ())

    def at(self, place: Spot) -> MarkedPassage | None:
        """The passage at a place."""
        passages = self.of(place[0])
        return passages[place[1]] if place[1] < len(passages) else None

    def with_counterparts(self, place: Spot) -> frozenset[Spot]:
        """A passage and its counterparts."""
        return self.counterparts.get(place, frozenset()) | {place}

    def shared_by_all(self, noted: MarkedPassage) -> bool:
        """Whether every outlet reports a passage."""
        group = self.groups.get(noted.number)
        return group is not None and group.outlets == self.outlets

    def count(self, sign: Sign, *, by_all: bool | None = None) -> int:
        """Count the groups with a sign; `by_all` restricts them to those that all outlets share, or to the others."""
        return sum(
            group.sign == sign and (by_all is None or (group.outlets == self.outlets) is by_all) for group in self.groups.values()
        )

    def only(self, story: str) -> int:
        """Count the unique passages of a story."""
        return sum(noted.sign == "only" for noted in self.of(story))

    def with_guest(self, guest: str, found: Comparison) -> ComparisonView:
        """Return the view with one more story, marked where stories that count share its passages, but not counted."""
        own = set(self.stories)
        counterparts: defaultdict[Spot, set[Spot]] = defaultdict(set)
        marks: dict[int, MarkedPassage] = {}
        for pair in _sure(found.pairs):
            sides = (pair.left, pair.right) if pair.left.story == guest else (pair.right, pair.left)
            if sides[0].story != guest or sides[1].story not in own:
                continue
            theirs, ours = spot(sides[0]), spot(sides[1])
            for each in self.with_counterparts(ours):
                counterparts[theirs].add(each)
                counterparts[each].add(theirs)
            counterpart = self.at(ours)
            words = _quoted(pair)[pair.right.story == guest]
            number = counterpart.number if counterpart else 0
            last = marks.get(theirs[1])
            if last is None or (number and not last.number):
                marks[theirs[1]] = MarkedPassage(sides[0], "quote" if words else "same", number, words)
        passages = tuple(marks.get(passage.index, MarkedPassage(passage)) for passage in found.passages[guest])
        added = {place: self.counterparts.get(place, frozenset()) | found for place, found in counterparts.items()}
        return replace(self, passages={**self.passages, guest: passages}, counterparts={**self.counterparts, **added})


def mark_up(
    found: Comparison, counting: Sequence[str], outlets: Mapping[str, str | None], *, faint: bool = False
) -> ComparisonView:
    """Mark the stories of a comparison that count; `outlets` maps them to outlets, `faint` includes uncertain matches."""
    stories = tuple(counting)
    pairs = [pair for pair in found.pairs if {pair.left.story, pair.right.story} <= set(stories)]
    numbers = [each for each in found.numbers if {each.left.story, each.right.story} <= set(stories)]
    sure = list(_sure(pairs))
    linked = passage_groups((spot(pair.left), spot(pair.right), pair.score) for pair in sure)
    outlet_of, total = outlet_numbers(stories, found.copies, outlets)
    words: defaultdict[Spot, set[Span]] = defaultdict(set)
    quoted: set[Spot] = set()
    for pair in sure:
        for passage, spans in zip((pair.left, pair.right), _quoted(pair), strict=True):
            words[spot(passage)].update(spans)
        if pair.differs:
            quoted |= {spot(pair.left), spot(pair.right)}
    for each in numbers:
        words[spot(each.left)].update(figure_span(each.left, each.left_number))
        words[spot(each.right)].update(figure_span(each.right, each.right_number))
    members = _with_figures(linked, numbers)
    counted = {spot(side) for each in numbers for side in (each.left, each.right)}
    paired = {spot(side) for pair in sure for side in (pair.left, pair.right)}
    alone = {spot(passage) for story in stories for passage in found.unique[story]}
    rank = {story: place for place, story in enumerate(stories)}
    ordered = sorted(members, key=lambda group: min((rank[story], index) for story, index in group))

    def sign(place: Spot) -> Sign:
        if place in counted:
            return "figure"
        return "quote" if place in quoted else "same" if place in paired else "only" if place in alone else ""

    groups: dict[int, PassageGroup] = {}
    number_of: dict[Spot, int] = {}
    for number, group in enumerate(ordered, 1):
        number_of |= dict.fromkeys(group, number)
        signs = {sign(place) for place in group}
        strongest: Sign = "figure" if "figure" in signs else "quote" if "quote" in signs else "same"
        reporting = {outlet_of[story] for story, _ in group & paired} if group & paired else set()
        figures = tuple(each for each in numbers if spot(each.left) in group)
        groups[number] = PassageGroup(group, len(reporting), strongest, figures)
    counterparts = _counterparts(groups.values(), sure, numbers)
    marked = {
        story: tuple(
            MarkedPassage(passage, sign(place), number_of.get(place, 0), tuple(sorted(words.get(place, ()))))
            for passage in found.passages[story]
            for place in [spot(passage)]
        )
        for story in stories
    }
    copies = tuple(group for group in (tuple(s for s in copied if s in rank) for copied in found.copies) if len(group) > 1)
    compared = ComparisonView(stories, total, copies, len(sure), groups, marked, counterparts)
    return _with_faint(compared, [pair for pair in pairs if pair.band == "faint"]) if faint else compared


def _sure(pairs: Iterable[PassagePair]) -> Iterator[PassagePair]:
    return (pair for pair in pairs if pair.band == "sure")


def _quoted(pair: PassagePair) -> tuple[tuple[Span, ...], tuple[Span, ...]]:
    """The spans of the words that differ between the two sides of a pair."""
    return differing(pair.left, pair.right, pair.differs)


def _with_figures(groups: Sequence[frozenset[Spot]], numbers: Sequence[Disagreement]) -> list[frozenset[Spot]]:
    """The groups extended by passages with conflicting figures, and groups of such passages alone."""
    group_of = {place: number for number, group in enumerate(groups) for place in group}
    extended: list[set[Spot]] = [set(group) for group in groups]
    for each in numbers:
        left, right = spot(each.left), spot(each.right)
        if left not in group_of and right not in group_of:
            group_of[left] = len(extended)
            extended.append({left})
        place = group_of[left] if left in group_of else group_of[right]
        for side in (left, right):
            if side not in group_of:
                group_of[side] = place
                extended[place].add(side)
    return [frozenset(group) for group in extended]


def _counterparts(
    groups: Iterable[PassageGroup], pairs: Iterable[PassagePair], numbers: Iterable[Disagreement]
) -> dict[Spot, frozenset[Spot]]:
    """The counterparts of each passage: the rest of its group, and those linked by a sure pair or a figure."""
    counterparts: defaultdict[Spot, set[Spot]] = defaultdict(set)
    for group in groups:
        for place in group.members:
            counterparts[place] |= group.members
    sides = [*((pair.left, pair.right) for pair in pairs), *((each.left, each.right) for each in numbers)]
    for left, right in ((spot(one), spot(other)) for one, other in sides):
        counterparts[left].add(right)
        counterparts[right].add(left)
    return {place: frozenset(others - {place}) for place, others in counterparts.items()}


def _with_faint(compared: ComparisonView, pairs: Collection[PassagePair]) -> ComparisonView:
    """The view with uncertain matches marked: numbers continue, counts stay."""
    noted = {story: list(passages) for story, passages in compared.passages.items()}
    counterparts = dict(compared.counterparts)
    last = len(compared.groups)
    for pair in sorted(pairs, key=lambda pair: -pair.score):
        left, right = spot(pair.left), spot(pair.right)
        sides = [(place, noted[place[0]][place[1]]) for place in (left, right)]
        numbers = {mark.number for _, mark in sides if mark.number}
        if len(numbers) == 2:
            continue
        if not numbers:
            last += 1
        number = numbers.pop() if numbers else last
        for place, mark in sides:
            if mark.sign in ("", "only"):
                noted[place[0]][place[1]] = replace(mark, sign="faint", number=number)
        counterparts[left] = counterparts.get(left, frozenset()) | {right}
        counterparts[right] = counterparts.get(right, frozenset()) | {left}
    return replace(compared, passages={story: tuple(passages) for story, passages in noted.items()}, counterparts=counterparts)
