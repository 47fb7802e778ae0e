"""What a comparison needs of one story by itself: worked out once, and kept with the story."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection
from dataclasses import dataclass, replace

from reader.comparison.features import PassageFeatures, read_passage
from reader.comparison.passages import passages
from reader.models import Story
from reader.text.quotes import quoted_spans

VERSION = 1
"""Changes whenever a story prepared before is no longer good."""

_ENGLISH = 0.2  # the share of words that say nothing by themselves, from which a text is English


@dataclass(frozen=True, slots=True)
class PreprocessedStory:
    """A story ready to be compared; holds nothing but itself, so it may be pickled and kept.

    `published` is what the story states (ISO 8601, a day or a minute), None where it states nothing.
    """

    story: str
    outlet: str | None
    published: str | None
    readings: tuple[PassageFeatures, ...]
    version: int = VERSION

    @property
    def english(self) -> bool:
        """Whether the text is English; what is told of another language means nothing."""
        words = sum(len(reading.words) for reading in self.readings)
        return sum(len(reading.terms) for reading in self.readings) <= (1 - _ENGLISH) * words

    def cut(self, passages: Collection[int]) -> PreprocessedStory:
        """The story with some of its passages only, given by their numbers: what was read of it."""
        return replace(self, readings=tuple(reading for reading in self.readings if reading.passage.index in passages))


def prepare(story: Story) -> PreprocessedStory:
    """Prepare a story by its id; one that is not shelved yet goes by its address."""
    name = story.id or story.address
    body = [paragraph.replace("\n", " ") for paragraph in story.body]
    starts = [0]
    for paragraph in body:
        starts.append(starts[-1] + len(paragraph) + 1)
    whole = "\n".join(body)  # a quotation may go on in the next paragraph
    spans = quoted_spans(whole)
    ends = [end for _, end in spans]
    readings: list[PassageFeatures] = []
    last: str | None = None
    for passage in passages(name, "" if story.title_made else story.title.value or "", body):
        start, end = starts[passage.paragraph] + passage.start, starts[passage.paragraph] + passage.end
        near = spans[bisect_left(ends, start + 1) : bisect_left(spans, (end, end))]
        inside = [whole[max(a, start) : min(b, end)] for a, b in near]
        reading = read_passage(passage, inside, last)
        last = reading.voice or last
        readings.append(reading)
    return PreprocessedStory(name, story.outlet.value, story.published.value, tuple(readings))
