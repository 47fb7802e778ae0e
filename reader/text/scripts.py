"""Scripts written without spaces between words: their pairs of characters, which stand for words, and the size of texts in them."""

from __future__ import annotations

import re
from collections.abc import Iterator

PAIRED = (
    "\u3005-\u3007\u3041-\u3096\u309d-\u309f\u30a1-\u30fa\u30fc-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3"
    "\uf900-\ufaff\uff66-\uff9f\U00020000-\U0003ffff"
)
"""Characters of Chinese, Japanese and Korean as the inside of a character class: each two neighbors stand for a word."""

_RUN = re.compile(rf"[{PAIRED}]+")
_PARTS = re.compile(rf"(?P<run>[{PAIRED}]+)|[^{PAIRED}]+")
_UNSPACED = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff]+")  # Thai, Lao, Burmese, Khmer
_LETTERS_A_WORD = 5  # in those


def is_paired(text: str) -> bool:
    """Whether a text contains characters of which each two neighbors stand for a word."""
    return not text.isascii() and bool(_RUN.search(text))


def parts(word: str) -> Iterator[tuple[int, str, bool]]:
    """Parts of a word, each of one kind: where it begins, its text, and whether it consists of paired characters."""
    for match in _PARTS.finditer(word):
        yield match.start(), match.group(), match["run"] is not None


def pairs(run: str) -> list[str]:
    """Overlapping pairs of a run of paired characters; a single character stands for itself."""
    return [run[at : at + 2] for at in range(len(run) - 1)] or [run]


def word_count(text: str) -> int:
    """Number of words of a text, estimated for scripts without spaces: three characters are two words, five letters of Thai one."""
    count = len(text.split())
    if text.isascii():
        return count
    count += sum(2 * len(run) // 3 for run in _RUN.findall(text))
    return count + sum((len(run) - 1) // _LETTERS_A_WORD for run in _UNSPACED.findall(text))
