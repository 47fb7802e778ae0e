"""Word families: `withdraw`, `withdrawal`, `withdrew`."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache, lru_cache

from reader.text import wordlists
from reader.text.document_frequencies import document_frequency
from reader.text.tokens import STEMMERS, stem

_MIN_PREFIX = 2
"""Minimum number of letters shared by all forms of a regular word."""

_MIN_FOREIGN, _LONGEST_ENDING = 4, 4
"""Letters that the forms of a word in another language share, and of the endings that they do not."""

_ACCENTED = {
    "es": (("cion", "ción"), ("sion", "sión")),
    "it": (("ita", "ità"),),
    "pt": (("cao", "ção"), ("coes", "ções"), ("ao", "ão"), ("oes", "ões")),
}
"""Endings of folded words and how they are written, by language."""

_ENDINGS = re.compile(
    "[a-z]?[eiy]?(?:s|es|ed|d|ing|ly|er|or|ic|al|able|ible|ably|ibly|ant|ent|ment|ism|ist|ate?|ity|iti|ous|ive?|ize?|ise?|ance?|ence?"
    "|ion|ilit|ful|ness|less|ies|ied|y|ogy?)*"
)
"""Suffixes after a stem whose last letter may be doubled or changed: a test that is faster than stemming."""


@lru_cache(maxsize=1 << 12)
def root(word: str) -> str:
    """Common root of a family: the stem of its base form."""
    return stem(_bases().get(word, word))


@lru_cache(maxsize=1 << 14)
def same_family(word: str, other: str) -> bool:
    """Whether a folded word matches another: as itself, as a form of the same base, or by its stem."""
    if other == word or other in irregular_forms(word):
        return True
    prefix = family_prefix(word)
    return other.startswith(prefix) and bool(_ENDINGS.fullmatch(other, len(prefix))) and root(other) == root(word)


def is_english(word: str) -> bool:
    """Whether a folded word is known from English news: then it has no forms in other languages."""
    return document_frequency(root(word)) > 0


@lru_cache(maxsize=1 << 14)
def same_foreign_family(word: str, other: str, languages: Iterable[str] = tuple(STEMMERS)) -> bool:
    """Whether two folded words have one stem in any of these languages other than English; words known in English have none."""
    if is_english(word) or not other.startswith(foreign_prefix(word)):
        return False
    return any(_folded_stem(word, language) == _folded_stem(other, language) for language in languages)


def _folded_stem(word: str, language: str) -> str:
    """Stem of a folded word; endings that stemmers know only with their accents get them back."""
    for folded, accented in _ACCENTED.get(language, ()):
        if word.endswith(folded):
            return stem(word.removesuffix(folded) + accented, language)
    return stem(word, language)


def foreign_prefix(word: str) -> str:
    """Common prefix of the forms of a word in other languages: what is left without its longest ending."""
    return word[: max(_MIN_FOREIGN, len(word) - _LONGEST_ENDING)]


@lru_cache(maxsize=1 << 12)
def irregular_forms(word: str) -> frozenset[str]:
    """Irregular forms that a word matches, and its base if it is one of them."""
    found = {base for base in _irregular() if base[:_MIN_PREFIX] == root(word)[:_MIN_PREFIX] and stem(base) == root(word)}
    base = _bases().get(word)
    return frozenset().union(*(_irregular()[one] for one in found)) | ({base} if base else frozenset())


@lru_cache(maxsize=1 << 12)
def family_prefix(word: str) -> str:
    """Common prefix of all regular forms: the stem, without a last letter that `study` and `studies` do not share."""
    found = root(word)
    changed = found[-1:] in ("e", "i") or found.endswith("bl") or (found[-1:] == "y" and found[-2:-1] not in tuple("aeou"))
    return found[:-1] if changed and len(found) > _MIN_PREFIX else found


@cache
def _irregular() -> dict[str, frozenset[str]]:
    """Irregular forms by base."""
    return {line.split()[0]: frozenset(line.replace(">", " ").split()[1:]) for line in wordlists.entries("irregular_forms")}


@cache
def _bases() -> dict[str, str]:
    """Base of each form that is not a word of its own."""
    return {form: line.split()[0] for line in wordlists.entries("irregular_forms") for form in line.partition(">")[0].split()[1:]}
