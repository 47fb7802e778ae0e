"""Terms: the words of a story as threads compare them, stemmed and without the words that say nothing."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from reader.text.tokens import is_stop, stem, tokens

_YEAR = re.compile(r"(?:19|20)\d\d")
"""A year: it is in the news all year long, and too rare in older news to be weighed by them."""


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
def term(word: str) -> str:
    """Give the term a word stands for, or the empty string for a stop word, a year or a single character."""
    if word in ("US", "USA"):
        return "us"
    return "" if len(word) < 2 or is_stop(word) or _YEAR.fullmatch(word) else stem(word)


def read(sentence: str) -> list[ClusteringWord]:
    """Read the words of a sentence.

    A capital tells a name only in the middle of a sentence, and only if the sentence is not capitals throughout as headlines are.
    """
    found = tokens(sentence)
    loud = len(found) > 3 and sum([word[0].isupper() for word in found]) > 0.6 * len(found)
    return [ClusteringWord(word, term(word), place > 0 and not loud) for place, word in enumerate(found)]
