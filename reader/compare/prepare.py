"""What a comparison needs of one story by itself: worked out once, and kept with the story."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from reader.compare.figures import Figure, figures
from reader.compare.passages import passages
from reader.compare.quotations import Quotation, joined, quotation, quoted_spans
from reader.compare.records import Passage
from reader.compare.speakers import is_pronoun, speaker_name, speaker_span
from reader.compare.terms import Word, read, term
from reader.model import Span, Story

_LONG_NAME = (3, 5)  # words of a name that may be told by its initials

VERSION = 1
"""Changes whenever a story prepared before is no longer good."""


@dataclass(frozen=True, slots=True)
class Reading:
    """One passage as it is compared.

    `words` are folded, in order; `terms` in order, without words that say nothing. `names` are the terms written with a capital,
    `speaker` those that only say who speaks. `initials` are those of its long names, with the terms they stand for. `quotations`
    are what it holds in quotation marks, all of them as one last where there are several. `voice` is the name of who is quoted.
    """

    passage: Passage
    words: tuple[str, ...]
    terms: tuple[str, ...]
    names: frozenset[str]
    speaker: frozenset[str]
    initials: tuple[tuple[str, tuple[str, ...]], ...]
    figures: tuple[Figure, ...]
    quotations: tuple[Quotation, ...]
    voice: str | None
    asks: bool


@dataclass(frozen=True, slots=True)
class Prepared:
    """A story ready to be compared; holds nothing but itself, so it may be pickled and kept.

    `published` is what the story states (ISO 8601, a day or a minute), None where it states nothing.
    """

    story: str
    outlet: str | None
    published: str | None
    readings: tuple[Reading, ...]
    version: int = VERSION

    def cut(self, passages: Collection[int]) -> Prepared:
        """The story with some of its passages only, given by their numbers: what was read of it."""
        return replace(self, readings=tuple(reading for reading in self.readings if reading.passage.index in passages))


def prepare(story: Story) -> Prepared:
    """Prepare a story by its id; one that is not shelved yet goes by its address."""
    body = [paragraph.replace("\n", " ") for paragraph in story.body]
    title = "" if story.title_made else story.title.value or ""
    starts = [0]
    for paragraph in body:
        starts.append(starts[-1] + len(paragraph) + 1)
    whole = "\n".join(body)
    spans = quoted_spans(whole)
    ends = [end for _, end in spans]
    readings: list[Reading] = []
    last: str | None = None  # who spoke last, for `he said`
    for passage in passages(story.id or story.address, title, body):
        start, end = starts[passage.paragraph] + passage.start, starts[passage.paragraph] + passage.end
        inside: list[Span] = []
        for a, b in spans[bisect_left(ends, start + 1) :]:
            if a >= end:
                break
            inside.append((max(a, start), min(b, end)))
        span = speaker_span(passage.text)
        named = passage.text[slice(*span)] if span else ""
        voice = last if is_pronoun(named) else speaker_name(named)
        last = voice or last
        readings.append(_reading(passage, [whole[a:b] for a, b in inside], named, voice))
    return Prepared(story.id or story.address, story.outlet.value, story.published.value, tuple(readings))


def _reading(passage: Passage, quoted: Sequence[str], named: str, voice: str | None) -> Reading:
    text = passage.text
    words = read(text)
    folded = tuple(word.folded for word in words)
    parts = [part for part in map(quotation, quoted) if part]
    return Reading(
        passage,
        folded,
        tuple(word.term for word in words if word.term),
        _names(words),
        frozenset(word.term for word in read(named) if word.term),
        _initials(words),
        figures(text, folded),
        (*parts, joined(parts)) if len(parts) > 1 else tuple(parts),
        voice if parts else None,
        text.rstrip("\"”’' ").endswith("?"),
    )


def _names(words: Sequence[Word]) -> frozenset[str]:
    """The terms written with a capital; none where capitals are the rule. The first word counts, whatever it turns out to be."""
    if sum(word.written[0].isupper() for word in words) > 0.6 * len(words) > 1:
        return frozenset()
    return frozenset(word.term for word in words if word.term and word.written[0].isupper() and len(word.written) > 1)


def _initials(words: Sequence[Word]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """The initials of names of three to five words, each with the terms it stands for."""
    found: list[tuple[str, tuple[str, ...]]] = []
    start = 0
    for end in range(len(words) + 1):
        if end < len(words) and words[end].term and words[end].written[0].isupper():
            continue
        name = words[start:end]
        for size in range(_LONG_NAME[0], min(len(name), _LONG_NAME[1]) + 1):
            for first in range(len(name) - size + 1):
                part = name[first : first + size]
                found.append((term("".join(word.folded[0] for word in part)), tuple(word.term for word in part)))
        start = end + 1
    return tuple(found)
