"""Tokens, stems, stop words and sentences."""

from __future__ import annotations

import re
import threading
import unicodedata
from collections.abc import Callable
from functools import cache, lru_cache

from reader.text import wordlists
from reader.text.scripts import is_paired, pairs, parts

_MARKS = "\u0300-\u036f\u0591-\u05bd\u064b-\u065f\u0900-\u0dff\u0e00-\u0eff\u200c\u200d"
_LETTER = rf"(?:[^\W_]|[{_MARKS}])"
_TOKEN = re.compile(
    rf"(?P<initials>\b(?:[^\W\d_]\.)+[^\W\d_]\b\.?)"  # U.S., a.m., J.R.R.
    rf"|(?P<number>\d++(?:[.,]\d++)++(?![^\W_]))"  # 7,000 and 3.5
    rf"|(?P<word>[^\W_]{_LETTER}*+(?:['’]{_LETTER}++)*+)"  # a detached accent is not a word
)
_POSSESSIVE = re.compile(r"['’][sS]?$")
_SENTENCE_END = re.compile(
    r"(?<![.!?…])[.!?…]++(?:[\"'”“’»«)\]]|[ \u00a0\u202f]»){0,3}+(?=\s)"
    r"|[。！？｡؟۔।॥።။។][.!?…。！？｡؟۔।॥።။។]*+(?P<closing>[」』）】》〉\"'”“’»)\]]{0,3}+)"
)
SENTENCE_MARKS = ".!?…。！？｡؟۔।॥።။។"
"""Marks that end a sentence, in all scripts."""
CLOSING_MARKS = "\"'”“’»«)\\]」』）】》〉"
"""Marks that may follow the end of a sentence, as the inside of a character class."""
_GOES_ON = re.compile(r"[\u3041-\u3096、，,]")
"""What follows a quoted Japanese sentence within another one: `「…。」と述べた`."""
_OPENING = "\"'“‘„([«—–-¿¡「『 \t"
_ELISION = re.compile(
    r"(?:[cdjlmnst]|qu|jusqu|lorsqu|puisqu|quoiqu|un|(?:a|da|de|ne|su|co)ll|quest|quell|gl|sant|dev)['’](?=\w)", re.IGNORECASE
)
ELIDING = frozenset({"ca", "fr", "it"})
"""Languages in which an article is glued to its word: `l'accord`."""
_VOICING = "\u3099\u309a"
"""Marks that make another letter in Japanese."""
_INITIALS = re.compile(r"(?:[^\W\d_]\.)*[^\W\d_]")
_NUMBERING = frozenset({"no", "nos"})
_own = threading.local()

STEMMERS = {
    "ar": "arabic",
    "ca": "catalan",
    "cs": "czech",
    "da": "danish",
    "de": "german",
    "el": "greek",
    "es": "spanish",
    "et": "estonian",
    "eu": "basque",
    "fa": "persian",
    "fi": "finnish",
    "fr": "french",
    "hi": "hindi",
    "hu": "hungarian",
    "id": "indonesian",
    "it": "italian",
    "lt": "lithuanian",
    "nl": "dutch",
    "no": "norwegian",
    "pl": "polish",
    "pt": "portuguese",
    "ro": "romanian",
    "ru": "russian",
    "sr": "serbian",
    "sv": "swedish",
    "tr": "turkish",
}
"""Snowball's algorithms of languages other than English, by ISO 639-1 codes."""


def fold(word: str) -> str:
    """Fold case and accents for comparisons: `Élysée’s` → `elysee's`; never for display.

    Marks that make another letter stay: in Japanese (`が`) and in Russian (`й`). Wide forms become plain ones.
    """
    if word.isascii():
        return word.lower()
    wide = any("\uff00" < letter < "\uffef" for letter in word)
    plain = unicodedata.normalize("NFKD" if wide else "NFD", word.replace("’", "'")).replace("\u0438\u0306", "й")
    kept = "".join(letter for letter in plain if not unicodedata.combining(letter) or letter in _VOICING)
    return unicodedata.normalize("NFC", kept.casefold())


def tokens(text: str, language: str = "") -> list[str]:
    """Words and numbers of a text as written; `U.S.` is one token `US`, a possessive `'s` is dropped.

    Chinese, Japanese and Korean are overlapping pairs of characters. Given a language (ISO 639-1) that glues articles to words,
    those are dropped: `l'accord` is `accord`.
    """
    found = []
    for match in _TOKEN.finditer(text):
        token = match.group()
        if match.lastgroup == "initials":
            token = token.replace(".", "")
        elif "'" in token or "’" in token:
            token = _ELISION.sub("", token, 1) if language in ELIDING and _ELISION.match(token) else _POSSESSIVE.sub("", token)
        if is_paired(token):
            found += [piece for _, part, paired in parts(token) for piece in (pairs(part) if paired else (part,))]
        else:
            found.append(token)
    return found


@lru_cache(maxsize=1 << 16)
def stem(word: str, language: str = "") -> str:
    """Folded stem of a word (Snowball, Porter 2001): `Withdrawing` → `withdraw`.

    `language` is an ISO 639-1 code, empty for English; a word of a language without a stemmer is only folded.
    """
    if not language:
        return _stemmer("english")(_POSSESSIVE.sub("", fold(word)).replace("'", ""))
    if language not in STEMMERS or is_paired(word):
        return fold(word)
    written = unicodedata.normalize("NFC", word).casefold().replace("’", "'")
    return fold(_stemmer(STEMMERS[language])(written))


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
    if match["closing"] is not None:
        return not (match["closing"] and _GOES_ON.match(line, match.end()))
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


def _stemmer(algorithm: str) -> Callable[[str], str]:
    """Stemmer of this thread; stemmers have state and must not be shared."""
    own: dict[str, Callable[[str], str]] | None = getattr(_own, "stems", None)
    if own is None:
        own = _own.stems = {}
    if algorithm not in own:
        import snowballstemmer

        own[algorithm] = snowballstemmer.stemmer(algorithm).stemWord
    return own[algorithm]
