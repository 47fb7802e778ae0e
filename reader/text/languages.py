"""Languages of texts, detected by stop words, and the stop words of languages other than English."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from itertools import chain, islice

from reader.text.tokens import fold, tokens

_ENGLISH = "en"
_PARAGRAPHS = 20
_CHARACTERS = 2000
"""Paragraphs and characters of a text that are examined."""
_MIN_WORDS = 3
_MIN_SHARE = 0.15
"""Number and share of words that must be stop words of a language for a text to be in it."""


def language(title: str, body: Sequence[str]) -> str:
    """Detect the language of a story by its stop words: an ISO 639-1 code, empty for English and if unclear."""
    text = "\n".join(chain((title,), islice(body, _PARAGRAPHS)))[:_CHARACTERS]
    words = [fold(word) for word in tokens(text)]
    counts = {code: sum([word in known for word in words]) for code, known in _stop_words().items()}
    best = max(counts, key=lambda code: (counts[code], code == _ENGLISH, code))
    clear = counts[best] >= max(_MIN_WORDS, _MIN_SHARE * len(words))
    return best if clear and best != _ENGLISH else ""


def is_stop_in(word: str, language: str) -> bool:
    """Whether a word is a stop word of a language other than English, given by its code."""
    return fold(word) in _stop_words()[language]


@cache
def _stop_words() -> dict[str, frozenset[str]]:
    """Folded stop words of each language."""
    from whoosh.lang.stopwords import stoplists

    return {code: frozenset(map(fold, words)) for code, words in stoplists.items()}
