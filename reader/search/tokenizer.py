"""Tokenization for indexing, queries and highlighting."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import NamedTuple

from reader.text.tokens import fold

LONGEST = 64
"""Maximum length of a term in letters; anything longer is skipped."""

_STOP = "a an and are as at be by for from in is it of on or that the this to was with"
STOP = frozenset(_STOP.split())
"""Stop words: neither indexed nor searched."""

_IDEOGRAPH = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"  # written without spaces: each character is a term
_MARK = "\u0300-\u036f\u0591-\u05bd\u064b-\u065f\u0900-\u0963\u0966-\u0dff\u0e00-\u0eff"  # vowel signs and the like
_TERM = re.compile(
    rf"""
    (?P<term>
        [^\W_{_IDEOGRAPH}]{{2,}} (?: [{_MARK}]+ [^\W_{_IDEOGRAPH}]* )*  # most words; first, because it is fast
      | (?<![^\W_]) (?: [^\W\d_] \. )+ [^\W\d_] (?![^\W_])     # initials: U.S. is the term "us"
      | [{_IDEOGRAPH}]
      | (?: [^\W_{_IDEOGRAPH}]+ | [{_MARK}]+ )+
    )
    (?: ['’] [sS] (?![^\W_]) )?                                # a possessive ending is no part of the term
    """,
    re.VERBOSE,
)


class Token(NamedTuple):
    """A term and its span in the text, in characters, end exclusive."""

    text: str
    start: int
    end: int


def terms(text: str) -> Iterator[Token]:
    """Terms of a text in order: folded to lower case without accents, without stop words."""
    for match in _TERM.finditer(text):
        if found := normalize(match["term"]):
            yield Token(found, match.start("term"), match.end("term"))


def find_spans(text: str, matches: Callable[[str], bool], start: int = 0, end: int | None = None) -> list[tuple[int, int]]:
    """Spans of the words in a text whose written form is `matches`, in order.

    `start` and `end` restrict the search; they must be at spaces.
    """
    found = _TERM.finditer(text, start, len(text) if end is None else end)
    return [match.span("term") for match in found if matches(match["term"])]


def raw_terms(text: str) -> list[str]:
    """Candidates for terms in a text, in order and as written (see `normalize`)."""
    return _TERM.findall(text)


@lru_cache(maxsize=1 << 14)
def normalize(word: str) -> str:
    """Normalize a written word to a term; empty for a stop word or an overlong word."""
    found = fold(word.replace(".", ""))
    return found if found not in STOP and len(found) <= LONGEST else ""
