"""Words of one family: `withdraw`, `withdrawal`, `withdrew`."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from reader.text import wordlists
from reader.text.tokens import stem

_FEWEST = 2
"""Letters that all forms of a regular word share at least."""

_ENDINGS = re.compile(
    "[a-z]?[eiy]?(?:s|es|ed|d|ing|ly|er|or|ic|al|able|ible|ably|ibly|ant|ent|ment|ism|ist|ate?|ity|iti|ous|ive?|ize?|ise?|ance?|ence?"
    "|ion|ilit|ful|ness|less|ies|ied|y|ogy?)*"
)
"""What may stand behind a stem, the letter before it doubled or changed: a test that is quicker than stemming."""


@lru_cache(maxsize=1 << 12)
def root(word: str) -> str:
    """What all words of a family have in common: the stem of their base."""
    return stem(_bases().get(word, word))


@lru_cache(maxsize=1 << 14)
def is_kin(word: str, other: str) -> bool:
    """Whether a folded word finds another one: as itself, as a form of the same base, or by the same stem."""
    if other == word or other in forms(word):
        return True
    start = begin(word)
    return other.startswith(start) and bool(_ENDINGS.fullmatch(other, len(start))) and root(other) == root(word)


@lru_cache(maxsize=1 << 12)
def forms(word: str) -> frozenset[str]:
    """The irregular forms that a word finds, and their base where the word is one of them."""
    found = {base for base in _irregular() if base[:_FEWEST] == root(word)[:_FEWEST] and stem(base) == root(word)}
    base = _bases().get(word)
    return frozenset().union(*(_irregular()[one] for one in found)) | ({base} if base else frozenset())


@lru_cache(maxsize=1 << 12)
def begin(word: str) -> str:
    """How every regular form of a word begins: its stem, without a last letter that `study` and `studies` do not share."""
    found = root(word)
    changed = found[-1:] in ("e", "i") or found.endswith("bl") or (found[-1:] == "y" and found[-2:-1] not in tuple("aeou"))
    return found[:-1] if changed and len(found) > _FEWEST else found


@cache
def _irregular() -> dict[str, frozenset[str]]:
    """All irregular forms of a base."""
    return {line.split()[0]: frozenset(line.replace(">", " ").split()[1:]) for line in wordlists.entries("irregular_forms")}


@cache
def _bases() -> dict[str, str]:
    """The base of each form that is no word of its own."""
    return {form: line.split()[0] for line in wordlists.entries("irregular_forms") for form in line.partition(">")[0].split()[1:]}
