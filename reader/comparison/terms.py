"""Terms: normalized words of a passage, one per meaning, and their weights."""

from __future__ import annotations

import math
from functools import cache, lru_cache
from typing import NamedTuple

from reader.text import wordlists
from reader.text.document_frequencies import document_frequency, documents, stems
from reader.text.languages import ENGLISH, is_stop_in, stem_in
from reader.text.tokens import fold, stem, tokens

SMALL = {
    word: value
    for value, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen"
        " nineteen".split()
    )
}
"""Number words below twenty,"""
TENS = {word: 10 * value for value, word in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split(), 2)}
"""and the tens."""

UNIT = 1 << 10
"""Weights are whole numbers, this many to one: sums are exact and independent of their order."""

_ENDINGS = {"ment": 5, "anc": 4, "enc": 5, "ur": 6, "iti": 5}  # endings cut off a stem, and the letters that must remain
_ANY_ENDING = tuple(_ENDINGS)
_UNSEEN = 8  # assumed document frequency of a term missing in the background corpus


class PassageWord(NamedTuple):
    """A word of a passage: as written, folded, and its term (empty for a stop word)."""

    written: str
    folded: str
    term: str


def read(text: str, language: str = "en") -> list[PassageWord]:
    """The words of a passage, in order; an English phrase with the meaning of one word becomes that word."""
    found: list[PassageWord] = []
    for written in tokens(text, language):
        folded = fold(written)
        if not folded:
            continue  # a combining mark by itself
        if found and language == ENGLISH and (whole := _phrases().get((found[-1].folded, folded))):
            found[-1] = PassageWord(f"{found[-1].written} {written}", whole, term(whole))
        else:
            found.append(PassageWord(written, folded, term(written, language)))
    return found


@lru_cache(maxsize=1 << 16)
def term(word: str, language: str = ENGLISH) -> str:
    """The term of a word, empty for a stop word: `pulling` and `withdrawal` share one, `40` and `forty` too.

    In other languages than English it is the stem.
    """
    folded = fold(word)
    if not folded:
        return ""
    if language != ENGLISH:
        return "" if is_stop_in(word, language) else stem_in(word, language)
    if word in ("US", "USA"):
        return _key("america")
    if word == "IS":
        return _key("isis")
    if folded[0].isdigit():
        return folded.replace(",", "")
    if folded in SMALL and SMALL[folded] > 1:
        return str(SMALL[folded])
    if folded in TENS:
        return str(TENS[folded])
    return "" if len(folded) < 2 or folded in _stop_words() else _key(folded)


@lru_cache(maxsize=1 << 16)
def weight(term: str) -> int:
    """The weight of a term, in units of 1/1024: the square root of its inverse document frequency in the background corpus."""
    return round(UNIT * math.sqrt(math.log(1 + documents() / _holding().get(term, _UNSEEN))))


@lru_cache(maxsize=1 << 16)
def _key(folded: str) -> str:
    reduced = _reduced(stem(folded))
    return _synonyms().get(reduced, reduced)


def _reduced(stemmed: str) -> str:
    """A stem without an ending that turns verbs into nouns: `alliance` → `alli`, `departure` → `depart`."""
    if not stemmed.endswith(_ANY_ENDING):  # nearly every stem
        return stemmed
    for ending, least in _ENDINGS.items():
        if stemmed.endswith(ending) and len(stemmed) - len(ending) >= least:
            stemmed = stemmed[: -len(ending)]
    return stemmed


@cache
def _holding() -> dict[str, int]:
    """The document frequency of each term in the background corpus: that of its most common stem."""
    found: dict[str, int] = {}
    for stemmed in stems():
        reduced = _reduced(stemmed)
        key = _synonyms().get(reduced, reduced)
        found[key] = max(found.get(key, 0), document_frequency(stemmed))
    return found


@cache
def _stop_words() -> frozenset[str]:
    return frozenset(wordlists.words("comparison_stop_words"))


@cache
def _synonyms() -> dict[str, str]:
    groups = ([_reduced(stem(word)) for word in line.split()] for line in wordlists.entries("synonyms"))
    return {word: group[0] for group in groups for word in group}


@cache
def _phrases() -> dict[tuple[str, str], str]:
    rows = (line.split("\t") for line in wordlists.entries("phrases"))
    return {(first, second): whole for words, whole in rows for first, second in [words.split(" ")]}
