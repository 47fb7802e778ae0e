"""Tokens, stems, stop words and sentences."""

from __future__ import annotations

import re
import threading
import unicodedata
from collections.abc import Callable
from functools import cache, lru_cache

from reader.text import wordlists

_MARKS = "\u0300-\u036f\u0591-\u05bd\u064b-\u065f\u0900-\u0dff\u0e00-\u0eff\u200c\u200d"
_LETTER = rf"(?:[^\W_]|[{_MARKS}])"
_TOKEN = re.compile(
    rf"(?P<initials>\b(?:[^\W\d_]\.)+[^\W\d_]\b\.?)"  # U.S., a.m., J.R.R.
    rf"|(?P<number>\d++(?:[.,]\d++)++(?![^\W_]))"  # 7,000 and 3.5
    rf"|(?P<word>[^\W_]{_LETTER}*+(?:['’]{_LETTER}++)*+)"  # a detached accent is not a word
)
_POSSESSIVE = re.compile(r"['’][sS]?$")
_SENTENCE_END = re.compile(r"(?<![.!?…])[.!?…]++[\"'”’)\]]{0,3}+(?=\s)")
_OPENING = "\"'“‘([«—–- \t"
_INITIALS = re.compile(r"(?:[^\W\d_]\.)*[^\W\d_]")
_NUMBERING = frozenset({"no", "nos"})
_own = threading.local()


def fold(word: str) -> str:
    """Fold case and accents for comparisons: `Élysée’s` → `elysee's`."""
    if word.isascii():
        return word.lower()
    plain = unicodedata.normalize("NFD", word.replace("’", "'"))
    return "".join(letter for letter in plain if not unicodedata.combining(letter)).casefold()


def tokens(text: str) -> list[str]:
    """Words and numbers of a text as written; `U.S.` is one token `US`, a possessive `'s` is dropped."""
    found = []
    for match in _TOKEN.finditer(text):
        token = match.group()
        if match.lastgroup == "initials":
            token = token.replace(".", "")
        elif "'" in token or "’" in token:
            token = _POSSESSIVE.sub("", token)
        found.append(token)
    return found


@lru_cache(maxsize=1 << 16)
def stem(word: str) -> str:
    """Folded stem of a word (Snowball English, Porter 2001): `Withdrawing` → `withdraw`."""
    return _stemmer()(_POSSESSIVE.sub("", fold(word)).replace("'", ""))


def is_stop(word: str) -> bool:
    """Whether a word is a stop word: a function word, a day or month, or a word that pages use about themselves."""
    return fold(word) in _stop_words()


def truncated(text: str, most: int) -> str:
    """Truncate a text to `most` characters, between words if possible, ending in …."""
    return text if len(text) <= most else f"{text[:most].rpartition(' ')[0] or text[: most - 1]}…"


def sentences(text: str) -> list[str]:
    """Sentences of a text; a line break always ends one, the period of an abbreviation or initial does not."""
    found = []
    for line in text.splitlines():
        start = 0
        for match in _SENTENCE_END.finditer(line):
            if _ends_sentence(line, match):
                found.append(line[start : match.end()].strip())
                start = match.end()
        if rest := line[start:].strip():
            found.append(rest)
    return found


def _ends_sentence(line: str, match: re.Match[str]) -> bool:
    """Whether the stop at `match` ends a sentence, judged by the words before and after it."""
    before = line[max(0, match.start() - 40) : match.start()].rpartition(" ")[2].lstrip(_OPENING)
    after = line[match.end() : match.end() + 60].lstrip(_OPENING)
    if not after or after[0].islower():
        return not after
    if not match.group().startswith("."):
        return True
    if fold(before) in _NUMBERING:
        return not after[0].isdigit()
    if fold(before) in _abbreviations():
        return False
    if _INITIALS.fullmatch(before):
        # `the U.S. The White House` ends a sentence, `U.S. Defense` and `J. Smith` do not.
        return "." in before and after.split(maxsplit=1)[0].rstrip(".,;:!?").lower() in _openers()
    return True


@cache
def _stop_words() -> frozenset[str]:
    return frozenset(wordlists.entries("stop_words"))


@cache
def _abbreviations() -> frozenset[str]:
    return frozenset(wordlists.entries("abbreviations"))


@cache
def _openers() -> frozenset[str]:
    return frozenset(wordlists.entries("sentence_openers"))


def _stemmer() -> Callable[[str], str]:
    """Stemmer of this thread; stemmers have state and must not be shared."""
    found: Callable[[str], str] | None = getattr(_own, "stem", None)
    if found is None:
        import snowballstemmer

        found = _own.stem = snowballstemmer.stemmer("english").stemWord
    return found
