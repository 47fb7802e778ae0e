"""Terms: the words of a story as threads compare them, stemmed and without the words that say nothing."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from reader.text.languages import COMPOUNDING, is_stop_in, stem_in
from reader.text.tokens import is_stop, stem, tokens

_YEAR = re.compile(r"(?:19|20)\d\d")
"""A year: it is in the news all year long, and too rare in older news to be weighed by them."""

_MARK = "@"  # between a stem and its language,
_OPEN = "~"  # after the beginning of a word; no word contains them
_LONG, _BEGINNING = 8, 6  # letters of a word that may be a compound, and of its beginning


class ClusteringWord(NamedTuple):
    """A word as written, its term (empty where it says nothing), and whether capital or small letters are no accident there."""

    text: str
    term: str
    sure: bool

    @property
    def capital(self) -> bool:
        """Whether it is written as a name."""
        return self.sure and self.text[0].isupper()


@lru_cache(maxsize=1 << 16)
def term(word: str, language: str = "") -> str:
    """Give the term a word stands for, or the empty string for a stop word, a year or a single character.

    The terms of each language are its own, so that threads stay within a language: `accord@fr`. It is empty for English.
    """
    if language:
        says_nothing = len(word) < 2 or is_stop_in(word, language) or _YEAR.fullmatch(word)
        return "" if says_nothing else f"{stem_in(word, language)}{_MARK}{language}"
    if word in ("US", "USA"):
        return "us"
    return "" if len(word) < 2 or is_stop(word) or _YEAR.fullmatch(word) else stem(word)


def beginning(term: str, language: str) -> str:
    """The beginning of a long word as a term, which compounds have in common; empty for a short one and where there are none."""
    stem = bare(term)
    return f"{stem[:_BEGINNING]}{_OPEN}{_MARK}{language}" if language in COMPOUNDING and len(stem) >= _LONG else ""


def is_word(term: str) -> bool:
    """Whether a term is a whole word, not the beginning of several."""
    return _OPEN not in term


def bare(term: str) -> str:
    """A term without its language."""
    return term.partition(_MARK)[0]


def language_of(term: str) -> str:
    """The language of a term; empty for English."""
    return term.partition(_MARK)[2]


def read(sentence: str, language: str = "") -> list[ClusteringWord]:
    """Read the words of a sentence.

    A capital tells a name only in the middle of a sentence, and only if the sentence is not capitals throughout as headlines are.
    """
    found = tokens(sentence, language)
    loud = len(found) > 3 and sum([word[0].isupper() for word in found]) > 0.6 * len(found)
    return [ClusteringWord(word, term(word, language), place > 0 and not loud) for place, word in enumerate(found)]
