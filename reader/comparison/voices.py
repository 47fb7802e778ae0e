"""Voices: who is quoted in several stories, and where."""

from __future__ import annotations

from collections.abc import Sequence

from reader.comparison.preprocess import PreprocessedStory
from reader.comparison.results import Passage, QuotedSpeaker


def voices(stories: Sequence[PreprocessedStory]) -> tuple[QuotedSpeaker, ...]:
    """List who is quoted by name, in the order in which they are first quoted.

    A short name is taken for the one long name that ends in it (`Berg`, `Ana Berg`); where two do, it stays by itself.
    """
    said: dict[str, list[Passage]] = {}
    for story in stories:
        for reading in story.readings:
            if reading.voice and reading.quotations:
                said.setdefault(reading.voice, []).append(reading.passage)
    named = {name: _longest(name, said) for name in said}
    together: dict[str, list[Passage]] = {}
    for name, passages in said.items():
        together.setdefault(named[name], []).extend(passages)
    order = {story.story: number for number, story in enumerate(stories)}
    return tuple(
        QuotedSpeaker(name, tuple(sorted(passages, key=lambda passage: (order[passage.story], passage.index))))
        for name, passages in together.items()
    )


def _longest(name: str, names: dict[str, list[Passage]]) -> str:
    longer = [other for other in names if other.endswith(f" {name}")]
    longest = max(longer, key=len, default=name)
    return longest if all(longest.endswith(other) for other in longer) else name
