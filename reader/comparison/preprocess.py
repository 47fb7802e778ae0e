"""Preprocessing: the part of a comparison that depends on one story alone."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection

from msgspec import Struct
from msgspec.structs import replace

from reader.comparison.features import PassageFeatures, read_passage
from reader.comparison.passages import passages
from reader.models import Story
from reader.text.languages import ENGLISH, detect
from reader.text.quotes import quoted_spans

VERSION = 2
"""Changes whenever stories preprocessed before cannot be used."""


class PreprocessedStory(Struct, frozen=True):
    """A story ready for comparison; it refers to nothing else, so it can be pickled.

    `published` is the stated time (ISO 8601, a day or a minute), None if there is none. Only stories of
    one `language` can be compared.
    """

    story: str
    outlet: str | None
    published: str | None
    features: tuple[PassageFeatures, ...]
    language: str = ENGLISH
    version: int = VERSION

    def cut(self, passages: Collection[int]) -> PreprocessedStory:
        """Return the story with some of its passages only, given by index."""
        return replace(self, features=tuple(reading for reading in self.features if reading.passage.index in passages))


def prepare(story: Story) -> PreprocessedStory:
    """Preprocess a story. A story without an id is identified by its address."""
    name = story.id or story.address
    title = "" if story.title_made else story.title.value or ""
    language = story.language.value or detect(title, story.body).value or ENGLISH
    body = [paragraph.replace("\n", " ") for paragraph in story.body]
    starts = [0]
    for paragraph in body:
        starts.append(starts[-1] + len(paragraph) + 1)
    whole = "\n".join(body)  # a quotation may go on in the next paragraph
    spans = quoted_spans(whole)
    ends = [end for _, end in spans]
    features: list[PassageFeatures] = []
    last: str | None = None
    for passage in passages(name, title, body):
        start, end = starts[passage.paragraph] + passage.start, starts[passage.paragraph] + passage.end
        near = spans[bisect_left(ends, start + 1) : bisect_left(spans, (end, end))]
        inside = [whole[max(a, start) : min(b, end)] for a, b in near]
        passage_features = read_passage(passage, inside, last, language)
        last = passage_features.speaker or last
        features.append(passage_features)
    return PreprocessedStory(name, story.outlet.value, story.published.value, tuple(features), language)
