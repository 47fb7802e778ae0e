"""The comparison: two to eight prepared stories set side by side."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from reader.compare.align import Alignment, Key, Link, align_stories
from reader.compare.counts import Difference, differences
from reader.compare.only import only_here
from reader.compare.parameters import Parameters
from reader.compare.prepare import Prepared
from reader.compare.records import Band, Comparison, Disagreement, Pair, Passage, Told
from reader.compare.sources import copies, first, independent, tellers
from reader.compare.voices import voices
from reader.compare.weighing import weigh

FEWEST, MOST = 2, 8
"""How many stories are set side by side at most and at least."""


def compare(stories: Sequence[Prepared], parameters: Parameters | None = None) -> Comparison:
    """Set stories side by side; what is found does not depend on their order, only which passage of a pair stands left.

    Raises ValueError for fewer than two stories, more than eight, or two of one id. Scores depend on the set that is compared.
    """
    ids = [story.story for story in stories]
    if not FEWEST <= len(stories) <= MOST or len(set(ids)) < len(ids):
        raise ValueError(f"{FEWEST} to {MOST} different stories are compared, not {len(ids)}")
    return _View(stories, parameters or Parameters()).comparison()


class _View:
    """Stories in the order of their ids, in which all is worked out, and as they were given, in which it is told."""

    def __init__(self, stories: Sequence[Prepared], parameters: Parameters) -> None:
        self.given = [story.story for story in stories]
        self.stories = sorted(stories, key=lambda story: story.story)
        self.rank = {number: self.given.index(story.story) for number, story in enumerate(self.stories)}
        self.parameters = parameters
        self.weighed = weigh(self.stories, parameters)
        self.found: Alignment = align_stories(self.weighed, parameters)

    def comparison(self) -> Comparison:
        only: dict[str, list[Passage]] = {story: [] for story in self.given}
        for key in only_here(self.weighed, self.found.best, self.parameters):
            only[self.stories[key[0]].story].append(self.passage(key))
        passages = {story.story: tuple(reading.passage for reading in story.readings) for story in self.stories}
        times = [story.published for story in self.stories]
        counted = differences(self.weighed, times, self.parameters)
        texts = copies(self.stories, self.found.links, self.parameters)
        together = ([self.stories[n].story for n in self.order(range(len(texts))) if texts[n] == text] for text in sorted(set(texts)))
        return Comparison(
            tuple(self.given),
            {story: passages[story] for story in self.given},
            tuple(sorted(map(self.pair, self.found.links), key=self.place_of)),
            {story: tuple(found) for story, found in only.items()},
            tuple(sorted(map(self.disagreement, counted), key=self.place_of)),
            voices([self.stories[number] for number in self.order(range(len(self.stories)))]),
            tuple(self.told(texts)),
            tuple(sorted((tuple(group) for group in together if len(group) > 1), key=lambda group: self.given.index(group[0]))),
        )

    def order(self, numbers: Sequence[int] | set[int]) -> list[int]:
        return sorted(numbers, key=self.rank.__getitem__)

    def passage(self, key: Key) -> Passage:
        return self.stories[key[0]].readings[key[1]].passage

    def band(self, score: float) -> Band:
        return "sure" if score >= self.parameters.sure else "faint"

    def place_of(self, pair: Pair | Disagreement) -> tuple[int, int, int, int]:
        return (self.given.index(pair.left.story), pair.left.index, self.given.index(pair.right.story), pair.right.index)

    def pair(self, link: Link) -> Pair:
        left, right, differs = self.passage(link.left), self.passage(link.right), link.differs
        if self.rank[link.left[0]] > self.rank[link.right[0]]:
            left, right, differs = right, left, tuple((b, a) for a, b in differs)
        score = round(link.score, 4)
        return Pair(left, right, score, self.band(score), "quote" if link.quote else "same", differs)

    def disagreement(self, found: Difference) -> Disagreement:
        sides = [(self.passage(found.left), found.left_figure.text), (self.passage(found.right), found.right_figure.text)]
        if self.rank[found.left[0]] > self.rank[found.right[0]]:
            sides.reverse()
        (left, left_number), (right, right_number) = sides
        score = round(found.score, 4)
        return Disagreement(left, right, left_number, right_number, score, self.band(score), found.kind)

    def told(self, texts: Sequence[int]) -> Iterator[Told]:
        others = tellers(self.found.links, self.parameters)
        for key in sorted(others, key=lambda key: (self.rank[key[0]], key[1])):
            stories = {key[0], *(other[0] for other in others[key])}
            earliest = first(self.stories, stories)
            yield Told(
                self.passage(key),
                tuple(self.stories[number].story for number in self.order(stories)),
                independent(self.stories, texts, stories),
                None if earliest is None else self.stories[earliest].story,
            )
