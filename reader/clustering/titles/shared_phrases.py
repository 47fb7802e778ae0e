"""Phrases that the headlines of a thread share, as written: names of threads in languages without tables of events."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from math import ceil

from reader.clustering.terms import term
from reader.clustering.titles.candidates import TitleCandidate
from reader.clustering.titles.term_usage import TermUsageTable
from reader.text.languages import UNSPACED
from reader.text.scripts import PAIRED
from reader.text.tokens import fold

_SHARE = 0.5  # share of the headlines that must hold a phrase, two at least
_MOST = 6  # phrases offered
_WORDS, _LONGEST = (2, 4), 7  # words with a meaning in a phrase, and words in all
_CHARACTERS = (4, 14)  # characters of a phrase in a language without spaces
_WORD = re.compile(r"[^\W_](?:[\w.]*[^\W_])?(?:['’-]\w+)*['’]?")
_OUTLET = re.compile(r"\s(?:[|•·]\s[^|]{1,60}|[–—-]\s[A-Z][\w.]*(?:\s[A-Z][\w.]*){0,2})$")  # after a headline
_RUN = re.compile(rf"[{PAIRED}\w・]+")
_KANA = re.compile(r"[\u3041-\u3096]")
_EDGES = "のがはをにへともやでかられ的了在是和与與及等将將被把对對为為ーｰ・"
"""Particles and function words at which no phrase begins or ends."""


def shared_phrases(usages: TermUsageTable) -> list[TitleCandidate]:
    """Find the phrases that most headlines of a thread share, the best first; none where they share only single words."""
    if len(usages.titles) < 2:
        return []
    runs = _characters if usages.language in UNSPACED else _words
    holding: Counter[str] = Counter()
    spellings: defaultdict[str, Counter[str]] = defaultdict(Counter)
    sizes: dict[str, int] = {}
    for title in usages.titles:
        found: dict[str, str] = {}
        for text, size in runs(_OUTLET.sub("", title), usages.language):
            found.setdefault(fold(text), text)
            sizes[fold(text)] = size
        for key, text in found.items():
            holding[key] += 1
            spellings[key][text] += 1
    least = max(2, ceil(_SHARE * len(usages.titles)))
    shared = [key for key, count in holding.items() if count >= least]
    whole = [key for key in shared if not any(key != other and key in other and holding[key] == holding[other] for other in shared)]
    best = sorted(whole, key=lambda key: (-sizes[key] * holding[key], key))[:_MOST]
    names = [(max(spellings[key], key=lambda text: (spellings[key][text], text)), key) for key in best]
    return [
        TitleCandidate(name[:1].upper() + name[1:], name, sizes[key] * holding[key] / len(usages.titles)) for name, key in names
    ]


def _words(title: str, language: str) -> Iterator[tuple[str, int]]:
    """Runs of words of a headline that begin and end with a meaning, and the number of words with one."""
    words = list(_WORD.finditer(title))
    tells = [bool(_term(match.group(), language)) for match in words]
    for start in range(len(words)):
        size = 0
        for end in range(start, min(start + _LONGEST, len(words))):
            if end > start and not _joined(title[words[end - 1].end() : words[end].start()]):
                break
            size += tells[end]
            if size > _WORDS[1]:
                break
            if tells[start] and tells[end] and size >= _WORDS[0]:
                first = words[start].group()
                yield title[words[start].start() + len(first) - len(_bare(first)) : words[end].end()], size


def _joined(between: str) -> bool:
    """Whether two words are parts of one phrase by what stands between them."""
    return between in (" ", "\u00a0", "-", "")


def _term(word: str, language: str) -> str:
    return term(_bare(word), language)


def _bare(word: str) -> str:
    """A word without an article glued to it by an apostrophe."""
    head, mark, rest = word.replace("’", "'").partition("'")
    return rest if mark and rest and len(head) <= 4 else word


def _characters(title: str, _: str) -> Iterator[tuple[str, int]]:
    """Runs of characters of a headline without spaces that neither begin nor end with a particle, and their lengths."""
    least, most = _CHARACTERS
    for match in _RUN.finditer(title):
        run = match.group()
        for start in range(len(run)):
            for end in range(start + least, min(start + most, len(run)) + 1):
                text = run[start:end]
                if not _cuts_a_word(run, start) and not _cuts_a_word(run, end) and not {text[0], text[-1]} & set(_EDGES):
                    yield text, end - start


def _cuts_a_word(run: str, at: int) -> bool:
    """Whether a place is within a word, as far as the script shows it: Latin letters, digits, katakana, or before an ending."""
    if not 0 < at < len(run):
        return False
    before, after = run[at - 1], run[at]
    if before.isascii() and after.isascii():
        return True
    katakana = "\u30a1" <= before <= "\u30fc" and "\u30a1" <= after <= "\u30fc"
    return katakana or (bool(_KANA.match(after)) and after not in _EDGES)
