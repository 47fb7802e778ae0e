"""How a text is cut into the terms that search knows: one way for what is indexed, what is asked and what is marked."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import NamedTuple

from reader.text.tokens import fold

LONGEST = 64
"""Letters a term may have; what is longer is no word and is left out."""

_STOP = "a an and are as at be by for from in is it of on or that the this to was with"
STOP = frozenset(_STOP.split())
"""Words in nearly every story; they are not indexed, and in a query they ask for nothing."""

_IDEOGRAPH = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"  # written without spaces: each is a term
_MARK = "\u0300-\u036f\u0591-\u05bd\u064b-\u065f\u0900-\u0963\u0966-\u0dff\u0e00-\u0eff"  # vowel signs and the like
_TERM = re.compile(
    rf"""
    (?P<term>
        [^\W_{_IDEOGRAPH}]{{2,}} (?: [{_MARK}]+ [^\W_{_IDEOGRAPH}]* )*  # most words, and quickly found: they come first
      | (?<![^\W_]) (?: [^\W\d_] \. )+ [^\W\d_] (?![^\W_])     # initials: U.S. is the term "us"
      | [{_IDEOGRAPH}]
      | (?: [^\W_{_IDEOGRAPH}]+ | [{_MARK}]+ )+
    )
    (?: ['’] [sS] (?![^\W_]) )?                                # a possessive ending belongs to no term
    """,
    re.VERBOSE,
)


class Token(NamedTuple):
    """A term and where it stands in the text, in characters, end exclusive."""

    text: str
    start: int
    end: int


def terms(text: str) -> Iterator[Token]:
    """The terms of a text in order: words without case and accents; stop words are left out."""
    for match in _TERM.finditer(text):
        if found := term(match["term"]):
            yield Token(found, match.start("term"), match.end("term"))


def marked(text: str, wanted: Callable[[str], bool], start: int = 0, end: int | None = None) -> list[tuple[int, int]]:
    """Where what is wanted stands in a text, by how it is written (see `term`): start and end of each, in order.

    Of the text only the part from a blank to another is looked at where `start` or `end` are given.
    """
    found = _TERM.finditer(text, start, len(text) if end is None else end)
    return [match.span("term") for match in found if wanted(match["term"])]


def written(text: str) -> list[str]:
    """What may be a term in a text, in order and as written: see `term`."""
    return _TERM.findall(text)


@lru_cache(maxsize=1 << 14)
def term(written: str) -> str:
    """The term that is written so; none (an empty text) for a stop word, and for what is no word."""
    found = fold(written.replace(".", ""))
    return found if found not in STOP and len(found) <= LONGEST else ""
