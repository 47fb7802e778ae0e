"""Words of one family: `withdraw`, `withdrawal`, `withdrew`."""

from __future__ import annotations

from functools import cache, lru_cache

from reader.text import tables
from reader.text.words import stem

_BEGIN = 2
"""Letters that all forms of a regular word share at least."""

_LONGEST_ENDING = 7
"""Letters that an ending adds to a stem at most."""


@lru_cache(maxsize=1 << 12)
def root(word: str) -> str:
    """What all words of a family have in common: the stem of their base."""
    return stem(_bases().get(word, word))


@lru_cache(maxsize=1 << 14)
def is_kin(word: str, other: str) -> bool:
    """Whether a folded word finds another one: as itself, as a form of the same base, or by the same stem."""
    if other == word or other in forms(word):
        return True
    return other[:_BEGIN] == begin(word)[:_BEGIN] and len(other) <= len(root(word)) + _LONGEST_ENDING and root(other) == root(word)


@lru_cache(maxsize=1 << 12)
def forms(word: str) -> frozenset[str]:
    """The irregular forms that a word finds."""
    base = _bases().get(word, word)
    return _irregular().get(base, frozenset()) | ({base} if base != word else frozenset())


def begin(word: str) -> str:
    """How every regular form of a word begins: its stem, without a last letter that `study` and `studies` do not share."""
    found = root(word)
    return found[:-1] if found[-1:] in tuple("eiy") and len(found) > _BEGIN else found


@cache
def _irregular() -> dict[str, frozenset[str]]:
    """All irregular forms of a base."""
    return {line.split()[0]: frozenset(line.replace(">", " ").split()[1:]) for line in tables.entries("irregular")}


@cache
def _bases() -> dict[str, str]:
    """The base of each form that is no word of its own."""
    return {form: line.split()[0] for line in tables.entries("irregular") for form in line.partition(">")[0].split()[1:]}
