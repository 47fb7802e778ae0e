"""The features of a passage: words, terms, names, quantities, quotations and speaker."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from reader.comparison.attribution import is_pronoun, speaker_name, speaker_span
from reader.comparison.quantities import Quantity, figures
from reader.comparison.quotations import Quotation, join, quotation
from reader.comparison.results import Passage
from reader.comparison.terms import PassageWord, read, term
from reader.text.languages import ENGLISH

_LONG_NAME = (3, 5)  # words of a name that may be abbreviated to its initials
_LOUD = 0.6  # the share of capitalized words from which capitals mean nothing


class PassageFeatures(Struct, frozen=True):
    """The features by which a passage is compared.

    `words` are folded, in order; `terms` are in order, without stop words. `names` are the terms written with a capital,
    `speaker_terms` those that only name the speaker. `initials` are those of long names, with the terms they stand for. If there
    are several `quotations`, the last element joins them all. `speaker` is the speaker's name.
    """

    passage: Passage
    words: tuple[str, ...]
    terms: tuple[str, ...]
    names: frozenset[str]
    speaker_terms: frozenset[str]
    initials: tuple[tuple[str, tuple[str, ...]], ...]
    figures: tuple[Quantity, ...]
    quotations: tuple[Quotation, ...]
    speaker: str | None
    is_question: bool


def read_passage(passage: Passage, quoted: Sequence[str] = (), last: str | None = None, language: str = ENGLISH) -> PassageFeatures:
    """Extract the features of a passage, given its quoted parts and the last speaker before it.

    Quantities are read in English only: elsewhere their words and separators mean something else.
    """
    text = passage.text
    words = read(text, language)
    folded = tuple(word.folded for word in words)
    span = speaker_span(text)
    named = text[slice(*span)] if span else ""
    parts = [part for part in map(quotation, quoted) if part]
    return PassageFeatures(
        passage,
        folded,
        tuple(word.term for word in words if word.term),
        _names(words),
        frozenset(word.term for word in read(named, language) if word.term),
        _initials(words, language),
        figures(text, folded) if language == ENGLISH else (),
        (*parts, join(parts)) if len(parts) > 1 else tuple(parts),
        last if is_pronoun(named) else speaker_name(named),
        text.rstrip("\"”’' ").endswith("?"),
    )


def _names(words: Sequence[PassageWord]) -> frozenset[str]:
    """The terms written with a capital, the first word included; none where most words have one."""
    if sum(word.written[0].isupper() for word in words) > _LOUD * len(words) > 1:
        return frozenset()
    return frozenset(word.term for word in words if word.term and word.written[0].isupper() and len(word.written) > 1)


def _initials(words: Sequence[PassageWord], language: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """The initials of names of three to five words, with the terms they stand for."""
    found: list[tuple[str, tuple[str, ...]]] = []
    start = 0
    for end in range(len(words) + 1):
        if end < len(words) and words[end].term and words[end].written[0].isupper():
            continue
        name = words[start:end]
        for size in range(_LONG_NAME[0], min(len(name), _LONG_NAME[1]) + 1):
            for first in range(len(name) - size + 1):
                part = name[first : first + size]
                found.append((term("".join(word.folded[0] for word in part), language), tuple(word.term for word in part)))
        start = end + 1
    return tuple(found)
